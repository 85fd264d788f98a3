"""How a list repeats: the pattern a form says, the one drawn up last, whose turn it is next."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.rota.cards import PatternCard
from firegrid_app.rota.rules import (
    MOST_AT_ONCE,
    MOST_PEOPLE,
    MOST_SHIFTS,
    Days,
    Pattern,
    Turn,
    hours_of,
    whose_turn,
)
from firegrid_app.rota.tables import RotaSetting, Shift
from firegrid_app.settings import settings


def pattern_of(
    people: Sequence[int], hours: Sequence[tuple[str, str]], days: str, turn: str, at_once: int
) -> Pattern:
    """A pattern as a form says it.

    Refuses `rota.no_people`, `rota.bad_hours`, `rota.bad_pattern`.
    """
    people = list(dict.fromkeys(people))
    if not people:
        raise Refused("rota.no_people")
    found = [hours_of(starts, ends) for starts, ends in hours]
    if not found or None in found:
        raise Refused("rota.bad_hours")
    if (
        len(people) > MOST_PEOPLE
        or len(found) > MOST_SHIFTS
        or days not in Days.__members__.values()
        or turn not in Turn.__members__.values()
        or not 1 <= at_once <= MOST_AT_ONCE
    ):
        raise Refused("rota.bad_pattern")
    return Pattern(
        tuple(people), tuple(one for one in found if one), Days(days), Turn(turn), at_once
    )


def last_on_duty(
    session: Session, grid: Grid, pattern: Pattern, day: date, now: datetime
) -> tuple[int, date] | None:
    """Who of the pattern was on duty last before `day`, or before now when that is later."""
    zone = settings().zone
    before = max(day_bounds(day, zone)[0], now)
    row = session.exec(
        select(Shift)
        .where(
            Shift.grid_id == grid.id,
            Shift.starts_at < before,
            col(Shift.person_id).in_(pattern.people),
            col(Shift.dropped_at).is_(None),
        )
        .order_by(col(Shift.starts_at).desc(), col(Shift.id).desc())
        .limit(1)
    ).first()
    return (row.person_id, local_day(row.starts_at, zone)) if row else None


def remember(session: Session, actor: Actor, grid: Grid, pattern: Pattern, now: datetime) -> None:
    """Keep the pattern: the next month begins with it."""
    kept = {
        "people": list(pattern.people),
        "hours": [[f"{one.starts:%H:%M}", f"{one.ends:%H:%M}"] for one in pattern.hours],
        "days": pattern.days.value,
        "turn": pattern.turn.value,
        "at_once": pattern.at_once,
    }
    setting_of(session, grid, actor, now).pattern = kept


def setting_of(session: Session, grid: Grid, actor: Actor, now: datetime) -> RotaSetting:
    """How this grid keeps its list, to be changed."""
    row = session.get(RotaSetting, grid.id)
    if row is None:
        row = RotaSetting(grid_id=grid.id or 0, changed_at=now)
        session.add(row)
    row.changed_by_id, row.changed_at = actor.person_id, now
    return row


def drawn_last(
    session: Session, grid: Grid, day: date, now: datetime
) -> tuple[PatternCard, list[int]]:
    """The pattern a form begins with, and its people in their order; none where it never was."""
    row = session.get(RotaSetting, grid.id)
    if row is None or row.pattern is None:
        return PatternCard(), []
    kept = row.pattern
    pattern = pattern_of(
        kept["people"],
        [(one[0], one[1]) for one in kept["hours"]],
        kept["days"],
        kept["turn"],
        kept["at_once"],
    )
    place = whose_turn(pattern, day, last_on_duty(session, grid, pattern, day, now))
    card = PatternCard(
        hours=[list(one) for one in kept["hours"]],
        days=pattern.days.value,
        turn=pattern.turn.value,
        at_once=pattern.at_once,
        first=pattern.people[place],
    )
    return card, list(pattern.people)
