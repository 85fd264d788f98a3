"""The browser empties the store by itself: what was unsent is told of, not kept silent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_random_faults import report_hazard
from tests.journeys.test_shipped import enter

pytestmark = pytest.mark.browser

TOLD = "当时"
NOTED = "() => document.cookie.includes('firegrid_unsent=')"


def clear_storage(page: Page, url: str) -> None:
    """What Chromium does where a phone has no room: databases, caches and workers, not cookies."""
    page.goto("about:blank")
    kinds = "indexeddb,cache_storage,service_workers"
    page.context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin", {"origin": url, "storageTypes": kinds}
    )


def test_what_was_unsent_when_the_browser_cleared_it_is_told_until_it_was_read(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 121)
    context = open_phone()
    page = enter(app, context, 121)
    context.set_offline(True)
    log_a_shout(page, 3)
    report_hazard(page, "2栋1单元3楼")
    wait_until(page, "() => document.cookie.includes('firegrid_unsent=2.1.')")
    clear_storage(page, app.url)

    context.set_offline(False)
    page.goto("/")
    told = page.get_by_role("alert").filter(has_text=TOLD)
    expect(told).to_contain_text("2 条记录、1 张照片（含录音）没送到")
    # Nothing else is wrong with this phone: in again, and on.
    log_in(page, phone, PASSWORD)
    expect(told).to_be_visible()
    told.get_by_role("button").click()
    expect(told).to_have_count(0)
    log_a_shout(page, 4)
    wait_until(page, ALL_SENT)
    assert shouts_of(app, phone) == [4]
    wait_until(page, f"() => !({NOTED})()")

    # With nothing unsent there is nothing to tell of.
    clear_storage(page, app.url)
    page.goto("/")
    expect(page.get_by_role("link", name="登录")).to_be_visible()
    expect(told).to_have_count(0)
