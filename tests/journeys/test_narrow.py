"""On the narrowest phones nothing sticks out of a desk page, in any language."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from firegrid_app import routes
from tests.journeys.conftest import RunningApp, log_in
from tests.journeys.test_one_day import PASSWORD, SECRETARY

pytestmark = pytest.mark.browser

PAGES = (
    routes.DESK,
    routes.DESK_HAZARDS,
    routes.DESK_ALERTS,
    routes.WALKS,
    routes.POINTS,
    routes.DESK_DUTIES,
    routes.ROTA,
    routes.MEETINGS,
    routes.TRAINING,
    routes.DRILLS,
    routes.PEOPLE,
    routes.TAKE_IN,
    routes.DESK_PLACES,
    routes.DESK_EQUIPMENT,
    routes.POSTING,
    routes.REPORTS,
    routes.CAMPAIGNS,
    routes.HOUSEHOLDS,
    routes.ALARMS,
)


def test_a_desk_page_is_as_wide_as_the_phone(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page = context.new_page()
    log_in(page, SECRETARY, PASSWORD)
    for language, connected in (("zh_CN", "已连接"), ("en", "Connected"), ("ko", "련결됨")):
        context.add_cookies([{"name": "firegrid_language", "value": language, "url": app.url}])
        for route in PAGES:
            page.goto(route)
            state = page.get_by_role("banner").get_by_text(connected)
            expect(state).to_be_visible()
            box = state.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= 360, f"{route} in {language}: cannot be seen"
            # An installed app has no "back": the way to the phone's pages stands in sight.
            expect(page.locator(".fg-bar-home")).to_be_in_viewport(ratio=0.9)
            tab = page.locator("nav [aria-current=page]")
            if tab.count():
                expect(tab).to_be_in_viewport(ratio=0.9)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 360, f"{route} in {language} is {wide} wide"
