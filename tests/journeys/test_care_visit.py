"""A care visit that is due waits on the first screen, without a word of who lives there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from firegrid_app.texts import say
from firegrid_app.visits.rules import CARE_MARKS
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_neighbours import put_in_care
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_sealed import ready

pytestmark = pytest.mark.browser


def test_a_visit_that_is_due_leads_to_its_door_without_a_signal(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 307)
    home, _ = put_in_care(app, phone)
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    line = page.locator(".fg-entry", has_text=home)
    expect(line).to_contain_text("走访到期")
    context.set_offline(True)
    page.goto("/")
    expect(line).to_contain_text("走访到期")
    said = page.locator("main").inner_text()
    assert [mark for mark in CARE_MARKS if say(f"visits.care.{mark}") in said] == []

    line.click()
    sheet = page.get_by_role("dialog", name=home)
    sheet.get_by_role("button", name="已见面").click()
    expect(sheet).to_be_hidden()
    page.goto("/")
    expect(page.get_by_role("heading", name="待办")).to_be_visible()
    expect(line).to_have_count(0)
    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)
