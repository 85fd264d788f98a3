"""The routes of 动态管理: tried first, kept when confirmed, refused in words."""

import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid, GridChange
from tests.cast import COMMUNITY, SIDE, SOUTH, WEST, A

CHANGES = "/api/grids/changes"
SPLIT = {
    "kind": "split",
    "code": A,
    "line": [[WEST + 0.0005, SOUTH - 0.001], [WEST + 0.0005, SOUTH + SIDE + 0.001]],
    "new_code": "A9",
    "new_name": "西片",
}


def codes():
    with transaction() as session:
        return set(session.exec(select(Grid.code)))


def test_tried_it_changes_nothing_confirmed_it_does(door, cast):
    officer = door("officer")
    tried = officer.post(CHANGES, json=SPLIT)
    assert (tried.status_code, tried.json()["applied"]) == (200, False)
    assert "A9" not in codes()
    kept = officer.post(CHANGES, params={"confirm": True}, json=SPLIT)
    assert (kept.json()["applied"], kept.json()["drawn"]) == (True, 2)
    assert "A9" in codes()
    (line,) = officer.get(f"/api/grids/{COMMUNITY}/changes").json()
    assert (line["kind"], line["state"]) == ("split", "done")


def test_a_refusal_is_a_sentence_and_nothing_is_half_done(door, cast):
    answer = door("officer").post(CHANGES, params={"confirm": True}, json=SPLIT | {"new_code": A})
    assert (answer.status_code, answer.json()["code"]) == (409, "grids.code_taken")
    assert A in answer.json()["message"]
    with transaction() as session:
        assert session.exec(select(GridChange)).all() == []


def test_a_plan_is_listed_and_taken_back(door, cast, clock):
    officer = door("officer")
    officer.post(CHANGES, params={"confirm": True}, json=SPLIT | {"from_on": "2026-12-01"})
    (line,) = officer.get(f"/api/grids/{COMMUNITY}/changes").json()
    assert (line["state"], line["from_on"]) == ("planned", "2026-12-01")
    assert officer.delete(f"{CHANGES}/{line['id']}").status_code == 200
    (line,) = officer.get(f"/api/grids/{COMMUNITY}/changes").json()
    assert line["state"] == "dropped"
    assert officer.delete(f"{CHANGES}/{line['id']}").status_code == 409


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"kind": "explode", "code": A},
        SPLIT | {"line": [[1e9, 2], [3, 4]]},
        SPLIT | {"line": [["a", "b"], ["c", "d"]]},
        SPLIT | {"line": [[105.9, 29.35]] * 201},
        SPLIT | {"new_name": "x" * 61},
        SPLIT | {"from_on": "soon"},
        SPLIT | {"extra": 1},
        {"kind": "redraw", "code": A, "outlines": {str(n): {} for n in range(61)}},
    ],
)
def test_nonsense_is_refused_at_the_door(door, cast, nonsense):
    assert door("officer").post(CHANGES, json=nonsense).status_code == 422


@pytest.mark.parametrize(
    "outline",
    [
        {},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": {}},
        {"type": "MultiPolygon", "coordinates": [[[]]]},
        {"type": "Polygon", "coordinates": [[[1e300, 2], [3, 4], [5, 6]]]},
        {"type": "GeometryCollection", "geometries": []},
    ],
)
def test_no_outline_of_nonsense_gets_in(door, cast, outline):
    wanted = {"kind": "redraw", "code": A, "outlines": {A: outline}}
    answer = door("officer").post(CHANGES, params={"confirm": True}, json=wanted)
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("grids.")
