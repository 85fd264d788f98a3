"""Use cases of the register of doors: look at it, draw a building up."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, insert, select, update

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.grids.picking import to_open
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.households.cards import (
    BuildingCard,
    BuildingLine,
    Cell,
    Drawing,
    RegisterView,
    Storey,
)
from firegrid_app.households.rules import DoorPlace, Plan, drawn, storeys_in_words, what_is_wrong
from firegrid_app.refusals import Refused
from firegrid_app.visits.tables import Household

SMALL = 3


def register_view(
    session: Session, actor: Actor, code: str, building: str | None = None
) -> RegisterView:
    """The register of a small grid (the first in reach when `code` is empty), one building open.

    Care marks only for who may see them there (`look_inside` logs the look). Refuses
    `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    grid, reach = to_open(session, actor, Action.KEEP_DOORS, code, highest=SMALL)
    doors = _doors_of(session, grid)
    houses: dict[str, list[Household]] = defaultdict(list)
    for door in doors:
        houses[door.building].append(door)
    sees = actor.may(Action.SEE_CARE, grid.path)
    opened = houses.get(building, []) if building is not None else []
    return RegisterView(
        code=grid.code,
        name=grid.name,
        picks=[(one.code, one.name) for one in reach],
        doors=len(doors),
        sees_care=sees,
        buildings=[
            BuildingLine(name, len(some), storeys_in_words(one.floor for one in some))
            for name, some in houses.items()
        ],
        open=BuildingCard(
            name=building or "",
            is_open=bool(opened),
            storeys=_storeys(
                (
                    DoorPlace(one.unit, one.floor, one.room),
                    Cell("", one.room, id=one.id or 0, care=one.care_mark if sees else ""),
                )
                for one in opened
            ),
            sees_care=sees,
        ),
    )


def look_inside(
    session: Session, actor: Actor, code: str, building: str, now: datetime
) -> RegisterView:
    """The register with one building open. Care marks shown are a look at them, and logged."""
    view = register_view(session, actor, code, building)
    if any(cell.care for storey in view.open.storeys for cell in storey.cells):
        audit(session, actor.person_id, "see_care", f"building:{view.code} {building}", now)
    return view


def drawing_of(
    session: Session, actor: Actor, grid_code: str, building: str, plan: Plan, out: Collection[str]
) -> Drawing:
    """A building as this plan would have it, beside what the register has already.

    Refuses what the grid's door and `what_is_wrong` refuse, and `households.bad_building`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.KEEP_DOORS)
    building, places = _checked(building, plan)
    known = _known(session, grid, building)
    wanted = [place for place in places if place.key not in out]
    of_drawing = {place for place in wanted if place not in known}
    others = [place for place in known if place not in set(wanted)]
    here, there = (
        storeys_in_words(one.floor for one in known),
        storeys_in_words(one.floor for one in wanted),
    )
    return Drawing(
        building=building,
        storeys=_storeys(
            (
                place,
                Cell(place.key, place.room, id=known.get(place, 0), out=place.key in out),
            )
            for place in places
        ),
        doors=len(wanted),
        there=len(wanted) - len(of_drawing),
        others=len(others),
        register_floors=here if known and here != there else "",
        drawn_floors=there if known and here != there else "",
    )


def draw_up(
    session: Session,
    actor: Actor,
    grid_code: str,
    building: str,
    plan: Plan,
    out: Collection[str],
    now: datetime,
    *,
    agreed: bool = False,
) -> int:
    """Write the doors of this plan that the register lacks; how many. Nothing is taken off it.

    Where the register has other floors for the building, that is told first: refuses
    `households.other_floors` until `agreed`. Refuses also what `drawing_of` refuses and
    `households.nothing_new`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.KEEP_DOORS)
    building, places = _checked(building, plan)
    known = _known(session, grid, building)
    wanted = [place for place in places if place.key not in out]
    here, there = {one.floor for one in known}, {one.floor for one in wanted}
    if here and here != there and not agreed:
        raise Refused(
            "households.other_floors",
            building=building,
            here=storeys_in_words(here),
            drawn=storeys_in_words(there),
        )
    fresh = [place for place in wanted if place not in known]
    if not fresh:
        raise Refused("households.nothing_new")
    ended = _known(session, grid, building, ended=True)
    again = [ended[place] for place in fresh if place in ended]
    if again:
        session.execute(update(Household).where(col(Household.id).in_(again)).values(ended_at=None))
    rows = [
        {"grid_id": grid.id, "building": building, "care_mark": "", "care_basis": ""}
        | place._asdict()
        for place in fresh
        if place not in ended
    ]
    if rows:
        session.execute(insert(Household), rows)
    session.expire_all()
    audit(session, actor.person_id, "draw_up", f"grid:{grid.code} {building} {len(fresh)}", now)
    session.flush()
    return len(fresh)


def _checked(building: str, plan: Plan) -> tuple[str, list[DoorPlace]]:
    wrong = what_is_wrong(plan)
    if wrong is not None:
        raise Refused(wrong[0], **wrong[1])
    name = " ".join(building.split())
    if not name or len(name) > 30 or not name.isprintable():
        raise Refused("households.bad_building")
    return name, drawn(plan)


def _doors_of(session: Session, grid: Grid) -> list[Household]:
    rows = session.exec(
        select(Household)
        .where(Household.grid_id == grid.id, col(Household.ended_at).is_(None))
        .order_by(col(Household.building), col(Household.id))
    )
    return list(rows)


def _known(
    session: Session, grid: Grid, building: str, *, ended: bool = False
) -> dict[DoorPlace, int]:
    """Doors of a building on the register, or those that have left it, by where they are."""
    is_off = col(Household.ended_at).is_not(None)
    rows = session.exec(
        select(Household.id, Household.unit, Household.floor, Household.room).where(
            Household.grid_id == grid.id,
            Household.building == building,
            is_off if ended else ~is_off,
        )
    )
    return {DoorPlace(unit, floor, room): found or 0 for found, unit, floor, room in rows}


def _storeys(doors: Iterable[tuple[DoorPlace, Cell]]) -> list[Storey]:
    """Stair by stair, the top floor first: as the building stands."""
    found: dict[tuple[str, int], list[Cell]] = defaultdict(list)
    for place, cell in doors:
        found[place.unit, place.floor].append(cell)
    return [
        Storey(unit, floor, cells)
        for (unit, floor), cells in sorted(found.items(), key=_as_it_stands)
    ]


def _as_it_stands(storey: tuple[tuple[str, int], list[Cell]]) -> tuple[int, str, int]:
    (unit, floor), _ = storey
    return len(unit), unit, -floor
