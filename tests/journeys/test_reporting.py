"""A hazard from the shutter to the public: spoken, talked about, put right, covered, published."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, camera_jpeg
from tests.journeys.test_random_faults import SMALL_JPEG
from tests.journeys.test_shipped import talk_to_somebody
from tests.photos.hostile import heic

pytestmark = pytest.mark.browser

RECOGNISER = """
window.SpeechRecognition = class {
  start() {
    const heard = Object.assign([{ transcript: "楼道里堆了纸箱" }], { isFinal: true });
    setTimeout(() => this.onresult?.({ results: [heard] }), 100);
  }
  stop() { setTimeout(() => this.onend?.(), 10); }
};
"""
WHERE = "9栋3单元5楼"


def picture(page: Page, words: str) -> FilePayload:
    made = bytes(page.evaluate(SMALL_JPEG, words))
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": made}


def shoot(page: Page, number: int, words: str) -> None:
    page.locator("input[type=file]").last.set_input_files(picture(page, words))
    expect(page.get_by_role("img", name=f"照片 {number}")).to_be_visible()


def speak(page: Page) -> None:
    """The first press says where speech may go, the second listens."""
    page.get_by_role("button", name="说话代替打字").click()
    expect(page.get_by_text("可能会传给浏览器厂商")).to_be_visible()
    page.get_by_role("button", name="明白，开始说").click()
    expect(page.get_by_label("说明（可不填）")).to_have_value("纸箱很多。楼道里堆了纸箱")
    page.get_by_role("button", name="说完了").click()


def report(page: Page) -> None:
    """Without network: in pictures, spoken, put right on the spot, with who was talked to."""
    page.goto("/hazard")
    shoot(page, 1, "before")
    page.get_by_role("radio", name="楼道、阳台").click()
    page.get_by_label("位置").fill(WHERE)
    page.get_by_label("说明（可不填）").fill("纸箱很多。")
    speak(page)
    # The same tap opens the camera.
    with page.expect_file_chooser() as camera:
        page.get_by_role("radio", name="已当场整改").click()
    camera.value.set_files(picture(page, "after"))
    expect(page.get_by_role("img", name="照片 2")).to_be_visible()
    page.get_by_role("button", name="已劝导制止当事人").click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请选对谁说的")).to_be_in_viewport()
    page.get_by_role("button", name="没有劝导，去掉").click()
    talk_to_somebody(page)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已存在手机上")).to_be_visible()


def cover_and_publish(desk: Page) -> None:
    desk.goto("/desk/hazards")
    desk.get_by_role("button", name="已销案").click()
    desk.get_by_role("searchbox").fill(WHERE)
    desk.get_by_role("searchbox").press("Enter")
    desk.get_by_role("button", name="楼道、阳台").first.click()
    expect(desk.get_by_text("住户、当事人")).to_be_visible()
    desk.get_by_role("button", name="公开照片").click()
    desk.get_by_role("button", name="照片 2").click()
    expect(desk.get_by_text("还没有人决定")).to_be_visible()
    area = desk.locator(".fg-cover")
    expect(area.get_by_role("img", name="要公开的照片")).to_be_visible()
    box = area.bounding_box()
    assert box is not None
    desk.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.2)
    desk.mouse.down()
    desk.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5)
    desk.mouse.up()
    cover = desk.get_by_role("button", name="盖住的第 1 处")
    cover.focus()
    cover.press("ArrowRight")
    desk.get_by_role("button", name="盖好了（1 处），公开").click()
    expect(desk.get_by_text("已公开，居民能看到")).to_be_visible()


def test_from_the_shutter_to_the_public(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
) -> None:
    context = open_phone()
    context.add_init_script(RECOGNISER)
    page = context.new_page()
    log_in(page, member_of(app, 281), PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null", seconds=60)
    # Dictation asks for a line; the rest of the form does not.
    report(page)
    wait_until(page, ALL_SENT, seconds=40)
    ((hazard, status, words),) = app.rows(
        "select id, status, words from hazard where where_words = :where", where=WHERE
    )
    assert (status, words) == ("closed", "纸箱很多。楼道里堆了纸箱")
    steps = app.rows(
        "select step from hazard_event where hazard_id = :id order by number", id=hazard
    )
    assert [step for (step,) in steps] == ["reported", "dissuaded", "fixed_on_spot"]
    photos = app.rows(
        "select purpose, shown_sha256 <> '' from photo where record_id = :id order by taken_at",
        id=hazard,
    )
    assert [purpose for purpose, _ in photos] == ["before", "after"]

    ((community,),) = app.rows(
        "select person.phone from post join person on person.id = post.person_id"
        " join grid small on small.id = (select grid_id from hazard where id = :id)"
        " join grid on grid.id = post.grid_id"
        " where post.role = 'community_secretary' and grid.id = small.parent_id limit 1",
        id=hazard,
    )
    desk = open_desk().new_page()
    log_in(desk, community, PASSWORD)
    cover_and_publish(desk)
    ((boxes, copy),) = app.rows("select boxes, sha256 from photo_release")
    ((left, top, width, height),) = json.loads(boxes)
    assert (abs(left - 210) < 15, abs(top - 200) < 15) == (True, True), "as drawn, moved by a key"
    assert (abs(width - 400) < 15, abs(height - 300) < 15, bool(copy)) == (True, True, True)


def test_saved_right_after_the_shutter_the_photos_go_along(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    """Twelve megapixels take a second to shrink; nobody waits for that, and none is left behind."""
    page = open_phone().new_page()
    log_in(page, member_of(app, 282), PASSWORD)
    page.goto("/hazard")
    shutter = page.locator("input[type=file]").last
    for number in (1, 2):
        shutter.set_input_files(
            {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": camera_jpeg()}
        )
    page.get_by_role("radio", name="飞线充电").click()
    page.get_by_label("位置").fill("9栋1单元")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已存在手机上")).to_be_visible()
    wait_until(page, ALL_SENT, seconds=40)
    ((count,),) = app.rows(
        "select count(*) from photo join hazard on hazard.id = photo.record_id"
        " where hazard.where_words = '9栋1单元' and photo.stored_at is not null"
    )
    assert count == 2


SAVED_IN_THE_INSTANT = """() => {
  const { subtle } = crypto;
  const digest = subtle.digest.bind(subtle);
  subtle.digest = async (...given) => {
    subtle.digest = digest;
    const hash = await digest(...given);
    // The photo goes into the form within this turn; the form is drawn anew in a later one.
    (async () => {
      for (let step = 0; step < 60; step += 1) await null;
      document.querySelector("form .fg-button-primary").click();
    })();
    return hash;
  };
}"""
"""The finger is on "save" when the photo is ready and the screen does not show it yet."""


def test_a_photo_that_is_ready_in_the_instant_of_the_save_goes_along(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    page = open_phone().new_page()
    log_in(page, member_of(app, 284), PASSWORD)
    page.goto("/hazard")
    page.get_by_role("radio", name="飞线充电").click()
    page.get_by_label("位置").fill("9栋2单元")
    page.evaluate(SAVED_IN_THE_INSTANT)
    photo: FilePayload = {"name": "1.jpg", "mimeType": "image/jpeg", "buffer": camera_jpeg()}
    page.locator("input[type=file]").last.set_input_files(photo)
    expect(page.get_by_text("隐患已存在手机上")).to_be_visible()
    wait_until(page, ALL_SENT, seconds=40)
    ((count,),) = app.rows(
        "select count(*) from photo join hazard on hazard.id = photo.record_id"
        " where hazard.where_words = '9栋2单元' and photo.stored_at is not null"
    )
    assert count == 1


KINDS = ("image/jpeg", "image/png", "image/webp")
IN_THIS_KIND = """async ([words, kind]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
  const paint = canvas.getContext("2d");
  paint.fillText(words, 20, 40);
  const blob = await new Promise((done) => canvas.toBlob(done, kind));
  return [...new Uint8Array(await blob.arrayBuffer())];
}"""


def shoot_nine(page: Page) -> None:
    """Of every kind a phone has, the last one of an iPhone."""
    shutter = page.locator("input[type=file]")
    for number in range(1, 10):
        kind = KINDS[number % 3]
        if number < 9:
            data = bytes(page.evaluate(IN_THIS_KIND, [f"nr {number}", kind]))
        else:
            data, kind = heic(), "image/heic"
        shutter.set_input_files({"name": f"{number}", "mimeType": kind, "buffer": data})
        expect(page.get_by_role("img", name=f"照片 {number}", exact=True)).to_be_visible()
    expect(shutter).to_have_count(0)


def test_nine_photos_of_every_kind_a_spot_on_the_map_and_a_double_without_network(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    where, words = "7栋2单元3楼", "三辆电动车堵住楼梯口"
    context = open_phone()
    page = context.new_page()
    log_in(page, member_of(app, 283), PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null", seconds=60)
    page.goto("/hazard")
    shoot_nine(page)
    page.get_by_role("radio", name="占用、堵塞").click()
    page.get_by_label("位置").fill(where)
    page.get_by_label("说明（可不填）").fill(words)
    page.get_by_role("button", name="在图上标出位置").click()
    grid_map = page.get_by_role("img", name="图上点一下隐患的位置")
    grid_map.click(position={"x": 150, "y": 150})
    expect(page.get_by_text("已标出，误差约")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已存在手机上")).to_be_visible()
    wait_until(page, ALL_SENT, seconds=60)
    ((hazard, source, lat),) = app.rows(
        "select id, position_source, lat from hazard where where_words = :where", where=where
    )
    assert (source, lat is not None) == ("manual", True)
    kept = "select count(*) from photo where record_id = :id and stored_at is not null"
    assert app.rows(kept, id=hazard) == [(9,)]

    # The pack has it by now, and its small picture: the same again, in other words, without a line.
    page.goto("/hazard")
    page.get_by_role("radio", name="占用、堵塞").click()
    with page.expect_response(re.compile("/thumbnail$")):
        page.reload()
    context.set_offline(True)
    page.get_by_role("radio", name="占用、堵塞").click()
    page.get_by_label("位置").fill("七栋2单元 三层")
    page.get_by_role("button", name="在图上标出位置").click()
    grid_map.click(position={"x": 152, "y": 150})
    double = page.locator(".fg-twin")
    expect(double).to_contain_text(words)
    picture_of_it = double.get_by_role("img")
    expect(picture_of_it).to_be_visible()
    assert picture_of_it.evaluate("(one) => one.naturalWidth") > 0
    double.get_by_role("link", name="是同一处，去看那一条").click()
    expect(page.get_by_text(words)).to_be_visible()
