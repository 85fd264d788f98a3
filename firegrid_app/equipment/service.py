"""Use cases of fire equipment: the desk's list, a phone's list, and how many tests are due."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor, mask_phone
from firegrid_app.clock import local_day
from firegrid_app.equipment.cards import (
    EquipmentAsk,
    EquipmentCard,
    EquipmentRow,
    EquipmentTally,
    EquipmentView,
)
from firegrid_app.equipment.guards import class_of, neighbours
from firegrid_app.equipment.keeping import HOLDS
from firegrid_app.equipment.rules import REMIND, Kind, Standing, fault_category, standing
from firegrid_app.equipment.spots import posts_around, spots_of
from firegrid_app.equipment.tables import Equipment
from firegrid_app.equipment.trail import faults_in, latest_of, trail_of
from firegrid_app.grids.picking import to_open
from firegrid_app.grids.service import ids_below, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.settings import settings

PAGE = 40
WRONG = "wrong"
"""The latest look or test found it faulty or gone: another question than when its test is due."""
WHICH = (*Standing, WRONG, "all")


def equipment_view(
    session: Session, actor: Actor, ask: EquipmentAsk, now: datetime
) -> EquipmentView:
    """Equipment below a grid, what is due first. Numbers in full only for who may see phones.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    top, picks = to_open(session, actor, Action.SEE_GRID, ask.code)
    today = local_day(now, settings().zone)
    grids = {grid.id: grid for grid in subtree(session, top)}
    words = ask.words.strip().casefold()
    pieces = session.exec(
        select(Equipment)
        .where(col(Equipment.grid_id).in_(ids_below(top)))
        .order_by(col(Equipment.next_on), col(Equipment.code))
    ).all()
    faults = faults_in(session, ids_below(top))
    stands = {one.id: standing(one.next_on, one.ends_on is not None, today) for one in pieces}
    found = [one for one in pieces if words in f"{one.name} {one.code} {one.keeper}".casefold()]
    which = ask.which if ask.which in WHICH else "all"

    def _is(one: Equipment, asked: str) -> bool:
        if asked == WRONG:
            return one.id in faults and one.ends_on is None
        return asked in (stands[one.id], "all")

    shown = [one for one in found if _is(one, which)]
    pages = max(1, -(-len(shown) // PAGE))
    page = min(max(ask.page, 1), pages)
    rows = shown[(page - 1) * PAGE : page * PAGE]
    spots, trails = _spots_of(session, rows), trail_of(session, [one.id for one in rows])
    joint = _joint(session, top, today) if any(one.kind == Kind.GUARD_POST for one in rows) else {}
    keeps = actor.may(Action.KEEP_PLACES, top.path)
    in_full = actor.may(Action.SEE_PHONES, top.path)
    return EquipmentView(
        code=top.code,
        name=top.name,
        picks=tuple((grid.code, grid.name) for grid in picks),
        which=which,
        tallies=tuple(
            EquipmentTally(one, sum(_is(piece, one) for piece in found)) for one in WHICH
        ),
        rows=tuple(
            EquipmentRow(
                id=one.id or 0,
                code=one.code,
                kind=one.kind,
                name=one.name,
                grid_name=grids[one.grid_id].name,
                where=" · ".join(filter(None, (spots.get(one.id), one.where_words))),
                amount=one.amount,
                keeper=one.keeper,
                keeper_phone=one.keeper_phone
                if in_full or not one.keeper_phone
                else mask_phone(one.keeper_phone),
                tested_on=one.tested_on.isoformat() if one.tested_on else "",
                next_on=one.next_on.isoformat() if one.next_on else "",
                standing=stands[one.id],
                fault=faults.get(one.id, ""),
                trail=list(trails.get(one.id, ())),
                may_keep=keeps and one.ends_on is None,
                size=class_of(one.amount) if one.kind == Kind.GUARD_POST else "",
                joint=joint.get(one.id or 0, ""),
            )
            for one in rows
        ),
        matches=len(shown),
        page=page,
        pages=pages,
        may_keep=keeps,
        spots=_spots_in(session, top) if keeps and top.level in HOLDS else (),
        may_add=keeps and top.level in HOLDS,
        today=today.isoformat(),
    )


def _joint(session: Session, top: Grid, today: date) -> dict[int, str]:
    return {
        post: " · ".join(f"{one.name} {one.metres} m" for one in some)
        for post, some in neighbours(posts_around(session, top, today)).items()
    }


def equipment_of(session: Session, grids: Collection[Grid], today: date) -> Iterator[EquipmentCard]:
    """What stands in these grids, by grid and code. The caller has checked the grids."""
    codes = {grid.id: grid.code for grid in grids}
    at = {one.id: one for one in spots_of(session, [key or 0 for key in codes], today)}
    latest = latest_of(session, codes)
    rows = session.exec(
        select(Equipment)
        .where(col(Equipment.grid_id).in_(codes), col(Equipment.ends_on).is_(None))
        .order_by(col(Equipment.grid_id), col(Equipment.code))
    )
    for one in rows:
        yield EquipmentCard(
            one.id or 0,
            codes[one.grid_id],
            one.kind,
            one.name,
            one.place_id,
            one.check_point_id,
            fault_category(one.kind),
            at[one.id or 0].due,
            one.where_words,
            one.next_on.isoformat() if one.next_on else "",
            latest[one.id].found if one.id in latest else "",
            latest[one.id].happened_at.isoformat() if one.id in latest else "",
            at[one.id or 0].lat,
            at[one.id or 0].lon,
        )


def due_tests(session: Session, actor: Actor, now: datetime) -> int:
    """Tests that are overdue or due within a week, where this person keeps the register.

    Offices from the street up have the list; reminded are those who can go there.
    """
    near = [
        post.grid_path
        for post in actor.posts
        if post.grid_level >= min(HOLDS) and actor.may(Action.KEEP_PLACES, post.grid_path)
    ]
    if not near:
        return 0
    last = local_day(now, settings().zone) + REMIND
    return session.exec(
        select(func.count())
        .select_from(Equipment)
        .join(Grid, col(Grid.id) == Equipment.grid_id)
        .where(
            or_(*(col(Grid.path).startswith(path, autoescape=True) for path in near)),
            col(Equipment.ends_on).is_(None),
            or_(col(Equipment.next_on).is_(None), col(Equipment.next_on) <= last),
        )
    ).one()


def _spots_of(session: Session, rows: Collection[Equipment]) -> dict[int | None, str]:
    found: dict[int | None, str] = {}
    tables: tuple[tuple[Any, str], ...] = ((Place, "place_id"), (CheckPoint, "check_point_id"))
    for table, column in tables:
        wanted = {getattr(one, column) for one in rows} - {None}
        names = dict(session.exec(select(table.id, table.name).where(table.id.in_(wanted))).all())
        found |= {one.id: names[key] for one in rows if (key := getattr(one, column)) in names}
    return found


def _spots_in(session: Session, grid: Grid) -> tuple[tuple[str, str], ...]:
    places = session.exec(
        select(Place.id, Place.name).where(Place.grid_id == grid.id).order_by(Place.code)
    )
    points = session.exec(
        select(CheckPoint.id, CheckPoint.name)
        .where(
            CheckPoint.grid_id == grid.id,
            col(CheckPoint.place_id).is_(None),
            col(CheckPoint.ends_on).is_(None),
        )
        .order_by(CheckPoint.name)
        .limit(400)
    )
    return (
        *((f"place:{place_id}", name) for place_id, name in places),
        *((f"point:{point_id}", name) for point_id, name in points),
    )
