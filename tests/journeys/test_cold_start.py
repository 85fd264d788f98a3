"""The phone is started without a network, its storage runs full, its browser is the wrong one."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from firegrid_app import routes
from firegrid_app.texts import say
from tests.journeys.conftest import RunningApp, log_in
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of
from tests.journeys.test_one_day import PASSWORD
from tests.journeys.test_shipped import enter

pytestmark = pytest.mark.browser

PAGES = {
    routes.HOME: "home",
    routes.PATROL: "patrol",
    routes.HAZARD: "hazard",
    routes.HAZARDS: "hazards",
    routes.SHOUT: "shout",
    routes.DOORS: "doors",
    routes.DUTIES: "duties",
    routes.ALERTS: "alerts",
    routes.GRID_MAP: "map",
    routes.SHIFTS: "shifts",
    routes.OUTBOX: "outbox",
    routes.ME: "me",
}
ASKED = """() => {
  const asked = JSON.parse(localStorage.getItem("asked") ?? "[]");
  localStorage.setItem("asked", JSON.stringify([...asked, "persist"]));
  return Promise.resolve(true);
}"""
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/126.0 Mobile MicroMessenger/8.0.49"
)


def test_every_page_opens_without_a_network_and_says_so_quietly(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    enter(app, context, 300).close()
    context.set_offline(True)
    for address, name in PAGES.items():
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(say(f"phone.{name}_title"))
        # No word of Reflex's own: one quiet line, and the page with what the phone knows.
        expect(page.locator(".fg-network")).to_have_text(say("phone.offline"))
        expect(page.get_by_text(say("phone.loading"))).to_have_count(0)
        assert "annot connect" not in page.content(), f"Reflex's overlay on {address}"
        page.close()


def test_a_record_is_said_to_be_kept_on_whatever_page_comes_next(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page = enter(app, context, 301)
    context.set_offline(True)
    log_a_shout(page, 3)
    toast = page.locator(".fg-toast")
    expect(toast).to_have_text(say("phone.kept_shout"))
    expect(page).to_have_url(f"{app.url}/")
    # For a moment, and not again when the page is opened anew.
    expect(toast).to_have_count(0)
    page.reload()
    expect(page.get_by_text(say("phone.records_waiting", count=1))).to_be_visible()
    expect(toast).to_have_count(0)


@pytest.mark.parametrize(
    ("usage", "key", "values"),
    [(79, "phone.storage", {"share": 79}), (80, "phone.storage_full", {"share": 80, "count": 0})],
)
def test_storage_is_told_and_warned_of_from_four_fifths(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    usage: int,
    key: str,
    values: dict[str, int],
) -> None:
    context = open_phone()
    estimate = json.dumps({"usage": usage, "quota": 100})
    context.add_init_script(
        f"navigator.storage.estimate = () => Promise.resolve({estimate});"
        f"navigator.storage.persist = {ASKED};"
    )
    page = context.new_page()
    log_in(page, member_of(app, 302 + usage % 2), PASSWORD)
    assert page.evaluate("localStorage.getItem('asked')") == '["persist"]', "asked to stay, once"
    page.goto("/outbox")
    expect(page.get_by_text(say(key, **values))).to_be_visible()


def test_wechat_is_told_the_way_out(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    page = open_phone(user_agent=WECHAT).new_page()
    log_in(page, member_of(app, 304), PASSWORD)
    expect(page.get_by_text(say("phone.in_wechat"))).to_be_visible()
