"""A new version comes while a form is half-filled: it waits, is offered, and loses nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys import faults
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.faults import FaultyLine, faulty_line
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD
from tests.journeys.test_random_faults import SMALL_JPEG

pytestmark = pytest.mark.browser

WORKER = "async () => (await navigator.serviceWorker.getRegistration())"


@dataclass
class UpdatedLine(FaultyLine):
    """Passes everything on; once `updated`, the service worker is another one than before."""

    updated: bool = False

    def answer(self, path: str, request: bytes) -> bytes:
        """The server's answer; of the worker's script, with a line more."""
        if not path.startswith("/sw.js"):
            return self._ask(request)
        plain = re.sub(rb"(?im)^accept-encoding:[^\r]*\r\n", b"", request)
        head, _, body = self._ask(plain).partition(b"\r\n\r\n")
        if self.updated:
            body += b"\n// the next version\n"
        head = re.sub(rb"(?im)^(content-length|etag|last-modified):[^\r]*\r\n", b"", head + b"\r\n")
        return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


@pytest.fixture
def line(app: RunningApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[UpdatedLine]:
    port = urlsplit(app.url).port
    assert port is not None
    monkeypatch.setattr(faults, "FaultyLine", UpdatedLine)
    with faulty_line(port) as running:
        assert isinstance(running, UpdatedLine)
        yield running


def test_a_new_version_waits_for_the_form_and_the_draft_is_there_after_it(
    app: RunningApp, line: UpdatedLine, open_phone: Callable[..., BrowserContext]
) -> None:
    page = open_phone(base_url=line.url).new_page()
    log_in(page, member_of(app, 77), PASSWORD)
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    page.goto("/hazard")
    picture = bytes(page.evaluate(SMALL_JPEG, "半"))
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    page.get_by_role("radio", name="飞线充电").click()
    page.get_by_label("位置").fill("还没填完")

    first = page.evaluate("() => navigator.serviceWorker.controller.scriptURL")
    line.updated = True
    page.evaluate(f"async () => {{ await (await ({WORKER})()).update(); }}")
    wait_until(page, f"async () => Boolean((await ({WORKER})()).waiting)")
    # It waits: the page under the form is still the old one, and what was typed is there.
    expect(page.get_by_text("有新版本")).to_be_visible()
    expect(page.get_by_label("位置")).to_have_value("还没填完")
    page.evaluate("() => { window.before = true; }")
    page.wait_for_timeout(1000)
    assert page.evaluate("() => window.before === true"), "nothing reloads by itself"
    assert page.evaluate("() => navigator.serviceWorker.controller.scriptURL") == first

    page.get_by_role("button", name="更新").click()
    wait_until(page, "() => window.before === undefined")
    wait_until(page, f"async () => !(await ({WORKER})()).waiting")
    expect(page.get_by_label("位置")).to_have_value("还没填完")
    expect(page.get_by_role("radio", name="飞线充电")).to_be_checked()
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已存在手机上")).to_be_visible()
