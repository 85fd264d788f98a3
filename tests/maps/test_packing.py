"""Outlines as whole numbers: what went in comes out, to the metre."""

from firegrid_app.maps.rules import UNITS_PER_DEGREE, rings_of
from firegrid_app.maps.rules.beginnings import without
from firegrid_app.maps.rules.packing import outlines_of, packed

SQUARE = [[105.9, 29.35], [105.902, 29.35], [105.902, 29.352], [105.9, 29.352], [105.9, 29.35]]
HOLE = [[105.9005, 29.3505], [105.901, 29.3505], [105.901, 29.351], [105.9005, 29.3505]]


def packed_of(drawn):
    return packed(outlines_of(drawn))


def unpacked(shapes):
    """The reading of assets/map/grid-areas.js, in Python."""
    areas, at, ring = [], 0, 0
    first = (0, 0)
    for count in shapes.rings:
        rings = []
        for _ in range(count):
            x, y = first
            corners = []
            for corner in range(shapes.sizes[ring]):
                x, y = x + shapes.xy[at], y + shapes.xy[at + 1]
                at += 2
                if corner == 0:
                    first = (x, y)
                corners.append([x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE])
            rings.append(corners)
            ring += 1
        areas.append(rings)
    return areas


def test_outlines_come_back_corner_by_corner():
    polygon = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    parts = {"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]]}
    assert unpacked(packed_of([polygon, None, parts])) == [
        [SQUARE[:-1], HOLE[:-1]],
        [],
        [SQUARE[:-1], HOLE[:-1]],
    ]


def test_numbers_after_the_first_are_small():
    shapes = packed_of([{"type": "Polygon", "coordinates": [SQUARE]}] * 3)
    assert max(map(abs, shapes.xy[2:])) <= 0.002 * UNITS_PER_DEGREE


def test_a_grid_without_an_outline_keeps_its_place():
    assert packed_of([None, {}, {"type": "Point", "coordinates": [1, 2]}]).rings == (0, 0, 0)


def test_words_leave_out_what_they_begin_with():
    begun = without(["泸州街", "泸州街", "", "", "a"], ["泸州街第1网格", "东街", "b", "=c", "a=d"])
    assert begun == ("第1网格", "=东街", "b", "==c", "=a=d")


def test_a_ring_that_shrinks_to_a_line_is_not_drawn():
    speck = [[105.9, 29.35], [105.900001, 29.35], [105.900001, 29.350001], [105.9, 29.35]]
    assert packed_of([{"type": "Polygon", "coordinates": [speck]}]).rings == (0,)


def test_holes_and_parts_are_all_rings():
    assert rings_of({"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [SQUARE]]}) == [
        SQUARE,
        HOLE,
        SQUARE,
    ]
