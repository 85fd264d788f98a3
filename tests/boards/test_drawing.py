"""The sketch of a board: true in shape, free of coordinates, small whatever was imported."""

import math
import re

import pytest

from firegrid_app.boards.rules import WIDTH, draw, short_names, simplify, spaced


def box(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def corners(path):
    x = y = 0
    found = []
    for number, pair in enumerate(re.findall(r"(-?\d+) (-?\d+)", path)):
        x, y = (x + int(pair[0]), y + int(pair[1])) if number else (int(pair[0]), int(pair[1]))
        found.append((x, y))
    return found


def size(path):
    xs, ys = zip(*corners(path), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


@pytest.mark.parametrize("latitude", [0.0, 29.35, 42.9])
def test_a_square_on_the_ground_is_a_square_on_paper(latitude):
    side = 0.01
    wide = side / math.cos(math.radians(latitude))
    drawing = draw(box(105.9, latitude, 105.9 + wide, latitude + side), [], [], 1.8)
    across, down = size(drawing.own)
    assert across == pytest.approx(down, rel=0.01)


def test_the_grid_stands_in_the_middle_with_room_around_it():
    drawing = draw(box(105.9, 29.35, 105.902, 29.352), [], [], 1.8)
    xs, ys = zip(*corners(drawing.own), strict=True)
    assert (min(xs) + max(xs)) / 2 == pytest.approx(WIDTH / 2, abs=2)
    assert (min(ys) + max(ys)) / 2 == pytest.approx(drawing.height / 2, abs=2)
    assert max(ys) - min(ys) < drawing.height * 0.62


def test_north_is_up():
    south, north = box(105.9, 29.35, 105.902, 29.352), box(105.9, 29.352, 105.902, 29.354)
    drawing = draw(south, [], [north], 3)
    assert max(y for _, y in corners(drawing.around[0])) <= min(y for _, y in corners(drawing.own))


def test_the_scale_bar_is_a_round_length_and_true():
    drawing = draw(box(105.9, 29.35, 105.91, 29.36), [], [], 1.8)
    assert drawing.scale_m in (100, 200, 500)
    metres_across = drawing.scale_m / (drawing.scale_percent / 100)
    across, _ = size(drawing.own)
    width_m = 0.01 * 111_195 * math.cos(math.radians(29.355))
    assert metres_across * across / WIDTH == pytest.approx(width_m, rel=0.02)


def test_no_coordinate_is_printed():
    drawing = draw(
        box(105.9, 29.35, 105.902, 29.352), [], [box(105.902, 29.35, 105.904, 29.352)], 2
    )
    text = " ".join((drawing.own, *drawing.around))
    assert "105." not in text
    assert "29." not in text


def test_what_lies_beyond_the_edge_is_left_out():
    drawing = draw(box(105.9, 29.35, 105.902, 29.352), [], [box(106.9, 29.35, 106.902, 29.352)], 2)
    assert drawing.around == ()


def test_nothing_known_is_nothing_drawn():
    assert draw(None, [], [], 2) is None
    assert draw({"type": "Point", "coordinates": [1, 2]}, [], [], 2) is None


@pytest.mark.parametrize("ring", [[[1, 1], [1, 1], [1, 1], [1, 1]], [[1, 1], [1, 2], [1, 1]]])
def test_a_broken_outline_breaks_nothing(ring):
    drawing = draw({"type": "Polygon", "coordinates": [ring]}, [], [], 2)
    assert drawing is not None
    assert "nan" not in drawing.own


def circle(x, y, radius, count):
    turn = [2 * math.pi * i / count for i in range(count)]
    wobble = [radius * (1 + 0.03 * math.sin(40 * t)) for t in turn]
    ring = [[x + r * math.cos(t), y + r * math.sin(t)] for t, r in zip(turn, wobble, strict=True)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def test_many_thousand_corners_become_few():
    own = circle(105.9, 29.35, 0.01, 20_000)
    around = [circle(105.9 + 0.004 * i, 29.36, 0.01, 2_000) for i in range(30)]
    drawing = draw(own, around, around, 1.15)
    assert len(drawing.own) < 12_000
    assert sum(map(len, (drawing.own, *drawing.inside, *drawing.around))) < 45_000


def test_simplifying_keeps_corners_and_drops_what_lies_on_the_line():
    square = [(0, 0), (5, 0.2), (10, 0), (10, 5), (10, 10), (0, 10), (0, 0)]
    assert simplify(square, 1) == [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]


def test_numbers_are_written_as_they_are_read_aloud():
    assert spaced("13812341234") == "138 1234 1234"
    assert spaced("138****1234") == "138****1234"
    assert spaced("02349800001") == "02349800001"
    assert spaced("12345") == "12345"


def test_names_on_a_map_are_as_short_as_can_be():
    assert short_names(["甲社区第1网格", "甲社区第12网格"]) == ["1", "12"]
    assert short_names(["甲社区第1网格", "乙社区第2网格"]) == ["甲社区第1网格", "乙社区第2网格"]
    assert short_names(["第1网格"]) == ["第1网格"]
    assert short_names(["东村", "西村"]) == ["东村", "西村"]
