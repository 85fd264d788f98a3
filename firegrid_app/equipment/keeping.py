"""Use cases of who keeps the register: add a piece, take it away."""

from datetime import date, datetime
from uuid import uuid4

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.equipment.rules import (
    EVERY_MONTHS,
    LONGEST_AGO,
    LONGEST_MONTHS,
    MOST,
    Kind,
    next_test,
)
from firegrid_app.equipment.tables import Equipment
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.places.filing import clean_phone, line_in
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

HOLDS = frozenset({2, 3})
"""Levels of grids that equipment stands in, as premises do."""


def add_equipment(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    kind: str,
    name: str,
    spot: str,
    where: str,
    amount: str,
    keeper: str,
    keeper_phone: str,
    tested_on: date | None,
    months: str,
    now: datetime,
) -> Equipment:
    """Put a piece on the register. `spot` is `place:<id>`, `point:<id>` or empty.

    Refuses `equipment.wrong_grid`, `equipment.bad_kind`, `equipment.no_name`,
    `equipment.unknown_spot`, `equipment.bad_number`, `equipment.bad_day`, `places.bad_phone`,
    `places.too_long`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.KEEP_PLACES)
    if grid.level not in HOLDS:
        raise Refused("equipment.wrong_grid")
    if kind not in tuple(Kind):
        raise Refused("equipment.bad_kind")
    said = line_in(name, 80)
    if len(said) < 2:
        raise Refused("equipment.no_name")
    place_id, point_id = _spot(session, grid, spot)
    if tested_on is not None:
        refuse_day(tested_on, now)
    every = _number(months, LONGEST_MONTHS) if months.strip() else EVERY_MONTHS[Kind(kind)]
    piece = Equipment(
        code=f"H.{uuid4().hex[:20]}",
        kind=kind,
        name=said,
        grid_id=grid.id or 0,
        place_id=place_id,
        check_point_id=point_id,
        where_words=line_in(where, 120),
        amount=_number(amount, MOST) if amount.strip() else 1,
        keeper=line_in(keeper, 40),
        keeper_phone=clean_phone(keeper_phone),
        tested_on=tested_on,
        every_months=every,
        next_on=next_test(tested_on, every),
    )
    session.add(piece)
    audit(session, actor.person_id, "add_equipment", f"{grid.code} {kind}", now)
    session.flush()
    return piece


def take_away(session: Session, actor: Actor, equipment_id: int, now: datetime) -> Equipment:
    """It is not there any more. Refuses `equipment.unknown` and `equipment.gone`."""
    piece = own_piece(session, actor, equipment_id)
    piece.ends_on = local_day(now, settings().zone)
    audit(session, actor.person_id, "take_away_equipment", f"equipment:{equipment_id}", now)
    session.flush()
    return piece


def own_piece(session: Session, actor: Actor, equipment_id: int) -> Equipment:
    """The one door to a piece for who keeps it."""
    piece = session.get(Equipment, equipment_id, with_for_update=True)
    if piece is None:
        raise Refused("equipment.unknown")
    grid_by_id(session, actor, piece.grid_id, Action.KEEP_PLACES)
    if piece.ends_on is not None:
        raise Refused("equipment.gone")
    return piece


def refuse_day(day: date, now: datetime) -> None:
    """Refuse `equipment.bad_day`: tested in time to come, or before anybody kept a register."""
    today = local_day(now, settings().zone)
    if not today - LONGEST_AGO <= day <= today:
        raise Refused("equipment.bad_day")


def _spot(session: Session, grid: Grid, spot: str) -> tuple[int | None, int | None]:
    if not spot:
        return None, None
    kind, _, number = spot.partition(":")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    row: Place | CheckPoint | None = None
    if kind == "place":
        row = session.get(Place, wanted)
    elif kind == "point":
        row = session.get(CheckPoint, wanted)
    if row is None or row.grid_id != grid.id:
        raise Refused("equipment.unknown_spot")
    return (row.id, None) if isinstance(row, Place) else (None, row.id)


def _number(text: str, most: int) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= most):
        raise Refused("equipment.bad_number", most=most)
    return int(text)
