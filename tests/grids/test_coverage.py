"""Gaps, overlaps, parts outside the parent: by shapes alone, and as a report of a database."""

import math
from datetime import timedelta

import pytest
from shapely import MultiPolygon, box
from sqlmodel import select

from firegrid_app import clock as app_clock
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.database import transaction
from firegrid_app.grids.coverage import (
    Drawn,
    FaultKind,
    find_faults,
    in_metres,
    metres_outside,
    metres_per_degree,
)
from firegrid_app.grids.coverage_service import coverage
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place
from firegrid_app.settings import settings
from tests.importing.bring import TREE, bring, feature, geojson, looking, square, world

WEST, SOUTH = 105.9, 29.3
SIDE_X, SIDE_Y = 1000 / metres_per_degree(SOUTH)[0], 1000 / metres_per_degree(SOUTH)[1]


def field(x0, y0, x1, y1):
    """A rectangle in kilometres from the south-west corner."""
    return box(WEST + x0 * SIDE_X, SOUTH + y0 * SIDE_Y, WEST + x1 * SIDE_X, SOUTH + y1 * SIDE_Y)


def faults(parent, *children):
    grids = [Drawn("p", "P", 2, "", parent)]
    grids += [Drawn(str(at), f"N{at}", 3, "p", shape) for at, shape in enumerate(children)]
    return find_faults(grids)


def test_degrees_have_the_known_lengths():
    # WGS-84: 111.32 km at the equator, 110.574 km of latitude; half as wide at 60 degrees.
    assert metres_per_degree(0) == pytest.approx((111319.5, 110574.3), abs=0.1)
    assert metres_per_degree(60) == pytest.approx((55800.0, 111412.2), abs=1)


def test_a_square_kilometre_is_a_million_square_metres():
    shape = field(0, 0, 1, 1)
    centre = shape.centroid
    assert in_metres(shape, centre.y, centre.x).area == pytest.approx(1e6, rel=1e-3)


def test_two_halves_fill_the_whole():
    found = faults(field(0, 0, 2, 1), field(0, 0, 1, 1), field(1, 0, 2, 1))
    assert found.found == ()


def test_a_missing_half_is_a_gap_of_the_parent():
    found = faults(field(0, 0, 2, 1), field(0, 0, 1, 1)).found
    assert [(f.kind, f.codes) for f in found] == [(FaultKind.GAP, ("p",))]
    assert found[0].area_m2 == pytest.approx(1e6, rel=1e-3)
    assert field(1, 0, 2, 1).contains(_at(found[0]))


def test_a_hole_between_grids_is_a_gap_even_without_a_parents_outline():
    ring = field(0, 0, 3, 3).difference(field(1, 1, 2, 2))
    found = faults(None, ring).found
    assert [(f.kind, f.codes) for f in found] == [(FaultKind.GAP, ("p",))]


def test_an_overlap_names_both_grids():
    found = faults(field(0, 0, 2, 1), field(0, 0, 1.1, 1), field(1, 0, 2, 1)).found
    assert [(f.kind, f.codes) for f in found] == [(FaultKind.OVERLAP, ("0", "1"))]
    assert found[0].area_m2 == pytest.approx(1e5, rel=1e-3)


def test_grids_of_different_parents_overlap_too():
    grids = [Drawn("a", "A", 3, "p", field(0, 0, 1, 1)), Drawn("b", "B", 3, "q", field(0, 0, 1, 1))]
    assert [f.codes for f in find_faults(grids).found] == [("a", "b")]


def test_a_part_outside_the_parent_names_grid_and_parent():
    found = faults(field(0, 0, 1, 1), field(0, 0, 1, 1.2)).found
    assert [(f.kind, f.codes) for f in found] == [(FaultKind.OUTSIDE, ("0", "p"))]


def test_slivers_of_rounding_are_summed_not_reported():
    narrow = faults(field(0, 0, 2, 1), field(0, 0, 1, 1), field(1.0005, 0, 2, 1))
    assert narrow.found == ()
    assert narrow.rounding_m2 == pytest.approx(500, rel=0.01)


def test_a_strip_wider_than_the_tolerance_is_reported():
    found = faults(field(0, 0, 2, 1), field(0, 0, 1, 1), field(1.0015, 0, 2, 1))
    assert [f.kind for f in found.found] == [FaultKind.GAP]


def test_a_patch_too_small_to_stand_on_is_not_reported():
    found = faults(field(0, 0, 1, 1), field(0, 0, 1, 1).difference(field(0.5, 0.5, 0.503, 0.503)))
    assert found.found == ()


def test_neighbours_that_only_touch_do_not_overlap():
    assert faults(None, field(0, 0, 1, 1), field(1, 1, 2, 2)).found == ()


def test_parts_of_a_grid_far_apart_count_together():
    both = MultiPolygon([field(0, 0, 1, 1), field(2, 0, 3, 1)])
    found = faults(field(0, 0, 3, 1), both).found
    assert [round(f.area_m2 / 1e5) for f in found] == [10]


def test_how_far_a_point_is_outside():
    shape = field(0, 0, 1, 1)
    inside = shape.centroid
    assert metres_outside(shape, inside.y, inside.x) == 0
    assert metres_outside(shape, inside.y, WEST - SIDE_X) == pytest.approx(1000, rel=1e-3)


def test_nothing_at_all_has_no_faults():
    assert find_faults([]).found == ()
    assert find_faults([Drawn("a", "A", 3, "", None)]).found == ()


def _at(fault):
    from shapely import Point

    return Point(fault.lon, fault.lat)


@pytest.fixture
def street(database, tmp_path):
    """The small world: 1112 has no head."""
    assert bring(tmp_path, world()).written
    return tmp_path


def report(root=None):
    with looking() as session:
        top = session.exec(select(Grid).where(Grid.code == root)).one() if root else None
        return coverage(session, top, local_day(app_clock.now(), settings().zone))


def test_the_report_names_grids_without_outline_and_without_head(street):
    card = report()
    assert [grid.code for grid in card.no_outline] == ["1", "11", "111"]
    assert [grid.code for grid in card.no_head] == ["1112"]
    assert card.no_member == card.uncared == card.misplaced == ()
    assert not card.is_whole


def test_a_subtree_is_reported_alone(street):
    assert report("1111").is_whole
    assert report("1112").grids == 1


def test_a_member_who_left_or_is_switched_off_leaves_the_grid_alone(street, clock):
    with transaction() as session:
        person = session.exec(select(Person).where(Person.name == "张三")).one()
        person.switched_off_at = clock.now()
        for post in session.exec(select(Post).where(Post.role == "grid_member")):
            post.ends_on = post.starts_on
    assert [grid.code for grid in report().no_member] == ["1111"]
    clock.moment += timedelta(days=1)
    card = report()
    assert [grid.code for grid in card.no_member] == ["1111", "1112"]
    assert [(g.code, g.places, g.households) for g in card.uncared] == [
        ("1111", 1, 3),
        ("1112", 1, 1),
    ]


def test_a_member_of_the_community_stands_in_for_its_small_grids(street, clock):
    with transaction() as session:
        community = session.exec(select(Grid).where(Grid.code == "111")).one()
        for post in session.exec(select(Post).where(Post.role == "grid_member")):
            post.grid_id = community.id
    assert report().no_member == ()


def test_premises_on_the_wrong_side_of_the_border_are_named(street):
    with transaction() as session:
        place = session.exec(select(Place).where(Place.code == "P1")).one()
        place.lon = 105.911
    found = report().misplaced
    assert [(place.code, place.grid_code) for place in found] == [("P1", "1111")]
    across = 0.001 * metres_per_degree(29.305)[0]
    assert math.isclose(found[0].metres, across, rel_tol=0.01)


def test_premises_of_a_community_are_counted_apart(street, tmp_path):
    bring(tmp_path, {"places": "code,name,category,grid_code\nP9,店,小商店,111\n"})
    card = report()
    assert card.above_small_grids == 1
    assert [(g.code, g.places) for g in card.uncared] == [("111", 1)]


def test_gaps_and_overlaps_of_stored_outlines_are_found(street, tmp_path):
    tree = [*TREE]
    tree[2] = feature("111", "丙社区", 2, "11", square(0, side=0.02))
    card_before = report()
    bring(tmp_path, {"grids": geojson(*tree, feature("1113", "新", 3, "111", square(1)))})
    card = report()
    assert card_before.faults == ()
    assert {fault.kind for fault in card.faults} == {FaultKind.GAP, FaultKind.OVERLAP}
    assert card.count(FaultKind.OVERLAP) == 1
