"""Do the outlines cover their ground without gaps and overlaps (LY-13 全覆盖、无盲区)?

Pure functions over shapes. Unions and differences are the same in degrees as on any plane that
degrees are stretched to, so they are done in degrees; each piece found is then measured in metres
around its own centre (WGS-84 radii of curvature). The error of an area is under 0.1 % for pieces
up to 20 km wide; outlines follow straight lines between their points in degrees, as on the map.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon, STRtree
from shapely.geometry.base import BaseGeometry

NARROW_M = 1.0
"""A piece nowhere wider than this comes from rounded coordinates (five decimals are a metre)."""
SMALL_M2 = 10.0
"""A piece smaller than this is no blind spot: nothing stands on it."""

_EQUATOR_M = 6_378_137.0
_ECCENTRICITY2 = 0.00669437999014


class FaultKind(StrEnum):
    """What can be wrong with outlines beside each other."""

    GAP = "gap"
    OVERLAP = "overlap"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Drawn:
    """A grid for this check: its outline may be missing (LY-07)."""

    code: str
    name: str
    level: int
    parent_code: str
    shape: BaseGeometry | None


@dataclass(frozen=True)
class Fault:
    """One piece of ground: whose it is, how large, and a point in it."""

    kind: FaultKind
    codes: tuple[str, ...]
    """The parent of a gap; the two grids that overlap; the grid that leaves its parent."""
    names: tuple[str, ...]
    area_m2: float
    lat: float
    lon: float


@dataclass(frozen=True)
class Faults:
    """All faults, largest first, and what was taken for rounding."""

    found: tuple[Fault, ...]
    rounding_m2: float
    """Area of the pieces too narrow or too small to count, all together."""

    def of(self, kind: FaultKind) -> tuple[Fault, ...]:
        """The faults of one kind."""
        return tuple(fault for fault in self.found if fault.kind is kind)


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Length of a degree of longitude and of latitude at this latitude, on WGS-84."""
    sine2 = math.sin(math.radians(lat)) ** 2
    root = math.sqrt(1 - _ECCENTRICITY2 * sine2)
    across = _EQUATOR_M / root * math.cos(math.radians(lat))
    along = _EQUATOR_M * (1 - _ECCENTRICITY2) / root**3
    return math.radians(across), math.radians(along)


def in_metres(shape: BaseGeometry, lat: float, lon: float) -> BaseGeometry:
    """The shape on a plane in metres around this point."""
    scale, origin = np.array(metres_per_degree(lat)), np.array((lon, lat))
    return shapely.transform(shape, lambda points: (points - origin) * scale)


class _Pieces:
    """Collects pieces that count, and the area of those that do not."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.rounding_m2 = 0.0

    def add(self, kind: FaultKind, ground: BaseGeometry, grids: Sequence[Drawn]) -> None:
        for piece in shapely.get_parts(ground):
            if not isinstance(piece, Polygon) or piece.is_empty:
                continue
            centre = piece.centroid
            flat = in_metres(piece, centre.y, centre.x)
            if flat.area < SMALL_M2 or flat.buffer(-NARROW_M / 2).is_empty:
                self.rounding_m2 += flat.area
                continue
            inside = piece.representative_point()
            self.faults.append(
                Fault(
                    kind=kind,
                    codes=tuple(grid.code for grid in grids),
                    names=tuple(grid.name for grid in grids),
                    area_m2=round(flat.area, 1),
                    lat=round(inside.y, 5),
                    lon=round(inside.x, 5),
                )
            )


def find_faults(grids: Iterable[Drawn]) -> Faults:
    """Gaps in each parent, overlaps within each level, and parts outside the parent."""
    everything = list(grids)
    pieces = _Pieces()
    below: dict[str, list[Drawn]] = {}
    for grid in everything:
        below.setdefault(grid.parent_code, []).append(grid)
    for parent in everything:
        children = [child for child in below.get(parent.code, []) if child.shape is not None]
        if children:
            _compare_with_parent(pieces, parent, children)
    for level in sorted({grid.level for grid in everything}):
        _find_overlaps(pieces, [g for g in everything if g.level == level and g.shape is not None])
    found = sorted(pieces.faults, key=lambda fault: (fault.kind, -fault.area_m2, fault.codes))
    return Faults(tuple(found), round(pieces.rounding_m2, 1))


def _compare_with_parent(pieces: _Pieces, parent: Drawn, children: list[Drawn]) -> None:
    covered = shapely.union_all([child.shape for child in children])
    if parent.shape is None:
        # Without an outline of its own only what is enclosed on all sides is surely a gap.
        holes = [
            Polygon(ring)
            for part in shapely.get_parts(covered)
            if isinstance(part, Polygon)
            for ring in part.interiors
        ]
        pieces.add(FaultKind.GAP, MultiPolygon(holes), [parent])
        return
    pieces.add(FaultKind.GAP, parent.shape.difference(covered), [parent])
    if parent.shape.covers(covered):
        return
    shapely.prepare(parent.shape)
    for child in children:
        if child.shape is not None and not parent.shape.covers(child.shape):
            outside = child.shape.difference(parent.shape)
            pieces.add(FaultKind.OUTSIDE, outside, [child, parent])


def _find_overlaps(pieces: _Pieces, grids: list[Drawn]) -> None:
    shapes = [grid.shape for grid in grids if grid.shape is not None]
    if not shapes:
        return
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        a, b = shapes[one], shapes[other]
        if one < other and not a.touches(b):
            pieces.add(FaultKind.OVERLAP, a.intersection(b), [grids[one], grids[other]])


def metres_outside(shape: BaseGeometry, lat: float, lon: float) -> float:
    """How far a point lies outside an outline; 0 inside."""
    point = shapely.Point(lon, lat)
    if shape.covers(point):
        return 0.0
    return float(in_metres(shape, lat, lon).distance(shapely.Point(0, 0)))
