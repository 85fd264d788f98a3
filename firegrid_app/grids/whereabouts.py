"""Which grid is a point in (LY-13, D.4)? The phone answers alike:
`phone/maps/whereabouts.js`, held to this by shared cases (`tests/grids/whereabouts_cases.json`).

Lines are straight in degrees, as drawn. Near an edge every grid within reach is offered.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

DEGREE_M = 111_320.0
LEAST_REACH_M = 10.0
"""No fix is better than this in a street, whatever it says of itself."""
MOST_REACH_M = 100.0
"""A worse fix does not make half the street "perhaps here" (D.4)."""


@dataclass(frozen=True)
class Here:
    """A grid the point is in (`metres` 0) or may be in: so far to its edge."""

    code: str
    metres: int


def reach_of(accuracy_m: float | None) -> float:
    """How far from an edge the other side is offered too, by the accuracy a phone gave."""
    return min(max(accuracy_m or 0.0, LEAST_REACH_M), MOST_REACH_M)


def grids_here(
    outlines: Iterable[tuple[str, dict[str, Any] | None]],
    lat: float,
    lon: float,
    accuracy_m: float | None = None,
) -> list[Here]:
    """The grids (code, GeoJSON) that hold the point, then those within reach, nearest first.

    A point on an edge is in both. Nothing within reach is an empty list.
    """
    reach = reach_of(accuracy_m)
    found = []
    for code, outline in outlines:
        rings = rings_of(outline)
        if not rings:
            continue
        away = _to_edge(rings, lat, lon)
        if away is None:
            continue
        metres = 0 if _holds(rings, lat, lon) else math.floor(away + 0.5)
        if metres <= reach:
            found.append(Here(code, metres))
    return sorted(found, key=lambda here: (here.metres, here.code))


def rings_of(outline: dict[str, Any] | None) -> list[Sequence[Sequence[float]]]:
    """All rings of a GeoJSON Polygon or MultiPolygon, holes too."""
    if not outline:
        return []
    if outline["type"] == "Polygon":
        return list(outline["coordinates"])
    return [ring for polygon in outline["coordinates"] for ring in polygon]


def _holds(rings: Sequence[Sequence[Sequence[float]]], lat: float, lon: float) -> bool:
    """Even and odd crossings over all rings: holes and several parts need no special case."""
    inside = False
    for ring in rings:
        before = len(ring) - 1
        for at in range(len(ring)):
            (xi, yi), (xj, yj) = ring[at][:2], ring[before][:2]
            before = at
            if (yi > lat) != (yj > lat) and lon < (xj - xi) * (lat - yi) / (yj - yi) + xi:
                inside = not inside
    return inside


def _to_edge(rings: Sequence[Sequence[Sequence[float]]], lat: float, lon: float) -> float | None:
    """Metres to the nearest edge, on a plane around the point."""
    across = math.cos(lat * (math.pi / 180)) * DEGREE_M
    nearest = None
    for ring in rings:
        for at in range(len(ring) - 1):
            ax, ay = (ring[at][0] - lon) * across, (ring[at][1] - lat) * DEGREE_M
            bx, by = (ring[at + 1][0] - lon) * across, (ring[at + 1][1] - lat) * DEGREE_M
            dx, dy = bx - ax, by - ay
            length = dx * dx + dy * dy
            along = 0.0 if length == 0 else min(max(-(ax * dx + ay * dy) / length, 0.0), 1.0)
            x, y = ax + along * dx, ay + along * dy
            away = math.sqrt(x * x + y * y)
            if nearest is None or away < nearest:
                nearest = away
    return nearest
