"""A phone without room: nothing half kept, the person told what to do, and a way out of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_killed import report_with_photo
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD

pytestmark = pytest.mark.browser

LITTLE_ROOM = 300_000
"""Bytes: a text has room in it, a photo of a camera has not."""

ALL_ROOM = 48_000_000
"""What the browser grants, from before the phone's first visit on: it would go on for half a minute
with the room it had heard of before. The phone is filled up to it."""

# Beside the app's store: `say` what to do with a number of bytes. Whether there was room for it.
PROBE = """async ([bytes, say]) => {
  const open = indexedDB.open("probe", 1);
  open.onupgradeneeded = () => open.result.createObjectStore("probe", { autoIncrement: true });
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const write = (work) => new Promise((ok) => {
    const all = db.transaction("probe", "readwrite");
    work(all.objectStore("probe"));
    all.oncomplete = () => ok(true);
    all.onabort = () => ok(all.error?.name !== "QuotaExceededError");
  });
  const fitted = say === "clear"
    ? await write((store) => store.clear())
    : await write((store) => {
        const put = store.put(new Blob([new Uint8Array(bytes)]));
        if (say === "try") put.onsuccess = () => store.delete(put.result);
      });
  db.close();
  return fitted;
}"""

KEPT_HERE = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const found = {};
  for (const name of ["outbox", "photos", "drafts"]) {
    const asked = db.transaction(name).objectStore(name).getAllKeys();
    found[name] = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result.length)));
  }
  db.close();
  return found;
}"""

# A record sent a day and a half ago, which the daily sweep leaves for another half day.
SENT_BEFORE_TODAY = """async (bytes) => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const all = db.transaction(["facts", "outbox"], "readwrite");
  const me = all.objectStore("facts").get("me");
  me.onsuccess = () => {
    const sent = Date.now() - 36 * 3600 * 1000;
    all.objectStore("outbox").put({
      id: "sent before today", seq: 1, owner: me.result.value.person_id, state: "sent", sent,
      kind: "shout.log", body: {}, captured_at: new Date(sent).toISOString(),
      weight: new Blob([new Uint8Array(bytes)]),
    });
  };
  await new Promise((ok) => (all.oncomplete = ok));
  db.close();
}"""


def ready(app: RunningApp, context: BrowserContext, number: int) -> tuple[Page, str, "Storage"]:
    page, phone = context.new_page(), member_of(app, number)
    storage = Storage(page, app.url)
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null", 40)
    return page, phone, storage


class Storage:
    """The room that the browser grants this origin."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.origin = page, {"origin": url}
        self.browser: CDPSession = page.context.new_cdp_session(page)
        self.browser.send("Storage.overrideQuotaForOrigin", {**self.origin, "quotaSize": ALL_ROOM})

    def leave(self, room: int) -> None:
        """Fill the phone until so many bytes are left."""
        for _ in range(40):
            used = int(self.browser.send("Storage.getUsageAndQuota", self.origin)["usage"])
            if (filling := ALL_ROOM - used - room) > 0:
                self.page.evaluate(PROBE, [filling, "keep"])
            if not self.page.evaluate(PROBE, [2 * room, "try"]):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("the phone never was full")

    def lift(self) -> None:
        self.page.evaluate(PROBE, [0, "clear"])


def hazards_of(app: RunningApp, phone: str) -> list:
    """Place and number of stored photos of each hazard of this person."""
    return app.rows(
        "select hazard.where_words, (select count(*) from photo"
        " where photo.record_id = hazard.id and photo.stored_at is not null)"
        " from hazard join person on person.id = hazard.person_id where person.phone = :phone",
        phone=phone,
    )


def test_a_full_phone_keeps_nothing_half_says_so_and_leaves_the_form_filled(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    page, phone, storage = ready(app, open_phone(), 53)
    page.goto("/hazard")
    storage.leave(LITTLE_ROOM)
    report_with_photo(page, "2栋1单元3楼")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("手机存储已满，这次没存下")).to_be_visible()
    told = page.get_by_role("alert").filter(has_text="手机存储已满")
    expect(told).to_contain_text("不要清除浏览器数据")
    expect(told.get_by_role("button", name="现在发送")).to_be_visible()
    assert page.evaluate(KEPT_HERE) == {"outbox": 0, "photos": 0, "drafts": 0}
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    expect(page.get_by_role("radio", name="飞线充电")).to_be_checked()
    expect(page.get_by_label("位置")).to_have_value("2栋1单元3楼")
    assert hazards_of(app, phone) == []

    # With room again the form saves itself as a draft, and is sent once.
    storage.lift()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    wait_until(page, f"async () => (await ({KEPT_HERE})()).drafts === 1")
    expect(told).to_have_count(0)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已存在手机上")).to_be_visible()
    wait_until(page, ALL_SENT, 40)
    assert hazards_of(app, phone) == [("2栋1单元3楼", 1)]


def test_what_was_sent_before_today_makes_room(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    page, phone, storage = ready(app, open_phone(), 54)
    page.evaluate(SENT_BEFORE_TODAY, 12_000_000)
    page.goto("/hazard")
    storage.leave(LITTLE_ROOM)
    report_with_photo(page, "3栋车棚")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已存在手机上")).to_be_visible()
    assert page.evaluate(KEPT_HERE)["outbox"] == 1, "the new one is here, the old one left"
    wait_until(page, ALL_SENT, 40)
    assert hazards_of(app, phone) == [("3栋车棚", 1)]
