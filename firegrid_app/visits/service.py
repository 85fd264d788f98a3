"""Use cases of door-knocking: log a knock, list the doors of a grid, count a day's knocks."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.database import MANY
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.service import note_record
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.visits.cards import DayList, DoorCard, KnockCard, ListedDoor
from firegrid_app.visits.counts import doors_between
from firegrid_app.visits.rules import (
    CARE_EVERY,
    OUTCOMES,
    ROUND,
    Standing,
    is_due,
    list_of_day,
)
from firegrid_app.visits.tables import Household, Visit


@dataclass(frozen=True)
class Asked:
    """What a campaign asked at a door, and what was answered."""

    campaign_id: int
    edition: int
    answers: dict[str, Any]
    faults: list[dict[str, Any]]


def log(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    household_id: int,
    patrol_id: UUID | None,
    outcome: str,
    note: str,
    now: datetime,
    asked: Asked | None = None,
) -> Visit:
    """Log a knock, with what was answered where a campaign asked (its answers are checked before).

    Refuses `visits.unknown_door`, `visits.unknown_outcome`, `access.outside_grid`.
    """
    household = session.get(Household, household_id)
    if household is None:
        raise Refused("visits.unknown_door")
    grid_by_id(session, actor, household.grid_id, Action.RECORD)
    if outcome not in OUTCOMES:
        raise Refused("visits.unknown_outcome")
    visit = Visit(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=household.grid_id,
        person_id=actor.person_id,
        patrol_id=patrol_id,
        household_id=household_id,
        outcome=outcome,
        note=note,
        campaign_id=asked.campaign_id if asked else None,
        edition=asked.edition if asked else None,
        answers=(asked.answers or None) if asked else None,
        faults=(asked.faults or None) if asked else None,
    )
    session.add(visit)
    note_record(session, actor, patrol_id, stamp.happened_at)
    return visit


def doors_of(session: Session, grids: list[Grid]) -> Iterator[DoorCard]:
    """All doors of these grids, grid by grid, as the houses stand. The caller has checked them."""
    codes = {grid.id: grid.code for grid in grids}
    rows = session.execute(
        select(
            Household.id,
            Household.grid_id,
            Household.building,
            Household.unit,
            Household.floor,
            Household.room,
        )  # type: ignore[call-overload]
        .where(col(Household.grid_id).in_(codes), col(Household.ended_at).is_(None))
        .order_by(
            col(Household.grid_id),
            col(Household.building),
            col(Household.unit),
            col(Household.floor),
            col(Household.id),
        )
        .execution_options(yield_per=MANY)
    )
    for door, grid_id, *place in rows:
        yield DoorCard(door, codes[grid_id], *place)


def lists_of_day(
    session: Session, actor: Actor, grids: list[Grid], now: datetime
) -> dict[str, DayList]:
    """Today's doors by grid code, for grids that have any. The caller logs a look at care marks."""
    codes = {grid.id: grid.code for grid in grids}
    with_care = {grid.id for grid in grids if actor.may(Action.SEE_CARE, grid.path)}
    marks: dict[int, tuple[int, str, timedelta]] = {
        door: (grid_id, mark, timedelta(days=days) if days else CARE_EVERY)
        for door, grid_id, mark, days in session.execute(
            select(Household.id, Household.grid_id, Household.care_mark, Household.care_days).where(  # type: ignore[call-overload]
                col(Household.grid_id).in_(with_care),
                Household.care_mark != "",
                col(Household.ended_at).is_(None),
            )
        )
    }
    standing: dict[int, list[Standing]] = defaultdict(list)
    for door, grid_id, outcome, knocked_at in _last_knocks(session, list(codes), now - ROUND):
        _, mark, every = marks.pop(door, (0, "", CARE_EVERY))
        standing[grid_id].append(Standing(door, mark, outcome, knocked_at, every))
    for door, (grid_id, mark, every) in marks.items():
        standing[grid_id].append(Standing(door, mark, "", None, every))
    zone = settings().zone
    day_start, _ = day_bounds(local_day(now, zone), zone)
    return {
        codes[grid_id]: _day_list(standing[grid_id], day_start, now) for grid_id in sorted(standing)
    }


def _day_list(doors: list[Standing], day_start: datetime, now: datetime) -> DayList:
    listed, done, more = list_of_day(doors, day_start, now)
    return DayList(
        doors=tuple(
            ListedDoor(
                id=one.door,
                care_mark=one.care_mark,
                last_outcome=one.outcome,
                last_at=one.knocked_at.isoformat() if one.knocked_at else "",
                due=is_due(one, now),
            )
            for one in listed
        ),
        done=tuple(done),
        more=more,
    )


def _last_knocks(
    session: Session, grid_ids: list[int | None], since: datetime
) -> Iterator[tuple[int, int, str, datetime]]:
    """Door, its grid, outcome and moment of the last knock since then, for doors with one."""
    turn = func.row_number().over(
        partition_by=col(Visit.household_id),
        order_by=(col(Visit.happened_at).desc(), col(Visit.id)),
    )
    knocks = (
        select(Visit.household_id, Visit.outcome, Visit.happened_at, turn.label("turn"))
        .where(col(Visit.grid_id).in_(grid_ids), Visit.happened_at >= since)
        .subquery()
    )
    # The door's own grid counts: a door may have moved to another grid since.
    rows = session.execute(
        select(Household.id, Household.grid_id, knocks.c.outcome, knocks.c.happened_at)  # type: ignore[call-overload]
        .join(knocks, knocks.c.household_id == Household.id)
        .where(
            knocks.c.turn == 1,
            col(Household.grid_id).in_(grid_ids),
            col(Household.ended_at).is_(None),
        )
        .execution_options(yield_per=MANY)
    )
    yield from rows


def knocks_by_grid(session: Session, grid_ids: list[int], day: date) -> dict[int, int]:
    """Different doors knocked at in each of these grids on a day; grids without are missing."""
    return doors_between(session, grid_ids, *day_bounds(day, settings().zone))


def knocks_of_day(
    session: Session, actor: Actor, grid: Grid, day: date, *, limit: int = 100
) -> list[KnockCard]:
    """The knocks of a day in one grid, the latest first. The caller has checked the grid."""
    start_at, end_at = day_bounds(day, settings().zone)
    rows = session.exec(
        select(Visit, Household, Person.name)
        .join(Household, col(Household.id) == Visit.household_id)
        .join(Person, col(Person.id) == Visit.person_id)
        .where(
            Visit.grid_id == grid.id,
            Visit.happened_at >= start_at,
            Visit.happened_at < end_at,
        )
        .order_by(col(Visit.happened_at).desc(), col(Visit.id))
        .limit(limit)
    )
    to_the_door = actor.may(Action.SEE_CARE, grid.path)
    return [
        KnockCard(
            building=door.building,
            door=" ".join(filter(None, (door.unit, door.room))) if to_the_door else "",
            outcome=visit.outcome,
            person_name=name,
            at=visit.happened_at.isoformat(),
            off_register=door.ended_at is not None,
        )
        for visit, door, name in rows
    ]
