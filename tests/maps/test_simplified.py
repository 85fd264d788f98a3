"""Very many outlines, simplified for a first look: no gap, no overlap, nobody left out."""

from itertools import pairwise
from math import cos, pi, sin

import numpy as np
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from firegrid_app.maps.rules import UNITS_PER_DEGREE, packing
from firegrid_app.maps.rules.packing import outlines_of, packed, simplified, step_for
from tests.maps.test_packing import unpacked

WEST, SOUTH = 105.9, 29.35


def degrees(x, y):
    """Units from the corner of the street, as they are kept."""
    return [round(WEST + x / UNITS_PER_DEGREE, 7), round(SOUTH + y / UNITS_PER_DEGREE, 7)]


def edge(start, end, bends):
    """From one corner to the next by bends, the same both ways round."""
    if start > end:
        return edge(end, start, bends)[::-1]
    (ax, ay), (bx, by) = start, end
    length = len(bends) + 1
    return [
        start,
        *(
            (
                ax + (bx - ax) * n // length + (by - ay) * bend // 100,
                ay + (by - ay) * n // length - (bx - ax) * bend // 100,
            )
            for n, bend in enumerate(bends, 1)
        ),
        end,
    ]


def street(wide, high, side, bends):
    """Squares side by side whose common edges bend; each as GeoJSON."""
    for row in range(high):
        for column in range(wide):
            x, y = column * side, row * side
            corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
            ring = []
            for a, b in pairwise(corners):
                ring += edge(a, b, bends)[:-1]
            ring.append(ring[0])
            yield {"type": "Polygon", "coordinates": [[degrees(*corner) for corner in ring]]}


def polygons(outlines):
    return [
        shapely.Polygon(rings[0], rings[1:]) if rings else None
        for rings in (
            [[(x * UNITS_PER_DEGREE, y * UNITS_PER_DEGREE) for x, y in ring] for ring in area]
            for area in unpacked(packed(outlines))
        )
    ]


BENDS = st.lists(st.integers(-12, 12), max_size=6)


@given(
    st.integers(1, 5), st.integers(1, 5), st.integers(300, 3000), BENDS, st.sampled_from([2, 5, 10])
)
def test_neighbours_share_their_edges_as_before(wide, high, side, bends, step):
    whole = outlines_of(street(wide, high, side, bends))
    coarse = simplified(whole, step)
    before, after = polygons(whole), polygons(coarse)
    assert len(coarse.corners) <= len(whole.corners)
    assert shapely.coverage_is_valid(before)
    assert shapely.coverage_is_valid(after)
    # Nothing moved farther than it may: one unit, and what a bend of that size takes away.
    assert abs(shapely.area(after).sum() * step**2 - shapely.area(before).sum()) <= (
        2 * (wide + high) * (side + 10) * 2 * step
    )


@given(st.lists(st.floats(0.1, 400), min_size=1, max_size=12), st.sampled_from([10, 100, 1000]))
@example([51.0, 0.625], 100)
def test_the_smallest_area_still_stands_where_it_was(sizes, step):
    drawn = []
    for number, size in enumerate(sizes):
        middle = 5000 * number
        ring = [
            degrees(middle + size * cos(turn * pi / 4), size * sin(turn * pi / 4))
            for turn in range(8)
        ]
        drawn += [{"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, None]
    whole = outlines_of(drawn)
    coarse = simplified(whole, step)
    assert ((coarse.rings > 0) == (whole.rings > 0)).all()
    for before, after in zip(polygons(whole), polygons(coarse), strict=True):
        if before is not None:
            there = shapely.affinity.scale(after, step, step, origin=(0, 0))
            assert after.area > 0
            assert there.distance(before) <= step


def test_corners_on_a_straight_edge_leave_and_a_crossing_stays():
    # A long square below two short ones: the middle of its upper edge is a corner of theirs only.
    low = [(0, 0), (1000, 0), (2000, 0), (2000, 1000), (1000, 1000), (0, 1000)]
    left, right = (
        [(x, 1000), (x + 500, 1000), (x + 1000, 1000), (x + 1000, 2000), (x, 2000)]
        for x in (0, 1000)
    )
    drawn = [
        {"type": "Polygon", "coordinates": [[degrees(*one) for one in [*ring, ring[0]]]]}
        for ring in (low, left, right)
    ]
    coarse = simplified(outlines_of(drawn), 10)
    assert coarse.sizes.tolist() == [5, 4, 4]
    assert shapely.coverage_is_valid(polygons(coarse))


def test_an_outline_drawn_across_itself_is_still_shown():
    bow = [(0, 0), (4000, 4000), (4000, 0), (0, 3000), (0, 0)]
    drawn = [{"type": "Polygon", "coordinates": [[degrees(*one) for one in bow]]}]
    assert simplified(outlines_of(drawn), 10).rings.tolist() == [1]


def test_holes_and_parts_stay_what_they_are():
    def ring(x, y, side):
        corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
        return [degrees(*one) for one in corners]

    parts = [[ring(0, 0, 3000), ring(1000, 1000, 1000)], [ring(5000, 0, 2000)]]
    inner = {"type": "Polygon", "coordinates": [ring(1000, 1000, 1000)]}
    whole = outlines_of([{"type": "MultiPolygon", "coordinates": parts}, inner])
    coarse = simplified(whole, 10)
    assert coarse.rings.tolist() == [3, 1]
    assert (
        np.sort(coarse.corners[:12], axis=0).tolist()
        == np.sort(np.rint(whole.corners[:12] / 10).astype(int), axis=0).tolist()
    )


def test_a_few_are_drawn_whole_at_once_and_very_many_to_half_a_pixel(monkeypatch):
    few = outlines_of(street(5, 5, 2000, [3, -4]))
    assert step_for(few) == 1
    assert simplified(few, 1) is few
    assert step_for(outlines_of([])) == 1
    monkeypatch.setattr(packing, "FEW_CORNERS", 10)
    across = np.ptp(few.corners, axis=0).max()
    assert step_for(few) == 2 <= across / packing.HALF_PIXELS
