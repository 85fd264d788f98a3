"""A map that lies open: what a member records is on it at once, and one cell is painted for it."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext

from firegrid_app.importing.pilot import PILOT_PASSWORD
from tests.journeys.conftest import RunningApp, wait_until
from tests.maps.reading import codes_of

pytestmark = pytest.mark.browser
OFFICER, STREET = "10000000001", "500118003"
LATEST = 5.0
"""Seconds; the map itself asks every thirty."""
WATCH = """() => {
  const layer = fireGrid.GridLayer.prototype;
  const { _repaint, _redraw } = layer;
  window.painted = [];
  window.drawnAnew = 0;
  layer._repaint = function (cells) { painted.push(cells); return _repaint.call(this, cells); };
  layer._redraw = function () { drawnAnew++; return _redraw.call(this); };
}"""


def enter(context: BrowserContext, phone: str) -> dict:
    answer = context.request.post("/api/session", data={"phone": phone, "password": PILOT_PASSWORD})
    assert answer.ok, answer.text()
    return answer.json()


def start_a_walk(context: BrowserContext, person: int, grid: str) -> None:
    now = datetime.now(UTC).isoformat()
    item = {
        "id": str(uuid4()),
        "kind": "patrol.start",
        "version": 1,
        "made_by": person,
        "captured_at": now,
        "position": None,
        "body": {"grid": grid},
    }
    body = json.dumps({"sent_at": now, "app_version": "test", "items": [item]})
    headers = {"Content-Type": "application/json"}
    answer = context.request.post("/api/sync", data=body, headers=headers)
    assert answer.json()["results"][0]["status"] == "created", answer.text()


def test_a_record_is_on_an_open_map_at_once(open_phone, open_desk, app: RunningApp):
    """Of the whole street with its 339 grids: one cell is painted, and nothing is asked for."""
    desk, phone = open_desk(), open_phone()
    enter(desk, OFFICER)
    me = enter(phone, app.claim(app.members[320]))
    grid = next(post["grid_code"] for post in me["posts"] if post["grid_level"] == 3)
    page = desk.new_page()
    page.goto(f"/api/map/frame?grid={STREET}", wait_until="load")
    wait_until(page, "() => performance.getEntriesByName('firegrid:finished').length > 0")
    page.evaluate(WATCH)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1500)
    asked.clear()
    page.evaluate("() => { painted.length = 0; drawnAnew = 0; }")
    start_a_walk(phone, me["person_id"], grid)
    wait_until(page, "() => painted.length > 0", LATEST)
    painted, anew = page.evaluate("[painted, drawnAnew]")
    codes = codes_of(desk.request.get(f"/api/map/grids?grid={STREET}").json())
    assert [codes[cell] for cells in painted for cell in cells] == [grid]
    assert anew == 0
    assert [url for url in asked if "/api/map/today" in url] == []
