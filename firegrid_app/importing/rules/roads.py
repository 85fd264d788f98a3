"""The roads file: a feature a road or a piece of one; pieces of one name and kind are one road."""

import hashlib
from dataclasses import dataclass
from typing import Any

from shapely import MultiLineString

from firegrid_app.importing.rules.outlines import corner, listed
from firegrid_app.importing.rules.problems import Bad, Cell, Reason
from firegrid_app.importing.rules.rows import Checked, Row, RowCheck, Table
from firegrid_app.importing.rules.values import narrow, require_in_china, text
from firegrid_app.maps.rules.datum import Datum, to_wgs84
from firegrid_app.roads.rules import Kind

MAX_POINTS = 20_000
"""Of one feature; an expressway through a county has some thousands."""
DECIMALS = 6
"""Of a degree: a decimetre."""

KINDS = {
    "": Kind.STREET,
    "主干道": Kind.MAIN,
    "主干路": Kind.MAIN,
    "快速路": Kind.MAIN,
    "高速公路": Kind.MAIN,
    "国道": Kind.MAIN,
    "省道": Kind.MAIN,
    "motorway": Kind.MAIN,
    "trunk": Kind.MAIN,
    "primary": Kind.MAIN,
    "消防车通道": Kind.FIRE_LANE,
    "消防通道": Kind.FIRE_LANE,
    "次干道": Kind.STREET,
    "次干路": Kind.STREET,
    "支路": Kind.STREET,
    "街道": Kind.STREET,
    "县道": Kind.STREET,
    "乡道": Kind.STREET,
    "secondary": Kind.STREET,
    "tertiary": Kind.STREET,
    "residential": Kind.STREET,
    "unclassified": Kind.STREET,
    "小路": Kind.LANE,
    "巷": Kind.LANE,
    "巷道": Kind.LANE,
    "村道": Kind.LANE,
    "小区路": Kind.LANE,
    "内部道路": Kind.LANE,
    "步行道": Kind.LANE,
    "service": Kind.LANE,
    "living_street": Kind.LANE,
    "pedestrian": Kind.LANE,
    "footway": Kind.LANE,
    "steps": Kind.LANE,
    "path": Kind.LANE,
    "track": Kind.LANE,
} | {str(kind): kind for kind in Kind}
"""How a kind may be written: ours, the offices' words, those of OpenStreetMap."""

Part = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class RoadItem:
    """A good feature: a road, or a piece of one."""

    row: int
    name: str
    kind: Kind
    parts: tuple[Part, ...]
    """WGS-84, longitude first."""

    @property
    def key(self) -> str:
        """What it is known by: its kind and name, or without a name its own lines."""
        if self.name:
            return f"{self.kind} {self.name}"
        lines = hashlib.sha256(repr(same_way(self.parts)).encode())
        return f"{self.kind}  {lines.hexdigest()[:40]}"


def same_way(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Lines in an order of their own, whichever way and in whatever order they were drawn."""
    return tuple(sorted(min(part, part[::-1]) for part in parts))


def geojson_of(parts: tuple[Part, ...]) -> dict[str, Any]:
    """Lines as they are kept: the same lines give the same."""
    return {
        "type": "MultiLineString",
        "coordinates": [[list(place) for place in part] for part in same_way(parts)],
    }


def lines_of(geometry: object, datum: Datum = Datum.WGS84) -> tuple[Part, ...]:
    """The lines of a feature, in WGS-84; `datum` is what they are measured by. Raises `Bad`."""
    if not isinstance(geometry, dict) or geometry.get("type") not in (
        "LineString",
        "MultiLineString",
    ):
        raise Bad(Reason.NOT_A_LINE)
    coordinates = listed(geometry.get("coordinates"))
    drawn = [coordinates] if geometry["type"] == "LineString" else coordinates
    parts = [[corner(place) for place in listed(part)] for part in drawn]
    if sum(map(len, parts)) > MAX_POINTS:
        raise Bad(Reason.TOO_MANY_POINTS, limit=MAX_POINTS)
    found = []
    for part in parts:
        for lon, lat in part:
            require_in_china(lat, lon)
        places = part if datum is Datum.WGS84 else [to_wgs84(*place, datum) for place in part]
        found.append(_without_repeats(places))
    good = tuple(part for part in found if len(part) > 1)
    if not good:
        raise Bad(Reason.POINT_ONLY)
    return good


def _without_repeats(places: list[tuple[float, float]]) -> Part:
    kept: list[tuple[float, float]] = []
    for lon, lat in places:
        place = round(lon, DECIMALS), round(lat, DECIMALS)
        if not kept or kept[-1] != place:
            kept.append(place)
    return tuple(kept)


def shape_of(parts: tuple[Part, ...]) -> MultiLineString:
    """Lines to be measured."""
    return MultiLineString(parts)


def _kind(cell: Cell) -> Kind:
    value = narrow(cell, 60).lower().removesuffix("_link")
    if value not in KINDS:
        raise Bad(Reason.UNKNOWN_KIND, allowed="、".join(word for word in KINDS if word))
    return KINDS[value]


def check_roads(table: Table, datum: Datum = Datum.WGS84) -> Checked[RoadItem]:
    """Good roads and all problems."""
    checked: Checked[RoadItem] = Checked()
    seen: dict[tuple[object, ...], Row] = {}
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        name = check.take("name", lambda cell: text(cell, 60), "")
        kind = check.take("kind", _kind, Kind.STREET)
        try:
            parts = lines_of(row.geometry, datum)
        except Bad as bad:
            # A feature's number is hard to find in a file: its name stands in for the value.
            check.bad_value("geometry", name, bad.reason, **bad.details)
            continue
        check.first_of(seen, (name, kind, same_way(parts)), "name", Reason.DUPLICATE_ROW)
        if check.ok:
            checked.items.append(RoadItem(row.number, name, kind, parts))
    return checked
