"""Ordinary hazards put right inside their grid, by grid and month (一般隐患不出网格, YB-53).

Grids stand in the order of the tree, whatever their share: nobody is ranked.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, case, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.cards import InsideMonth, InsideRow, InsideView
from firegrid_app.hazards.rules.kinds import Severity
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.settings import settings

MONTHS = 6
"""This one and those before it."""
ORDINARY = (Severity.MINOR, Severity.GENERAL)
"""What belongs inside the grid; suspected and major ones go to the street by rule."""


def closed_inside(session: Session, actor: Actor, code: str, now: datetime) -> InsideView:
    """The grids right below this one (itself, when it is small) over the last months.

    Inside means: closed, and never gone up a level nor handed to another body on the way. Refuses
    `grids.unknown`, `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    rows = [one for one in subtree(session, top, level=top.level + 1) if one.id != top.id]
    months = _months(local_day(now, settings().zone))
    figures = _figures(session, top, months)
    return InsideView(
        code=top.code,
        months=tuple(f"{month:%Y-%m}" for month in months),
        rows=tuple(_row(one, figures, len(months)) for one in rows or [top]),
        # What is recorded for the grid itself has no row of its own.
        total=_row(top, figures, len(months)),
    )


def _months(today: date) -> list[date]:
    """The first days of the last months, the earliest first."""
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        year, month = divmod(found[0].year * 12 + found[0].month - 2, 12)
        found.insert(0, date(year, month + 1, 1))
    return found


def _figures(
    session: Session, top: Grid, months: list[date]
) -> list[tuple[str, tuple[InsideMonth, ...]]]:
    """By path of each grid with any: closed and of them inside, month by month."""
    zone = settings().zone
    starts = [day_bounds(month, zone)[0] for month in months]
    past = months[-1].year * 12 + months[-1].month
    ends = [*starts[1:], day_bounds(date(past // 12, past % 12 + 1, 1), zone)[0]]
    inside = (col(Hazard.step_ups) == 0) & (col(Hazard.transferred_to) == "")
    sums: list[sa.ColumnElement[int]] = []
    for start, end in zip(starts, ends, strict=True):
        closed = (col(Hazard.closed_at) >= start) & (col(Hazard.closed_at) < end)
        sums += [func.sum(case((one, 1), else_=0)) for one in (closed, closed & inside)]
    found = session.exec(
        select(Grid.path, *sums)  # type: ignore[call-overload]
        .select_from(Hazard)
        .join(Grid, col(Grid.id) == col(Hazard.grid_id))
        .where(
            col(Grid.path).startswith(top.path, autoescape=True),
            col(Grid.valid_to).is_(None),
            col(Hazard.status) == Status.CLOSED,
            col(Hazard.severity).in_(ORDINARY),
            col(Hazard.closed_at) >= starts[0],
            col(Hazard.closed_at) < ends[-1],
        )
        .group_by(Grid.path)
    )
    return [
        (row[0], tuple(map(InsideMonth, map(int, row[1::2]), map(int, row[2::2]))))
        for row in map(tuple, found)
    ]


def _row(grid: Grid, figures: list[tuple[str, tuple[InsideMonth, ...]]], months: int) -> InsideRow:
    mine = [each for path, each in figures if path.startswith(grid.path)]
    sums = [
        InsideMonth(
            sum(each[month].closed for each in mine), sum(each[month].inside for each in mine)
        )
        for month in range(months)
    ]
    return InsideRow(grid.code, grid.name, tuple(sums))
