"""Writes roads: pieces of one name and kind become one, known again when they come again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.importing.cards import Counts
from firegrid_app.importing.rules.roads import RoadItem, geojson_of
from firegrid_app.importing.service.known import PER_QUERY
from firegrid_app.roads.rules import box_of
from firegrid_app.roads.tables import Road


@dataclass(frozen=True)
class Joined:
    """A road as it is to be, of one or more rows of the file."""

    key: str
    name: str
    kind: str
    line: dict[str, Any]
    rows: int


def joined(items: Iterable[RoadItem]) -> list[Joined]:
    """The roads of a file, in its order."""
    pieces: dict[str, list[RoadItem]] = {}
    for item in items:
        pieces.setdefault(item.key, []).append(item)
    return [
        Joined(
            key=key,
            name=some[0].name,
            kind=str(some[0].kind),
            line=geojson_of(tuple(part for one in some for part in one.parts)),
            rows=len(some),
        )
        for key, some in pieces.items()
    ]


def standing(session: Session, roads: Sequence[Joined]) -> dict[str, list[Road]]:
    """Roads that are known by these keys, wherever they were brought in."""
    found: dict[str, list[Road]] = {}
    keys = [one.key for one in roads]
    for at in range(0, len(keys), PER_QUERY):
        query = select(Road).where(col(Road.key).in_(keys[at : at + PER_QUERY]))
        for row in session.exec(query.order_by(col(Road.id))):
            found.setdefault(row.key, []).append(row)
    return found


def is_there(road: Joined, known: Iterable[Road]) -> bool:
    """Does it lie on the map already, just so?"""
    return any(row.line == road.line for row in known)


def write_roads(session: Session, items: Iterable[RoadItem], grid_id: int, now: datetime) -> Counts:
    """Upsert by grid and key; what lies on the map just so already, for whatever grid, stays.

    Counts are rows of the file.
    """
    roads = joined(items)
    known = standing(session, roads)
    created = updated = same = 0
    for road in roads:
        some = known.get(road.key, [])
        if is_there(road, some):
            same += road.rows
            continue
        own = next((row for row in some if row.grid_id == grid_id), None)
        west, south, east, north = box_of(road.line)
        if own is None:
            own = Road(
                grid_id=grid_id, key=road.key, name=road.name, kind=road.kind,
                line=road.line, west=west, south=south, east=east, north=north, changed_at=now,
            )  # fmt: skip
            created += road.rows
        else:
            own.line, own.changed_at = road.line, now
            own.west, own.south, own.east, own.north = west, south, east, north
            updated += road.rows
        session.add(own)
    session.flush()
    return Counts(created, updated, same)
