"""Photos over lines that hardly carry them: in parts, on from where they were, once."""

import io
import os
import signal
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import PATIENCE, RunningApp, log_in, wait_until
from tests.journeys.faults import FaultyLine
from tests.journeys.test_nothing_is_lost import line, log_a_shout, member_of, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, UNSENT
from tests.journeys.test_random_faults import everything_is_there_once

__all__ = ["line"]
pytestmark = pytest.mark.browser


def noise(width: int, height: int) -> bytes:
    """A picture that cannot be made small."""
    target = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(target, "JPEG", quality=90)
    return target.getvalue()


def report(page: Page, where: str, picture: bytes) -> None:
    page.goto("/hazard")
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    page.get_by_role("radio", name="飞线充电").click()
    page.get_by_label("位置").fill(where)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已存在手机上")).to_be_visible()


def come(app: RunningApp, phone: str) -> int:
    """Bytes of this person's unfinished photos that the server has."""
    rows = app.rows(
        "select sum(length) from photo_part join photo on photo.id = photo_part.photo_id"
        " join person on person.id = photo.person_id where person.phone = :phone",
        phone=phone,
    )
    return rows[0][0] or 0


def press_on(page: Page, done: Callable[[], bool], seconds: float = 90) -> None:
    """Press "send now" whenever it can be pressed, until it is done."""
    deadline = time.monotonic() + seconds * PATIENCE
    while not done():
        assert time.monotonic() < deadline, "it never came to that"
        button = page.get_by_role("button", name="现在发送")
        if button.is_enabled():
            button.click()
        time.sleep(0.3)


def test_a_photo_goes_on_from_where_it_was_over_a_line_that_dies_every_20_kb(
    app: RunningApp, line: FaultyLine, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 45)
    context = open_phone(base_url=line.url)
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    line.narrow = "/api/photos"
    report(page, "2栋1单元3楼", noise(1000, 800))
    page.goto("/outbox")
    press_on(page, lambda: come(app, phone) > 60_000)
    # A record made meanwhile does not wait for the photo; browser and server begin anew.
    log_a_shout(page, 5)
    for worker in app.workers():
        os.kill(worker, signal.SIGKILL)
    before = come(app, phone)
    page.goto("/outbox")
    page.reload()
    press_on(page, lambda: shouts_of(app, phone) == [5])
    assert come(app, phone) >= before or page.evaluate(UNSENT) == 0, "nothing came twice"
    press_on(page, lambda: page.evaluate(UNSENT) == 0)
    wait_until(page, ALL_SENT)
    assert line.cuts >= 8, "the line must have been bad"
    assert come(app, phone) == 0
    everything_is_there_once(app, phone, ["2栋1单元3楼"])


ON_MOBILE_DATA = """Object.defineProperty(navigator, "connection", {
  value: Object.assign(new EventTarget(), { type: "cellular" }),
})"""


def test_photos_wait_for_wifi_where_the_phone_is_set_so_and_go_at_a_press(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 49)
    context = open_phone()
    context.add_init_script(ON_MOBILE_DATA)
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    page.goto("/me")
    page.get_by_role("radio", name="只用 Wi-Fi 发").click()
    expect(page.get_by_text("文字记录不受影响")).to_be_visible()
    report(page, "2栋1单元3楼", noise(200, 200))
    page.goto("/outbox")
    expect(page.get_by_text("1 张照片（含录音）在等 Wi-Fi")).to_be_visible()
    assert page.evaluate(UNSENT) == 1, "the record has gone, its photo waits"
    page.get_by_role("button", name="现在发送").click()
    wait_until(page, ALL_SENT)
    everything_is_there_once(app, phone, ["2栋1单元3楼"])
    report(page, "3栋", noise(200, 200))
    page.goto("/outbox")
    expect(page.get_by_text("1 张照片（含录音）在等 Wi-Fi")).to_be_visible()
    page.evaluate("navigator.connection.type = 'wifi'")
    page.evaluate("navigator.connection.dispatchEvent(new Event('change'))")
    wait_until(page, ALL_SENT)


def test_a_photo_the_server_stumbles_over_stands_in_no_others_way(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 312)
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    struck: set[str] = set()

    def stumble(route: Route) -> None:
        photo = urlsplit(route.request.url).path.rpartition("/")[2]
        if not struck:
            struck.add(photo)
        if photo not in struck:
            route.continue_()
        else:
            route.fulfill(status=500, json={"code": "server_error", "message": "服务器出错了"})

    context.route("**/api/photos/**", stumble)
    for where in ("1栋", "2栋", "3栋"):
        report(page, where, noise(300, 200))
    wait_until(page, f"async () => (await ({UNSENT})()) === 1", 60)
    assert len(struck) == 1
    context.unroute("**/api/photos/**")
    # Opening begins a round by itself.
    page.goto("/outbox")
    wait_until(page, ALL_SENT, 60)
    everything_is_there_once(app, phone, ["1栋", "2栋", "3栋"])
