"""A phone's clock is changed in the middle of a patrol: the walk is as long as it was."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD

pytestmark = pytest.mark.browser

# Somebody turns the clock in the phone's settings; the browser's own count goes on.
TURNED_CLOCK = """() => {
  const Real = Date;
  const shift = () => Number(localStorage.getItem("turned") ?? 0);
  class Turned extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + shift()); }
    static now() { return Real.now() + shift(); }
  }
  window.Date = Turned;
}"""
HOUR = 3600 * 1000
# Did the form of a walk left open show, be it for a moment?
WATCHED = """() => {
  new MutationObserver(() => {
    if (document.body?.innerText.includes("有一次巡查没有结束")) window.askedWhenItEnded = true;
  }).observe(document, { childList: true, subtree: true, characterData: true });
}"""


def moment(value: object) -> datetime:
    """SQLite gives text without a zone, PostgreSQL an aware moment."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("turned", "number"), [(-HOUR, 47), (24 * HOUR, 48)], ids=["back an hour", "ahead a day"]
)
def test_a_clock_turned_in_the_middle_of_a_patrol_costs_no_minute(
    app: RunningApp, open_phone: Callable[..., BrowserContext], turned: int, number: int
) -> None:
    phone = member_of(app, number)
    context = open_phone()
    context.add_init_script(f"({TURNED_CLOCK})()")
    context.add_init_script(f"({WATCHED})()")
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查").click()
    expect(page.get_by_text("已到 0 处")).to_be_visible()
    wait_until(page, ALL_SENT)
    context.set_offline(True)
    page.evaluate(f"localStorage.setItem('turned', '{turned}')")
    page.locator("button[aria-label^='到达']").first.click()
    expect(page.get_by_text("已到 1 处")).to_be_visible()
    # The app is closed and opened anew before there is a network again.
    log_a_shout(page, 4)
    if turned > 0:
        # Put forward, it may as well have slept: only the server can tell.
        context.set_offline(False)
        wait_until(page, ALL_SENT, seconds=40)
    page.goto("/patrol")
    expect(page.get_by_text("已到 1 处")).to_be_visible()
    assert not page.evaluate("window.askedWhenItEnded"), (
        "the clock was known before the walk was drawn"
    )
    page.get_by_role("button", name="结束巡查").click()
    page.get_by_role("button", name="结束", exact=True).click()
    expect(page.get_by_role("button", name="开始巡查")).to_be_visible()
    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)
    expect(page.get_by_text("手机时钟和服务器相差")).to_be_visible()
    ((began, ended, arrived, shouted, said, off),) = app.rows(
        "select patrol.happened_at, patrol.ended_at, arrival.happened_at, shout.happened_at,"
        " item.captured_at, item.clock_offset_ms from patrol"
        " join person on person.id = patrol.person_id"
        " join arrival on arrival.patrol_id = patrol.id"
        " join shout on shout.person_id = person.id"
        " join received_item item on item.id = arrival.id where person.phone = :phone",
        phone=phone,
    )
    times = [moment(one) for one in (began, arrived, shouted, ended)]
    # The server's clock is heard over a line: known to a fraction of a second.
    assert all(later - earlier > -timedelta(seconds=1) for earlier, later in pairwise(times))
    assert times[-1] - times[0] < timedelta(minutes=2), "as long as it took in truth"
    assert abs(off + turned) < 10_000
    assert abs(moment(said) - times[1]) > timedelta(minutes=50), "what the phone said is kept, too"
