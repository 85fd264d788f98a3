"""Outlines packed once for all who look: true to the tree at once, and seen by nobody else."""

from threading import Barrier, Thread

import pytest

from firegrid_app.database import reading, transaction
from firegrid_app.desk.cards import TODAY, Asked
from firegrid_app.grids.history import draw_anew, drawing_of
from firegrid_app.grids.tables import Grid
from firegrid_app.maps import outlines
from firegrid_app.maps.outlines import body_of, map_grids, map_outlines, wanted
from firegrid_app.maps.rules import packing
from firegrid_app.maps.rules.packing import Shapes
from tests.cast import COMMUNITY, OTHER_COMMUNITY, STREET, A, B, C
from tests.factories import NOW, report
from tests.maps.reading import codes_of
from tests.maps.test_packing import unpacked

GRIDS, WHOLE = "/api/map/grids", "/api/map/outlines"


@pytest.fixture
def built(monkeypatch):
    """How often a map was made anew."""
    times = []
    make = outlines._grids
    monkeypatch.setattr(outlines, "_grids", lambda *args: times.append(1) or make(*args))
    outlines._SHELF.forget()
    return times


def look(cast, who="officer", code=STREET, near=False, asked=TODAY):
    with reading() as session:
        one = wanted(session, cast.actor(who), code, NOW, asked, near=near)
    return body_of(one)


def test_it_is_made_once_for_all_who_look(cast, built):
    first = look(cast)
    assert look(cast, "administrator") is first
    with transaction() as session:
        report(session, cast.actor("member_a"))
    assert look(cast) is first
    assert len(built) == 1


def test_many_at_once_wait_for_one(cast, built):
    start, found = Barrier(8), []

    def ask():
        start.wait()
        found.append(look(cast))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    assert all(one is found[0] for one in found)


def without_a_corner(outline):
    (ring,) = outline["coordinates"]
    return outline | {"coordinates": [[*ring[:-2], ring[0]]]}


CHANGES = {
    "renamed": lambda grid: setattr(grid, "name", "另一个名字"),
    "ended": lambda grid: setattr(grid, "valid_to", NOW.date()),
    "label moved": lambda grid: setattr(grid, "label_lat", grid.label_lat + 0.0003),
    "a corner less": lambda grid: setattr(grid, "outline", without_a_corner(grid.outline)),
    "not drawn": lambda grid: setattr(grid, "outline", None),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("near", [False, True])
def test_whatever_changes_in_a_grid_is_seen_by_the_next_who_looks(cast, what, near):
    before = look(cast, near=near)
    with transaction() as session:
        CHANGES[what](session.get_one(Grid, cast.grids["a"]))
    after = look(cast, near=near)
    if near and what in ("label moved", "renamed"):
        assert after.plain == before.plain
    else:
        assert after.etag != before.etag


def test_another_day_keeps_its_own_outlines(cast):
    asked = Asked("2026-11-22")
    before, now = look(cast, asked=asked), look(cast)
    with transaction() as session:
        grid, other = (session.get_one(Grid, cast.grids[key]) for key in "ab")
        draw_anew(session, grid, drawing_of(other), NOW.date())
    assert look(cast, asked=asked).plain == before.plain
    assert look(cast).etag != now.etag


@pytest.mark.parametrize("path", [GRIDS, WHOLE])
def test_who_may_not_look_is_refused_after_others_have(door, path):
    assert door("officer").get(path, params={"grid": STREET}).status_code == 200
    assert door("secretary").get(path, params={"grid": COMMUNITY}).status_code == 200
    for who, grid in (("member_b", A), ("secretary", STREET), ("other_officer", STREET)):
        answer = door(who).get(path, params={"grid": grid})
        assert (answer.status_code, answer.json()["code"]) == (403, "access.outside_grid")


def test_very_many_come_simplified_and_whole_when_asked_for(session, cast, monkeypatch):
    officer = cast.actor("officer")
    assert map_grids(session, officer, STREET, NOW).whole
    monkeypatch.setattr(packing, "FEW_CORNERS", 4)
    monkeypatch.setattr(packing, "HALF_PIXELS", 40)
    coarse = map_grids(session, officer, STREET, NOW)
    whole = [map_outlines(session, officer, code, NOW) for code in coarse.group_codes]
    assert not coarse.whole
    assert all(coarse.units < one.units for one in whole)
    assert codes_of(coarse) == [code for one in whole for code in one.codes]
    assert all(coarse.grids.shapes.rings)


def test_only_what_is_near_comes_whole_community_by_community(door, cast, session):
    both = [COMMUNITY, OTHER_COMMUNITY]
    near = door("officer").get(WHOLE, params={"grid": both})
    whole = map_grids(session, cast.actor("officer"), STREET, NOW)
    assert [one["codes"] for one in near.json()] == [[A, B], [C]]
    assert [len(one["groups"]["rings"]) for one in near.json()] == [1, 1]
    assert unpacked(whole.grids.shapes) == [
        ring for one in near.json() for ring in unpacked(Shapes(**one["grids"]))
    ]
    tag = {"If-None-Match": near.headers["etag"]}
    assert door("officer").get(WHOLE, params={"grid": both}, headers=tag).status_code == 304
    alone = door("member_a").get(WHOLE, params={"grid": A}).json()
    assert [(one["codes"], one["groups"]["rings"]) for one in alone] == [([A], [])]


def test_one_of_several_that_is_not_ones_own_is_a_refusal(door):
    answer = door("secretary").get(WHOLE, params={"grid": [COMMUNITY, OTHER_COMMUNITY]})
    assert (answer.status_code, answer.json()["code"]) == (403, "access.outside_grid")
    assert door("officer").get(WHOLE, params={"grid": [STREET] * 51}).status_code == 422
