"""What a board draws and how it writes numbers: plain geometry and text, no tables."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from firegrid_app.maps.rules import rings_of
from firegrid_app.roads.rules import Line, straight_run

POSTED_LEVELS = (2, 3)
"""Communities and small grids have a board; a street or a county has none."""
WIDTH = 1000
"""A drawing's width in its own units."""
_NUMERALS = "〇零一二三四五六七八九十百"
_EARTH_M = 6_371_008.8
_TOLERANCE = 1.0
_MOST_CORNERS = 1500
"""Beyond this the outlines are drawn more coarsely: a board stays below 60 KB."""

_LETTER = 16
"""How much room a sign of a road's name takes on paper, in units of the view."""
_ROAD_LOOKS = {
    "main": ("#cfc4ab", 11),
    "fire_lane": ("#c8574e", 6),
    "street": ("#d6ccb5", 7),
    "lane": ("#ddd5c3", 4),
}
"""Colour and width by kind: quiet beside the outlines, wide enough to be roads."""

Point = tuple[float, float]
Outline = dict[str, Any] | None


@dataclass(frozen=True)
class Drawing:
    """SVG path data in units of the view: no coordinates of the earth are in it."""

    height: int
    own: str
    inside: tuple[str, ...]
    around: tuple[str, ...]
    scale_m: int
    """Length of the scale bar in metres."""
    scale_percent: float
    """Its length as a share of the drawing's width."""
    labels: tuple[tuple[float, float, str], ...] = ()
    """Names and where their middle lies, in percent of width and height; on paper only."""
    beside: tuple[tuple[float, float, str], ...] = ()
    """The same of grids that lie around."""
    roads: tuple[tuple[str, str], ...] = ()
    """Kind and path of the roads there."""
    road_names: tuple[tuple[float, float, float, str], ...] = ()
    """Where their names stand, in percent, and at what angle in degrees."""

    @property
    def svg(self) -> str:
        """The drawing as a picture of its own, for paper: what lies around, inside, the grid."""
        inside = "".join(f'<path d="{path}"/>' for path in self.inside)
        around = "".join(f'<path d="{path}"/>' for path in self.around)
        roads = "".join(
            f'<path d="{path}" stroke="{colour}" stroke-width="{width}"/>'
            for kind, path in self.roads
            for colour, width in [_ROAD_LOOKS.get(kind, _ROAD_LOOKS["lane"])]
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}">'
            f'<clipPath id="c"><path d="M0 0H{WIDTH}V{self.height}H0z"/></clipPath>'
            '<g clip-path="url(#c)" stroke-linejoin="round">'
            f'<g fill="#f4f1e8" stroke="#b9b2a0" stroke-width="2">{around}</g>'
            f'<path d="{self.own}" fill="#fde3d3"/>'
            f'<g fill="none" stroke-linecap="round">{roads}</g>'
            f'<path d="{self.own}" fill="none" stroke="#b3261e" stroke-width="7"/>'
            '<g fill="none" stroke="#b3261e" stroke-width="2.5" stroke-dasharray="9 5">'
            f"{inside}</g></g></svg>"
        )


def spaced(phone: str) -> str:
    """A mobile number as people read it aloud: 138 1234 1234."""
    is_mobile = len(phone) == 11 and phone.isdigit() and phone[0] == "1"
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if is_mobile else phone


def names_building(where: str, building: str) -> bool:
    """Do these words of a place say this building, and not another whose name ends like it?

    `1栋2单元` is in 1栋, `11栋` and `A1栋` are not; of `3号` neither is `3号楼` told from it.
    """
    start = where.find(building)
    while start >= 0:
        before = where[start - 1] if start and _counts(building[0]) else ""
        after = where[start + len(building) : start + len(building) + 1]
        if not _counts(before) and not (_counts(building[-1]) and _counts(after)):
            return True
        start = where.find(building, start + 1)
    return False


def _counts(sign: str) -> bool:
    return bool(sign) and (sign in _NUMERALS or (sign.isascii() and sign.isalnum()))


def draw(
    own: Outline,
    inside: Iterable[Outline],
    around: Iterable[Outline],
    room: float,
    labels: Iterable[tuple[float, float, str]] = (),
    *,
    beside: Iterable[tuple[float, float, str]] = (),
    roads: Sequence[Line] = (),
    ratio: float | None = None,
) -> Drawing | None:
    """The outline in the middle, `room` times as much land around it as it covers; None if unknown.

    `labels` and `beside` are names at longitude and latitude; `ratio` is how many times as wide as
    high a paper has room for it. Undistorted: at a town's size a degree of longitude is as long as
    the cosine of the latitude.
    """
    rings = rings_of(own)
    if not rings:
        return None
    longitudes = [p[0] for ring in rings for p in ring]
    latitudes = [p[1] for ring in rings for p in ring]
    middle = (
        (min(longitudes) + max(longitudes)) / 2,
        (min(latitudes) + max(latitudes)) / 2,
    )
    metre_x = math.radians(1) * _EARTH_M * math.cos(math.radians(middle[1]))
    metre_y = math.radians(1) * _EARTH_M
    across = max((max(longitudes) - min(longitudes)) * metre_x, 1.0) * room
    down = max((max(latitudes) - min(latitudes)) * metre_y, 1.0) * room
    if ratio:
        across, down = max(across, down * ratio), max(down, across / ratio)
    else:
        # Neither a ribbon nor a tower: a phone shows it without scrolling.
        across, down = max(across, down / 1.1), max(down, across / 1.6)
    unit = WIDTH / across
    height = round(down * unit)

    def on_paper(point: Sequence[float]) -> Point:
        return (
            (point[0] - middle[0]) * metre_x * unit + WIDTH / 2,
            height / 2 - (point[1] - middle[1]) * metre_y * unit,
        )

    def paths(outlines: Iterable[Outline], tolerance: float) -> list[str]:
        drawn = (_path(one, on_paper, height, tolerance) for one in outlines)
        return [path for path in drawn if path]

    drawn_roads: list[tuple[str, str, list[Point]]] = []
    left = _MOST_CORNERS
    for line in roads:
        for part in line.parts:
            points = simplify([on_paper(point) for point in part], _TOLERANCE)
            left -= len(points)
            if left >= 0:
                drawn_roads.append((line.name, line.kind, points))
    inside, around, labels, beside = list(inside), list(around), list(labels), list(beside)
    corners = sum(len(ring) for one in (own, *inside, *around) for ring in rings_of(one))
    tolerance = _TOLERANCE * max(1.0, corners / _MOST_CORNERS)
    scale_m = _round_length(across / 4)
    return Drawing(
        height=height,
        own=_path(own, on_paper, height, _TOLERANCE),
        inside=tuple(paths(inside, tolerance)),
        around=tuple(paths(around, tolerance)),
        scale_m=scale_m,
        scale_percent=round(100 * scale_m / across, 1),
        labels=tuple(_percent(on_paper(point), height, name) for *point, name in labels),
        beside=tuple(
            (x, y, name)
            for x, y, name in (_percent(on_paper(point), height, name) for *point, name in beside)
            if 4 < x < 96 and 4 < y < 96
        ),
        roads=_roads(drawn_roads),
        road_names=tuple(
            _road_names(drawn_roads, height, [on_paper(one[:2]) for one in (*labels, *beside)])
        ),
    )


def _percent(at: Point, height: int, name: str) -> tuple[float, float, str]:
    return round(100 * at[0] / WIDTH, 2), round(100 * at[1] / height, 2), name


def _roads(lines: Iterable[tuple[str, str, list[Point]]]) -> tuple[tuple[str, str], ...]:
    """Kind and path, the most important last: it lies on top."""
    paths: dict[str, list[str]] = {}
    for _, kind, points in lines:
        corners = [(round(x), round(y)) for x, y in points]
        steps = [f"{x - last_x} {y - last_y}" for (last_x, last_y), (x, y) in pairwise(corners)]
        drawn = f"M{corners[0][0]} {corners[0][1]}l{' '.join(steps)}"
        paths.setdefault(kind, []).append(drawn)
    return tuple((kind, "".join(some)) for kind, some in reversed(paths.items()))


def _road_names(
    lines: Iterable[tuple[str, str, list[Point]]], height: int, names: Iterable[Point]
) -> Iterator[tuple[float, float, float, str]]:
    """Names where a road is straight and long enough for them, none over another or a grid's."""
    taken = [(x, y, 2.0 * _LETTER, "") for x, y in names]
    for name, _, points in lines:
        length = (len(name) + 1) * _LETTER
        run = straight_run(points, length) if name else None
        if run is None or not (0 < run.x < WIDTH and 0 < run.y < height):
            continue
        if any(
            math.hypot(x - run.x, y - run.y) < (other + length) * (2 if said == name else 0.5)
            for x, y, other, said in taken
        ):
            continue
        taken.append((run.x, run.y, length, name))
        x, y, _ = _percent((run.x, run.y), height, name)
        yield x, y, round(run.angle, 1), name


def short_names(names: Sequence[str]) -> list[str]:
    """Names of neighbours as short as they can be told apart by on a map.

    Their numbers alone where that is all they differ in: 16 for 小桥子社区第16网格.
    """
    parts = [re.fullmatch(r"(.*?)(\d+)(\D*)", name, re.DOTALL) for name in names]
    same = {(part[1], part[3]) for part in parts if part}
    if len(same) == 1 and all(parts) and len(names) > 1:
        return [part[2] for part in parts if part]
    return list(names)


def _path(outline: Outline, on_paper: Any, height: int, tolerance: float) -> str:
    """Path data of the rings that touch the view, as steps in whole units."""
    drawn = []
    for ring in rings_of(outline):
        points = [on_paper(point) for point in ring]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        if not points or max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > height:
            continue
        corners = [(round(x), round(y)) for x, y in simplify(points, tolerance)]
        steps = [
            f"{x - last_x} {y - last_y}" for (last_x, last_y), (x, y) in pairwise(corners[:-1])
        ]
        drawn.append(f"M{corners[0][0]} {corners[0][1]}l{' '.join(steps)}z")
    return "".join(drawn)


def simplify(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker: without the corners that lie nearer than `tolerance` to the line."""
    if len(points) < 5:
        return list(points)
    kept = {0, len(points) - 1}
    # A ring begins where it ends: its farthest point splits it into two honest lines.
    far = max(range(len(points)), key=lambda i: math.dist(points[i], points[0]))
    kept.add(far)
    parts = [(0, far), (far, len(points) - 1)]
    while parts:
        first, last = parts.pop()
        worst, farthest = 0.0, -1
        for i in range(first + 1, last):
            off = _off_line(points[i], points[first], points[last])
            if off > worst:
                worst, farthest = off, i
        if worst > tolerance:
            kept.add(farthest)
            parts += [(first, farthest), (farthest, last)]
    return [points[i] for i in sorted(kept)]


def _off_line(point: Point, start: Point, end: Point) -> float:
    length = math.dist(start, end)
    if length == 0:
        return math.dist(point, start)
    area = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])
    return abs(area) / length


def _round_length(metres: float) -> int:
    """The largest of 1, 2, 5, 10, 20, 50 … metres that is not longer."""
    longest = max(metres, 1.0)
    power = int(10 ** math.floor(math.log10(longest)))
    return max(step * power for step in (1, 2, 5) if step * power <= longest)
