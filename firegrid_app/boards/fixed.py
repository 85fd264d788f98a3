"""What was put right in a grid this month, for everybody: kinds and days, no place and no name."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from firegrid_app.boards.cards import Fixed
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.settings import settings

MOST_KINDS = 8


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
    lines = [Fixed(category, count) for category, count in rows]
    if len(lines) > MOST_KINDS:
        rest = sum(line.count for line in lines[MOST_KINDS - 1 :])
        lines = [*lines[: MOST_KINDS - 1], Fixed("", rest)]
    return tuple(lines)
