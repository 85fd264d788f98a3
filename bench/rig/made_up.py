"""A map of made-up grids: what the server would answer for so many squares of sixteen corners."""

import math
from dataclasses import asdict
from itertools import pairwise

import orjson

from firegrid_app.desk.rules import Standing
from firegrid_app.maps.cards import MapAreas, MapGrids, MapToday
from firegrid_app.maps.rules import UNITS_PER_DEGREE, Shapes, pack, units

WEST, SOUTH, ACROSS = 105.8, 29.2, 0.3
"""Where the squares begin and how many degrees all of them cover."""
_SQUARE = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
_SIDES = (0, 0.25, 0.5, 0.75)
_NONE = (0,)


def answers(size: int) -> tuple[bytes, bytes]:
    """Outlines (`MapGrids`) and figures (`MapToday`) as JSON."""
    columns = math.isqrt(size - 1) + 1
    side = ACROSS / columns
    corners = [
        (WEST + side * (number % columns), SOUTH + side * (number // columns))
        for number in range(size)
    ]
    standings = tuple(Standing)
    nothing = _NONE * size
    grids = MapGrids(
        tree="made up",
        units=UNITS_PER_DEGREE,
        codes=tuple(f"5{number:08d}" for number in range(size)),
        parents=(-1,) * size,
        grids=MapAreas(
            names=tuple(f"第{number}网格" for number in range(size)),
            labels=tuple(units(one + side / 2) for corner in corners for one in corner),
            shapes=pack(_square(x, y, side) for x, y in corners),
        ),
        groups=MapAreas((), (), Shapes((), (), ())),
    )
    today = MapToday(
        tree="made up",
        first="2026-11-23",
        day="2026-11-23",
        is_now=True,
        is_workday=True,
        standing=tuple(number % len(standings) for number in range(size)),
        standings=standings,
        minutes=nothing,
        targets=nothing,
        open_hazards=nothing,
        overdue_hazards=nothing,
        doors_left=nothing,
        shouts=nothing,
        points_left=nothing,
        sums={},
        tallies=(),
    )
    return orjson.dumps(asdict(grids)), orjson.dumps(asdict(today))


def _square(x: float, y: float, side: float) -> dict[str, object]:
    ring = [
        (x + side * (ax + (bx - ax) * step), y + side * (ay + (by - ay) * step))
        for (ax, ay), (bx, by) in pairwise(_SQUARE)
        for step in _SIDES
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
