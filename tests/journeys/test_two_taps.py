"""A nervous thumb taps twice: a walk begins once and ends once, and nothing is refused."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD

pytestmark = pytest.mark.browser


def test_two_taps_begin_and_end_one_walk(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 165)
    page = open_phone().new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查").dblclick()
    expect(page.get_by_text("已到 0 处")).to_be_visible()
    page.locator("button[aria-label^='到达']").first.dblclick()
    expect(page.get_by_text("已到 1 处")).to_be_visible()
    page.get_by_role("button", name="结束巡查").click()
    page.get_by_role("button", name="结束", exact=True).dblclick()
    expect(page.get_by_role("button", name="开始巡查")).to_be_visible()
    # Refused records count as not sent.
    wait_until(page, ALL_SENT)
    kinds = app.rows(
        "select item.kind, count(*) from received_item item"
        " join person on person.id = item.person_id where person.phone = :phone"
        " group by item.kind order by item.kind",
        phone=phone,
    )
    assert [tuple(row) for row in kinds] == [
        ("patrol.arrive", 1), ("patrol.end", 1), ("patrol.start", 1),
    ]  # fmt: skip
