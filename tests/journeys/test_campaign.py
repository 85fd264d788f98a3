"""A member's round of a campaign without a signal: all fine, a fault, a floor of no answers."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.asked import begin_campaign
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD

pytestmark = pytest.mark.browser


def open_door(page: Page, number: int) -> None:
    page.locator(".fg-door").nth(number).click()
    page.get_by_role("dialog").get_by_role("button", name="已见面").click()


def kept(page: Page, number: int, outcome: str) -> None:
    door = page.locator(".fg-door").nth(number)
    expect(door).to_have_attribute("data-outcome", outcome)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_round_of_a_campaign_without_a_signal(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 240)
    campaign = begin_campaign(app, phone, "冬季三清三关")
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null", seconds=60)
    page.goto("/doors")
    expect(page.get_by_label("敲门行动")).to_have_value(str(campaign))
    # Everything the round needs is on the phone before the signal goes.
    context.set_offline(True)
    page.goto("/doors")

    open_door(page, 0)
    page.get_by_role("button", name="一切正常，记下").click()
    kept(page, 0, "met")

    open_door(page, 1)
    page.get_by_role("radio", name="有杂物").first.click()
    page.get_by_role("button", name="登记隐患").click()
    expect(page.get_by_role("radio", name="楼道、阳台、楼顶堆放可燃物")).to_be_checked()
    expect(page.get_by_label("说明（可不填）")).to_have_value(
        "清楼道：门前和楼道没有可燃杂物：有杂物"
    )
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已存", exact=True)).to_be_visible()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_text("还没答").first).to_be_in_viewport()
    for name in ("清了", "做到"):
        for choice in page.get_by_role("radio", name=name).all()[1 if name == "清了" else 0 :]:
            choice.click()
    page.get_by_role("button", name="记下", exact=True).click()
    kept(page, 1, "met")

    page.locator(".fg-floor-press").first.click()
    expect(page.get_by_text("无人应答，已存在手机上")).to_be_visible()
    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)

    rows = app.rows(
        "select outcome, cast(answers as text), cast(faults as text) from visit"
        " where campaign_id = :campaign order by happened_at",
        campaign=campaign,
    )
    assert [row[0] for row in rows][:2] == ["met", "met"]
    assert {row[0] for row in rows[2:]} == {"no_answer"}
    assert '"gas"' in rows[0][1]
    ((hazard,),) = app.rows(
        "select hazard.id from hazard join person on person.id = hazard.person_id"
        " where person.phone = :p",
        p=phone,
    )
    assert str(UUID(str(hazard))) in rows[1][2]
