"""Sent elsewhere: noted at the desk, named in the leader's view, said on the member's phone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.on_the_list import head_phone, put_on_duty
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser

SHANGHAI = timedelta(hours=8)


def note_away(desk: Page, name: str, last: str, words: str) -> None:
    """Fill in the form of who is away, from today on, and send it."""
    today = (datetime.now(UTC) + SHANGHAI).date().isoformat()
    form = desk.locator("form", has=desk.get_by_role("button", name="记一笔"))
    form.locator("select[name=person]").select_option(label=name)
    form.get_by_label("从哪天").fill(today)
    form.get_by_label("到哪天（含）").fill(last)
    form.get_by_label("去做什么（调度时填）").fill(words)
    form.get_by_role("button", name="记一笔").click()


def test_who_is_sent_elsewhere_is_named_and_not_called(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
) -> None:
    member = member_of(app, 201)
    head = app.claim(head_phone(app, member))
    put_on_duty(app, member, 0)
    ((name,),) = app.rows("select name from person where phone = :p", p=member)
    last = (datetime.now(UTC) + SHANGHAI).date() + timedelta(days=2)
    desk = open_desk().new_page()
    log_in(desk, head, PASSWORD)
    desk.goto("/desk/rota")
    note_away(desk, name, last.isoformat(), "")
    expect(desk.get_by_role("alert").filter(has_text="请写一下被安排去做什么")).to_be_visible()
    note_away(desk, name, last.isoformat(), "人口普查")
    line = desk.locator("li").filter(has_text="人口普查")
    expect(line).to_contain_text(name)
    expect(line).to_contain_text("值班表上还有 1 班，请找人顶班")

    desk.goto("/walks")
    row = desk.locator("li", has=desk.get_by_text("另有安排：", exact=False))
    expect(row).to_contain_text(f"{name}（到 {last}） 村、社区调度 · 人口普查")
    expect(row.get_by_role("link", name=f"打电话给{name}")).to_have_count(0)

    phone = open_phone()
    page = phone.new_page()
    log_in(page, member, PASSWORD)
    said = page.get_by_text(f"另有安排：人口普查（到 {last:%m-%d}），今天不作要求")
    expect(said).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    phone.set_offline(True)
    page.reload()
    expect(said).to_be_visible()
    page.goto("/shifts")
    expect(page.locator("li").filter(has_text="（不在岗）")).to_have_count(1)

    desk.goto("/desk/rota")
    desk.get_by_role("button", name=f"{name}回来了").click()
    expect(line).to_be_hidden()
    # Three minutes later: a younger pack is not asked for anew.
    page.clock.install(time=datetime.now(UTC) + timedelta(minutes=3))
    phone.set_offline(False)
    page.goto("/")
    expect(said).to_be_hidden()
