"""Field work over longer than a day: check points reached, minutes of people and of grids."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.patrols.counting import counted_by_walk
from firegrid_app.patrols.rules import Span, field_minutes, minutes_inside
from firegrid_app.patrols.signs import touching, walks_of
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.places.rules import NOT_REACHED
from firegrid_app.points.rules import PointKind
from firegrid_app.points.tables import CheckPoint
from firegrid_app.settings import settings


def spots_reached(
    session: Session,
    grid_ids: GridIds,
    start_at: datetime,
    end_at: datetime,
    *,
    premises: bool,
) -> dict[int, tuple[int, int]]:
    """Per grid: spots that somebody arrived at in [start_at, end_at), and all there are.

    A spot is one of the premises, or, without `premises`, a stairwell with all its floors, a lane,
    a shed: whoever was on one floor was in the stairwell. Whoever stood before a locked door has
    not reached it. Points taken down before are none; grids without any are missing.
    """
    is_place = col(CheckPoint.kind) == PointKind.PLACE
    began = start_at.astimezone(settings().zone).date()
    rows = session.connection().execute(
        sa.select(
            col(CheckPoint.grid_id),
            col(CheckPoint.building),
            col(CheckPoint.unit),
            col(CheckPoint.id),
            sa.select(1)
            .where(
                col(Arrival.check_point_id) == col(CheckPoint.id),
                col(Arrival.happened_at) >= start_at,
                col(Arrival.happened_at) < end_at,
                col(Arrival.outcome).not_in(NOT_REACHED),
            )
            .exists(),
        ).where(
            col(CheckPoint.grid_id).in_(grid_ids),
            is_place if premises else ~is_place,
            (col(CheckPoint.ends_on).is_(None)) | (col(CheckPoint.ends_on) >= began),
        )
    )
    spots: dict[int, dict[tuple[object, ...], bool]] = defaultdict(dict)
    for grid_id, building, unit, point_id, reached in rows:
        key = (building, unit) if building and not premises else (point_id,)
        spots[grid_id][key] = spots[grid_id].get(key, False) or bool(reached)
    return {grid_id: (sum(found.values()), len(found)) for grid_id, found in spots.items()}


def points_left(
    session: Session, grid_ids: GridIds, start_at: datetime, end_at: datetime
) -> dict[int, tuple[int, int]]:
    """Per grid: spots of every kind, and those nobody arrived at in [start_at, end_at)."""
    found: dict[int, tuple[int, int]] = {}
    for premises in (False, True):
        reached = spots_reached(session, grid_ids, start_at, end_at, premises=premises)
        for grid_id, (been, there) in reached.items():
            all_of, left = found.get(grid_id, (0, 0))
            found[grid_id] = all_of + there, left + there - been
    return found


def minutes_by_person(session: Session, person_ids: set[int], path: str, day: date) -> int:
    """Minutes these people together were in the field on a day, in the grids below `path`."""
    start_at, end_at = day_bounds(day, settings().zone)
    below = select(Grid.id).where(col(Grid.path).startswith(path, autoescape=True))
    these = (
        col(Patrol.person_id).in_(person_ids)
        & col(Patrol.grid_id).in_(below)
        & touching(start_at, end_at)
    )
    walks = walks_of(session, list(session.exec(select(Patrol).where(these))), these)
    return field_minutes(walks.values(), start_at, end_at, settings().longest_gap)


def minutes_between(session: Session, grid_ids: GridIds, first: date, last: date) -> dict[int, int]:
    """Minutes of field work in each of these grids from `first` to `last`, both counted.

    The sum of what `minutes_by_grid` says of each of the days, from one reading.
    """
    zone, gap = settings().zone, settings().longest_gap
    start_at, end_at = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    these = col(Patrol.grid_id).in_(grid_ids) & touching(start_at, end_at)
    by_day: dict[tuple[int, date], list[Span]] = defaultdict(list)
    for grid_id, walk, spans in counted_by_walk(session, these, gap):
        day = max(local_day(walk.started_at, zone), first)
        until = min(local_day(walk.last_record_at, zone), last)
        while day <= until:
            by_day[grid_id, day] += spans
            day += timedelta(days=1)
    bounds = {day: day_bounds(day, zone) for day in {day for _, day in by_day}}
    found: dict[int, int] = defaultdict(int)
    for (grid_id, day), some in by_day.items():
        found[grid_id] += minutes_inside(some, *bounds[day])
    return dict(found)


def walks_between(
    session: Session, grid_ids: GridIds, start_at: datetime, end_at: datetime
) -> dict[int, int]:
    """Patrols begun in each of these grids in [start_at, end_at); grids without are missing."""
    rows = session.exec(
        select(Patrol.grid_id, func.count())
        .where(
            col(Patrol.grid_id).in_(grid_ids),
            Patrol.happened_at >= start_at,
            Patrol.happened_at < end_at,
        )
        .group_by(col(Patrol.grid_id))
    )
    return dict(rows.all())
