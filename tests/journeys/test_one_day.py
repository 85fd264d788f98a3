"""One day of one street: invited, walked, reported, shouted, knocked, offline and back, seen."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until

pytestmark = pytest.mark.browser

PASSWORD = "firegrid-2026"
SECRETARY = "10000000002"
NEIGHBOUR_GRID = "500118003001002"
GRID = "500118003001001"
GRID_NAME = "泸州街社区第1居民小组"
NEW_MEMBER = ("13900001111", "林小雨", "xiaoyu-2026")

UNSENT = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const all = (name) => new Promise((ok) => {
    const asked = db.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => ok(asked.result);
  });
  const [records, photos] = [await all("outbox"), await all("photos")];
  db.close();
  return records.concat(photos).filter((one) => one.state !== "sent").length;
}"""
ALL_SENT = f"async () => (await ({UNSENT})()) === 0"


def camera_jpeg() -> bytes:
    """What a camera writes: 12 megapixels lying on their side, with EXIF and a place in it."""
    image = Image.effect_noise((4000, 3000), 40).convert("RGB")
    exif = image.getexif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 21.0, 26.6), 3: "E", 4: (105.0, 54.0, 59.4)})
    target = io.BytesIO()
    image.save(target, "JPEG", quality=85, exif=exif)
    return target.getvalue()


def invite_by_secretary(desk: Page) -> str:
    """The link the new member gets, without its host."""
    log_in(desk, SECRETARY, PASSWORD)
    desk.goto("/people")
    desk.get_by_role("button", name="邀请人员").click()
    phone, name, _ = NEW_MEMBER
    desk.get_by_label("手机号").fill(phone)
    desk.get_by_label("姓名").fill(name)
    desk.get_by_label("岗位").select_option(label="网格员")
    desk.locator("form").get_by_text(GRID_NAME, exact=True).first.click()
    desk.get_by_role("button", name="邀请", exact=True).click()
    link = desk.locator("#invitation-link")
    expect(link).to_have_value(re.compile(r"/invitation#[\w-]{40,}$"))
    return link.input_value().removeprefix(
        desk.url.removesuffix("/people").removesuffix("/people/")
    )


def accept(phone: Page, link: str) -> None:
    phone.goto(link)
    expect(phone.get_by_text(f"{NEW_MEMBER[1]}，您好")).to_be_visible()
    phone.get_by_label("设置密码").fill(NEW_MEMBER[2])
    phone.get_by_role("button", name="设好密码并进入").click()
    expect(phone.get_by_role("heading", name=GRID_NAME)).to_be_visible()


def report_hazard(phone: Page) -> None:
    phone.get_by_role("link", name="发现隐患").click()
    phone.locator("input[type=file]").set_input_files(
        {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": camera_jpeg()}
    )
    expect(phone.get_by_role("img", name="照片 1")).to_be_visible()
    phone.get_by_role("radio", name="飞线充电").click()
    phone.get_by_label("位置").fill("2栋1单元3楼")
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("隐患已存在手机上")).to_be_visible()
    # The walk goes on where it was left.
    expect(phone.get_by_role("button", name="结束巡查")).to_be_visible()
    phone.get_by_role("link", name="今日").click()


def shout(phone: Page) -> None:
    phone.get_by_role("link", name="喊话").click()
    phone.get_by_role("radio", name="手持喇叭").click()
    phone.get_by_role("radio", name="20", exact=True).click()
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("喊话已存在手机上")).to_be_visible()


def knock(phone: Page, number: int, outcome: str) -> None:
    phone.locator(".fg-door").nth(number).click()
    sheet = phone.get_by_role("dialog")
    sheet.get_by_role("button", name=re.compile(outcome)).first.click()
    expect(sheet).to_be_hidden()


def walk_the_day(context: BrowserContext, phone: Page) -> None:
    """Start, arrive, report, shout, knock at six doors; the signal goes after the third."""
    phone.get_by_role("link", name="开始巡查").click()
    phone.get_by_role("button", name="开始巡查").click()
    phone.get_by_role("button", name="到达1栋1单元楼梯间").click()
    expect(phone.get_by_text("已到 1 处")).to_be_visible()
    report_hazard(phone)
    shout(phone)
    wait_until(phone, ALL_SENT)
    phone.get_by_role("link", name="敲门").click()
    for number, outcome in enumerate(("已见面", "无人应答", "拒绝")):
        knock(phone, number, outcome)
    wait_until(phone, ALL_SENT)
    context.set_offline(True)
    for number, outcome in ((3, "空置"), (4, "改天再来"), (5, "已见面")):
        knock(phone, number, outcome)
    expect(phone.get_by_text("离线")).to_be_visible()
    phone.goto("/patrol")
    phone.get_by_role("button", name="结束巡查").click()
    phone.get_by_role("button", name="结束", exact=True).click()
    expect(phone.get_by_role("button", name="开始巡查")).to_be_visible()


def test_one_day(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
) -> None:
    desk = open_desk().new_page()
    link = invite_by_secretary(desk)

    context = open_phone()
    phone = context.new_page()
    accept(phone, link)
    wait_until(phone, "() => navigator.serviceWorker?.controller !== null")
    walk_the_day(context, phone)

    # Offline and opened anew: the app is there, and so is every record.
    phone.goto("/outbox")
    expect(phone.get_by_text("4 条还没送到")).to_be_visible()
    assert counts_of_the_member(app)["visit"] == 3
    context.set_offline(False)
    wait_until(phone, ALL_SENT, seconds=40)
    expect(phone.get_by_text("记录都已送到服务器")).to_be_visible()

    everything_arrived_once(app)
    secretary_sees_it(desk)
    resident_sees_the_board(open_phone)
    neighbour_sees_none_of_it(app, open_phone)


def counts_of_the_member(app: RunningApp) -> dict[str, int]:
    """Rows of the new member by table: other journeys use the same server."""
    return {
        table: app.rows(
            f"select count(*) from {table} one join person on person.id = one.person_id"
            " where person.phone = :phone",
            phone=NEW_MEMBER[0],
        )[0][0]
        for table in ("patrol", "arrival", "hazard", "shout", "visit", "photo", "received_item")
    }


def everything_arrived_once(app: RunningApp) -> None:
    """Each record once, the photo upright, the place as the phone had it."""
    assert counts_of_the_member(app) == {
        "patrol": 1,
        "arrival": 1,
        "hazard": 1,
        "shout": 1,
        "visit": 6,
        "photo": 1,
        "received_item": 11,
    }
    ((ended_at, stored_at, width, height),) = app.rows(
        "select patrol.ended_at, photo.stored_at, photo.width, photo.height"
        " from patrol join photo on photo.person_id = patrol.person_id"
        " join person on person.id = patrol.person_id where person.phone = :phone",
        phone=NEW_MEMBER[0],
    )
    assert ended_at is not None
    assert stored_at is not None
    assert (width, height) == (1536, 2048), "turned upright and shrunk to 2048"
    located = app.rows(
        "select count(*) from visit join person on person.id = visit.person_id"
        " where person.phone = :phone and lat is not null and accuracy_m = 12",
        phone=NEW_MEMBER[0],
    )
    assert located[0][0] == 6


def counts_by_word(rows: Locator) -> dict[str, int]:
    """Word and number of each line, however it is laid out: a chip or a line of the legend."""
    found = {}
    for text in rows.all_inner_texts():
        word, count = re.fullmatch(r"\s*(\D+?)\s*(\d+)\s*个?\s*", text).groups()
        found[word.strip()] = int(count)
    return {word: count for word, count in found.items() if count}


def secretary_sees_it(desk: Page) -> None:
    """Map and list agree to the digit; the grid opens to what the member did."""
    desk.goto("/desk")
    row = desk.locator(".fg-rows button", has_text=GRID_NAME).first
    expect(row).to_contain_text(re.compile("已达标|巡查未满时"))  # by the day this runs on
    expect(row).to_contain_text("敲门 6 户")
    legend = desk.frame_locator("iframe").locator(".map-legend li")
    expect(legend.first).to_be_visible()
    chips = counts_by_word(desk.locator(".fg-chip"))
    assert chips.pop("全部") == sum(chips.values()) == 34
    assert counts_by_word(legend) == chips
    row.click()
    panel = desk.get_by_role("dialog")
    expect(panel.get_by_text("飞线充电")).to_be_visible()
    expect(panel.get_by_text(NEW_MEMBER[1]).first).to_be_visible()
    expect(panel.locator("img[src*='/thumbnail']").first).to_be_visible()
    wait_until(desk, "() => document.querySelector(\"img[src*='/thumbnail']\").naturalWidth > 0")


def resident_sees_the_board(open_phone: Callable[..., BrowserContext]) -> None:
    board = open_phone(java_script_enabled=False).new_page()
    board.goto(f"/g/{GRID}")
    expect(board.get_by_role("heading", name=re.compile("第1居民小组"))).to_be_visible()
    assert board.locator("a[href='tel:119']").count() >= 1
    text = board.content()
    assert "黄静刚" in text, "the grid's head is posted"
    for private in (NEW_MEMBER[0], "飞线充电", "独居老人", "10000000003"):
        assert private not in text


def neighbour_sees_none_of_it(app: RunningApp, open_phone: Callable[..., BrowserContext]) -> None:
    ((phone_number,),) = app.rows(
        "select person.phone from person join post on post.person_id = person.id"
        " join grid on grid.id = post.grid_id"
        " where grid.code = :code and post.role = 'grid_member'",
        code=NEIGHBOUR_GRID,
    )
    neighbour = open_phone().new_page()
    log_in(neighbour, phone_number, PASSWORD)
    expect(neighbour.get_by_role("heading", name="泸州街社区第2居民小组")).to_be_visible()
    expect(neighbour.get_by_text("飞线充电")).to_have_count(0)
    ((photo_id,),) = app.rows(
        "select photo.id from photo join person on person.id = photo.person_id"
        " where person.phone = :phone",
        phone=NEW_MEMBER[0],
    )
    for path in (
        f"/api/photos/{photo_id}/screen",
        f"/api/map/grids?grid={GRID}",
        f"/api/map/today?grid={GRID}",
        f"/api/map/frame?grid={GRID}",
    ):
        assert neighbour.request.get(path).status == 403, path
    pack = neighbour.request.get("/api/pack").json()
    assert {grid["code"] for grid in pack["grids"]} == {NEIGHBOUR_GRID}
    assert pack["hazards"] == []
