"""Roads from a file: told first, on the desk's map, a member's phone and the board, and off."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser

OFFICER = "10000000001"
NUMBER = 335
"""Of the pilot's members; nobody else's."""
NAME, LANE = "迎宾大道", "春晖巷"
LONG = 0.004
"""Degrees from the middle of the grid to an end."""
INKED = """() => {
  const canvas = document.querySelector(".road-layer");
  if (!canvas) return 0;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((one, at) => at % 4 === 3 && one).length;
}"""
"""How many pixels of the map the roads take."""


def roads(lon: float, lat: float) -> str:
    """A road that ends in the middle of the grid, and a lane through it."""
    lines = (
        (NAME, "主干道", [[lon, lat], [lon + LONG, lat]]),
        (LANE, "小路", [[lon, lat - LONG], [lon, lat + LONG]]),
    )
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": name, "kind": kind},
                    "geometry": {"type": "LineString", "coordinates": line},
                }
                for name, kind, line in lines
            ],
        }
    )


def hand_in(page: Page, text: str) -> None:
    part = page.locator("section", has=page.get_by_role("heading", name="从文件导入道路"))
    part.locator("input[type=file]").set_input_files(
        [{"name": "道路.geojson", "mimeType": "application/json", "buffer": text.encode()}]
    )


def drawn_on_board(page: Page, code: str) -> set[str]:
    """The lines of the map on a grid's public page; all roads of one kind are one."""
    return set(re.findall(r' d="([^"]+)"', page.request.get(f"/g/{code}").text()))


def names(app: RunningApp) -> list[str]:
    """Which of the two stand in the register; the pilot has others."""
    asked = "select name from road where name in (:road, :lane) order by name"
    return [name for (name,) in app.rows(asked, road=NAME, lane=LANE)]


def test_roads_come_in_are_seen_everywhere_and_go_again(
    app: RunningApp, open_desk, open_phone
) -> None:
    phone = member_of(app, NUMBER)
    ((code, lon, lat),) = app.rows(
        "select grid.code, grid.label_lon, grid.label_lat from post"
        " join person on person.id = post.person_id join grid on grid.id = post.grid_id"
        " where person.phone = :phone",
        phone=phone,
    )
    desk = open_desk().new_page()
    faults: list[str] = []
    desk.on("pageerror", lambda error: faults.append(str(error)))
    log_in(desk, OFFICER, PASSWORD)
    desk.goto("/desk")
    expect(desk.locator("iframe")).to_be_visible()
    frame = desk.frames[-1]
    wait_until(frame, "() => performance.getEntriesByName('firegrid:finished').length > 0")
    wait_until(frame, f"() => ({INKED})() > 0")
    before = frame.evaluate(INKED)
    bare = drawn_on_board(desk, code)
    desk.get_by_text("网格边界和道路文件：导入、导出").click()

    # Swapped axes: nothing is written, and the row says why.
    hand_in(desk, roads(lat, lon))
    expect(desk.get_by_text("有 2 处错误，改好后再选一次文件；什么都没有写入。")).to_be_visible()
    assert names(app) == []
    hand_in(desk, roads(lon, lat))
    expect(desk.get_by_text("读了 2 行，会改 2 处，0 处不变。")).to_be_visible()
    expect(desk.get_by_text(f"{NAME}（主干道）")).to_be_visible()
    assert names(app) == []
    desk.get_by_role("button", name="确认写入").click()
    expect(desk.get_by_text("已写入 2 处改动。")).to_be_visible()
    assert names(app) == sorted((NAME, LANE))

    # On the desk's map at once, without opening it again.
    wait_until(frame, f"() => ({INKED})() > {before}")

    # In a member's pack, and drawn with the network off.
    context = open_phone()
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    context.set_offline(True)
    page.goto("/map")
    drawn = page.locator(".fg-gridmap-roads")
    expect(drawn.get_by_text(NAME)).to_have_count(1)
    context.set_offline(False)

    # On the public board, and in a file to take along.
    shown = drawn_on_board(desk, code)
    assert shown != bare
    with desk.expect_download() as download:
        desk.locator("section", has=desk.get_by_role("heading", name="导出道路")).get_by_role(
            "link", name="GeoJSON"
        ).click()
    kept = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert {one["properties"]["name"] for one in kept["features"]} > {NAME, LANE}

    # One of them is taken off again: from the map, the phone's pack and the board.
    away = desk.locator("section", has=desk.get_by_role("heading", name="撤下道路"))
    away.get_by_role("button", name="撤下哪一条").click()
    away.get_by_label("撤下哪一条").select_option(NAME)
    away.get_by_role("button", name="确认撤下").click()
    expect(away.get_by_text("已撤下 1 条。")).to_be_visible()
    assert names(app) == [LANE]
    told = page.request.get("/api/pack").json()["roads"]["names"]
    assert LANE in told
    assert NAME not in told
    assert drawn_on_board(desk, code) not in (bare, shown)
    away.get_by_label("撤下哪一条").select_option(LANE)
    away.get_by_role("button", name="确认撤下").click()
    wait_until(frame, f"() => ({INKED})() === {before}")
    assert names(app) == []
    assert drawn_on_board(desk, code) == bare
    assert faults == []
