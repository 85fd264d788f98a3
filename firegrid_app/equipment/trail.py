"""What was found of pieces: the latest that counts, and the looks and tests before it."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlmodel import Session, col, func, select

from firegrid_app.access.tables import Person
from firegrid_app.equipment.cards import CheckLine
from firegrid_app.equipment.rules import Found
from firegrid_app.equipment.tables import Equipment, EquipmentCheck
from firegrid_app.grids.tables import GridIds
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.service import photos_by_record
from firegrid_app.photos.tables import OF_EQUIPMENT

MOST = 5
"""Of one piece; its whole history is in the table."""


def latest_of(session: Session, grid_ids: GridIds) -> dict[int | None, EquipmentCheck]:
    """The latest look or test of each piece of these grids. The caller has checked them."""
    return {check.equipment_id: check for check, _ in session.exec(_newest(_in(grid_ids), 1))}


def faults_in(session: Session, grid_ids: GridIds) -> dict[int | None, str]:
    """What the latest found, of pieces of these grids that were not fine. The caller has checked
    them."""
    return _faults(session, _in(grid_ids))


def faults_of(session: Session, piece_ids: Collection[int | None]) -> dict[int | None, str]:
    """The same of these pieces. The caller has checked them."""
    return _faults(session, col(EquipmentCheck.equipment_id).in_(piece_ids))


def trail_of(
    session: Session, piece_ids: Collection[int | None]
) -> dict[int | None, tuple[CheckLine, ...]]:
    """The latest few of each with who, photos and what became of its hazard, the newest first.
    The caller has checked the pieces."""
    rows = session.exec(_newest(col(EquipmentCheck.equipment_id).in_(piece_ids), MOST)).all()
    photos = photos_by_record(session, OF_EQUIPMENT, [check.id for check, _ in rows])
    hazards = {check.hazard_id for check, _ in rows} - {None}
    statuses = select(Hazard.id, Hazard.status).where(col(Hazard.id).in_(hazards))
    stands = dict(session.exec(statuses).all())
    found: dict[int | None, list[CheckLine]] = defaultdict(list)
    for check, name in rows:
        found[check.equipment_id].append(
            CheckLine(
                id=str(check.id),
                on=check.checked_on.isoformat(),
                tested=check.tested,
                found=check.found,
                note=check.note,
                who=name,
                hazard=stands.get(check.hazard_id, ""),
                photos=[str(photo) for photo in photos.get(check.id, ())],
            )
        )
    return {piece: tuple(lines) for piece, lines in found.items()}


def _in(grid_ids: GridIds) -> Any:
    pieces = select(Equipment.id).where(col(Equipment.grid_id).in_(grid_ids))
    return col(EquipmentCheck.equipment_id).in_(pieces)


def _faults(session: Session, which: Any) -> dict[int | None, str]:
    wrong = _newest(which, 1).where(EquipmentCheck.found != Found.FINE)
    return {check.equipment_id: check.note for check, _ in session.exec(wrong)}


def _newest(which: Any, most: int) -> Any:
    """Up to so many checks of each piece with their makers' names, the newest first."""
    turn = func.row_number().over(
        partition_by=col(EquipmentCheck.equipment_id),
        order_by=(
            col(EquipmentCheck.checked_on).desc(),
            col(EquipmentCheck.happened_at).desc(),
            col(EquipmentCheck.id),
        ),
    )
    turns = select(EquipmentCheck.id, turn.label("turn")).where(which).subquery()
    return (
        select(EquipmentCheck, Person.name)
        .join(turns, turns.c.id == EquipmentCheck.id)
        .join(Person, col(Person.id) == EquipmentCheck.person_id)
        .where(turns.c.turn <= most)
        .order_by(col(EquipmentCheck.equipment_id), turns.c.turn)
    )
