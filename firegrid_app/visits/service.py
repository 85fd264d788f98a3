"""Use cases of door-knocking: log a knock, list the doors of a grid, count a day's knocks."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.service import note_record
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.visits.cards import DoorCard, KnockCard
from firegrid_app.visits.rules import OUTCOMES
from firegrid_app.visits.tables import Household, Visit


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
) -> Visit:
    """Log a knock.

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
    )
    session.add(visit)
    note_record(session, actor, patrol_id, stamp.happened_at)
    return visit


def doors_of(session: Session, actor: Actor, grids: list[Grid]) -> list[DoorCard]:
    """All doors of these grids with their last outcome. The caller logs a look at care marks."""
    codes = {grid.id: grid.code for grid in grids}
    with_care = {grid.id for grid in grids if actor.may(Action.SEE_CARE, grid.path)}
    latest = (
        select(
            col(Visit.household_id).label("household_id"),
            func.max(Visit.happened_at).label("happened_at"),
        )
        .where(col(Visit.grid_id).in_(codes))
        .group_by(col(Visit.household_id))
        .subquery()
    )
    rows = session.exec(
        select(Household, Visit.outcome, latest.c.happened_at)
        .outerjoin(latest, latest.c.household_id == Household.id)
        .outerjoin(
            Visit,
            (col(Visit.household_id) == Household.id)
            & (col(Visit.happened_at) == latest.c.happened_at),
        )
        .where(col(Household.grid_id).in_(codes))
        .order_by(
            col(Household.grid_id),
            col(Household.building),
            col(Household.unit),
            col(Household.floor),
            col(Household.id),
        )
    )
    cards: dict[int, DoorCard] = {}
    for household, outcome, at in rows:
        care = household.care_mark if household.grid_id in with_care else ""
        cards[household.id or 0] = DoorCard(
            id=household.id or 0,
            grid=codes[household.grid_id],
            building=household.building,
            unit=household.unit,
            floor=household.floor,
            room=household.room,
            care_mark=care,
            last_outcome=outcome or "",
            last_at=at.isoformat() if at else "",
        )
    return list(cards.values())


def knocks_by_grid(session: Session, grid_ids: list[int], day: date) -> dict[int, int]:
    """Different doors knocked at in each of these grids on a day; grids without are missing."""
    start_at, end_at = day_bounds(day, settings().zone)
    rows = session.exec(
        select(Visit.grid_id, func.count(func.distinct(Visit.household_id)))
        .where(
            col(Visit.grid_id).in_(grid_ids),
            Visit.happened_at >= start_at,
            Visit.happened_at < end_at,
        )
        .group_by(col(Visit.grid_id))
    )
    return dict(rows.all())


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
        )
        for visit, door, name in rows
    ]
