"""A calendar's secret address: made on the phone, read by any calendar, dead once taken back."""

from collections.abc import Callable

import httpx
import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import RunningApp, log_in
from tests.journeys.on_the_list import put_on_duty
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser


def summaries(address: str) -> list[str]:
    """What a calendar that subscribed shows; it knows the address and nothing else."""
    answer = httpx.get(address)
    assert answer.status_code == 200
    return [str(one["summary"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_an_address_is_made_replaced_and_taken_back(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    member = member_of(app, 131)
    put_on_duty(app, member, 2)
    context = open_phone()
    page = context.new_page()
    log_in(page, member, PASSWORD)
    page.goto("/me")
    card = page.locator("section", has=page.get_by_role("heading", name="日历订阅"))
    address = card.get_by_label("日历订阅")
    card.get_by_role("button", name="生成订阅地址").click()
    expect(address).to_be_visible()
    first = address.input_value()
    assert [one for one in summaries(first) if one.startswith("值班 · ")]

    card.get_by_role("button", name="换一个地址").click()
    expect(address).not_to_have_value(first)
    second = address.input_value()
    assert httpx.get(first).status_code == 404
    assert summaries(second)

    page.reload()
    expect(card.get_by_role("button", name="停用")).to_be_visible()
    expect(address).to_be_hidden()
    context.set_offline(True)
    card.get_by_role("button", name="停用").click()
    expect(card.get_by_text("需要连接服务器，请稍后再试。")).to_be_visible()
    context.set_offline(False)
    card.get_by_role("button", name="停用").click()
    expect(card.get_by_role("button", name="生成订阅地址")).to_be_visible()
    assert httpx.get(second).status_code == 404
