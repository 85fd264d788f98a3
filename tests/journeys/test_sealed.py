"""Records belong to who made them: sealed on a shared phone, opened by their maker's log-in."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import PATIENCE, RunningApp, log_in, wait_until
from tests.journeys.test_killed import close_dead, kill_browser, open_profile
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of, send_now, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_random_faults import report_hazard

pytestmark = pytest.mark.browser

STORE = """async () => {
  const opening = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (opening.onsuccess = () => ok(opening.result)));
  const found = {};
  for (const name of db.objectStoreNames) {
    const asked = db.transaction(name).objectStore(name).getAll();
    found[name] = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  }
  db.close();
  return found;
}"""
# Every value of every entry as text, bytes of photos and of sealed entries one character a byte.
RAW = """async (found) => {
  const letters = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const read = async (one) => {
    if (one instanceof Blob) return letters(new Uint8Array(await one.arrayBuffer()));
    if (one instanceof Uint8Array) return letters(one) + new TextDecoder().decode(one);
    if (one === null || typeof one !== "object") return String(one);
    const parts = Object.entries(one).map(async ([key, inner]) => `${key}=${await read(inner)}`);
    return (await Promise.all(parts)).join(";");
  };
  return read(found);
}"""
SEALED = "(found) => found.sealed.length"
PLAIN = "(found) => [...found.outbox, ...found.photos, ...found.drafts].length"
KEYS = (
    "(found) => found.facts.filter((fact) => fact.key.startsWith('key:')).map((fact) => fact.key)"
)
PHOTO = """async (found) => {
  const bytes = new Uint8Array(await found.photos[0].blob.arrayBuffer());
  return Array.from(bytes);
}"""


def look(page: Page, question: str) -> object:
    """What the phone's store holds, read past the app."""
    return page.evaluate(asked(question))


def asked(question: str) -> str:
    return f"async () => ({question})(await ({STORE})())"


def ready(page: Page) -> None:
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")


def half_a_form(page: Page, where: str) -> None:
    page.goto("/hazard")
    page.get_by_label("位置").fill(where)
    wait_until(page, asked("(found) => found.drafts.length > 0"))


def log_out(page: Page, *, sealed: bool = False) -> None:
    page.goto("/me")
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="确定退出").click()
    if sealed:
        page.get_by_role("button", name="封存并退出").click()
    page.wait_for_url("**/login*")


def no_sync(page: Page) -> None:
    """Neither the page nor the service worker, which the browser wakes by itself, gets through."""
    page.context.route("**/api/sync", lambda route: route.abort())


def hazards_of(app: RunningApp, phone: str) -> list[tuple[str, str | None]]:
    """Where each hazard of this person is, and the hash of its kept photo."""
    rows = app.rows(
        "select hazard.where_words, photo.kept_sha256 from hazard"
        " left join photo on photo.record_id = hazard.id"
        " join person on person.id = hazard.person_id where person.phone = :phone"
        " order by hazard.where_words",
        phone=phone,
    )
    return [(row[0], row[1]) for row in rows]


def wait_for_hazards(app: RunningApp, phone: str, wanted: list[tuple[str, str]]) -> None:
    deadline = time.monotonic() + 40 * PATIENCE
    while hazards_of(app, phone) != wanted and time.monotonic() < deadline:
        time.sleep(0.3)
    assert hazards_of(app, phone) == wanted


def test_unsent_work_is_sealed_at_log_out_and_goes_when_its_maker_is_back(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    first, second = member_of(app, 170), member_of(app, 171)
    page = open_phone().new_page()
    log_in(page, first, PASSWORD)
    ready(page)
    no_sync(page)
    report_hazard(page, "封条巷9号")
    photo = bytes(look(page, PHOTO))
    half_a_form(page, "半张表的地方")
    assert "封条巷9号" in str(look(page, RAW)), "the search itself finds what is there in plain"
    log_out(page)
    expect(page.get_by_text("存有 1 个人的 1 条未送到的记录")).to_be_visible()
    raw = str(look(page, RAW))
    for word in ("封条巷9号", "半张表", "ebike", "captured_at", "500118"):
        assert word not in raw, word
    assert photo[:64].decode("latin-1") not in raw
    assert (look(page, SEALED), look(page, PLAIN), look(page, KEYS)) == (3, 0, [])

    log_in(page, second, PASSWORD)
    page.context.unroute("**/api/sync")
    send_now(page)
    expect(page.get_by_text("今天还没有记录。")).to_be_visible()
    log_a_shout(page, 5)
    wait_until(page, ALL_SENT)
    assert look(page, SEALED) == 3
    assert hazards_of(app, first) == hazards_of(app, second) == []
    log_out(page)
    assert look(page, PLAIN) == 0, "what the server has does not stay either"

    log_in(page, first, PASSWORD)
    wait_for_hazards(app, first, [("封条巷9号", hashlib.sha256(photo).hexdigest())])
    page.goto("/hazard")
    expect(page.get_by_label("位置")).to_have_value("半张表的地方")
    assert look(page, SEALED) == 0


def test_whoever_logs_in_over_another_ones_expired_log_in_finds_it_sealed(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    first, second = member_of(app, 172), member_of(app, 180)
    context = open_phone()
    page = context.new_page()
    log_in(page, first, PASSWORD)
    ready(page)
    context.set_offline(True)
    log_a_shout(page, 31)
    context.clear_cookies()
    no_sync(page)
    context.set_offline(False)
    log_in(page, second, PASSWORD)
    ready(page)
    assert (look(page, SEALED), look(page, PLAIN)) == (1, 0)
    assert len(list(look(page, KEYS))) == 1, "the first one's key has left the phone"
    page.context.unroute("**/api/sync")
    log_in(page, first, PASSWORD)
    wait_until(page, ALL_SENT)
    deadline = time.monotonic() + 30 * PATIENCE
    while shouts_of(app, first) != [31] and time.monotonic() < deadline:
        time.sleep(0.3)
    assert shouts_of(app, first) == [31]
    assert shouts_of(app, second) == []


def test_without_a_signal_one_may_seal_and_leave_and_the_server_hears_of_it_later(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 174)
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    context.set_offline(True)
    log_a_shout(page, 32)
    log_out(page, sealed=True)
    expect(page.get_by_text("存有 1 个人的 1 条未送到的记录")).to_be_visible()
    assert (look(page, SEALED), look(page, PLAIN), look(page, KEYS)) == (1, 0, [])
    context.set_offline(False)
    page.goto("/login")
    wait_until(page, "async () => (await fetch('/api/me')).status === 401")
    log_in(page, phone, PASSWORD)
    wait_until(page, ALL_SENT)
    assert shouts_of(app, phone) == [32]


def test_a_form_open_in_another_tab_leaves_nothing_in_plain_after_the_log_out(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page, other = context.new_page(), context.new_page()
    log_in(page, member_of(app, 179), PASSWORD)
    ready(page)
    no_sync(page)
    half_a_form(other, "另一个标签页")
    log_out(page)
    expect(other.get_by_text("这部手机上还没有人登录")).to_be_visible()
    assert (look(page, SEALED), look(page, PLAIN)) == (1, 0)


# Slows every write down to a moment a test can hit; the order of things stays the app's own.
SLOW_STORE = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  const asked = put.apply(this, given);
  const end = performance.now() + 500;
  const dawdle = () => {
    if (performance.now() < end) this.get("nothing").onsuccess = dawdle;
  };
  if (this.name === WHERE) dawdle();
  return asked;
};
"""


@pytest.mark.parametrize("moment", ["sealing", "opening"])
def test_a_browser_killed_in_the_middle_of_sealing_or_opening_loses_nothing(
    app: RunningApp, chromium: Browser, tmp_path: Path, moment: str
) -> None:
    phone, profile = member_of(app, 175 if moment == "sealing" else 176), tmp_path / "profile"
    context = open_profile(chromium, app, profile)
    page = context.pages[0]
    log_in(page, phone, PASSWORD)
    ready(page)
    no_sync(page)
    for number in range(1, 9):
        log_a_shout(page, number)
    if moment == "opening":
        log_out(page)
        assert look(page, SEALED) == 8
        page.goto("/login")
    slow = "sealed" if moment == "sealing" else "outbox"
    page.add_init_script(SLOW_STORE.replace("WHERE", f"'{slow}'"))
    if moment == "sealing":
        page.goto("/me")
        page.get_by_role("button", name="退出登录").click()
        page.get_by_role("button", name="确定退出").click()
    else:
        page.goto("/login")
        page.get_by_label("手机号").fill(phone)
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
    both = "(found) => found.sealed.length > 1 && found.outbox.length > 1"
    wait_until(page, asked(both))
    kill_browser(profile)
    close_dead(context)

    context = open_profile(chromium, app, profile)
    page = context.pages[0]
    no_sync(page)
    page.goto("/login")
    ids = "[...found.sealed, ...found.outbox].map((one) => one.id.slice(-36))"
    whole = f"(found) => new Set({ids}).size"
    assert look(page, whole) == 8, "each is there in one form or the other"
    if moment == "sealing":
        wait_until(page, asked(f"(found) => ({PLAIN})(found) === 0"))
        assert (look(page, SEALED), look(page, KEYS)) == (8, [])
    page.context.unroute("**/api/sync")
    log_in(page, phone, PASSWORD)
    deadline = time.monotonic() + 40 * PATIENCE
    while shouts_of(app, phone) != list(range(1, 9)) and time.monotonic() < deadline:
        time.sleep(0.3)
    context.close()
    assert shouts_of(app, phone) == list(range(1, 9))


def test_what_does_not_open_is_kept_and_said_and_the_rest_opens(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 177)
    page = open_phone().new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    no_sync(page)
    for number in (1, 2, 3):
        log_a_shout(page, number)
    log_out(page)
    page.evaluate(
        """async () => {
          const opening = indexedDB.open("firegrid");
          const db = await new Promise((ok) => (opening.onsuccess = () => ok(opening.result)));
          const store = db.transaction("sealed", "readwrite").objectStore("sealed");
          const asked = store.getAll();
          const all = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
          all[0].bytes[5] ^= 1;
          all[1].mark = "0123456789abcdef";
          const last = (store.put(all[0]), store.put(all[1]));
          await new Promise((ok) => (last.onsuccess = ok));
          db.close();
        }"""
    )
    page.context.unroute("**/api/sync")
    log_in(page, phone, PASSWORD)
    page.goto("/outbox")
    expect(page.get_by_text("有 2 项封存内容打不开")).to_be_visible()
    wait_until(page, ALL_SENT)
    assert len(shouts_of(app, phone)) == 1
    assert look(page, "(found) => found.sealed.map((one) => one.trouble).sort().join()") == (
        "damaged,key"
    )


OLD_STORE = """async (owner) => {
  const opening = indexedDB.open("firegrid", 1);
  opening.onupgradeneeded = () => {
    const db = opening.result;
    const outbox = db.createObjectStore("outbox", { keyPath: "id" });
    outbox.createIndex("seq", "seq");
    outbox.createIndex("owner", "owner");
    outbox.createIndex("owner_state", ["owner", "state"]);
    const photos = db.createObjectStore("photos", { keyPath: "id" });
    photos.createIndex("item", "item");
    photos.createIndex("owner", "owner");
    photos.createIndex("owner_state", ["owner", "state"]);
    db.createObjectStore("packs", { keyPath: "owner" });
    db.createObjectStore("drafts", { keyPath: ["owner", "form"] });
    db.createObjectStore("facts", { keyPath: "key" });
  };
  const db = await new Promise((ok) => (opening.onsuccess = () => ok(opening.result)));
  const put = (name, value) => new Promise((ok) => {
    db.transaction(name, "readwrite").objectStore(name).put(value).onsuccess = ok;
  });
  const shout = (id, people, more) => ({
    id, seq: people, kind: "shout.log", version: 1, state: "waiting", position: null,
    captured_at: new Date().toISOString(),
    body: { grid: owner.grid, script: "ebike", means: "loudhailer", people_reached: people },
    ...more,
  });
  await put("outbox", shout("5f6c2f0e-6c1a-4d53-9a52-2f2f7c1f3a11", 1, { owner: owner.id }));
  await put("outbox", shout("5f6c2f0e-6c1a-4d53-9a52-2f2f7c1f3a12", 2, { owner: 999999 }));
  await put("drafts", { owner: owner.id, form: "hazard", value: { where: "老版本的草稿" } });
  db.close();
}"""


def test_a_phone_of_the_first_version_keeps_everything_and_gets_its_key(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 178)
    ((person_id, grid),) = app.rows(
        "select person.id, grid.code from person join post on post.person_id = person.id"
        " join grid on grid.id = post.grid_id where person.phone = :phone",
        phone=phone,
    )
    page = open_phone().new_page()
    page.goto("/api/ping")
    page.evaluate(OLD_STORE, {"id": person_id, "grid": grid})
    entered = page.context.request.post(
        "/api/session", data={"phone": phone, "password": PASSWORD}
    ).json()
    page.evaluate(
        """async (me) => {
          const opening = indexedDB.open("firegrid", 1);
          const db = await new Promise((ok) => (opening.onsuccess = () => ok(opening.result)));
          const facts = db.transaction("facts", "readwrite").objectStore("facts");
          const put = facts.put({ key: "me", value: me });
          await new Promise((ok) => (put.onsuccess = ok));
          db.close();
        }""",
        {name: value for name, value in entered.items() if name != "key"},
    )
    page.goto("/")
    ready(page)
    assert shouts_of(app, phone) == [1]
    page.goto("/hazard")
    expect(page.get_by_label("位置")).to_have_value("老版本的草稿")
    wait_until(page, asked(f"(found) => ({KEYS})(found).length > 0"))
    assert list(look(page, KEYS)) == [f"key:{person_id}"]
    others = "(found) => found.outbox.filter((one) => one.owner === 999999).length"
    assert look(page, others) == 1, "another one's, from before there were keys, waits as it was"
    log_out(page)
    expect(page.get_by_text("存有 2 个人的 1 条未送到的记录")).to_be_visible()
