"""Lines that swallow, browsers killed in mid-send, log-ins that ended: kept, and there once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from firegrid_app.texts import say
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.faults import Fault, FaultyLine
from tests.journeys.test_background import photos_of, until
from tests.journeys.test_killed import close_dead, kill_browser, open_profile
from tests.journeys.test_nothing_is_lost import line, log_a_shout, member_of, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, UNSENT
from tests.journeys.test_random_faults import everything_is_there_once, report_hazard
from tests.journeys.test_sealed import half_a_form

__all__ = ["line"]
pytestmark = pytest.mark.browser

WORKER = "() => navigator.serviceWorker?.controller !== null"


@pytest.mark.parametrize(("kind", "number"), [("hole", 122), ("hole_after", 123)])
def test_a_line_that_swallows_everything_costs_no_record_and_no_photo(
    app: RunningApp,
    line: FaultyLine,
    open_phone: Callable[..., BrowserContext],
    kind: str,
    number: int,
) -> None:
    phone = member_of(app, number)
    page = open_phone(base_url=line.url).new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, WORKER)
    line.standing = Fault(kind)
    log_a_shout(page, 5)
    wait_until(page, f"async () => (await ({UNSENT})()) === 1")
    # While the one hangs the next is kept, and said to be, all the same.
    report_hazard(page, "2栋1单元3楼")
    assert page.evaluate(UNSENT) == 3, "two records and a photo"
    assert line.done, "the line must have swallowed something"

    line.path = "/api/photos"
    line.heal()
    line.standing = Fault(kind)
    page.goto("/outbox")
    wait_until(page, f"async () => (await ({UNSENT})()) === 1", 40)
    if kind == "hole_after":
        assert until(lambda: photos_of(app, phone) == 1), "the server has it and nobody hears so"
    expect(page.get_by_role("button", name="正在发送")).to_be_visible()
    line.heal()
    wait_until(page, ALL_SENT, 40)
    assert shouts_of(app, phone) == [5]
    everything_is_there_once(app, phone, ["2栋1单元3楼"])


def test_who_is_out_of_the_black_hole_need_not_wait_for_what_hangs_in_it(
    app: RunningApp, line: FaultyLine, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 166)
    page = open_phone(base_url=line.url).new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    line.standing = Fault("hole")
    log_a_shout(page, 5)
    page.goto("/outbox")
    expect(page.get_by_role("button", name=say("phone.sending"))).to_be_disabled()
    again = page.get_by_role("button", name=say("phone.send_anew"))
    expect(again).to_be_enabled(timeout=20_000)
    # A new request gets through; the old one would hang for a minute.
    line.standing = None
    again.click()
    wait_until(page, ALL_SENT, 15)
    expect(again).to_have_count(0)
    assert shouts_of(app, phone) == [5]


def test_a_browser_killed_in_mid_send_sends_nothing_twice(
    app: RunningApp, line: FaultyLine, chromium: Browser, tmp_path: Path
) -> None:
    phone, profile = member_of(app, 124), tmp_path / "profile"
    context = open_profile(chromium, app, profile, line.url)
    page = context.pages[0]
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, WORKER)
    line.path = "/api/"
    report_hazard(page, "3栋")
    wait_until(page, ALL_SENT)
    # The server has the record, then the photo; the phone dies before it hears so.
    for path, where in (("/api/sync", "4栋"), ("/api/photos", "5栋")):
        line.path = path
        line.standing = Fault("hole_after")
        struck = len(line.done)
        report_hazard(page, where)
        wait_until(page, f"async () => (await ({UNSENT})()) > 0")
        assert until(lambda before=struck: len(line.done) > before)
        kill_browser(profile)
        close_dead(context)
        line.heal()
        context = open_profile(chromium, app, profile, line.url)
        page = context.pages[0]
        log_in(page, phone, PASSWORD)
        wait_until(page, ALL_SENT, 40)
    everything_is_there_once(app, phone, ["3栋", "4栋", "5栋"])
    context.close()


def test_a_log_in_that_ended_keeps_everything_and_the_next_one_goes_on(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 125)
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, WORKER)
    context.clear_cookies()
    log_a_shout(page, 6)
    asked = page.get_by_role("status").filter(has_text=say("phone.log_in_again"))
    expect(asked).to_be_visible()
    report_hazard(page, "2栋")
    half_a_form(page, "还没填完")
    assert shouts_of(app, phone) == []
    page.goto("/outbox")
    expect(page.get_by_text("2 条还没送到")).to_be_visible()
    asked.get_by_role("link", name="登录").click()
    page.wait_for_url("**/login*")
    log_in(page, phone, PASSWORD)
    wait_until(page, ALL_SENT)
    assert shouts_of(app, phone) == [6]
    everything_is_there_once(app, phone, ["2栋"])
    page.goto("/hazard")
    expect(page.get_by_label("位置")).to_have_value("还没填完")
