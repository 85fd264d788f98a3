"""A shout with a photo, taken without a signal: refused, mended, and seen at the desk."""

import hashlib
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.on_the_list import head_phone
from tests.journeys.test_loudspeaker import WITHOUT_ONE, play
from tests.journeys.test_nothing_is_lost import member_of, send_now
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_outbox import on_the_way, open_entry
from tests.journeys.test_random_faults import SMALL_JPEG
from tests.journeys.test_sealed import ready

pytestmark = pytest.mark.browser

HELD = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("photos").objectStore("photos").getAll();
  const rows = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  db.close();
  const bytesOf = async (blob) => Array.from(new Uint8Array(await blob.arrayBuffer()));
  return Promise.all(rows.map(async ({ id, blob }) => ({ id, bytes: await bytesOf(blob) })));
}"""
"""The photos a phone holds, byte for byte."""


def test_a_shout_has_its_photo_through_a_refusal_up_to_the_desk(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
) -> None:
    phone = member_of(app, 217)
    context = open_phone()
    context.add_init_script(WITHOUT_ONE)
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    context.set_offline(True)

    # Called out; then, where it asks how many heard it, one quiet button and no more.
    play(page)
    page.get_by_role("button", name="停止").click()
    loud = page.get_by_role("dialog")
    expect(loud.get_by_text("加照片")).to_be_visible()
    take(page, loud.locator("input[type=file]"))
    expect(loud.get_by_role("img", name="照片 1")).to_be_visible()
    loud.get_by_role("button", name="20", exact=True).click()
    page.wait_for_url(lambda url: "/shout" not in url)
    (held,) = page.evaluate(HELD)
    picture = bytes(held["bytes"])

    # Refused and mended it has its photo still.
    on_the_way(page, lambda one: one["body"].update(script="gone"))
    context.set_offline(False)
    send_now(page)
    expect(page.get_by_text("没有这条喊话内容")).to_be_visible()
    context.unroute("**/api/sync")
    open_entry(page, "喊话")
    expect(page.get_by_text("1 张")).to_be_visible()
    page.get_by_role("button", name="打开修改").click()
    page.get_by_label("喊什么").select_option(label="九小场所")
    page.get_by_role("button", name="保存并再发").click()
    expect(page).to_have_url(re.compile(r"/outbox$"))
    wait_until(page, ALL_SENT, 40)
    wait_until(page, "() => document.body.innerText.includes('记录都已送到服务器')", seconds=40)

    ((people, kind, announced, kept, grid),) = app.rows(
        "select people_reached, record_kind, sha256, kept_sha256, grid.name from shout"
        " join photo on photo.record_id = shout.id join grid on grid.id = shout.grid_id"
        " join person on person.id = shout.person_id where person.phone = :phone",
        phone=phone,
    )
    assert (people, kind) == (20, "shout")
    assert announced == kept == hashlib.sha256(picture).hexdigest(), "byte for byte"
    desk = open_desk().new_page()
    log_in(desk, head_phone(app, phone), PASSWORD)
    desk_sees_it(desk, grid, held["id"])


def take(page: Page, shutter: Locator) -> None:
    picture = bytes(page.evaluate(SMALL_JPEG, "广场喊话"))
    shutter.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture})


def desk_sees_it(desk: Page, grid: str, photo: str) -> None:
    """Small, in the panel of the grid, with the shout of today; it opens large."""
    desk.goto("/desk")
    desk.locator(".fg-rows button", has_text=grid).first.click()
    panel = desk.get_by_role("dialog")
    small = panel.get_by_role("img", name="喊话照片")
    expect(small).to_have_attribute("src", f"/api/photos/{photo}/thumbnail")
    small.scroll_into_view_if_needed()
    wait_until(desk, "() => document.querySelector(\"img[alt^='喊话照片']\").naturalWidth > 0")
    large = panel.locator(f"a[href='/api/photos/{photo}/screen']")
    expect(large).to_have_attribute("target", "_blank")
