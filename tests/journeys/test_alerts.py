"""A warning on the phone: read and passed on without network, one receipt of each."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.warned import warn_grid_of

pytestmark = pytest.mark.browser


def test_a_warning_is_read_and_passed_on_in_the_dark(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 190)
    alert = warn_grid_of(app, phone, "大风橙色预警")
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("大风橙色预警")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null", seconds=60)
    context.set_offline(True)
    page.get_by_text("大风橙色预警").click()
    expect(page.get_by_text("收好阳台和楼顶的易燃杂物")).to_be_visible()
    page.get_by_role("radio", name="逐户上门").click()
    page.get_by_label("或填准确人数").fill("37")
    page.get_by_role("button", name="已传达").dblclick()
    expect(page.get_by_role("button", name="再传达一次")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="再传达一次")).to_be_visible()
    context.set_offline(False)
    page.goto("/")
    expect(page.get_by_text("都已处理")).to_be_visible()
    wait_until(page, ALL_SENT)
    seen = app.rows("select edition from alert_seen where alert_id = :a", a=alert)
    told = app.rows(
        "select means, people_reached, alert_edition from shout where alert_id = :a", a=alert
    )
    assert [tuple(row) for row in seen] == [(1,)]
    assert [tuple(row) for row in told] == [("door_to_door", 37, 1)]
