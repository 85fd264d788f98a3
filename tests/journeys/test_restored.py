"""A server put back from yesterday's backup: what phones sent since goes once more, by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.faults import Fault, FaultyLine
from tests.journeys.test_background import photos_of, until
from tests.journeys.test_nothing_is_lost import line, log_a_shout, member_of, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, UNSENT
from tests.journeys.test_outbox import write
from tests.journeys.test_sending import noise

__all__ = ["line"]
pytestmark = pytest.mark.browser

OWN = "(select id from person where phone = :phone)"
SENT_LONG_AGO = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const work = db.transaction("outbox", "readwrite");
  const outbox = work.objectStore("outbox");
  const asked = outbox.getAll();
  asked.onsuccess = () => {
    for (const row of asked.result) outbox.put({ ...row, sent: row.sent - 3 * 86400000 });
  };
  await new Promise((ok) => (work.oncomplete = ok));
  db.close();
}"""
HELD = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("outbox").objectStore("outbox").count();
  await new Promise((ok) => (asked.onsuccess = ok));
  db.close();
  return asked.result;
}"""


def put_back(app: RunningApp, phone: str) -> None:
    """The server is as it was before this person recorded anything."""
    for statement in (
        f"delete from photo where person_id = {OWN}",
        f"delete from shout where person_id = {OWN}",
        f"delete from received_item where person_id = {OWN}",
    ):
        write(app, statement, phone=phone)


def entered(page: Page, phone: str) -> Page:
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    return page


def test_what_a_server_put_back_has_lost_goes_again_with_the_next_record(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 309)
    page = entered(open_phone().new_page(), phone)
    for people in (5, 7, 8):
        log_a_shout(page, people)
        wait_until(page, ALL_SENT)
    put_back(app, phone)
    assert shouts_of(app, phone) == []
    log_a_shout(page, 9)
    wait_until(page, f"async () => (await ({ALL_SENT})()) && (await ({HELD})()) === 4")
    page.goto("/outbox")
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    assert shouts_of(app, phone) == [5, 7, 8, 9]


def test_what_a_server_put_back_has_lost_goes_again_when_the_app_is_opened(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 313)
    page = entered(open_phone().new_page(), phone)
    for people in (5, 7):
        log_a_shout(page, people)
        wait_until(page, ALL_SENT)
    put_back(app, phone)
    page.goto("/")
    assert until(lambda: shouts_of(app, phone) == [5, 7])
    wait_until(page, ALL_SENT)


def test_a_photo_the_server_has_forgotten_brings_its_record_again(
    app: RunningApp, line: FaultyLine, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 310)
    line.path = "/api/photos"
    line.standing = Fault("cut_before")
    page = entered(open_phone(base_url=line.url).new_page(), phone)
    page.goto("/shout")
    page.get_by_label("或填准确人数").fill("5")
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": noise(300, 200)}
    )
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(lambda url: "/shout" not in url)
    assert until(lambda: shouts_of(app, phone) == [5])
    page.goto("/outbox")
    wait_until(page, f"async () => (await ({UNSENT})()) === 1")  # the photo
    put_back(app, phone)
    line.heal()
    page.get_by_role("button", name="现在发送").click()
    wait_until(page, ALL_SENT, 40)
    assert shouts_of(app, phone) == [5]
    assert photos_of(app, phone) == 1


def test_nothing_leaves_the_phone_before_the_server_was_asked_whether_it_has_it(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 311)
    page = entered(open_phone().new_page(), phone)
    for people in (5, 7):
        log_a_shout(page, people)
        wait_until(page, ALL_SENT)
    put_back(app, phone)
    page.evaluate(SENT_LONG_AGO)
    page.goto("/outbox")
    page.get_by_role("button", name="现在发送").click()
    wait_until(page, ALL_SENT, 40)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    assert shouts_of(app, phone) == [5, 7]
    assert page.evaluate(HELD) == 2
    # What it does have leaves in its time.
    page.evaluate(SENT_LONG_AGO)
    page.goto("/me")
    wait_until(page, f"async () => (await ({HELD})()) === 0", 40)
