"""Who wants no digest says so on the phone; the street's officer tries the line and sees it go."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from firegrid_app import routes
from tests.journeys.conftest import RunningApp, log_in
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser

OFFICER = "10000000001"


def test_the_digest_is_switched_off_and_stays_off(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    page = open_phone().new_page()
    log_in(page, member_of(app, 195), PASSWORD)
    page.goto(routes.ME)
    digest = page.get_by_role("radiogroup", name="每日提醒")
    expect(digest.get_by_role("radio", name="要每日提醒")).to_be_checked()
    digest.get_by_role("radio", name="不要").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    page.reload()
    expect(digest.get_by_role("radio", name="不要")).to_be_checked()


def test_an_officer_tries_the_line_and_sees_the_test_in_the_list(
    open_phone: Callable[..., BrowserContext],
) -> None:
    page = open_phone().new_page()
    log_in(page, OFFICER, PASSWORD)
    page.goto(routes.DESK_DUTIES)
    page.get_by_role("link", name="消息外发").click()
    expect(page.get_by_text("没有真正发出")).to_be_visible()
    page.get_by_role("button", name="发送测试").click()
    expect(page.get_by_text("测试已排队")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="写入文件").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
