"""A whole patrol in flight mode: twenty points, three hazards with photos, one shout, one kill."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, UNSENT, report_hazard, shout
from tests.journeys.test_walk_left_open import HOURS_AGO, server_minutes

pytestmark = pytest.mark.browser

POINTS = 20
HAZARDS_AFTER = (3, 9, 16)
OPENED_ANEW_AFTER = 12
MINUTES = 36
RECORDS = 1 + POINTS + len(HAZARDS_AFTER) + 1 + 1
"""A start, the arrivals, the hazards, a shout, an end."""

PHOTOS_HERE = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("photos").objectStore("photos").getAll();
  const photos = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  db.close();
  return Promise.all(photos.map(async ({ id, blob, sha256 }) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
    const found = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return { id, announced: sha256, found };
  }));
}"""
"""Each photo on the phone with the hash announced and the hash of its bytes as they lie there."""


def member_with_points(app: RunningApp) -> str:
    """Phone of a member, of no other journey, whose grid has twenty points or more."""
    rows = app.rows(
        "select person.phone from post join person on person.id = post.person_id"
        " join check_point on check_point.grid_id = post.grid_id"
        " where post.role = 'grid_member' and person.pilot and check_point.ends_on is null"
        " group by person.id, person.phone having count(*) >= :wanted"
        " order by person.id desc",
        wanted=POINTS,
    )
    return app.claim(rows[2][0])


def arrive_at(page: Page, number: int) -> None:
    """One tap at the next point of the list of floors; the next house opens when one is done."""
    left = page.locator("button.fg-point-fine")
    expect(page.locator("button.fg-house-name").first).to_be_visible()
    if left.count() == 0:
        houses = page.locator("button.fg-house-name[aria-expanded=false]")
        houses.filter(has_not_text="✓").first.click()
    left.first.click()
    expect(page.get_by_text(f"已到 {number} 处")).to_be_visible()


def counts_of(app: RunningApp, phone: str) -> dict[str, int]:
    tables = ("patrol", "arrival", "hazard", "shout", "photo", "received_item")
    return {
        table: app.rows(
            f"select count(*) from {table} one join person on person.id = one.person_id"
            " where person.phone = :phone",
            phone=phone,
        )[0][0]
        for table in tables
    }


def walk_in_flight_mode(page: Page) -> None:
    """Half of it, half an hour of walking, the app closed and opened anew, the other half."""
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查", exact=True).click()
    for number in range(1, POINTS + 1):
        arrive_at(page, number)
        if number in HAZARDS_AFTER:
            report_hazard(page)
            page.get_by_role("link", name="巡查中").click()
        if number == OPENED_ANEW_AFTER:
            shout_from_home(page)
            page.evaluate(HOURS_AGO, MINUTES / 60)
            page.goto("about:blank")
            page.goto("/patrol")
            expect(page.get_by_text(f"已到 {number} 处")).to_be_visible()
    page.get_by_role("button", name="结束巡查").click()
    page.get_by_role("button", name="结束", exact=True).click()
    expect(page.get_by_role("button", name="开始巡查", exact=True)).to_be_visible()


def shout_from_home(page: Page) -> None:
    page.goto("/")
    shout(page)


def test_a_patrol_of_twenty_points_in_flight_mode_arrives_whole_and_once(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_with_points(app)
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null", 40)
    before = counts_of(app, phone)
    assert before["patrol"] == before["hazard"] == 0, "no other journey walks here"

    context.set_offline(True)
    page.goto("about:blank")
    page.goto("/")
    expect(page.get_by_text("离线")).to_be_visible()
    walk_in_flight_mode(page)
    page.goto("/outbox")
    expect(page.get_by_text(f"{RECORDS} 条还没送到")).to_be_visible()
    assert page.evaluate(UNSENT) == RECORDS + len(HAZARDS_AFTER)
    photos = page.evaluate(PHOTOS_HERE)
    assert len(photos) == len({one["found"] for one in photos}) == len(HAZARDS_AFTER)
    assert counts_of(app, phone) == before, "nothing left the phone"

    context.set_offline(False)
    wait_until(page, ALL_SENT, seconds=60)
    assert counts_of(app, phone) == {
        "patrol": 1,
        "arrival": POINTS,
        "hazard": len(HAZARDS_AFTER),
        "shout": 1,
        "photo": len(HAZARDS_AFTER),
        "received_item": RECORDS,
    }
    all_of_one_walk(app, phone)
    photos_byte_for_byte(app, photos)
    minutes_agree(page)


def all_of_one_walk(app: RunningApp, phone: str) -> None:
    """Twenty different points, and every record belongs to the one walk, which has its end."""
    ((ended_at, points, hazards, shouts),) = app.rows(
        "select patrol.ended_at,"
        " (select count(distinct check_point_id) from arrival where patrol_id = patrol.id),"
        " (select count(*) from hazard where patrol_id = patrol.id),"
        " (select count(*) from shout where patrol_id = patrol.id)"
        " from patrol join person on person.id = patrol.person_id where person.phone = :phone",
        phone=phone,
    )
    assert ended_at is not None
    assert (points, hazards, shouts) == (POINTS, len(HAZARDS_AFTER), 1)


def photos_byte_for_byte(app: RunningApp, photos: list[dict[str, str]]) -> None:
    """What lay on the phone, what was announced and what the server keeps are the same bytes."""
    rows = app.rows("select id, sha256, kept_sha256 from photo where stored_at is not null")
    kept = {str(row[0]).replace("-", ""): (row[1], row[2]) for row in rows}
    folder = Path(app.log).parent / "photos"
    for photo in photos:
        found = photo["found"]
        assert photo["announced"] == found
        assert kept[photo["id"].replace("-", "")] == (found, found)
        (original,) = folder.rglob(f"{found}-original.jpg")
        assert hashlib.sha256(original.read_bytes()).hexdigest() == found


def minutes_agree(page: Page) -> None:
    """Home and the server say the same, and it is what was walked since midnight."""
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    walked = min(MINUTES, (now - midnight) // timedelta(minutes=1))
    said = server_minutes(page)
    assert said in range(walked, walked + 6), "a slow machine taps for some minutes itself"
    page.goto("/")
    expect(page.locator("strong.fg-big")).to_have_text(re.compile(f"^{said}$"))
