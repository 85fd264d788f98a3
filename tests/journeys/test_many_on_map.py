"""A map of very many grids, in a real browser: simplified from afar, whole near by."""

import pytest

from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.maps.rules import packing
from tests.cast import COMMUNITY, OTHER_COMMUNITY, SIDE, SOUTH, STREET, WEST, A, B, C
from tests.journeys.conftest import wait_until
from tests.journeys.test_map_frame import desk, shown

__all__ = ["desk"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

BULGE = 0.0002
"""Degrees by which a reaches into b; on this map less than a first look shows."""
PIXEL_OF = """([lon, lat]) => {
  const fit = fireGrid.fit(fireGrid.first.data, innerWidth, innerHeight);
  const [x, y] = fireGrid.worldOf(lon, lat).map((part) => part * 2 ** fit.zoom);
  return [x - fit.x + innerWidth / 2, y - fit.y + innerHeight / 2];
}"""
CELL_AT = """([lon, lat]) => {
  const { data } = fireGrid.first;
  const [x, y] = fireGrid.worldOf(lon, lat);
  return data.codes.at(data.cellAt(x - data.origin.x, y - data.origin.y));
}"""


@pytest.fixture
def bulging(cast):
    """The common edge of a and b reaches into b."""
    tip = [WEST + SIDE + BULGE, SOUTH + SIDE / 2]
    with transaction() as session:
        for key, west, ring in (("a", 0, [0, 1, tip, 2, 3, 0]), ("b", 1, [0, 1, 2, 3, tip, 0])):
            corners = [
                [WEST + SIDE * (west + right), SOUTH + SIDE * up]
                for right, up in ((0, 0), (1, 0), (1, 1), (0, 1))
            ]
            drawn = [corners[one] if isinstance(one, int) else one for one in ring]
            grid = session.get_one(Grid, cast.grids[key])
            grid.outline = {"type": "Polygon", "coordinates": [drawn]}


def test_near_by_the_outlines_come_whole_and_the_grid_is_the_right_one(desk, bulging, monkeypatch):
    monkeypatch.setattr(packing, "FEW_CORNERS", 4)
    monkeypatch.setattr(packing, "HALF_PIXELS", 12)
    officer = desk("officer")
    asked = []
    officer.page.on("request", lambda request: asked.append(request.url))
    simplified = officer.client.get("/api/map/grids", params={"grid": STREET}).json()
    assert simplified["whole"] is False
    assert simplified["grids"]["shapes"]["sizes"] == [4, 4, 4]
    frame = officer.picture(STREET)
    wait_until(frame, "() => fireGrid.first.data.coarseIn([-256, -256, 256, 256]).length === 0")
    officer.fold_legend(frame)
    spot = [WEST + SIDE + BULGE / 2, SOUTH + SIDE / 2]
    assert frame.evaluate(CELL_AT, spot) == A
    x, y = frame.evaluate(PIXEL_OF, spot)
    officer.page.mouse.click(8 + x, 8 + y)
    shown(frame, ".map-readout", "小桥子社区第1网格")
    assert frame.evaluate(CELL_AT, [spot[0] + BULGE, spot[1]]) == B
    assert len([url for url in asked if "/api/map/outlines" in url]) == 1
    assert officer.faults == []


def test_only_the_communities_in_view_come_whole(desk, bulging, cast, monkeypatch):
    monkeypatch.setattr(packing, "FEW_CORNERS", 4)
    far = [[WEST + 0.1 + x, SOUTH + y] for x, y in ((0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE))]
    with transaction() as session:
        for key in ("c", "other_community"):
            outline = {"type": "Polygon", "coordinates": [[*far, far[0]]]}
            session.get_one(Grid, cast.grids[key]).outline = outline
    officer = desk("officer")
    asked = []
    officer.page.on("request", lambda request: asked.append(request.url))
    frame = officer.picture(STREET)
    assert frame.evaluate("fireGrid.first.data.isWhole") is False
    assert [url for url in asked if "/api/map/outlines" in url] == []
    officer.tell({"firegrid": "select", "code": A})
    wait_until(frame, "() => fireGrid.first.data.grids.pieces.length === 2")
    (near,) = [url for url in asked if "/api/map/outlines" in url]
    assert near.endswith(f"/api/map/outlines?grid={COMMUNITY}")
    assert frame.evaluate("Array.from(fireGrid.first.data.grids.piece)") == [1, 1, 0]
    officer.tell({"firegrid": "select", "code": C})
    wait_until(frame, "() => fireGrid.first.data.grids.pieces.length === 3")
    last = [url for url in asked if "/api/map/outlines" in url][1:]
    assert [url.partition("?")[2] for url in last] == [f"grid={OTHER_COMMUNITY}"]
    assert officer.faults == []
