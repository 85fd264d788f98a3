"""The page is closed, the line comes back: what waits goes out by the service worker, once."""

import time
from collections.abc import Callable
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Worker, expect

from firegrid_app.pwa.background import SCRIPT
from tests.journeys.conftest import BUILT, PATIENCE, RunningApp, log_in, wait_until
from tests.journeys.faults import Fault, FaultyLine
from tests.journeys.test_nothing_is_lost import line, log_a_shout, member_of, shouts_of
from tests.journeys.test_one_day import PASSWORD, UNSENT
from tests.journeys.test_sending import noise, report

__all__ = ["line"]
pytestmark = pytest.mark.browser

TAG = "firegrid-outbox"
TAGS = """async () => (await (await navigator.serviceWorker.getRegistration()).sync.getTags())"""
DRAIN = """() => self.drainOutbox().then(() => "over", (error) => `again: ${error}`)"""


class Browser:
    """What the browser itself does with a worker, by its own tools, with no page of ours open."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._url = url
        self._registrations: list[dict] = []
        self._session: CDPSession = context.new_cdp_session(context.new_page())
        self._session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: self._registrations.extend(told["registrations"]),
        )
        self._session.send("ServiceWorker.enable")

    def has_a_line(self) -> None:
        """The event `sync`, as when the phone comes back into the network."""
        registration = [one for one in self._registrations if self._url in one["scopeURL"]][-1]
        self._session.send(
            "ServiceWorker.dispatchSyncEvent",
            {
                "origin": self._url,
                "registrationId": registration["registrationId"],
                "tag": TAG,
                "lastChance": False,
            },
        )


def ready_phone(
    app: RunningApp, line: FaultyLine, open_phone: Callable[..., BrowserContext], number: int
) -> tuple[str, BrowserContext, Page]:
    """A member's phone that is logged in and has its worker; nothing has been recorded."""
    phone = member_of(app, number)
    context = open_phone(base_url=line.url, permissions=["geolocation", "background-sync"])
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller?.state === 'activated'")
    line.path = "/api/"
    return phone, context, page


def worker_of(context: BrowserContext) -> Worker:
    return context.service_workers[0]


def until(question: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds * PATIENCE
    while not question() and time.monotonic() < deadline:
        time.sleep(0.2)
    return question()


def photos_of(app: RunningApp, phone: str) -> int:
    """Photos of this person's reports that the server has whole."""
    return app.rows(
        "select count(*) from photo join person on person.id = photo.person_id"
        " where person.phone = :phone and photo.stored_at is not null",
        phone=phone,
    )[0][0]


def test_the_build_has_the_script_and_the_worker_names_it(app: RunningApp) -> None:
    script = (BUILT.parent / SCRIPT).read_bytes()
    assert b"drainOutbox" in script
    assert f'"/{SCRIPT}?'.encode() in (BUILT.parent / "sw.js").read_bytes()
    with urlopen(f"{app.url}/{SCRIPT}") as answer:
        assert answer.headers.get_content_type() in ("text/javascript", "application/javascript")
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.read() == script


def test_with_the_page_closed_records_and_photos_go_once(
    app: RunningApp, line: FaultyLine, open_phone: Callable[..., BrowserContext]
) -> None:
    phone, context, page = ready_phone(app, line, open_phone, 64)
    browser = Browser(context, line.url)
    line.standing = Fault("cut_before")
    log_a_shout(page, 7)
    report(page, "楼道口", noise(500, 400))
    assert page.evaluate(UNSENT) == 3, "a shout, a report and its photo"
    wait_until(page, f"async () => (await ({TAGS})()).includes('{TAG}')")
    page.close()

    browser.has_a_line()
    time.sleep(2)
    assert shouts_of(app, phone) == [], "nobody answered: it stays"

    line.heal()
    # The answer to the records is lost: they go again, and are there once all the same.
    line.path = "/api/sync"
    line.planned.append(Fault("cut_after"))
    browser.has_a_line()
    assert until(lambda: not line.planned)
    browser.has_a_line()
    assert until(lambda: photos_of(app, phone) == 1)
    assert shouts_of(app, phone) == [7]

    line.standing = Fault("cut_before")
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    assert page.evaluate(UNSENT) == 0
    page.goto("/outbox")
    expect(page.get_by_text("已送达").first).to_be_visible()


def test_a_page_that_is_open_hears_what_the_worker_sent(
    app: RunningApp, line: FaultyLine, open_phone: Callable[..., BrowserContext]
) -> None:
    phone, context, page = ready_phone(app, line, open_phone, 65)
    line.standing = Fault("cut_before")
    log_a_shout(page, 3)
    page.goto("/")
    expect(page.get_by_text("1 条记录保存在手机上")).to_be_visible()
    # The page itself sends nothing now: whatever it hears, it hears from the worker.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('cut')); }")
    line.heal()
    assert worker_of(context).evaluate(DRAIN) == "over"
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    assert shouts_of(app, phone) == [3]


def test_the_browser_tries_again_what_time_mends_and_leaves_what_needs_the_person(
    app: RunningApp, line: FaultyLine, open_phone: Callable[..., BrowserContext]
) -> None:
    phone, context, page = ready_phone(app, line, open_phone, 66)
    line.standing = Fault("cut_before")
    log_a_shout(page, 4)
    # A page of ours that has no queue, so that nothing but the worker sends.
    page.goto("/offline.html")
    assert page.evaluate(UNSENT) == 1
    worker = worker_of(context)
    assert worker.evaluate(DRAIN).startswith("again")
    for fault in (Fault("portal"), Fault("answer", 500), Fault("answer", 502)):
        line.standing = fault
        assert worker.evaluate(DRAIN).startswith("again"), fault

    line.heal()
    cookies = context.cookies()
    context.clear_cookies()
    # Nobody is logged in: only the person can help, and nothing is given up.
    assert worker.evaluate(DRAIN) == "over"
    assert shouts_of(app, phone) == []
    context.add_cookies(cookies)
    assert worker.evaluate(DRAIN) == "over"
    assert shouts_of(app, phone) == [4]
