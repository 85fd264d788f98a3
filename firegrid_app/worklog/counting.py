"""What was recorded of grids on the days of a month, in figures: a row a day or a community."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from firegrid_app.clock import local_day
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.patrols.reached import minutes_between
from firegrid_app.patrols.tables import Arrival
from firegrid_app.records import FieldRecord
from firegrid_app.settings import settings
from firegrid_app.shouts.tables import Shout
from firegrid_app.visits.tables import Visit
from firegrid_app.worklog.cards import Numbers

Span = tuple[datetime, datetime]
Key = tuple[str, date]


def counted(
    session: Session, group_of: Mapping[int, str], days: list[date], span: Span
) -> dict[Key, Numbers]:
    """Figures by group of grids and day; `group_of` names the group of each grid that counts.

    A point or a door counts once a day in its group, so that a street's row is the sum of what the
    community's own record says.
    """

    def of_span(table: type[FieldRecord], *columns: Any) -> Iterator[tuple[Any, ...]]:
        query = sa.select(col(table.grid_id), col(table.happened_at), *columns).where(
            col(table.grid_id).in_(group_of),
            col(table.happened_at) >= span[0],
            col(table.happened_at) < span[1],
        )
        for grid_id, at, *values in session.execute(query):
            yield (group_of[grid_id], local_day(at, zone)), *values

    zone = settings().zone
    points: dict[Key, set[object]] = defaultdict(set)
    for key, point, where in of_span(Arrival, Arrival.check_point_id, Arrival.where_words):
        points[key].add(point or where)
    doors: dict[Key, set[object]] = defaultdict(set)
    for key, door in of_span(Visit, Visit.household_id):
        doors[key].add(door)
    shouts: dict[Key, list[int]] = defaultdict(list)
    for key, reached in of_span(Shout, Shout.people_reached):
        shouts[key].append(reached)
    found: dict[Key, int] = defaultdict(int)
    for (key,) in of_span(Hazard):
        found[key] += 1
    closed = _closed(session, group_of, span)
    minutes: dict[Key, int] = defaultdict(int)
    for day in days:
        for grid_id, some in minutes_between(session, list(group_of), day, day).items():
            minutes[group_of[grid_id], day] += some
    return {
        key: Numbers(
            minutes=minutes[key],
            points=len(points[key]),
            doors=len(doors[key]),
            shouts=len(shouts[key]),
            people_reached=sum(shouts[key]),
            found=found[key],
            closed=closed[key],
        )
        for key in ((group, day) for group in set(group_of.values()) for day in days)
    }


def _closed(session: Session, group_of: Mapping[int, str], span: Span) -> dict[Key, int]:
    closed: dict[Key, int] = defaultdict(int)
    rows = session.exec(
        select(Hazard.grid_id, Hazard.closed_at).where(
            col(Hazard.grid_id).in_(group_of),
            Hazard.status == Status.CLOSED,
            col(Hazard.closed_at) >= span[0],
            col(Hazard.closed_at) < span[1],
        )
    )
    for grid_id, at in rows:
        if at is not None:
            closed[group_of[grid_id], local_day(at, settings().zone)] += 1
    return closed


def added(some: Iterable[Numbers]) -> Numbers:
    """The sum of them; nothing is no work."""
    return Numbers(*map(sum, zip(*map(astuple, [Numbers(), *some]), strict=True)))
