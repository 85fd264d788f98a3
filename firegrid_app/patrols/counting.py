"""What counts of many walks: the database itself finds where nothing was recorded for too long.

A month of 1,121 members is 300,000 records, of which hardly any says more than that the walk went
on. Only walks, their gaps and the words about these are read.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from firegrid_app.database import UtcDateTime
from firegrid_app.patrols.rules import Span, Walk, counted_between
from firegrid_app.patrols.signs import RECORDS, words_of
from firegrid_app.patrols.tables import Patrol

_SLACK = 1.0
"""Seconds: the database's own reckoning chooses generously, the rule decides."""


def counted_by_walk(
    session: Session, these: sa.ColumnElement[bool], longest_gap: timedelta
) -> list[tuple[int, Walk, list[Span]]]:
    """Of each patrol these choose: its grid, the walk without its records, and what counts of it.

    The same as `rules.counted_spans` of `signs.walks_of` says, overlapping or not.
    """
    rows = session.execute(
        sa.select(
            col(Patrol.id),
            col(Patrol.grid_id),
            col(Patrol.happened_at),
            col(Patrol.ended_at),
            col(Patrol.last_record_at),
        ).where(these)
    ).all()
    gaps = _gaps(session, these, longest_gap) if rows else {}
    words = words_of(session, these) if gaps else {}
    found = []
    for patrol_id, grid_id, began, ended, last in rows:
        walk = Walk(began, ended, last, (), tuple(sorted(words.get(patrol_id, ()))))
        spans = counted_between(walk, gaps.get(patrol_id, ()), longest_gap)
        found.append((grid_id, walk, spans))
    return found


def _gaps(
    session: Session, these: sa.ColumnElement[bool], longest_gap: timedelta
) -> dict[UUID, list[Span]]:
    """By patrol: from one sign of life to the next, where that is longer than the limit or near."""
    chosen = (
        sa.select(
            # Signs are sorted walk by walk: a small number is compared sooner than a UUID.
            sa.func.row_number().over().label("number"),
            col(Patrol.id).label("id"),
            col(Patrol.person_id).label("person_id"),
            col(Patrol.happened_at).label("began"),
            col(Patrol.ended_at).label("ended"),
            col(Patrol.last_record_at).label("last"),
        )
        .where(these)
        .cte("chosen")
    )
    end = sa.func.coalesce(chosen.c.ended, chosen.c.last)
    made_in = (
        sa.select(chosen.c.number, col(table.happened_at))
        .join(
            chosen,
            (chosen.c.id == col(table.patrol_id)) & (chosen.c.person_id == col(table.person_id)),
        )
        .where(col(table.happened_at) > chosen.c.began, col(table.happened_at) < end)
        for table in RECORDS
    )
    signs = sa.union_all(
        sa.select(chosen.c.number.label("walk"), chosen.c.began.label("at")),
        sa.select(chosen.c.number, end),
        sa.select(chosen.c.number, chosen.c.last).where(
            chosen.c.ended.is_not(None),
            chosen.c.last > chosen.c.began,
            chosen.c.last < chosen.c.ended,
        ),
        *made_in,
    ).subquery()
    following = sa.func.lead(signs.c.at).over(partition_by=signs.c.walk, order_by=signs.c.at)
    steps = sa.select(
        signs.c.walk, signs.c.at, sa.type_coerce(following, UtcDateTime()).label("until")
    ).subquery()
    seconds = _seconds(session, steps.c.at, steps.c.until)
    rows = session.execute(
        sa.select(chosen.c.id, steps.c.at, steps.c.until)
        .join(chosen, chosen.c.number == steps.c.walk)
        .where(steps.c.until.is_not(None), seconds > longest_gap.total_seconds() - _SLACK)
    )
    found: dict[UUID, list[Span]] = {}
    since: datetime
    until: datetime
    for walk, since, until in rows:
        found.setdefault(walk, []).append((since, until))
    return found


def _seconds(session: Session, since: Any, until: Any) -> sa.ColumnElement[float]:
    """From one moment to another, to a millisecond."""
    if session.connection().dialect.name == "sqlite":
        return (sa.func.julianday(until) - sa.func.julianday(since)) * 86_400.0
    return sa.cast(sa.extract("epoch", until.op("-")(since)), sa.Float)
