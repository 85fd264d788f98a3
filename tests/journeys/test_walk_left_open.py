"""A patrol whose phone went dark: offered back, ended when the person says, gaps by their word."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD

pytestmark = pytest.mark.browser

HOURS_AGO = """async (hours) => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const store = db.transaction("outbox", "readwrite").objectStore("outbox");
  const asked = store.getAll();
  const rows = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  for (const row of rows.filter((one) => one.state === "waiting")) {
    const at = new Date(Date.parse(row.captured_at) - hours * 3600000);
    store.put({ ...row, captured_at: at.toISOString() });
  }
  await new Promise((ok) => (store.transaction.oncomplete = ok));
  db.close();
}"""
"""As if what waits on this phone had been made so long ago: the phone was off in between."""


def enter(app: RunningApp, context: BrowserContext, number: int) -> tuple[Page, str]:
    page, phone = context.new_page(), member_of(app, number)
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    return page, phone


def start_and_go_dark(context: BrowserContext, page: Page, hours: float) -> None:
    """Started, one record, then the battery is flat for some hours; no signal all the while."""
    context.set_offline(True)
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查").click()
    expect(page.get_by_role("button", name="结束巡查")).to_be_visible()
    log_a_shout(page, 5)
    page.evaluate(HOURS_AGO, hours)
    page.goto("/")


def test_a_walk_goes_on_where_it_was_on_another_phone(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    page, _ = enter(app, open_phone(), 167)
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查").click()
    page.get_by_role("button", name=re.compile("^到达")).first.click()
    expect(page.get_by_text(re.compile("^已到 1 处"))).to_be_visible()
    wait_until(page, ALL_SENT)
    other, _ = enter(app, open_phone(), 167)
    other.goto("/patrol")
    expect(other.get_by_text(re.compile("^已到 1 处"))).to_be_visible()


def patrols_of(app: RunningApp, phone: str) -> list:
    return app.rows(
        "select patrol.id, patrol.ended_at, patrol.last_record_at, count(patrol_word.id)"
        " from patrol join person on person.id = patrol.person_id"
        " left join patrol_word on patrol_word.patrol_id = patrol.id"
        " where person.phone = :phone"
        " group by patrol.id, patrol.ended_at, patrol.last_record_at",
        phone=phone,
    )


def minutes_shown(page: Page, between: range) -> int:
    """What home says, once it says something in this range: it counts when the store is read."""
    page.goto("/")
    number = page.locator("strong.fg-big")
    expect(number).to_have_text(re.compile("^(" + "|".join(map(str, between)) + ")$"))
    return int(number.inner_text())


def server_minutes(page: Page) -> int:
    return page.evaluate("async () => (await (await fetch('/api/pack')).json()).minutes")


def test_a_walk_found_open_is_ended_at_its_last_record(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page, phone = enter(app, context, 110)
    start_and_go_dark(context, page, 3)
    page.get_by_role("link", name="有一次巡查没有结束").click()
    expect(page.get_by_role("heading", name="有一次巡查没有结束")).to_be_visible()
    expect(page.get_by_role("button", name="开始巡查")).to_have_count(0)
    page.get_by_role("button", name="结束巡查").click()
    expect(page.get_by_role("button", name="开始巡查")).to_be_visible()

    context.set_offline(False)
    wait_until(page, ALL_SENT, seconds=40)
    ((_, ended_at, last_record_at, words),) = patrols_of(app, phone)
    assert ended_at == last_record_at
    assert words == 0
    shown = minutes_shown(page, range(3))
    assert shown == server_minutes(page)


def test_the_dark_hours_count_by_the_persons_word_and_the_phone_says_what_the_server_says(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page, phone = enter(app, context, 111)
    start_and_go_dark(context, page, 1.5)
    page.goto("/patrol")
    page.get_by_role("radio", name="现在").click()
    page.get_by_role("button", name="结束巡查").click()
    expect(page.get_by_text("没有记录，未计时")).to_be_visible()
    minutes_shown(page, range(1))  # an hour and a half without a record
    page.goto("/patrol")
    page.get_by_role("button", name="在巡查", exact=False).click()
    expect(page.get_by_text("没有记录，未计时")).to_have_count(0)
    today = page.evaluate("new Date().getHours() * 60 + new Date().getMinutes()")
    shown = minutes_shown(page, range(min(88, max(0, today - 2)), 93))

    context.set_offline(False)
    wait_until(page, ALL_SENT, seconds=40)
    ((_, ended_at, _, words),) = patrols_of(app, phone)
    assert ended_at is not None
    assert words == 1
    assert minutes_shown(page, range(shown, shown + 1)) == server_minutes(page)


def test_still_walking_goes_on_and_a_chosen_time_outside_the_walk_is_told(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page, phone = enter(app, context, 112)
    start_and_go_dark(context, page, 2)
    page.goto("/patrol")
    page.get_by_role("radio", name="选个时间").click()
    page.get_by_label("选个时间", exact=True).last.fill("2020-01-01T08:00")
    page.get_by_role("button", name="结束巡查").click()
    expect(page.get_by_role("alert")).to_contain_text("之间的时间")
    page.get_by_role("button", name="还在巡查").click()
    expect(page.get_by_role("link", name="发现隐患")).to_be_visible()
    context.set_offline(False)
    wait_until(page, ALL_SENT, seconds=40)
    ((_, ended_at, _, words),) = patrols_of(app, phone)
    assert ended_at is None
    assert words == 1


def test_a_walk_forgotten_for_days_is_offered_back_on_another_phone(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page, phone = enter(app, context, 113)
    start_and_go_dark(context, page, 72)
    context.set_offline(False)
    page.goto("/outbox")
    page.get_by_role("button", name="现在发送").click()
    wait_until(page, ALL_SENT, seconds=40)

    other, _ = enter(app, open_phone(), 113)
    other.goto("/patrol")
    expect(other.get_by_role("button", name="开始巡查")).to_be_visible()
    other.get_by_role("button", name="结束巡查").click()
    expect(other.get_by_role("heading", name="有一次巡查没有结束")).to_have_count(0)
    wait_until(other, ALL_SENT, seconds=40)
    ((_, ended_at, last_record_at, _),) = patrols_of(app, phone)
    assert ended_at == last_record_at


def test_a_walk_begun_on_two_phones_is_named_and_each_is_ended(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    contexts = [open_phone(), open_phone()]
    (page, phone), (other, _) = (enter(app, context, 202) for context in contexts)
    for context, one in zip(contexts, (page, other), strict=True):
        context.set_offline(True)
        one.goto("/patrol")
        one.get_by_role("button", name="开始巡查").click()
        expect(one.get_by_role("button", name="结束巡查")).to_be_visible()
    # The first phone hears of the other's walk when it sends its own.
    for context, one in zip(reversed(contexts), (other, page), strict=True):
        context.set_offline(False)
        wait_until(one, ALL_SENT, seconds=40)
    named = page.get_by_text("还开始过一次巡查，没有结束")
    expect(named).to_be_visible()
    page.get_by_role("button", name=re.compile("^结束 .* 的那次$")).click()
    expect(named).to_be_hidden()
    page.get_by_role("button", name="结束巡查").click()
    page.get_by_role("button", name="结束", exact=True).click()
    expect(page.get_by_role("button", name="开始巡查")).to_be_visible()
    wait_until(page, ALL_SENT, seconds=40)
    assert [row.ended_at is not None for row in patrols_of(app, phone)] == [True, True]
