"""How many homes have an alarm that works: one count for the page and for campaigns."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.alarms.cards import AlarmFigures, AlarmLine, AlarmsView, StockLine
from firegrid_app.alarms.rules import GIVEN, INSTALLED, KINDS, standing
from firegrid_app.alarms.service import doors_on, latest, name_of
from firegrid_app.alarms.tables import AlarmNote, AlarmStock
from firegrid_app.clock import local_day
from firegrid_app.grids.picking import to_open
from firegrid_app.grids.service import ids_below, subtree
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid, GridIds
from firegrid_app.settings import settings
from firegrid_app.visits.tables import Household

GOOD = frozenset({"works", "soon"})
MOST_LINES = 200


def alarms_view(session: Session, actor: Actor, code: str, now: datetime) -> AlarmsView:
    """The page of one grid (the first in reach when `code` is empty) and of those below it.

    Doors by name only in a small grid and for who may see care marks, logged as a look at them.
    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    grid, picks = to_open(session, actor, Action.KEEP_DOORS, code)
    today = local_day(now, settings().zone)
    below = subtree(session, grid)
    figures = figures_of(session, below, ids_below(grid), today)
    is_small = grid.level == 3
    lines: tuple[AlarmLine, ...] = ()
    if is_small and actor.may(Action.SEE_CARE, grid.path):
        lines = tuple(_to_see_to(session, grid, today))
        audit(session, actor.person_id, "see_care", f"alarms:{grid.code}", now)
    return AlarmsView(
        code=grid.code,
        name=grid.name,
        picks=tuple((one.code, one.name) for one in picks),
        total=total_of(figures),
        grids=() if is_small else tuple(figures),
        stock=tuple(_stock(session, ids_below(grid))),
        is_small=is_small,
        lines=lines[:MOST_LINES],
        doors=tuple(name_of(door) for door in doors_on(session, grid)) if is_small else (),
        today=today.isoformat(),
    )


def figures_of(
    session: Session, grids: Collection[Grid], grid_ids: GridIds, today: date
) -> list[AlarmFigures]:
    """Grid by grid, those that have doors; a home is covered by a smoke alarm that works."""
    homes = {
        grid_id: (doors, care or 0)
        for grid_id, doors, care in session.execute(
            select(  # type: ignore[call-overload]
                Household.grid_id,
                func.count(),
                func.sum(sa.case((col(Household.care_mark) != "", 1), else_=0)),
            )
            .where(col(Household.grid_id).in_(grid_ids), col(Household.ended_at).is_(None))
            .group_by(col(Household.grid_id))
        )
    }
    care = set(
        session.exec(
            select(Household.id).where(
                col(Household.grid_id).in_(grid_ids),
                Household.care_mark != "",
                col(Household.ended_at).is_(None),
            )
        )
    )
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for door, kind, step, expires_on, _, _, grid_id in session.execute(latest(grid_ids)):
        stands, counts = standing(step, expires_on, today), found[grid_id]
        if kind == "smoke" and stands in GOOD:
            counts[0] += 1
            counts[1] += door in care
        counts[2] += stands == "soon"
        counts[3] += stands in ("expired", "faulty")
    return [
        AlarmFigures(
            code=grid.code,
            name=grid.name,
            doors=homes[grid.id or 0][0],
            care_homes=homes[grid.id or 0][1],
            covered=found[grid.id or 0][0],
            care_covered=found[grid.id or 0][1],
            soon=found[grid.id or 0][2],
            bad=found[grid.id or 0][3],
        )
        for grid in grids
        if grid.id in homes
    ]


def total_of(figures: Collection[AlarmFigures]) -> AlarmFigures:
    """Altogether."""
    names = ("doors", "care_homes", "covered", "care_covered", "soon", "bad")
    return AlarmFigures(**{name: sum(getattr(one, name) for one in figures) for name in names})


def figures_below(session: Session, paths: Collection[str], today: date) -> AlarmFigures:
    """The same of all grids below these paths: what a campaign covers. The caller checked them."""
    below = (
        or_(*(col(Grid.path).startswith(path, autoescape=True) for path in paths)),
        col(Grid.valid_to).is_(None),
    )
    grids = session.exec(select(Grid).options(WITHOUT_OUTLINE).where(*below)).all()
    return total_of(figures_of(session, grids, select(Grid.id).where(*below), today))


def _to_see_to(session: Session, grid: Grid, today: date) -> list[AlarmLine]:
    """Care homes without a smoke alarm that works first, then what is bad or ends soon."""
    doors = {door.id: door for door in doors_on(session, grid)}
    missing = {number for number, door in doors.items() if door.care_mark}
    others = []
    for number, kind, step, expires_on, *_ in session.execute(latest([grid.id])):
        stands = standing(step, expires_on, today)
        if kind == "smoke" and stands in GOOD:
            missing.discard(number)
        if stands in ("soon", "expired", "faulty"):
            end = expires_on.isoformat() if expires_on else ""
            others.append(AlarmLine(number, name_of(doors[number]), kind, stands, end))
    lacking = [
        AlarmLine(number or 0, name_of(door), "smoke", "none")
        for number, door in doors.items()
        if number in missing
    ]
    return lacking + others


def _stock(session: Session, grid_ids: GridIds) -> list[StockLine]:
    came = dict(
        session.execute(
            select(AlarmStock.kind, func.sum(AlarmStock.number))
            .where(col(AlarmStock.grid_id).in_(grid_ids))
            .group_by(col(AlarmStock.kind))
        ).all()
    )
    given = dict(
        session.execute(
            select(AlarmNote.kind, func.count())
            .where(
                col(AlarmNote.grid_id).in_(grid_ids),
                AlarmNote.step == INSTALLED,
                AlarmNote.maker == GIVEN,
            )
            .group_by(col(AlarmNote.kind))
        ).all()
    )

    def _left(kind: str) -> int:
        return int(came.get(kind, 0)) - int(given.get(kind, 0))

    return [
        StockLine(kind, came=came.get(kind, 0), given=given.get(kind, 0), left=_left(kind))
        for kind in KINDS
    ]
