"""What is told of walks: a person's own of a day, minutes by grid, when a grid was last walked."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Actor
from firegrid_app.clock import day_bounds
from firegrid_app.grids.service import grid_codes
from firegrid_app.grids.tables import GridIds
from firegrid_app.patrols.cards import WalkCard
from firegrid_app.patrols.rules import Walk, field_minutes
from firegrid_app.patrols.signs import touching, walks_of
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.settings import settings

_REMEMBERED = timedelta(days=60)
"""A patrol left open longer ago than this is not asked about any more."""


def _patrols_of_day(day: date) -> tuple[datetime, datetime, sa.ColumnElement[bool]]:
    start_at, end_at = day_bounds(day, settings().zone)
    return start_at, end_at, touching(start_at, end_at)


def walks_of_day(session: Session, actor: Actor, day: date) -> tuple[list[WalkCard], int]:
    """One's own patrols of a day and those still open from before, and the minutes of the day."""
    start_at, end_at, touched = _patrols_of_day(day)
    left_open = col(Patrol.ended_at).is_(None) & (
        col(Patrol.happened_at).between(start_at - _REMEMBERED, end_at)
    )
    these = (col(Patrol.person_id) == actor.person_id) & (touched | left_open)
    query = select(Patrol).where(these).order_by(col(Patrol.happened_at), col(Patrol.id))
    patrols = list(session.exec(query))
    codes = grid_codes(session, {patrol.grid_id for patrol in patrols})
    walks = walks_of(session, patrols, these)
    come_to = _come_to(session, [patrol.id for patrol in patrols if patrol.ended_at is None])
    cards = [
        WalkCard(
            id=str(patrol.id),
            grid=codes[patrol.grid_id],
            started_at=patrol.happened_at.isoformat(),
            ended_at=patrol.ended_at.isoformat() if patrol.ended_at else None,
            last_record_at=patrol.last_record_at.isoformat(),
            records=tuple(map(_milliseconds, walks[patrol.id].records)),
            words=tuple((_milliseconds(a), _milliseconds(b)) for a, b in walks[patrol.id].words),
            arrivals=tuple(come_to[patrol.id]),
        )
        for patrol in patrols
    ]
    minutes = field_minutes(walks.values(), start_at, end_at, settings().longest_gap)
    return cards, minutes


def _come_to(
    session: Session, patrol_ids: Collection[UUID]
) -> defaultdict[UUID, list[tuple[int, int, str]]]:
    """By walk, the check points come to in order: point, moment, what came of the call."""
    found: defaultdict[UUID, list[tuple[int, int, str]]] = defaultdict(list)
    query = (
        select(Arrival.patrol_id, Arrival.check_point_id, Arrival.happened_at, Arrival.outcome)
        .where(col(Arrival.patrol_id).in_(patrol_ids), col(Arrival.check_point_id).is_not(None))
        .order_by(col(Arrival.happened_at), col(Arrival.id))
    )
    for patrol_id, point, at, outcome in session.execute(query) if patrol_ids else ():
        found[patrol_id].append((point, _milliseconds(at), outcome))
    return found


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def minutes_by_grid(session: Session, grid_ids: GridIds, day: date) -> dict[int, int]:
    """Minutes of field work in each of these grids on a day, everybody's together.

    Two people walking one grid at the same time count as the time the grid was walked, once.
    """
    start_at, end_at, touched = _patrols_of_day(day)
    these = col(Patrol.grid_id).in_(grid_ids) & touched
    patrols = list(session.exec(select(Patrol).where(these)))
    walks = walks_of(session, patrols, these)
    by_grid: dict[int, list[Walk]] = defaultdict(list)
    for patrol in patrols:
        by_grid[patrol.grid_id].append(walks[patrol.id])
    gap = settings().longest_gap
    return {
        grid_id: field_minutes(found, start_at, end_at, gap) for grid_id, found in by_grid.items()
    }


def last_patrols(
    session: Session, grid_ids: GridIds, before: datetime | None = None
) -> dict[int, datetime]:
    """When each grid was last walked, by patrols begun `before`; grids never walked are missing."""
    query = (
        select(Patrol.grid_id, func.max(Patrol.last_record_at))
        .where(col(Patrol.grid_id).in_(grid_ids))
        .group_by(col(Patrol.grid_id))
    )
    if before is not None:
        query = query.where(Patrol.happened_at < before)
    return {grid_id: moment for grid_id, moment in session.exec(query) if moment is not None}
