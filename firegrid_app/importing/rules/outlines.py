"""A GeoJSON geometry to an outline we can trust, or the reason why not."""

import json
import math
import re
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape as shape_of

from firegrid_app.importing.rules.problems import Bad, Reason
from firegrid_app.importing.rules.values import require_in_china
from firegrid_app.maps.rules.datum import Datum, to_wgs84

MAX_POINTS = 50_000
"""Of one outline; a county's has some thousands."""

_THE_SAME = 1e-8
"""Degrees: a millimetre. A place that was shifted and shifted back is off by less."""
_REASONS = (
    ("Self-intersection", Reason.SELF_CROSSING),
    ("Ring Self-intersection", Reason.SELF_TOUCHING),
    ("Interior is disconnected", Reason.SELF_TOUCHING),
    ("Too few points", Reason.TOO_FEW_POINTS),
    ("Hole lies outside shell", Reason.HOLE_OUTSIDE),
    ("Holes are nested", Reason.PARTS_OVERLAP),
    ("Nested shells", Reason.PARTS_OVERLAP),
    ("Duplicate Rings", Reason.PARTS_OVERLAP),
)
_AT = re.compile(r"\[(-?[\d.]+) (-?[\d.]+)\]")


@dataclass(frozen=True)
class Outline:
    """A valid outline as GeoJSON, with a point inside it for the name."""

    geojson: dict[str, Any]
    label_lat: float
    label_lon: float


def outline(geometry: object, datum: Datum = Datum.WGS84) -> Outline | None:
    """The outline of a feature, in WGS-84; None for a grid known by name only (LY-07).

    `datum` is what its places are measured by. Raises `Bad`.
    """
    if geometry is None:
        return None
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise Bad(Reason.NOT_A_POLYGON)
    coordinates = geometry.get("coordinates")
    if geometry["type"] == "Polygon":
        polygons = [_rings(coordinates)]
    else:
        polygons = [_rings(part) for part in listed(coordinates)]
    points = [point for rings in polygons for ring in rings for point in ring]
    if len(points) > MAX_POINTS:
        raise Bad(Reason.TOO_MANY_POINTS, limit=MAX_POINTS)
    for lon, lat in points:
        require_in_china(lat, lon)
    if datum is not Datum.WGS84:
        polygons = [
            [[to_wgs84(lon, lat, datum) for lon, lat in ring] for ring in rings]
            for rings in polygons
        ]
    parts = [Polygon(rings[0], rings[1:]) for rings in polygons]
    shape = parts[0] if geometry["type"] == "Polygon" else MultiPolygon(parts)
    _require_valid(shape)
    label = shape.representative_point()
    return Outline(
        geojson=json.loads(shapely.to_geojson(shape)),
        label_lat=round(label.y, 5),
        label_lon=round(label.x, 5),
    )


def same_ground(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    """Are two outlines the same ground, wherever their rings begin and which way they go round?"""
    if one is None or other is None or one == other:
        return one == other
    here, there = shape_of(one), shape_of(other)
    return bool(here.symmetric_difference(there).area <= here.length * _THE_SAME)


def listed(value: object) -> list[Any]:
    """A list with something in it, as coordinates are. Raises `Bad`."""
    if not isinstance(value, list) or not value:
        raise Bad(Reason.BAD_COORDINATES)
    return value


def _rings(value: object) -> list[list[tuple[float, float]]]:
    return [[corner(point) for point in _ring(ring)] for ring in listed(value)]


def _ring(value: object) -> list[Any]:
    # A ring left open is closed by shapely; fewer than three corners are no area.
    ring = listed(value)
    corners = ring[:-1] if ring[0] == ring[-1] else ring
    if len(corners) < 3:
        raise Bad(Reason.TOO_FEW_POINTS, lat="", lon="")
    return ring


def corner(value: object) -> tuple[float, float]:
    """Longitude and latitude of one place. Raises `Bad`."""
    point = listed(value)
    if not 2 <= len(point) <= 4:
        raise Bad(Reason.BAD_COORDINATES)
    for number in point[:2]:
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise Bad(Reason.BAD_COORDINATES)
        if not math.isfinite(number) or abs(number) > 1e9:
            raise Bad(Reason.BAD_COORDINATES)
    return float(point[0]), float(point[1])


def _require_valid(shape: Polygon | MultiPolygon) -> None:
    if shape.is_valid and shape.area > 0:
        return
    why = shapely.is_valid_reason(shape)
    at = _AT.search(why)
    place = {"lon": round(float(at[1]), 6), "lat": round(float(at[2]), 6)} if at else {}
    if isinstance(shape, MultiPolygon) and all(part.is_valid for part in shape.geoms):
        # Each part is sound, so it is two parts that cross.
        raise Bad(Reason.PARTS_OVERLAP, **{"lat": "", "lon": "", **place})
    for words, reason in _REASONS:
        if why.startswith(words):
            raise Bad(reason, **{"lat": "", "lon": "", **place})
    raise Bad(Reason.INVALID_OUTLINE, why=why)
