"""Outlines split, joined and checked: pure functions over GeoJSON in WGS-84 degrees.

Tolerance: what is nowhere wider than a metre, or smaller than ten square metres, comes from
rounding and is no fault (`coverage.NARROW_M`, `SMALL_M2`).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import LineString, Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import split as cut

from firegrid_app.grids.coverage import SMALL_M2, Drawn, Fault, find_faults

DECIMALS = 7
"""Of a degree: a centimetre. Both sides of a cut get the same corner."""
Point = Sequence[float]


@dataclass(frozen=True)
class Drawing:
    """An outline as GeoJSON and the point for its name."""

    outline: dict[str, Any] | None
    label_lat: float | None
    label_lon: float | None


def drawing(ground: BaseGeometry) -> Drawing:
    """A shape as it is kept: rounded corners, and a point inside for the name."""
    rounded = shapely.transform(ground, lambda points: points.round(DECIMALS))
    if not rounded.is_valid:
        rounded = ground
    label = rounded.representative_point()
    return Drawing(json.loads(shapely.to_geojson(rounded)), round(label.y, 5), round(label.x, 5))


def halves(outline: dict[str, Any], line: Sequence[Point]) -> tuple[Drawing, Drawing] | None:
    """Both sides of an outline cut by a line, the larger first; None where it makes not just two.

    The line may begin and end outside; it has to pass through the outline once.
    """
    if len(line) < 2:
        return None
    blade = LineString([(float(x), float(y)) for x, y in line])
    ground = shape(outline)
    if not blade.is_simple or isinstance(ground, Polygon) is False:
        return None
    parts = [part for part in shapely.get_parts(cut(ground, blade)) if isinstance(part, Polygon)]
    if len(parts) != 2:
        return None
    small, large = sorted(parts, key=lambda part: part.area)
    return drawing(large), drawing(small)


def joined(one: dict[str, Any], other: dict[str, Any]) -> Drawing | None:
    """Two outlines as one; None where they do not share an edge."""
    # A hair wider and back: neighbours whose edges differ by rounding leave no seam.
    hair = 1e-7
    whole = shapely.union(shape(one), shape(other))
    if not isinstance(whole, Polygon):
        whole = whole.buffer(hair, join_style="mitre").buffer(-hair, join_style="mitre")
    return drawing(whole) if isinstance(whole, Polygon) else None


def new_faults(before: Iterable[Drawn], after: Iterable[Drawn]) -> list[Fault]:
    """Gaps, overlaps and parts outside the grid above that a change would make, or make larger."""
    known: dict[tuple[object, ...], float] = defaultdict(float)
    for fault in find_faults(before).found:
        known[fault.kind, fault.codes] += fault.area_m2
    grown: dict[tuple[object, ...], list[Fault]] = defaultdict(list)
    for fault in find_faults(after).found:
        grown[fault.kind, fault.codes].append(fault)
    return [
        faults[0]
        for key, faults in grown.items()
        if sum(fault.area_m2 for fault in faults) > known[key] + SMALL_M2
    ]
