"""What the clock does with hazards: remind before the deadline, step up after it, hour by hour.

Safe to run in several workers and to be killed at any moment: a round takes a few hazards, holds
their rows (skipping those another worker holds), writes the step and the next look in one
transaction. What is committed is not due again; what was not is found by the next round.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.deadlines import calendar_around, terms_of
from firegrid_app.hazards.handing_on import look_anew, step_up
from firegrid_app.hazards.rules.deadlines import (
    Due,
    late_from,
    nth_workday,
    presses,
    what_is_due,
)
from firegrid_app.hazards.rules.steps import UNFINISHED, Step
from firegrid_app.hazards.tables import Hazard
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take
from firegrid_app.settings import settings

_PAIRS = 50
TOGETHER = 200
"""Hazards of one transaction: short enough that a phone handing in records waits for a blink."""


def some_are_due(session: Session, now: datetime) -> bool:
    """Has the day come for any hazard? Cheap, and changes nothing."""
    return session.exec(_due(local_day(now, settings().zone)).limit(1)).first() is not None


def left_behind(session: Session, now: datetime) -> list[UUID]:
    """Up to `TOGETHER` hazards whose owner left. It looks at every open one: once a round, and
    while no transaction that writes is open."""
    gone = session.exec(_without_a_post(local_day(now, settings().zone))).all()
    if not gone:
        return []
    theirs = sa.tuple_(col(Hazard.owner_id), col(Hazard.grid_id)).in_(gone[:_PAIRS])
    open_ones = col(Hazard.status).in_(UNFINISHED)
    return list(session.exec(select(Hazard.id).where(theirs, open_ones).limit(TOGETHER)))


def run_after(session: Session, now: datetime, left: Sequence[UUID] | None = None) -> int:
    """Do what the day brings for up to `TOGETHER` hazards; how many were looked at.

    `left`: what `left_behind` just found; without it that is asked here.
    """
    today = local_day(now, settings().zone)
    if left is None:
        left = left_behind(session, now)
    released: Sequence[Hazard] = []
    if left:
        released = _held(session, _left_behind(today).where(col(Hazard.id).in_(left)))
    for hazard in released:
        _release(session, hazard, now)
    session.flush()
    due = _held(session, _due(today)) if len(released) < TOGETHER else []
    for hazard in due:
        _run_after_one(session, hazard, now)
    session.flush()
    return max(len(released), len(due))


def _held(session: Session, query: Any) -> Sequence[Hazard]:
    """The first of these hazards that no other worker holds, now held by this one."""
    ordered = query.order_by(col(Hazard.look_on), col(Hazard.id)).limit(TOGETHER)
    found: Sequence[Hazard] = session.exec(
        ordered.with_for_update(skip_locked=True, of=Hazard)
    ).all()
    return found


def _due(today: date) -> Any:
    return select(Hazard).where(col(Hazard.look_on) <= today, col(Hazard.status).in_(UNFINISHED))


def _left_behind(today: date) -> Any:
    """Hazards whose owner was switched off or holds no post over their grid any more."""
    return (
        select(Hazard)
        .join(Grid, col(Grid.id) == col(Hazard.grid_id))
        .where(
            col(Hazard.owner_id).is_not(None),
            col(Hazard.status).in_(UNFINISHED),
            ~_a_post(col(Hazard.owner_id), today),
        )
    )


def _without_a_post(today: date) -> Any:
    """Owner and grid of such hazards. A million hazards are some hundred pairs, read from an index:
    asked for each hazard it would take minutes."""
    pairs = (
        sa.select(col(Hazard.owner_id), col(Hazard.grid_id))
        # The second says no more than the first: SQLite knows by it which index it may read.
        .where(col(Hazard.status).in_(UNFINISHED), sa.text("status <> 'closed'"))
        .where(col(Hazard.owner_id).is_not(None))
        .distinct()
        .subquery()
    )
    return (
        sa.select(pairs.c.owner_id, pairs.c.grid_id)
        .join(Grid, col(Grid.id) == pairs.c.grid_id)
        .where(~_a_post(pairs.c.owner_id, today))
    )


def _a_post(owner: Any, today: date) -> Any:
    """Has this person a post in force over the grid the query joins?"""
    over = aliased(Grid)
    return (
        sa.select(1)
        .select_from(Post)
        .join(over, col(over.id) == col(Post.grid_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            col(Post.person_id) == owner,
            col(Person.switched_off_at).is_(None),
            col(Post.starts_on) <= today,
            sa.or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today),
            sa.func.substr(col(Grid.path), 1, sa.func.length(over.path)) == col(over.path),
        )
        .correlate_except(Post, over, Person)
        .exists()
    )


def _release(session: Session, hazard: Hazard, now: datetime) -> None:
    """It is nobody's now, so it steps up a workday later at the latest."""
    take(session, hazard, Step.RELEASED, None, now, facts={"owner_id": None})
    look_anew(session, hazard, now)


def _run_after_one(session: Session, hazard: Hazard, now: datetime) -> None:
    today = local_day(now, settings().zone)
    calendar = calendar_around(session, today)
    assigned = hazard.owner_id is not None
    pressing = presses(hazard.severity, hazard.urgent)
    if what_is_due(hazard.due_on, today, assigned=assigned) == Due.REMIND:
        event = take(session, hazard, Step.REMINDED, None, now)
        hazard.look_on = late_from(hazard.due_on, calendar, pressing=pressing)
        tell(session, hazard, event, [hazard.owner_id], Why.REMINDER, now)
        return
    if not pressing and today not in calendar:
        # A server that stood still, or a calendar set anew: nobody is called on a day off.
        hazard.look_on = nth_workday(1, today, calendar)
        return
    if step_up(session, None, hazard, "", now) is None:
        # Nobody is above: it stays overdue where it is, and is tried again as posts get filled.
        hazard.look_on = nth_workday(terms_of(session, hazard).step, today, calendar)
