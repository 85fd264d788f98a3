"""Outlines as compact integers: what the map's arrays hold, without knowing of tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

UNITS_PER_DEGREE = 100_000
"""Whole units of 0.00001 degree, about a metre (privacy E.3: no more than five decimals)."""


@dataclass(frozen=True)
class Shapes:
    """Outlines of many areas: each area has `rings[i]` rings, each ring `sizes[j]` corners.

    `xy` holds longitude and latitude in units as steps from the corner before; a ring's first
    corner is a step from the first corner of the ring before, the very first from zero.
    """

    rings: tuple[int, ...]
    sizes: tuple[int, ...]
    xy: tuple[int, ...]


def rings_of(outline: dict[str, Any] | None) -> list[list[Sequence[float]]]:
    """All rings of a GeoJSON Polygon or MultiPolygon, holes too; none for anything else."""
    if not outline:
        return []
    if outline.get("type") == "Polygon":
        return list(outline["coordinates"])
    if outline.get("type") == "MultiPolygon":
        return [ring for polygon in outline["coordinates"] for ring in polygon]
    return []


def units(degrees: float) -> int:
    """Degrees as whole units."""
    return round(degrees * UNITS_PER_DEGREE)


def _corners(ring: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The ring's corners in units, each once: neither repeated in a row nor closed."""
    corners: list[tuple[int, int]] = []
    for point in ring:
        corner = (units(point[0]), units(point[1]))
        if not corners or corners[-1] != corner:
            corners.append(corner)
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    return corners


def pack(outlines: Iterable[dict[str, Any] | None]) -> Shapes:
    """Many outlines as one set of arrays. An area without an outline has no rings."""
    rings: list[int] = []
    sizes: list[int] = []
    xy: list[int] = []
    first_x = first_y = 0
    for outline in outlines:
        drawn = [c for c in map(_corners, rings_of(outline)) if len(c) > 2]
        rings.append(len(drawn))
        for corners in drawn:
            sizes.append(len(corners))
            last_x, last_y = first_x, first_y
            first_x, first_y = corners[0]
            for x, y in corners:
                xy += (x - last_x, y - last_y)
                last_x, last_y = x, y
    return Shapes(tuple(rings), tuple(sizes), tuple(xy))
