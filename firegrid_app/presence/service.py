"""Use cases of flags: raised when an arrival is written, listed and looked at at the desk."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id, ids_below, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.points.tables import CheckPoint
from firegrid_app.presence.cards import FlagCard
from firegrid_app.presence.modes import modes_of
from firegrid_app.presence.rules import (
    Fix,
    Mode,
    Outcome,
    Reason,
    clock_off,
    far_from_grid,
    far_from_point,
    leap,
)
from firegrid_app.presence.tables import PresenceFlag
from firegrid_app.records import FieldRecord, Stamp
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

MOST_FLAGS = 100
"""Shown at a time, the latest first; the count beside them is of all."""


def flag_arrival(
    session: Session,
    arrival: Arrival,
    stamp: Stamp,
    patrol: Patrol,
    point: CheckPoint | None,
    grid: Grid,
    *,
    tag: str,
) -> None:
    """Flag what looks odd about an arrival. The arrival is kept whatever this finds."""
    found: dict[Reason, int] = {}
    if (minutes := clock_off(stamp.righted_by)) is not None:
        found[Reason.CLOCK] = minutes
    if tag and (point is None or point.tag != tag):
        found[Reason.OTHER_CODE] = 0
    if arrival.how != "qr" and point is not None and _asks_to_scan(session, grid, arrival):
        found[Reason.NOT_SCANNED] = 0
    fix = _fix(arrival)
    if fix is not None:
        # Before anything that writes: the arrival itself is no place it came from.
        before = _last_place(session, arrival, patrol)
        found |= _odd_place(fix, before, point, grid)
        _places(session)[patrol.id] = fix
    for reason, amount in found.items():
        session.add(
            PresenceFlag(
                record_id=arrival.id,
                grid_id=arrival.grid_id,
                person_id=arrival.person_id,
                happened_at=arrival.happened_at,
                reason=reason.value,
                amount=amount,
                point_name=point.name if point else arrival.where_words,
            )
        )


def _asks_to_scan(session: Session, grid: Grid, arrival: Arrival) -> bool:
    day = local_day(arrival.happened_at, settings().zone)
    return modes_of(session, [grid], day)[arrival.grid_id].mode == Mode.REQUIRED


def _odd_place(
    fix: Fix, before: Fix | None, point: CheckPoint | None, grid: Grid
) -> dict[Reason, int]:
    found: dict[Reason, int] = {}
    if point is not None and point.lat is not None and point.lon is not None:
        if (away := far_from_point(fix, point.lat, point.lon)) is not None:
            found[Reason.FAR_FROM_POINT] = away
    elif (away := _off_grid(grid, fix)) is not None:
        found[Reason.FAR_FROM_GRID] = away
    if before is not None and (away := leap(before, fix)) is not None:
        found[Reason.LEAP] = away
    return found


def _off_grid(grid: Grid, fix: Fix) -> int | None:
    if grid.label_lat is None or grid.label_lon is None:
        return None
    # The label lies inside the grid. Near it nothing more need be asked: reading outlines is dear.
    if far_from_point(fix, grid.label_lat, grid.label_lon) is None:
        return None
    return far_from_grid(fix, grid.outline) if grid.outline else None


def _places(session: Session) -> dict[UUID, Fix]:
    """The last place of each walk met in this transaction."""
    places: dict[UUID, Fix] = session.info.setdefault("places_by_walk", {})
    return places


def places_ahead(session: Session, walks: set[UUID]) -> None:
    """Look up in one query where these walks were last: a batch has an arrival of each."""
    if not walks:
        return
    found = {
        row.patrol_id: Fix(row.lat, row.lon, row.accuracy_m or 0, row.happened_at)
        for row in session.execute(_LAST_PLACES, {"walks": list(walks)})
    }
    session.info["places_ahead"] = dict.fromkeys(walks) | found


def _last_places() -> sa.Select[Any]:
    """The last arrival with a place of each of `walks`: the index leads to it, however long the
    walk is."""
    placed = aliased(Arrival)
    last = (
        select(placed.id)
        .where(placed.patrol_id == Patrol.id, col(placed.lat).is_not(None))
        .order_by(col(placed.happened_at).desc())
        .limit(1)
        .correlate(Patrol)
        .scalar_subquery()
    )
    place = (Arrival.patrol_id, Arrival.lat, Arrival.lon, Arrival.accuracy_m, Arrival.happened_at)
    last_places: sa.Select[Any] = (
        sa.select(*place)  # type: ignore[call-overload]
        .join(Patrol, col(Arrival.id) == last)
        .where(col(Patrol.id).in_(sa.bindparam("walks", expanding=True)))
    )
    return last_places


_LAST_PLACES = _last_places()


def _last_place(session: Session, arrival: Arrival, patrol: Patrol) -> Fix | None:
    """Where this walk was last, before this arrival; its start counts too."""
    met = _places(session)
    if patrol.id not in met:
        found = _arrived_last(session, arrival) or _fix(patrol)
        if found is None:
            return None
        met[patrol.id] = found
    return met[patrol.id]


def _arrived_last(session: Session, arrival: Arrival) -> Fix | None:
    ahead: dict[UUID, Fix | None] = session.info.get("places_ahead", {})
    if arrival.patrol_id in ahead:
        latest = ahead[arrival.patrol_id]
        if latest is None or latest.at <= arrival.happened_at:
            return latest
    with session.no_autoflush:
        last = session.exec(
            select(Arrival)
            .where(Arrival.patrol_id == arrival.patrol_id, col(Arrival.lat).is_not(None))
            .where(Arrival.happened_at <= arrival.happened_at, Arrival.id != arrival.id)
            .order_by(col(Arrival.happened_at).desc())
            .limit(1)
        ).first()
    return _fix(last) if last is not None else None


def _fix(record: FieldRecord) -> Fix | None:
    if record.lat is None or record.lon is None:
        return None
    return Fix(record.lat, record.lon, record.accuracy_m or 0, record.happened_at)


def open_flags(session: Session, actor: Actor, code: str) -> tuple[list[FlagCard], int]:
    """What nobody has looked at yet in a grid and below it, the latest first, and how many.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SUPERVISE)
    grids = {grid.id: grid for grid in subtree(session, top)}
    waiting: Any = (
        col(PresenceFlag.grid_id).in_(ids_below(top)),
        col(PresenceFlag.looked_at).is_(None),
    )
    rows = session.exec(
        select(PresenceFlag, Person.name)
        .join(Person, col(Person.id) == PresenceFlag.person_id)
        .where(*waiting)
        .order_by(col(PresenceFlag.happened_at).desc(), col(PresenceFlag.id))
    ).all()
    cards = [
        FlagCard(
            id=flag.id or 0,
            grid=grids[flag.grid_id].code,
            grid_name=grids[flag.grid_id].name,
            person_name=name,
            reason=flag.reason,
            amount=flag.amount,
            point_name=flag.point_name,
            at=flag.happened_at.isoformat(),
            own=flag.person_id == actor.person_id,
        )
        for flag, name in rows[:MOST_FLAGS]
    ]
    return cards, len(rows)


def look_at(
    session: Session, actor: Actor, flag_id: int, outcome: str, note: str, now: datetime
) -> PresenceFlag:
    """Say what one found: all fine, or spoken with the member. Nothing else comes of a flag.

    Refuses `presence.unknown`, `access.outside_grid`, `presence.own`, `presence.looked_at`,
    `invalid`.
    """
    flag = session.get(PresenceFlag, flag_id)
    if flag is None:
        raise Refused("presence.unknown")
    grid_by_id(session, actor, flag.grid_id, Action.SUPERVISE)
    if flag.person_id == actor.person_id:
        raise Refused("presence.own")
    if flag.looked_at is not None:
        raise Refused("presence.looked_at")
    if outcome not in list(Outcome):
        raise Refused("invalid")
    flag.looked_at, flag.looked_by = now, actor.person_id
    flag.outcome, flag.note = outcome, note.strip()[:500]
    session.flush()
    return flag
