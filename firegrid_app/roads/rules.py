"""Roads as lines: their kinds, what of them lies where, and how many fit. Values in, values out."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

UNITS_PER_DEGREE = 100_000
"""Whole units of 0.00001 degree, about a metre."""
METRE = 1 / 111_195
"""In degrees of latitude."""

_BEND = 0.12
"""So far beside the straight way, as a share of it, words still follow a line."""

Point = Sequence[float]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


class Kind(StrEnum):
    """What a road is, the most important first: what finds no room is left out from below."""

    MAIN = "main"
    FIRE_LANE = "fire_lane"
    STREET = "street"
    LANE = "lane"


_RANK = {str(kind): place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Line:
    """A road as far as it is drawn: its parts as longitude and latitude."""

    name: str
    kind: str
    parts: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class Lines:
    """Roads as columns: each has `parts[i]` parts, each part `sizes[j]` corners.

    `xy` holds longitude and latitude in whole units as steps from the corner before; a part's first
    corner is a step from the last corner of the part before, the very first from zero.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    parts: tuple[int, ...]
    sizes: tuple[int, ...]
    xy: tuple[int, ...]


NO_LINES = Lines((), (), (), (), ())


def box_of(line: dict[str, Any]) -> Box:
    """How far a GeoJSON geometry reaches."""
    west, south, east, north = shape(line).bounds
    return west, south, east, north


def widened(box: Box, metres: float) -> Box:
    """The box with so much more ground on every side (a little more from east to west)."""
    more = metres * METRE
    wider = more / 0.6
    return box[0] - wider, box[1] - more, box[2] + wider, box[3] + more


def around(outlines: Iterable[dict[str, Any] | None], share: float, least_m: float) -> BaseGeometry:
    """The ground of these outlines with what surrounds each: `share` of its longer side, `least_m`
    metres at least."""
    boxes = []
    for outline in outlines:
        if outline:
            west, south, east, north = shape(outline).bounds
            metres = max((east - west) * 0.9, north - south) / METRE * share
            boxes.append(shapely.box(*widened((west, south, east, north), max(metres, least_m))))
    return shapely.union_all(boxes)


def clipped(
    roads: Iterable[tuple[str, str, dict[str, Any]]], ground: BaseGeometry, tolerance_m: float
) -> list[Line]:
    """Name, kind and GeoJSON of roads as far as they lie on the ground, without corners that are
    nearer than the tolerance to the line; the most important first, then the longest."""
    found: list[tuple[int, float, Line]] = []
    shapely.prepare(ground)
    for name, kind, geojson in roads:
        whole = shape(geojson)
        there = whole if ground.covers(whole) else whole.intersection(ground)
        lines = shapely.line_merge(shapely.MultiLineString(_lines_in(there)))
        parts = tuple(
            tuple((x, y) for x, y in part.coords)
            for part in _lines_in(shapely.simplify(lines, tolerance_m * METRE))
        )
        if parts:
            found.append((_RANK.get(kind, len(_RANK)), -lines.length, Line(name, kind, parts)))
    found.sort(key=lambda one: (*one[:2], one[2].name))
    return [line for _, _, line in found]


def _lines_in(ground: BaseGeometry) -> list[Any]:
    """Only the lines of what is left: a road that touches a corner leaves a point there."""
    return [
        part
        for part in shapely.get_parts(ground)
        if part.geom_type == "LineString" and not part.is_empty
    ]


@dataclass(frozen=True)
class Run:
    """A nearly straight piece of a line, where words can follow it: its middle, and in degrees the
    angle (clockwise where y grows downwards) at which they stand upright."""

    x: float
    y: float
    angle: float
    length: float


def straight_run(line: Sequence[Point], length: float) -> Run | None:
    """The longest such piece, so long at least. The maps look for it alike (`road-lines.js`)."""
    best: Run | None = None
    first = 0
    for last in range(1, len(line)):
        while first < last - 1 and _bend(line, first, last) > _BEND:
            first += 1
        dx, dy = line[last][0] - line[first][0], line[last][1] - line[first][1]
        long = math.hypot(dx, dy)
        if long >= length and (best is None or long > best.length):
            angle = math.degrees(math.atan2(dy, dx))
            if not -90 < angle <= 90:
                angle -= math.copysign(180, angle)
            best = Run(line[first][0] + dx / 2, line[first][1] + dy / 2, angle, long)
    return best


def _bend(line: Sequence[Point], first: int, last: int) -> float:
    """How far the corners between two of a line lie beside the straight way, as a share of it."""
    dx, dy = line[last][0] - line[first][0], line[last][1] - line[first][1]
    long = math.hypot(dx, dy)
    if not long:
        return math.inf
    beside = (
        abs(dx * (y - line[first][1]) - dy * (x - line[first][0])) / long
        for x, y in line[first + 1 : last]
    )
    return max(beside, default=0.0) / long


def packed(lines: Iterable[Line], most_bytes: int) -> Lines:
    """Lines as columns of at most so many bytes of JSON: what finds no room is left out, the first
    come first."""
    names: list[str] = []
    kinds: list[str] = []
    parts: list[int] = []
    sizes: list[int] = []
    xy: list[int] = []
    left = most_bytes - _size(asdict(NO_LINES))
    x = y = 0
    for line in lines:
        steps: list[int] = []
        corners: list[int] = []
        at = (x, y)
        for part in line.parts:
            count = 0
            for lon, lat in part:
                here = round(lon * UNITS_PER_DEGREE), round(lat * UNITS_PER_DEGREE)
                if count and here == at:
                    continue
                steps += (here[0] - at[0], here[1] - at[1])
                at = here
                count += 1
            corners.append(count)
        # Commas come in the place of the brackets that are counted here.
        cost = sum(map(_size, (line.name, line.kind, len(corners), corners, steps)))
        if cost + 5 > left:
            continue
        left -= cost + 5
        x, y = at
        names.append(line.name)
        kinds.append(line.kind)
        parts.append(len(corners))
        sizes += corners
        xy += steps
    return Lines(tuple(names), tuple(kinds), tuple(parts), tuple(sizes), tuple(xy))


def _size(value: object) -> int:
    """Bytes of JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
