"""Outlines as compact whole numbers, whole or simplified for a first look; knows no tables.

Neighbours share the corners of their common edge. What is dropped is dropped from the edge, once
for both, and what is rounded is rounded alike in both: no gap and no overlap comes of either.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import GEOSException

from firegrid_app.maps.rules import UNITS_PER_DEGREE, polygons_of

FEW_CORNERS = 20_000
"""A map of so many draws them all at once: fewer would make it neither quicker nor lighter."""
HALF_PIXELS = 4_000
"""Across a first look: a screen of 2,000 pixels is the widest the grids are fitted into."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
"""Units that one unit of a simplified outline may have; each divides a degree."""

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Shapes:
    """Outlines of many areas: each area has `rings[i]` rings, each ring `sizes[j]` corners.

    `xy` holds longitude and latitude in units as steps from the corner before; a ring's first
    corner is a step from the first corner of the ring before, the very first from zero.
    """

    rings: tuple[int, ...]
    sizes: tuple[int, ...]
    xy: tuple[int, ...]


@dataclass(frozen=True)
class Outlines:
    """The same as arrays to calculate with: rings by area, corners by ring, corners in units.

    `outer`: is a ring the outer one of its part? Corners are neither repeated nor closed.
    """

    rings: Numbers
    sizes: Numbers
    outer: npt.NDArray[np.bool_]
    corners: Numbers
    """One pair of longitude and latitude a corner."""


def outlines_of(drawn: Iterable[dict[str, Any] | None]) -> Outlines:
    """GeoJSON Polygons and MultiPolygons in whole units; other areas keep their place, without
    rings. A ring that shrinks to a line or a point is none."""
    rings: list[int] = []
    sizes: list[int] = []
    outer: list[bool] = []
    # Bare numbers: a hundred thousand outlines have millions of corners, as objects too many.
    degrees = array("d")
    for outline in drawn:
        before = len(sizes)
        for polygon in polygons_of(outline):
            for number, ring in enumerate(polygon):
                sizes.append(len(ring))
                outer.append(number == 0)
                degrees.extend(chain.from_iterable(point[:2] for point in ring))
        rings.append(len(sizes) - before)
    corners = np.rint(np.frombuffer(degrees).reshape(-1, 2) * UNITS_PER_DEGREE)
    return _cleaned(np.array(rings, int), np.array(sizes, int), np.array(outer, bool), corners)


def packed(outlines: Outlines) -> Shapes:
    """Corner by corner as steps: what travels."""
    corners, starts = outlines.corners, _starts(outlines.sizes)
    steps: Numbers = np.diff(corners, axis=0, prepend=0)
    if len(starts):
        steps[starts] = np.diff(corners[starts], axis=0, prepend=0)
    return Shapes(
        tuple(outlines.rings.tolist()),
        tuple(outlines.sizes.tolist()),
        tuple(steps.ravel().tolist()),
    )


def step_for(outlines: Outlines) -> int:
    """How many units one may have in a first look at all of these; 1: whole, as they are."""
    if len(outlines.corners) <= FEW_CORNERS:
        return 1
    half_a_pixel = np.ptp(outlines.corners, axis=0).max() / HALF_PIXELS
    return max((step for step in STEPS if step <= half_a_pixel), default=1)


def simplified(outlines: Outlines, step: int) -> Outlines:
    """Without corners that tell less than `step`, in units of `step`.

    Every area that has an outline keeps one: what shrank to a point or a line gets a unit.
    """
    if step == 1 or not len(outlines.sizes):
        return outlines
    fewer = _without_small_bends(_without_straight(outlines), step)
    coarse = _cleaned(fewer.rings, fewer.sizes, fewer.outer, np.rint(fewer.corners / step))
    gone = np.flatnonzero((outlines.rings > 0) & (_ground(coarse) == 0))
    if not len(gone):
        return coarse
    firsts = _starts(outlines.sizes)[_starts(outlines.rings)[gone]]
    corner = np.rint(outlines.corners[firsts] / step).astype(int)
    squares = corner[:, None, :] + np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    ring = _starts(coarse.rings)[gone]
    at = np.append(_starts(coarse.sizes), len(coarse.corners))[ring]
    rings = coarse.rings.copy()
    rings[gone] += 1
    return Outlines(
        rings,
        np.insert(coarse.sizes, ring, 4),
        np.insert(coarse.outer, ring, True),
        np.insert(coarse.corners, np.repeat(at, 4), squares.reshape(-1, 2), axis=0),
    )


def _without_straight(outlines: Outlines) -> Outlines:
    """Without corners on a straight line in every ring that has them: ten times sooner found here
    than by the simplification of whole edges, which then has less to do."""
    corners, starts = outlines.corners, _starts(outlines.sizes)
    ends = starts + outlines.sizes - 1
    before, after = np.arange(-1, len(corners) - 1), np.arange(1, len(corners) + 1)
    before[starts], after[ends] = ends, starts
    (ax, ay), (bx, by) = (corners - corners[before]).T, (corners[after] - corners).T
    is_straight = (ax * by == ay * bx) & (ax * bx + ay * by > 0)
    places, of_corner = np.unique(corners[:, 0] * 2**32 + corners[:, 1], return_inverse=True)
    bends = np.zeros(len(places), bool)
    bends[of_corner[~is_straight]] = True
    stays = bends[of_corner]
    ring = np.repeat(np.arange(len(starts)), outlines.sizes)
    sizes = np.bincount(ring[stays], minlength=len(starts))
    return Outlines(outlines.rings, sizes, outlines.outer, corners[stays])


def _without_small_bends(outlines: Outlines, tolerance: float) -> Outlines:
    """Edges simplified where two areas meet as where none does, once for both."""
    starts = _starts(outlines.sizes)
    ends = starts + outlines.sizes
    closed = np.insert(outlines.corners, ends, outlines.corners[starts], axis=0)
    # The outer ring of a part may have been too small to stay: the next one begins the part then.
    outer = outlines.outer.copy()
    drawn = np.flatnonzero(outlines.rings)
    outer[_starts(outlines.rings)[drawn]] = True
    parts = np.flatnonzero(outer)
    of_area = np.append(_starts(outlines.rings)[drawn], len(outer))
    areas = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON,
        closed.astype(float),
        (
            np.append(0, np.cumsum(outlines.sizes + 1)),
            np.append(parts, len(outer)),
            np.searchsorted(parts, of_area),
        ),
    )
    try:
        kept = shapely.coverage_simplify(areas, tolerance)
    except GEOSException:
        # Drawn across itself, before outlines were checked: rounded alone it is still honest.
        return outlines
    _, bare, (ring_ends, part_ends, area_ends) = shapely.to_ragged_array(kept)
    rings = np.zeros_like(outlines.rings)
    rings[drawn] = np.diff(part_ends[area_ends])
    outer = np.zeros(len(ring_ends) - 1, bool)
    outer[part_ends[:-1]] = True
    corners = np.delete(bare, ring_ends[1:] - 1, axis=0).astype(np.int64)
    return Outlines(rings, np.diff(ring_ends) - 1, outer, corners)


def _cleaned(rings: Numbers, sizes: Numbers, outer: Any, corners: Any) -> Outlines:
    """Each corner once in a row and not again at the end; rings of fewer than three are none."""
    corners = corners.astype(np.int64)
    ring = np.repeat(np.arange(len(sizes)), sizes)
    again = np.zeros(len(corners), bool)
    again[1:] = (ring[1:] == ring[:-1]) & (corners[1:] == corners[:-1]).all(axis=1)
    corners, ring = corners[~again], ring[~again]
    sizes = np.bincount(ring, minlength=len(sizes))
    starts = _starts(sizes)
    long = sizes > 1
    last = (starts + sizes - 1)[long]
    closing = last[(corners[last] == corners[starts[long]]).all(axis=1)]
    corners, ring = np.delete(corners, closing, axis=0), np.delete(ring, closing)
    sizes = np.bincount(ring, minlength=len(sizes))
    kept = sizes > 2
    area = np.repeat(np.arange(len(rings)), rings)
    return Outlines(
        np.bincount(area[kept], minlength=len(rings)), sizes[kept], outer[kept], corners[kept[ring]]
    )


def _ground(outlines: Outlines) -> npt.NDArray[np.float64]:
    """Twice the ground in the rings of each area: none of it is nothing to see or to pick."""
    if not len(outlines.sizes):
        return np.zeros(len(outlines.rings))
    starts = _starts(outlines.sizes)
    after = np.arange(1, len(outlines.corners) + 1)
    after[starts + outlines.sizes - 1] = starts
    # From the first corner of each ring: products of whole degrees would be long.
    near = outlines.corners - np.repeat(outlines.corners[starts], outlines.sizes, axis=0)
    (x, y), (next_x, next_y) = near.T, near[after].T
    in_ring = np.abs(np.add.reduceat(x * next_y - next_x * y, starts))
    area = np.repeat(np.arange(len(outlines.rings)), outlines.rings)
    return np.bincount(area, weights=in_ring, minlength=len(outlines.rings)).astype(float)


def _starts(sizes: Numbers) -> Numbers:
    """Where each of these begins, when they lie one after the other."""
    return np.cumsum(sizes) - sizes
