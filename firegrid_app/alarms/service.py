"""Use cases of alarms: note one from a phone or at the desk, keep the stock, hand phones theirs."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.alarms.cards import AlarmOfDoor
from firegrid_app.alarms.rules import (
    INSTALLED,
    KINDS,
    MAKERS,
    MOST_STOCK,
    STEPS,
    end_is_wrong,
    usual_end,
)
from firegrid_app.alarms.tables import AlarmNote, AlarmStock
from firegrid_app.clock import local_day
from firegrid_app.database import MANY
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.patrols.service import note_record
from firegrid_app.places.filing import line_in
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.visits.tables import Household


def note(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    household_id: int,
    patrol_id: UUID | None,
    kind: str,
    step: str,
    maker: str,
    expires_on: date | None,
    now: datetime,
    by: Action = Action.RECORD,
) -> AlarmNote:
    """Note something of an alarm at a door; a phone's note of a door since taken off is kept too.

    An installed one without an end gets the usual one. Refuses `visits.unknown_door`,
    `alarms.unknown_kind`, `alarms.unknown_maker`, `alarms.bad_end`, `access.outside_grid`.
    """
    household = session.get(Household, household_id)
    if household is None:
        raise Refused("visits.unknown_door")
    grid_by_id(session, actor, household.grid_id, by)
    if kind not in KINDS or step not in STEPS:
        raise Refused("alarms.unknown_kind")
    if (maker and maker not in MAKERS) or (step == INSTALLED and not maker):
        raise Refused("alarms.unknown_maker")
    noted_on = local_day(stamp.happened_at, settings().zone)
    if expires_on is not None and end_is_wrong(expires_on, noted_on):
        raise Refused("alarms.bad_end")
    if step == INSTALLED:
        expires_on = expires_on or usual_end(kind, noted_on)
    elif expires_on is None:
        expires_on = _last_end(session, household_id, kind)
    made = AlarmNote(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=household.grid_id,
        person_id=actor.person_id,
        patrol_id=patrol_id,
        household_id=household_id,
        kind=kind,
        step=step,
        maker=maker if step == INSTALLED else "",
        expires_on=expires_on,
    )
    session.add(made)
    note_record(session, actor, patrol_id, stamp.happened_at)
    return made


def note_at_desk(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    door: str,
    kind: str,
    step: str,
    maker: str,
    expires_on: date | None,
    now: datetime,
) -> AlarmNote:
    """The same for who keeps the doors; the door by its name in the grid (`3栋 1单元 302`).

    Refuses what `note` refuses.
    """
    grid = grid_by_code(session, actor, grid_code, Action.KEEP_DOORS)
    wanted = " ".join(door.split())
    found = [one for one in doors_on(session, grid) if name_of(one) == wanted]
    if not found:
        raise Refused("visits.unknown_door")
    made = note(
        session,
        actor,
        Stamp(id=uuid4(), happened_at=now),
        household_id=found[0].id or 0,
        patrol_id=None,
        kind=kind,
        step=step,
        maker=maker,
        expires_on=expires_on,
        now=now,
        by=Action.KEEP_DOORS,
    )
    session.flush()
    return made


def add_stock(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    kind: str,
    number: int,
    words: str,
    now: datetime,
) -> AlarmStock:
    """So many came into a grid's stock, or (below 0) left it: broken, handed on.

    Refuses `alarms.unknown_kind`, `alarms.bad_number`, `places.too_long` and what the grid's door
    refuses.
    """
    grid = grid_by_code(session, actor, grid_code, Action.KEEP_DOORS)
    if kind not in KINDS:
        raise Refused("alarms.unknown_kind")
    if number == 0 or abs(number) > MOST_STOCK:
        raise Refused("alarms.bad_number", most=MOST_STOCK)
    row = AlarmStock(
        grid_id=grid.id or 0,
        kind=kind,
        number=number,
        words=line_in(words, 60),
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(row)
    audit(session, actor.person_id, "alarm_stock", f"grid:{grid.code} {kind} {number:+d}", now)
    session.flush()
    return row


def latest(grid_ids: GridIds):  # type: ignore[no-untyped-def]
    """The last note of each alarm behind doors that are in these grids now, as a query."""
    turn = func.row_number().over(
        partition_by=(col(AlarmNote.household_id), col(AlarmNote.kind)),
        order_by=(col(AlarmNote.happened_at).desc(), col(AlarmNote.id)),
    )
    noted = (
        select(
            AlarmNote.household_id,
            AlarmNote.kind,
            AlarmNote.step,
            AlarmNote.expires_on,
            AlarmNote.happened_at,
            turn.label("turn"),
        )  # type: ignore[call-overload]
        .join(Household, col(Household.id) == AlarmNote.household_id)
        .where(col(Household.grid_id).in_(grid_ids), col(Household.ended_at).is_(None))
        .subquery()
    )
    return select(noted, Household.grid_id).join(  # type: ignore[call-overload]
        Household, col(Household.id) == noted.c.household_id
    ).where(noted.c.turn == 1)  # fmt: skip


def alarms_of(session: Session, grids: list[Grid]) -> Iterator[AlarmOfDoor]:
    """For phones: alarms of these grids, grid by grid. The caller has checked them."""
    codes = {grid.id: grid.code for grid in grids}
    rows = session.execute(
        latest(codes)
        .order_by(col(Household.grid_id), col(Household.id), "kind")
        .execution_options(yield_per=MANY)
    )
    for door, kind, step, expires_on, at, _, grid_id in rows:
        end = expires_on.isoformat() if expires_on else ""
        yield AlarmOfDoor(codes[grid_id], door, kind, step, end, at.isoformat())


def doors_on(session: Session, grid: Grid) -> list[Household]:
    """Doors on the register of a grid. The caller has checked it."""
    query = select(Household).where(Household.grid_id == grid.id, col(Household.ended_at).is_(None))
    return list(session.exec(query.order_by(col(Household.building), col(Household.id))))


def name_of(door: Household) -> str:
    """As everybody reads it: `3栋 1单元 302`."""
    return " ".join(filter(None, (door.building, door.unit, door.room)))


def _last_end(session: Session, household_id: int, kind: str) -> date | None:
    query = (
        select(col(AlarmNote.expires_on))
        .where(AlarmNote.household_id == household_id, AlarmNote.kind == kind)
        .order_by(col(AlarmNote.happened_at).desc(), col(AlarmNote.id))
    )
    return session.exec(query).first()
