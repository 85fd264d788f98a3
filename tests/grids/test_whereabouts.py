"""Which grid a place is in: the cases shared with the phone, the index, the route."""

import json
import random
from pathlib import Path
from uuid import uuid4

import pytest
from shapely import Point
from shapely.geometry import shape

from firegrid_app.database import transaction
from firegrid_app.grids import finding
from firegrid_app.grids.bodies import Wanted
from firegrid_app.grids.changing import change
from firegrid_app.grids.finding import grids_at
from firegrid_app.grids.tables import Grid
from firegrid_app.grids.whereabouts import grids_here
from firegrid_app.refusals import Refused
from tests.cast import SIDE, SOUTH, WEST, A, B, C
from tests.factories import NOW

SHARED = json.loads((Path(__file__).parent / "whereabouts_cases.json").read_text(encoding="utf-8"))
MIDDLE = SOUTH + SIDE / 2


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["name"])
def test_the_cases_shared_with_the_phone(case):
    found = grids_here(SHARED["outlines"].items(), *case["place"].values())
    assert [[here.code, here.metres] for here in found] == case["here"]


def test_inside_is_what_shapely_calls_inside():
    chance = random.Random(7)
    shapes = {code: shape(outline) for code, outline in SHARED["outlines"].items()}
    for _ in range(2000):
        lat, lon = chance.uniform(29.349, 29.365), chance.uniform(105.899, 105.91)
        inside = {here.code for here in grids_here(SHARED["outlines"].items(), lat, lon)
                  if here.metres == 0}  # fmt: skip
        assert inside >= {c for c, ground in shapes.items() if ground.contains(Point(lon, lat))}
        assert {c for c in inside if shapes[c].distance(Point(lon, lat)) > 1e-5} == set()


def at(session, lon, accuracy_m=None):
    return [(here.code, here.metres) for here in grids_at(session, MIDDLE, lon, accuracy_m)]


def test_the_index_says_what_the_rule_says(session, cast):
    assert at(session, WEST + SIDE / 2) == [(A, 0)]
    assert at(session, WEST + SIDE - 0.00005) == [(A, 0), (B, 5)]
    assert at(session, WEST - 0.0005, 80) == [(A, 49)]
    assert at(session, WEST - 0.0005) == []
    assert grids_at(session, MIDDLE, WEST + SIDE / 2)[0].name == "小桥子社区第1网格"


def test_a_change_of_grids_is_known_at_once(session, cast):
    edge = WEST + SIDE * 0.75
    assert at(session, edge) == [(A, 0)]
    line = [(WEST + SIDE / 2, SOUTH - 1), (WEST + SIDE / 2, SOUTH + 1)]
    wanted = Wanted(kind="split", code=A, line=line, new_code="A9", new_name="东片")
    with transaction() as deed:
        change(deed, cast.actor("officer"), wanted, NOW, confirm=True)
        seen = {here.code for here in grids_at(deed, MIDDLE, edge, 20)}
        assert {A, "A9"} >= seen != {A}, "who changes it sees it before anybody else"
        assert at(session, edge) == [(A, 0)]
    east = {code for code, _ in at(session, edge)}
    west = {code for code, _ in at(session, WEST + SIDE / 4)}
    assert {A, "A9"} == east | west
    assert len(east) == len(west) == 1


def test_a_grid_called_otherwise_is_called_so_at_once(session, cast):
    assert at(session, WEST + SIDE / 2) == [(A, 0)]
    with transaction() as deed:
        deed.get_one(Grid, cast.grids["a"]).name = "小桥子社区东网格"
    session.rollback()
    assert grids_at(session, MIDDLE, WEST + SIDE / 2)[0].name == "小桥子社区东网格"


def test_while_nobody_writes_the_grids_are_read_once(session, cast, monkeypatch):
    # PostgreSQL's mark is of the whole server, and other tests write there.
    now = uuid4().hex
    monkeypatch.setattr(finding, "mark", lambda: now)
    at(session, WEST + SIDE / 2)
    asked = []
    monkeypatch.setattr(finding, "_state_of_tree", lambda session: asked.append(session))
    assert at(session, WEST + SIDE * 1.5) == [(B, 0)]
    assert asked == []


def test_grids_without_outline_and_ended_ones_are_nowhere(session, cast):
    with transaction() as deed:
        deed.get_one(Grid, cast.grids["c"]).outline = None
        deed.get_one(Grid, cast.grids["c"]).label_lat = None
    assert C not in dict(at(session, WEST + 2.5 * SIDE))


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (0, 181), (float("nan"), 0)])
def test_what_is_no_place_is_refused(session, cast, lat, lon):
    with pytest.raises(Refused, match=r"^grids\.no_place$"):
        grids_at(session, lat, lon)


def test_the_route_answers_who_is_logged_in(door, client, cast):
    params = {"lat": MIDDLE, "lon": WEST + SIDE / 2, "accuracy_m": 5}
    assert door("member_b").get("/api/grids/at", params=params).json() == [
        {"code": A, "name": "小桥子社区第1网格", "metres": 0}
    ]
    assert client.get("/api/grids/at", params=params).status_code == 401
    for lat in ("x", "91", "nan"):
        answer = door("member_b").get("/api/grids/at", params=params | {"lat": lat})
        assert answer.status_code == 422


def test_an_empty_register_is_no_error(database):
    with transaction() as session:
        assert grids_at(session, MIDDLE, WEST) == []
