"""Outlines as GeoJSON taken apart, and the unit in which positions travel to maps."""

from collections.abc import Sequence
from typing import Any

UNITS_PER_DEGREE = 100_000
"""Whole units of 0.00001 degree, about a metre (privacy E.3: no more than five decimals)."""


def polygons_of(outline: dict[str, Any] | None) -> list[list[Sequence[Sequence[float]]]]:
    """The polygons of a GeoJSON Polygon or MultiPolygon, each the ring around it and its holes;
    none for anything else."""
    if not outline:
        return []
    if outline.get("type") == "Polygon":
        return [outline["coordinates"]]
    if outline.get("type") == "MultiPolygon":
        return list(outline["coordinates"])
    return []


def rings_of(outline: dict[str, Any] | None) -> list[Sequence[Sequence[float]]]:
    """All rings of them, holes too."""
    return [ring for polygon in polygons_of(outline) for ring in polygon]


def units(degrees: float) -> int:
    """Degrees as whole units."""
    return round(degrees * UNITS_PER_DEGREE)
