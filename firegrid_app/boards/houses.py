"""Which buildings and units a grid has: what may have a page, a notice and a keeper of its own."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, or_, select, union

from firegrid_app.points.tables import CheckPoint
from firegrid_app.visits.tables import Household

House = tuple[str, str]
"""A building and one of its units; the unit is empty for all of the building."""


def buildings_of(session: Session, grid_id: int | None, today: date) -> list[str]:
    """Buildings with a check point that is walked to, or with doors, as people count them.

    The caller has checked the grid. 2栋 comes before 10栋.
    """
    return [building for building, unit in houses_of(session, grid_id, today) if not unit]


def houses_of(session: Session, grid_id: int | None, today: date) -> list[tuple[str, str]]:
    """What somebody can keep (YC-71): each building and, under it, its units (单元). All of it has
    the unit "". The caller has checked the grid.
    """
    points = select(CheckPoint.building, CheckPoint.unit).where(
        CheckPoint.grid_id == grid_id,
        CheckPoint.building != "",
        or_(col(CheckPoint.ends_on).is_(None), col(CheckPoint.ends_on) >= today),
    )
    doors = select(Household.building, Household.unit).where(
        Household.grid_id == grid_id,
        Household.building != "",
        col(Household.ended_at).is_(None),
    )
    units = {(building, unit) for building, unit in session.execute(union(points, doors))}
    return list(in_order(units | {(building, "") for building, _ in units}))


def in_order(houses: Iterable[Sequence[str]]) -> tuple[House, ...]:
    """Each once, as people count them."""
    found = {(building, unit) for building, unit in houses}
    return tuple(sorted(found, key=lambda one: (as_counted(one[0]), as_counted(one[1]))))


def as_counted(name: str) -> list[tuple[bool, int, str]]:
    """Sorts names as people count: numbers in them by their size, before the rest by its signs."""
    return [
        (False, int(part), "") if part[0] in "0123456789" else (True, 0, part)
        for part in re.split(r"([0-9]{1,9})", name)
        if part
    ]
