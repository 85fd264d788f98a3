"""A phone keeps the language it reads, and no other: switched without a line, it says so."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser

KEPT = """async (language) => {
  const names = (await caches.keys()).filter((name) => name.startsWith("firegrid-"));
  const files = (await (await caches.open(names.at(-1))).keys()).map(({ url }) => url);
  return files.filter((url) => new RegExp(`/assets/texts.*[.]${language}-`).test(url)).length;
}"""


def test_korean_is_there_without_network_and_english_says_that_it_is_not(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page = context.new_page()
    log_in(page, member_of(app, 280), PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null", 40)
    assert page.evaluate(KEPT, "ko") == page.evaluate(KEPT, "en") == 0

    page.goto("/me")
    page.get_by_role("radio", name="조선어").click()
    expect(page.get_by_role("heading", name="로그인한 기기")).to_be_visible()
    wait_until(page, f"async () => (await ({KEPT})('ko')) > 10", 40)
    assert page.evaluate(KEPT, "en") == 0

    context.set_offline(True)
    page.goto("about:blank")
    page.goto("/hazards")
    expect(page.get_by_role("heading", name="우환 처리")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ko"
    page.goto("/me")
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("alert")).to_contain_text("아직 이 휴대폰에 없습니다")
    expect(page.get_by_role("radio", name="조선어")).to_be_checked()

    context.set_offline(False)
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", name="Devices logged in")).to_be_visible()
    wait_until(page, f"async () => (await ({KEPT})('en')) > 10", 40)
