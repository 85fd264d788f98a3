"""What phones in the field hold and send: samples made by the phone's own code, kept for good.

`FIREGRID_RECORD=1` writes what is missing (a new version of a body, a new version of the store);
what was shipped is never written anew: phones with it are out there.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from firegrid_app.sync.kinds import KINDS
from tests.journeys.asked import begin_campaign
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.kit import put_equipment
from tests.journeys.premises import put_premises, sign_the_letter
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, UNSENT
from tests.journeys.test_random_faults import SMALL_JPEG, report_hazard
from tests.journeys.test_voice import record
from tests.journeys.test_walk_left_open import start_and_go_dark
from tests.journeys.warned import warn_grid_of

pytestmark = pytest.mark.browser

BODIES = Path(__file__).parents[1] / "sync" / "bodies"
STORES = Path(__file__).with_name("stores")
MADE_ELSEWHERE = {"shift.note", "shift.taken"}
"""By the journey of the duty list."""
RECORD = os.environ.get("FIREGRID_RECORD") == "1"

DUMP = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const plain = async (value) => {
    if (value instanceof Blob) {
      const reader = new FileReader();
      await new Promise((done) => { reader.onload = done; reader.readAsDataURL(value); });
      return { $blob: reader.result.split(",")[1], type: value.type };
    }
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (value && typeof value === "object") {
      const pairs = Object.entries(value).map(async ([key, inner]) => [key, await plain(inner)]);
      return Object.fromEntries(await Promise.all(pairs));
    }
    return value;
  };
  const found = { version: db.version, stores: {} };
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    const indexes = [...store.indexNames].map((one) => [one, store.index(one).keyPath]);
    const keyPath = store.keyPath;
    const rows = await new Promise((ok) => {
      const asked = store.getAll();
      asked.onsuccess = () => ok(asked.result);
    });
    found.stores[name] = { keyPath, indexes, rows: await plain(rows) };
  }
  db.close();
  return found;
}"""

RESTORE = """async (kept) => {
  await new Promise((ok, no) => {
    const gone = indexedDB.deleteDatabase("firegrid");
    gone.onsuccess = ok; gone.onerror = no; gone.onblocked = () => no(new Error("blocked"));
  });
  const lively = (value) => {
    if (value?.$blob !== undefined) {
      const bytes = Uint8Array.from(atob(value.$blob), (sign) => sign.charCodeAt(0));
      return new Blob([bytes], { type: value.type });
    }
    if (Array.isArray(value)) return value.map(lively);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, lively(inner)]));
    }
    return value;
  };
  const open = indexedDB.open("firegrid", kept.version);
  open.onupgradeneeded = () => {
    for (const [name, { keyPath, indexes }] of Object.entries(kept.stores)) {
      const store = open.result.createObjectStore(name, { keyPath });
      for (const [index, path] of indexes) store.createIndex(index, path);
    }
  };
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  for (const [name, { rows }] of Object.entries(kept.stores)) {
    const writing = db.transaction(name, "readwrite");
    for (const row of rows) writing.objectStore(name).put(lively(row));
    await new Promise((ok) => (writing.oncomplete = ok));
  }
  db.close();
}"""


def record_one_of_each(page: Page) -> None:
    """A patrol started, an arrival, a hazard with a photo, a shout, a knock, the end, a duty."""
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查").click()
    page.locator("button[aria-label^='到达']").first.click()
    expect(page.get_by_text("已到 1 处")).to_be_visible()
    report_hazard(page, "2栋1单元3楼", talk_to_somebody)
    log_a_shout(page, 12)
    page.goto("/doors")
    page.locator(".fg-door").first.click()
    page.get_by_role("dialog").get_by_role("button", name="无人应答").first.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto("/patrol")
    page.get_by_role("button", name="结束巡查").click()
    page.get_by_role("button", name="结束", exact=True).click()
    expect(page.get_by_role("button", name="开始巡查")).to_be_visible()
    tick_a_duty(page)


def talk_to_somebody(page: Page) -> None:
    """Opened in the form of a hazard."""
    page.get_by_role("button", name="已劝导制止当事人").click()
    tell_what_was_said(page)


def tell_what_was_said(page: Page) -> None:
    talk = page.get_by_role("region", name="劝导制止")
    talk.get_by_role("radio", name="住户、当事人").click()
    talk.get_by_role("button", name="讲明危险").click()
    talk.get_by_role("radio", name="答应改").click()
    talk.get_by_role("radio", name="3 天内").click()


def tick_a_duty(page: Page) -> None:
    page.goto("/duties")
    page.get_by_role("button", name="登记完成").first.click()
    page.get_by_label("怎么办的").fill("和社区民警一起入户")
    page.get_by_role("button", name="确认完成").click()
    expect(page.get_by_text("已记下，有网络时自动上报")).to_be_visible()
    expect(page.get_by_role("heading", name="已完成")).to_be_visible()


def see_to_a_hazard(page: Page) -> None:
    """The one reported before, once the pack has it: talked about, and put right, with a word."""
    page.goto("/hazards")
    page.get_by_role("button", name="飞线充电").first.click()
    page.get_by_role("button", name="劝导制止").click()
    tell_what_was_said(page)
    page.get_by_role("button", name="劝导制止").click()
    expect(page.get_by_text("已存在手机上：劝导制止")).to_be_visible()
    page.get_by_role("button", name="飞线充电").first.click()
    page.get_by_role("button", name="整改完成").click()
    page.get_by_label("说明（可不填）").fill("已经拆除")
    page.get_by_role("button", name="整改完成").click()
    expect(page.get_by_text("已存在手机上：整改完成")).to_be_visible()


def meet_at_a_door(page: Page) -> None:
    """Somebody opens, and all is as a campaign wants it."""
    page.goto("/doors")
    page.locator(".fg-door").nth(1).click()
    page.get_by_role("dialog").get_by_role("button", name="已见面").click()
    page.get_by_role("button", name="一切正常，记下").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def note_an_alarm(page: Page) -> None:
    """A smoke alarm the household bought."""
    page.goto("/doors")
    page.locator(".fg-door").nth(2).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_text("报警器").first.click()
    sheet.get_by_role("button", name="装好了").first.click()
    sheet.get_by_role("radio", name="住户自己买的").click()
    expect(sheet.get_by_text("已存在手机上：烟感 装好了")).to_be_visible()


def look_at_a_piece(page: Page) -> None:
    """Faulty, with a photo; its hazard was reported before."""
    page.goto("/map")
    page.get_by_role("button", name="大堂灭火器").click()
    page.get_by_role("link", name="登记检查").click()
    page.get_by_role("button", name="有故障").click()
    page.get_by_role("button", name="过期").click()
    picture = bytes(page.evaluate(SMALL_JPEG, "灭火器"))
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    page.get_by_role("button", name="记下，隐患已经报过").click()
    expect(page.get_by_text("已存在手机上：大堂灭火器")).to_be_visible()


def sign_at_premises(page: Page, name: str) -> None:
    """On a walk of its own."""
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查").click()
    # The sample says where it was signed.
    expect(page.get_by_text("已定位")).to_be_visible()
    sign_the_letter(page, name)
    page.goto("/patrol")
    page.get_by_role("button", name="结束巡查").click()
    page.get_by_role("button", name="结束", exact=True).click()
    expect(page.get_by_role("button", name="开始巡查")).to_be_visible()


def call_out_with_all_that_goes_along(page: Page) -> None:
    page.goto("/shout")
    picture = bytes(page.evaluate(SMALL_JPEG, "广场喊话"))
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    record(page, page)
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(lambda url: "/shout" not in url)


def half_fill_a_hazard(page: Page) -> None:
    page.goto("/hazard")
    page.get_by_role("radio", name="飞线充电").click()
    page.get_by_label("位置").fill("还没填完")
    page.wait_for_timeout(600)


def shape(value: Any) -> Any:
    """Fields and the types of what they hold, whatever it is."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in sorted(value.items())}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "number" if is_number else type(value).__name__


def sent_items(page: Page) -> list[dict[str, Any]]:
    """What this phone hands in from now on."""
    items: list[dict[str, Any]] = []

    def note(request: Any) -> None:
        if request.method == "POST" and request.url.endswith("/api/sync"):
            items.extend(request.post_data_json["items"])

    # The context's, for the service worker may be the one that hands it in.
    page.context.on("request", note)
    return items


def enter(app: RunningApp, context: BrowserContext, number: int) -> Page:
    page = context.new_page()
    log_in(page, member_of(app, number), PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null", seconds=60)
    return page


def test_what_the_phone_sends_is_what_the_samples_show(
    app: RunningApp, phone: BrowserContext
) -> None:
    warn_grid_of(app, member_of(app, 70), "大风橙色预警")
    begin_campaign(app, member_of(app, 70), "三清三关")
    put_equipment(app, member_of(app, 70), "大堂灭火器")
    put_premises(app, member_of(app, 70), "老四川饭馆")
    page = enter(app, phone, 70)
    items = sent_items(page)
    page.get_by_text("大风橙色预警").click()
    expect(page.get_by_text("照着念")).to_be_visible()
    # Leaving the page before that it was opened is kept would leave nothing to send.
    expect(page.get_by_text("已看", exact=True)).to_be_visible()
    record_one_of_each(page)
    wait_until(page, ALL_SENT, seconds=40)
    see_to_a_hazard(page)
    meet_at_a_door(page)
    note_an_alarm(page)
    look_at_a_piece(page)
    sign_at_premises(page, "老四川饭馆")
    call_out_with_all_that_goes_along(page)
    wait_until(page, ALL_SENT, seconds=40)
    start_and_go_dark(page.context, page, 2)
    page.goto("/patrol")
    page.get_by_role("button", name="还在巡查").click()
    expect(page.get_by_role("link", name="发现隐患")).to_be_visible()
    page.context.set_offline(False)
    wait_until(page, ALL_SENT, seconds=40)
    # Of those of a kind the one that says most.
    items.sort(key=lambda one: [bool(one["body"].get(more)) for more in ("dissuasion", "photos")])
    by_kind = {(one["kind"], one["version"]): one for one in items}
    assert {kind for kind, _ in by_kind} == set(KINDS) - MADE_ELSEWHERE
    for (kind, version), item in by_kind.items():
        sample = BODIES / f"v{version}" / f"{kind}.json"
        if RECORD and not sample.exists():
            sample.parent.mkdir(exist_ok=True)
            sample.write_text(json.dumps(item, ensure_ascii=False, indent=1) + "\n")
        kept = json.loads(sample.read_text())
        item["position"] = item["position"] or kept["position"]  # the fix may come later
        assert shape(item) == shape(kept), f"{kind}: a shipped version has changed; add a new one"


def write_store(app: RunningApp, context: BrowserContext) -> dict[str, Any]:
    """What a phone of today holds: sent, waiting, refused, a half-filled form."""
    page = enter(app, context, 81)
    log_a_shout(page, 1)
    wait_until(page, ALL_SENT)

    def spoil(route: Any) -> None:
        wanted = route.request.post_data_json
        for item in wanted["items"]:
            item["body"]["script"] = "gone"
        route.continue_(post_data=json.dumps(wanted))

    page.context.route("**/api/sync", spoil)
    log_a_shout(page, 2)
    page.goto("/outbox")
    expect(page.get_by_text("没有这条喊话内容")).to_be_visible()
    page.context.unroute("**/api/sync")
    context.set_offline(True)
    record_one_of_each(page)
    half_fill_a_hazard(page)
    assert page.evaluate(UNSENT) == 9
    found: dict[str, Any] = page.evaluate(DUMP)
    facts = found["stores"]["facts"]
    # Not the person's key: it is the server's to give.
    facts["rows"] = [row for row in facts["rows"] if row["key"] == "me"]
    return found


def test_the_store_of_this_version_has_a_sample(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    found = write_store(app, open_phone())
    sample = STORES / f"v{found['version']}.json"
    if RECORD and not sample.exists():
        sample.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    assert sample.exists(), "a new version of the store: record a sample, CONTRIBUTING.md"
    kept = json.loads(sample.read_text())["stores"]
    for name, store in found["stores"].items():
        for part in ("keyPath", "indexes"):
            assert store[part] == kept[name][part], f"{name}: a shipped version has changed"


def with_owner(kept: Any, old: int, new: int) -> Any:
    """The same rows, made by another person."""
    if isinstance(kept, list):
        return [with_owner(one, old, new) for one in kept]
    if not isinstance(kept, dict):
        return kept
    return {
        key: renamed(inner, old, new)
        if key in ("owner", "person_id")
        else with_owner(inner, old, new)
        for key, inner in kept.items()
    }


def renamed(owner: Any, old: int, new: int) -> Any:
    """An id, or a key that begins with one."""
    if isinstance(owner, list):
        return [renamed(owner[0], old, new), *owner[1:]]
    return new if owner == old else owner


def ids_of(app: RunningApp, person_id: int) -> dict[str, Any]:
    """A grid this person walks, and a check point and a door in it."""
    (row,) = app.rows(
        "select grid.code, (select min(id) from check_point where grid_id = grid.id),"
        " (select min(id) from household where grid_id = grid.id)"
        " from post join grid on grid.id = post.grid_id where post.person_id = :p",
        p=person_id,
    )
    return dict(zip(("grid", "check_point", "door"), row, strict=True))


@pytest.mark.parametrize("shipped", sorted(path.stem for path in STORES.glob("v*.json")))
def test_a_store_of_every_shipped_version_is_opened_and_all_of_it_arrives(
    app: RunningApp, open_phone: Callable[..., BrowserContext], shipped: str
) -> None:
    kept = json.loads((STORES / f"{shipped}.json").read_text())
    context = open_phone()
    page = enter(app, context, 71)
    ((person_id,),) = app.rows("select id from person where phone = :p", p=member_of(app, 71))
    stores = kept["stores"]
    (me,) = [row for row in stores["facts"]["rows"] if row["key"] == "me"]
    kept = with_owner(kept, me["value"]["person_id"], person_id)
    stores = kept["stores"]
    # The register's ids may differ from those of the day it was recorded.
    ours = ids_of(app, person_id)
    for row in stores["outbox"]["rows"]:
        row["body"] |= {key: ours[key] for key in ours if key in row["body"]}
    page.goto("/api/ping")
    page.evaluate(RESTORE, kept)

    context.set_offline(True)
    page.goto("/outbox")
    expect(page.get_by_text("7 条还没送到")).to_be_visible()
    page.goto("/hazard")
    expect(page.get_by_label("位置")).to_have_value("还没填完")
    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, f"async () => (await ({UNSENT})()) === 1", seconds=40)
    expect(page.get_by_text("没有这条喊话内容")).to_be_visible()
    ids = [row["id"] for row in stores["outbox"]["rows"] if row["state"] == "waiting"]
    assert len(ids) == 6
    for item_id in ids:
        found = page.evaluate("async (id) => (await fetch(`/api/sync/${id}`)).json()", item_id)
        (sent,) = [row for row in stores["outbox"]["rows"] if row["id"] == item_id]
        assert found["body"] == sent["body"], "as it was written by the old version"
        assert found["version"] == sent["version"]
