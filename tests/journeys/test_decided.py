"""What a meeting decides is a duty: done on a phone without a signal, and so at the desk."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.on_the_list import head_phone
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD

pytestmark = pytest.mark.browser

DECIDED = "给3栋消火栓补齐水带"
SHANGHAI = timedelta(hours=8)


def hold_a_meeting(desk: Page) -> None:
    """The small grid's regular meeting of today, planned and said to be held with everybody."""
    desk.goto("/meetings")
    desk.get_by_role("button", name="网格工作例会").click()
    desk.get_by_label("地点").fill("值班室")
    desk.get_by_role("button", name="安排", exact=True).click()
    desk.get_by_role("button", name=re.compile("网格工作例会.*14:30")).click()
    desk.get_by_role("button", name="登记到会，开始记录").click()
    desk.get_by_role("button", name="全部到会 / 全不选").click()
    desk.get_by_role("button", name="登记为已开").click()
    expect(desk.get_by_text("没有议定事项。")).to_be_visible()


def test_a_decision_is_done_on_the_phone_of_whose_it_is(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
) -> None:
    member = member_of(app, 132)
    ((name,),) = app.rows("select name from person where phone = :p", p=member)
    desk = open_desk().new_page()
    log_in(desk, app.claim(head_phone(app, member)), PASSWORD)
    hold_a_meeting(desk)
    desk.get_by_role("button", name="添加议定事项").click()
    desk.get_by_label("议定事项").fill(DECIDED)
    desk.get_by_role("button", name="议定", exact=True).click()
    expect(desk.get_by_role("alert")).to_be_visible()
    owner = desk.get_by_label("谁来办")
    owner.select_option(owner.locator("option", has_text=name).first.get_attribute("value"))
    due = (datetime.now(UTC) + SHANGHAI + timedelta(days=3)).date().isoformat()
    desk.get_by_label("哪天前办完").fill(due)
    desk.get_by_role("button", name="议定", exact=True).click()
    decided = desk.get_by_role("listitem").filter(has_text=DECIDED)
    expect(decided.get_by_text("办理中")).to_be_visible()

    context = open_phone()
    page = context.new_page()
    log_in(page, member, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    page.goto("/duties")
    duty = page.get_by_role("listitem").filter(has_text=DECIDED)
    expect(duty).to_be_visible()
    context.set_offline(True)
    duty.get_by_role("button", name="登记完成").click()
    duty.get_by_label("办理情况（可不填）").fill("两盘水带已挂好")
    duty.get_by_role("button", name="确认完成").click()
    expect(duty.get_by_text("已完成")).to_be_visible()
    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)

    # The meeting that was open is open again, as it stands now.
    desk.reload()
    expect(decided.get_by_text("已办结")).to_be_visible()
    expect(decided.get_by_text("两盘水带已挂好")).to_be_visible()
