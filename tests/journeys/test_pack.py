"""The day pack on a real phone: whole once, then what changed; an old grid loses no record."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from tests.journeys.conftest import PATIENCE, ROOT, RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import log_a_shout, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD

pytestmark = pytest.mark.browser

SECTIONS = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("packs").objectStore("packs").getAll();
  const rows = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  db.close();
  return rows.filter((row) => Array.isArray(row.owner)).map((row) => row.name);
}"""


class Wire:
    """The day packs that went over the line to one page, in bytes as they were sent."""

    def __init__(self, page: Page) -> None:
        self.packs: list[tuple[int, int]] = []
        """Status and bytes of the body."""
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.url.endswith("/api/pack"):
            self.packs.append((response.status, response.request.sizes()["responseBodySize"]))


def bring_in(app: RunningApp, folder: Path, kind: str, content: str) -> None:
    """What the office does at its machine."""
    file = folder / kind
    file.write_text(content, encoding="utf-8")
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("FIREGRID_", "REFLEX_"))
    }
    environment["FIREGRID_DATABASE_URL"] = app.database_url
    environment["FIREGRID_DATA_DIR"] = str(folder)
    command = [sys.executable, "-m", "firegrid_app.cli", "import", f"--{kind}", str(file)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def somebody(app: RunningApp, role: str, number: int, level: int = 3) -> tuple[str, str, str]:
    """Phone number, grid and the grid above it of a pilot account no other journey uses."""
    rows = app.rows(
        "select person.phone, grid.code, above.code from person"
        " join post on post.person_id = person.id join grid on grid.id = post.grid_id"
        " join grid above on above.id = grid.parent_id"
        " where post.role = :role and person.pilot and grid.level = :level order by person.id",
        role=role,
        level=level,
    )
    app.claim(rows[number][0])
    return tuple(rows[number])


def open_home(context: BrowserContext, phone: str) -> tuple[Page, Wire]:
    page = context.new_page()
    wire = Wire(page)
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    return page, wire


def after_a_shout(page: Page, wire: Wire, people: int) -> tuple[int, int]:
    """A record sent makes the phone ask what is new; status and bytes of that answer."""
    asked = len(wire.packs)
    log_a_shout(page, people)
    wait_until(page, ALL_SENT, seconds=30)
    return next_pack(page, wire, asked)


def next_pack(page: Page, wire: Wire, asked: int) -> tuple[int, int]:
    """The latest answer, once there are more than so many."""
    for _ in range(100 * PATIENCE):
        if len(wire.packs) > asked:
            return wire.packs[-1]
        page.wait_for_timeout(100)
    raise AssertionError("the phone never asked for its pack")


def test_the_offices_change_comes_as_a_small_change_and_is_there_without_network(
    app: RunningApp, open_phone: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    phone, community, _ = somebody(app, "community_secretary", 4, level=2)
    context = open_phone()
    page, wire = open_home(context, phone)
    first = wire.packs[0]
    assert first[0] == 200
    assert after_a_shout(page, wire, 3) == (304, 0), "a shout changes nothing in the pack"

    ((grid,),) = app.rows(
        "select min(grid.code) from grid join grid above on above.id = grid.parent_id"
        " where above.code = :code",
        code=community,
    )
    bring_in(
        app,
        tmp_path,
        "places",
        f"code,name,category,grid_code\n{grid}P77,邓记夜市,小餐饮,{grid}\n",
    )
    status, size = after_a_shout(page, wire, 4)
    assert status == 200
    assert size < first[1] / 5, f"{size} of {first[1]} bytes for one place"
    assert size < 2_500

    context.set_offline(True)
    page.goto("/patrol")
    page.get_by_label("网格", exact=True).select_option(grid)
    page.get_by_role("button", name="开始巡查").click()
    page.get_by_role("searchbox", name="找点位").fill("邓记")
    expect(page.get_by_text("邓记夜市").first).to_be_visible()
    page.goto("/hazard")
    page.get_by_label("网格", exact=True).select_option(grid)
    expect(page.get_by_role("button", name="邓记夜市")).to_be_visible()


def test_a_grid_redrawn_and_moved_leaves_one_phone_and_loses_no_record_of_the_other(
    app: RunningApp, open_phone: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    phone, grid, community = somebody(app, "grid_member", 115)
    of_member = open_phone()
    page, wire = open_home(of_member, phone)
    first = wire.packs[0][1]
    (secretary,) = (
        row[0]
        for row in app.rows(
            "select person.phone from person join post on post.person_id = person.id"
            " join grid on grid.id = post.grid_id"
            " where post.role = 'community_secretary' and grid.code = :code",
            code=community,
        )
    )
    desk, _ = open_home(open_phone(), secretary)
    assert f"grid:{grid}" in desk.evaluate(SECTIONS)

    of_member.set_offline(True)
    log_a_shout(page, 11)
    (other,) = (
        row[0]
        for row in app.rows(
            "select max(code) from grid where level = 2 and code <> :code", code=community
        )
    )
    ((name,),) = app.rows("select name from grid where code = :code", code=grid)
    ring = [[105.9, 29.3], [105.902, 29.3], [105.902, 29.302], [105.9, 29.302], [105.9, 29.3]]
    moved = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"code": grid, "name": name, "level": 3, "parent_code": other},
    }
    collection = {"type": "FeatureCollection", "features": [moved]}
    bring_in(app, tmp_path, "grids", json.dumps(collection))

    of_member.set_offline(False)
    wait_until(page, ALL_SENT, seconds=40)
    assert shouts_of(app, phone) == [11]
    wait_until(
        page,
        f"""async () => {{
          const open = indexedDB.open("firegrid");
          const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
          const asked = db.transaction("packs").objectStore("packs").getAll();
          const rows = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
          db.close();
          const grid = rows.find((row) => row.name === "grid:{grid}");
          return JSON.stringify(grid?.data.outline.coordinates).includes("105.902");
        }}""",
    )
    change = next_pack(page, wire, 1)
    assert change[0] == 200
    assert change[1] < first, "the outline, not everything"
    log_a_shout(desk, 12)
    wait_until(
        desk, f"async () => !(await ({SECTIONS})()).some((name) => name.endsWith(':{grid}'))"
    )
    page.goto("/patrol")
    expect(page.get_by_role("button", name="开始巡查")).to_be_visible()


def test_yesterdays_households_leave_the_phone_without_network_and_every_door_can_be_logged(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone, grid, _ = somebody(app, "grid_member", 0)
    context = open_phone()
    page, _ = open_home(context, phone)
    assert f"list:{grid}" in page.evaluate(SECTIONS), "this grid has households with care marks"
    page.clock.install()
    context.set_offline(True)
    page.clock.fast_forward(25 * 3600 * 1000)
    page.goto("/doors")
    wait_until(
        page, f"async () => !(await ({SECTIONS})()).some((name) => name.startsWith('list:'))"
    )
    expect(page.locator(".fg-door").first).to_be_visible()
    expect(page.get_by_text("♥")).to_have_count(0)
    page.clock.resume()
    page.locator(".fg-door").first.click()
    page.get_by_role("dialog").get_by_role("button", name="已见面").click()
    expect(page.get_by_text("1 户：已见面，已存在手机上")).to_be_visible()
