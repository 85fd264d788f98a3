"""What was put right in a grid this month, for everybody: kinds and days, no place and no name."""

from collections import Counter
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from firegrid_app.boards.cards import Fixed
from firegrid_app.boards.rules import names_building
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.settings import settings

MOST_KINDS = 8
OF_ONE_DOOR = frozenset(
    {
        "illegal_home_production", "illegal_living_in_shop", "three_in_one", "unlicensed",
        "converted_use", "no_patrol_record", "no_training", "no_owner_letter",
    }
)  # fmt: skip
"""Kinds that in one building would point at somebody's door: there they count among the rest."""


def fixed_this_month(session: Session, grid: Grid, now: datetime) -> tuple[Fixed, ...]:
    """Hazards of the grid and what lies in it closed since the first of the month, by kind.

    The commonest first, the last line of many kinds being the rest.
    """
    zone = settings().zone
    today = local_day(now, zone)
    start, _ = day_bounds(today.replace(day=1), zone)
    rows = session.exec(
        select(Hazard.category, func.count())
        .join(Grid, col(Grid.id) == col(Hazard.grid_id))
        .where(
            col(Grid.path).startswith(grid.path, autoescape=True),
            Hazard.status == Status.CLOSED,
            col(Hazard.closed_at) >= start,
            col(Hazard.closed_at) <= now + timedelta(minutes=5),
        )
        .group_by(col(Hazard.category))
        .order_by(func.count().desc(), col(Hazard.category))
    ).all()
    return _lines([Fixed(category, count) for category, count in rows])


def fixed_in_building(
    session: Session, grid: Grid, building: str, now: datetime
) -> tuple[Fixed, ...]:
    """The same of one building, by where its hazards were said to be; no door is pointed at."""
    zone = settings().zone
    start, _ = day_bounds(local_day(now, zone).replace(day=1), zone)
    rows = session.exec(
        select(Hazard.category, Hazard.where_words).where(
            Hazard.grid_id == grid.id,
            Hazard.status == Status.CLOSED,
            col(Hazard.closed_at) >= start,
            col(Hazard.closed_at) <= now + timedelta(minutes=5),
            col(Hazard.where_words).contains(building, autoescape=True),
        )
    )
    kinds = Counter(
        "" if category in OF_ONE_DOOR else category
        for category, where in rows
        if names_building(where, building)
    )
    found = sorted(kinds.items(), key=lambda one: (not one[0], -one[1], one[0]))
    return _lines([Fixed(category, count) for category, count in found])


def _lines(lines: list[Fixed]) -> tuple[Fixed, ...]:
    if len(lines) > MOST_KINDS:
        rest = sum(line.count for line in lines[MOST_KINDS - 1 :])
        lines = [*lines[: MOST_KINDS - 1], Fixed("", rest)]
    return tuple(lines)
