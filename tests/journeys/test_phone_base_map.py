"""A base map below the phone's own map: its tiles are kept, and shown with the network off."""

import io
import json
import math
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from geopy.distance import geodesic
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from firegrid_app.maps.rules.datum import Datum, from_wgs84
from tests.journeys.conftest import ROOT, RunningApp, _wait_until_it_answers, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD

pytestmark = pytest.mark.browser
OF_A_FOLDER, OF_A_PROVIDER, FROM_BEFORE, OF_SILENCE, OF_A_SHIFTED_MAP = 161, 162, 163, 164, 263
"""Of the pilot's members; nobody else's."""
PROVIDER = "https://tiles.example.cn"
APPROVAL = "某S(2026)1号"
SHOWN = """() => [...document.querySelectorAll(".fg-gridmap-base img")]
  .filter((one) => one.complete && one.naturalWidth === 256).length"""
KEPT = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("packs").objectStore("packs").getAll();
  const rows = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  db.close();
  return rows.filter(({ owner }) => owner[1] === 0 && owner[2]).length;
}"""

Serve = Callable[..., str]


@pytest.fixture
def serve(app: RunningApp) -> Iterator[Serve]:
    """`serve(BASE_MAP=…)`: the same register behind a server of other settings; its address."""
    servers: list[subprocess.Popen[bytes]] = []

    def begin(**settings: str) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folder = app.log.parent
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("FIREGRID_", "REFLEX_"))},
            "FIREGRID_DATA_DIR": str(folder),
            "FIREGRID_DATABASE_URL": app.database_url,
            "FIREGRID_HOST": "127.0.0.1",
            "FIREGRID_PORT": str(port),
            **{f"FIREGRID_{name}": value for name, value in settings.items()},
        }
        log = folder / f"beside-{port}.log"
        with log.open("wb") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "firegrid_app.cli", "serve"],
                cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
        servers.append(server)
        running = RunningApp(f"http://127.0.0.1:{port}", app.database_url, log, server.pid)
        _wait_until_it_answers(running, server)
        return running.url

    yield begin
    for server in servers:
        server.terminate()
        server.wait(20)


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    count = 2**z
    up = math.asinh(math.tan(math.radians(lat)))
    return int((lon + 180) / 360 * count), int((0.5 - up / (2 * math.pi)) * count)


def place_of(x: float, y: float, z: int) -> tuple[float, float]:
    """Longitude and latitude of a spot counted in tiles."""
    count = 2**z
    up = math.atan(math.sinh(math.pi * (1 - 2 * y / count)))
    return x / count * 360 - 180, math.degrees(up)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    return geodesic(one[::-1], other[::-1]).m


def tiles_around(folder: Path, outline: dict[str, object]) -> None:
    """A folder of tiles wherever this grid lies, each zoom of its own colour."""
    text = outline if isinstance(outline, dict) else json.loads(outline)
    corners = text["coordinates"][0] if text["type"] == "Polygon" else text["coordinates"][0][0]
    lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
    for z in range(12, 19):
        out = io.BytesIO()
        Image.new("RGB", (256, 256), (40 * (z - 12), 200, 120)).save(out, "PNG")
        left, top = tile_of(min(lons), max(lats), z)
        right, bottom = tile_of(max(lons), min(lats), z)
        for x in range(left - 2, right + 3):
            (folder / str(z) / str(x)).mkdir(parents=True)
            for y in range(top - 2, bottom + 3):
                (folder / str(z) / str(x) / f"{y}.png").write_bytes(out.getvalue())


def the_map(context: BrowserContext, url: str, phone: str) -> Page:
    """Logged in with the worker at hand, on the page of the map."""
    page = context.new_page()
    page.goto(f"{url}/login")
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    page.get_by_role("link", name="地图").click()
    expect(page.locator("path.fg-gridmap-cell")).to_have_count(1)
    return page


def test_tiles_of_a_folder_are_kept_and_seen_with_the_network_off(
    app: RunningApp, serve: Serve, open_phone, tmp_path: Path
) -> None:
    phone = member_of(app, OF_A_FOLDER)
    ((outline,),) = app.rows(
        "select grid.outline from post join person on person.id = post.person_id"
        " join grid on grid.id = post.grid_id where person.phone = :phone",
        phone=phone,
    )
    tiles_around(tmp_path, outline)
    url = serve(
        BASE_MAP="local",
        BASE_MAP_PATH=str(tmp_path),
        BASE_MAP_CREDIT="某县自然资源局",
        MAP_APPROVAL_NO=APPROVAL,
    )
    context = open_phone(base_url=url)
    page = the_map(context, url, phone)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    expect(page.get_by_text(f"某县自然资源局 · 审图号：{APPROVAL}")).to_be_visible()
    wait_until(page, f"async () => ({SHOWN})() > 0")
    expect(page.get_by_text("没有网络也能看")).to_be_visible()
    wait_until(page, f"async () => (await ({KEPT})()) >= 20")

    context.set_offline(True)
    page.goto("/")
    page.get_by_role("link", name="地图").click()
    wait_until(page, f"async () => ({SHOWN})() > 0")
    for _ in range(3):
        page.get_by_role("button", name="放大").click()
    wait_until(page, f"async () => ({SHOWN})() > 0")
    expect(page.get_by_text(f"审图号：{APPROVAL}")).to_be_visible()

    # Put away it takes its tiles along, and the map is what it is without.
    context.set_offline(False)
    page.get_by_role("button", name="底图").click()
    expect(page.locator(".fg-gridmap-base")).to_have_count(0)
    expect(page.get_by_text("审图号")).to_be_hidden()
    wait_until(page, f"async () => (await ({KEPT})()) === 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults == []


def test_a_provider_that_lets_nobody_keep_its_tiles_is_shown_with_a_line_only(
    app: RunningApp, serve: Serve, open_phone
) -> None:
    phone = member_of(app, OF_A_PROVIDER)
    url = serve(BASE_MAP="tianditu", BASE_MAP_KEY="0123456789abcdef", MAP_APPROVAL_NO=APPROVAL)
    out = io.BytesIO()
    Image.new("RGB", (256, 256), "#cfe3ef").save(out, "PNG")
    asked: list[str] = []

    def answer(route) -> None:
        asked.append(route.request.headers.get("referer", ""))
        route.fulfill(body=out.getvalue(), content_type="image/png")

    context = open_phone(base_url=url)
    context.route("https://*.tianditu.gov.cn/**", answer)
    page = the_map(context, url, phone)
    expect(page.get_by_role("link", name="国家地理信息公共服务平台")).to_be_visible()
    wait_until(page, f"async () => ({SHOWN})() > 0")
    # Whose key it is they tell by the origin.
    assert set(asked) == {f"{url}/"}
    context.set_offline(True)
    page.get_by_role("button", name="放大").click()
    expect(page.get_by_text("这种底图要有网络才能看")).to_be_visible()
    assert page.evaluate(KEPT) == 0


BELOW_ME = """() => {
  const boxOf = (element) => element.getBoundingClientRect();
  const dot = boxOf(document.querySelector("g[data-mine]"));
  const [x, y] = [dot.x + dot.width / 2, dot.y + dot.height / 2];
  const holds = ({ left, right, top, bottom }) => left <= x && x < right && top <= y && y < bottom;
  const tiles = [...document.querySelectorAll(".fg-gridmap-base img")];
  const tile = tiles.find((img) => holds(boxOf(img)));
  const box = boxOf(tile);
  const asked = new URL(tile.src).searchParams;
  const at = (name) => Number(asked.get(name));
  const cell = document.querySelector("path.fg-gridmap-cell");
  const within = new DOMPoint(x, y).matrixTransform(cell.getScreenCTM().inverse());
  return {
    z: at("z"),
    x: at("x") + (x - box.left) / box.width,
    y: at("y") + (y - box.top) / box.height,
    isInGrid: cell.isPointInFill(within),
  };
}"""
"""What lies below the dot of where one is: a spot of the base map in tiles; is it in the grid?"""


def test_on_a_map_of_gcj_02_the_person_stands_where_the_map_says_and_in_the_right_grid(
    app: RunningApp, serve: Serve, open_phone
) -> None:
    """Grid, person and tiles agree: Amap draws everything half a kilometre further."""
    phone = member_of(app, OF_A_SHIFTED_MAP)
    ((name, lat, lon),) = app.rows(
        "select grid.name, grid.label_lat, grid.label_lon from post"
        " join person on person.id = post.person_id join grid on grid.id = post.grid_id"
        " where person.phone = :phone",
        phone=phone,
    )
    url = serve(BASE_MAP="amap", MAP_APPROVAL_NO=APPROVAL)
    out = io.BytesIO()
    Image.new("RGB", (256, 256), "#cfe3ef").save(out, "PNG")
    context = open_phone(base_url=url)
    context.route(
        "**/appmaptile?**",
        lambda route: route.fulfill(body=out.getvalue(), content_type="image/png"),
    )
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": lat, "longitude": lon, "accuracy": 4})
    page = the_map(context, url, phone)
    page.get_by_role("button", name="我在哪里").click()
    expect(page.get_by_text(f"您在{name} ·")).to_be_visible()
    expect(page.locator("g[data-mine]")).to_be_visible()
    for _ in range(2):
        wait_until(page, f"async () => ({SHOWN})() > 0")
        below = page.evaluate(BELOW_ME)
        assert below["isInGrid"], "the dot lies outside its grid"
        shown = place_of(below["x"], below["y"], below["z"])
        # The provider's own place of this spot, not the one the phone's receiver tells.
        assert metres_between(shown, from_wgs84(lon, lat, Datum.GCJ02)) < 15
        assert metres_between(shown, (lon, lat)) > 300
        page.get_by_role("button", name="放大").click()


def test_a_server_of_tiles_that_never_answers_holds_no_record_up(
    app: RunningApp, serve: Serve, open_phone
) -> None:
    phone = member_of(app, OF_SILENCE)
    url = serve(
        BASE_MAP="xyz",
        BASE_MAP_URL=f"{PROVIDER}/{{z}}/{{x}}/{{y}}.png",
        BASE_MAP_CREDIT="某县自然资源局",
        MAP_APPROVAL_NO=APPROVAL,
    )
    asked: list[str] = []
    given_up: list[str] = []

    def gone(request) -> None:
        if request.url.startswith(PROVIDER):
            given_up.append(request.url)

    context = open_phone(base_url=url)
    context.route(f"{PROVIDER}/**", lambda route: asked.append(route.request.resource_type))
    page = context.new_page()
    page.goto(f"{url}/login")
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    with page.expect_request(f"{PROVIDER}/**"):
        page.goto("/shout")
    page.on("requestfailed", gone)
    page.get_by_label("或填准确人数").fill("7")
    page.get_by_role("button", name="保存").click()
    wait_until(page, ALL_SENT)
    assert shouts_of(app, phone) == [7]
    assert "fetch" in asked
    assert given_up == [], "the shout went while the tiles were still asked for"


def test_a_page_kept_from_before_the_base_map_was_set_is_opened_again(
    app: RunningApp, serve: Serve, open_phone
) -> None:
    """The hosts of tiles stand in the headers of a page, which the worker keeps with it."""
    phone = member_of(app, FROM_BEFORE)
    url = serve(BASE_MAP="tianditu", BASE_MAP_KEY="0123456789abcdef", MAP_APPROVAL_NO=APPROVAL)
    context = open_phone(base_url=url)
    page = the_map(context, url, phone)
    page.evaluate(
        """async () => {
          const [name] = (await caches.keys()).filter((one) => one.startsWith("firegrid-"));
          const cache = await caches.open(name);
          for (const request of await cache.keys()) {
            const kept = await cache.match(request);
            const headers = new Headers(kept.headers);
            const policy = headers.get("content-security-policy");
            if (!policy) continue;
            headers.set("content-security-policy", policy.replace(/ https:[^ ;]+/g, ""));
            await cache.put(request, new Response(await kept.text(), { headers }));
          }
        }"""
    )
    page.goto("/map")
    expect(page.get_by_text("底图是新设的")).to_be_visible()
    page.get_by_role("button", name="重新打开").click()
    expect(page.get_by_text("底图是新设的")).to_be_hidden()
    expect(page.locator("path.fg-gridmap-cell")).to_have_count(1)
    wait_until(
        page,
        """async () => (await fetch("/map/")).headers.get("content-security-policy")
          .includes("tianditu")""",
    )
