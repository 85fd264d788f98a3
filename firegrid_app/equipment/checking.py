"""Use cases of looking at a piece or testing it: noted one way, from a phone and at the desk."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.equipment.keeping import own_piece, refuse_day
from firegrid_app.equipment.rules import Found, fault_category, next_test
from firegrid_app.equipment.tables import Equipment, EquipmentCheck
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.kinds import CATEGORY
from firegrid_app.hazards.service import report
from firegrid_app.patrols.service import note_record
from firegrid_app.places.filing import line_in
from firegrid_app.points.tables import CheckPoint
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def note_check(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    equipment_id: int,
    patrol_id: UUID | None,
    found: Found,
    tested: bool,
    note: str,
    hazard_id: UUID | None,
    now: datetime,
) -> EquipmentCheck:
    """What somebody found who stood before it; kept also of a piece that was taken away since.

    Refuses `equipment.unknown`, `access.outside_grid`, `equipment.say_fault`.
    """
    piece = session.get(Equipment, equipment_id, with_for_update=True)
    if piece is None:
        raise Refused("equipment.unknown")
    grid_by_id(session, actor, piece.grid_id, Action.RECORD)
    check = _keep(
        session,
        actor,
        stamp,
        piece,
        patrol_id=patrol_id,
        checked_on=local_day(stamp.happened_at, settings().zone),
        found=found,
        tested=tested,
        note=note,
        hazard_id=hazard_id,
        now=now,
    )
    note_record(session, actor, patrol_id, stamp.happened_at)
    return check


def note_test(
    session: Session,
    actor: Actor,
    equipment_id: int,
    *,
    tested_on: date,
    fine: bool,
    note: str,
    report_fault: bool = False,
    now: datetime,
) -> EquipmentCheck:
    """The same at the desk: a test of that day. What is not fine says why, and is reported as the
    hazard it is with `report_fault`.

    Refuses `equipment.unknown`, `equipment.gone`, `equipment.bad_day`, `equipment.say_fault`.
    """
    piece = own_piece(session, actor, equipment_id)
    refuse_day(tested_on, now)
    hazard_id = uuid4() if report_fault and not fine else None
    check = _keep(
        session,
        actor,
        Stamp(id=uuid4(), happened_at=now),
        piece,
        patrol_id=None,
        checked_on=tested_on,
        found=Found.FINE if fine else Found.FAULTY,
        tested=True,
        note=note,
        hazard_id=hazard_id,
        now=now,
    )
    if hazard_id is not None:
        _report_fault(session, actor, piece, check.note, hazard_id, now)
    audit(session, actor.person_id, "test_equipment", f"equipment:{equipment_id}", now)
    session.flush()
    return check


def _keep(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    piece: Equipment,
    *,
    patrol_id: UUID | None,
    checked_on: date,
    found: Found,
    tested: bool,
    note: str,
    hazard_id: UUID | None,
    now: datetime,
) -> EquipmentCheck:
    """Write it; the next test follows from the latest one, never from a mere look."""
    said = line_in(note, 300)
    if found != Found.FINE and len(said) < 2:
        raise Refused("equipment.say_fault")
    check = EquipmentCheck(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=piece.grid_id,
        person_id=actor.person_id,
        patrol_id=patrol_id,
        equipment_id=piece.id or 0,
        checked_on=checked_on,
        tested=tested,
        found=found,
        note=said,
        hazard_id=hazard_id,
    )
    session.add(check)
    if tested and (piece.tested_on is None or piece.tested_on <= checked_on):
        piece.tested_on = checked_on
        piece.next_on = next_test(checked_on, piece.every_months)
    return check


def _report_fault(
    session: Session, actor: Actor, piece: Equipment, said: str, hazard_id: UUID, now: datetime
) -> None:
    """A fault is a hazard like any other: it has a term, and somebody who sees to it."""
    category = fault_category(piece.kind)
    point = session.get(CheckPoint, piece.check_point_id) if piece.check_point_id else None
    where = " · ".join(filter(None, (point.name if point else "", piece.where_words)))
    report(
        session,
        actor,
        Stamp(id=hazard_id, happened_at=now, position=None),
        grid_code=session.get_one(Grid, piece.grid_id).code,
        patrol_id=None,
        category=category,
        severity=CATEGORY[category].severity,
        words=f"{piece.name}：{said}",
        where_words=where[:120],
        place_id=piece.place_id,
        urgent=False,
        fixed_on_spot=False,
        now=now,
    )
