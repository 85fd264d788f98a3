"""Hazards of a period in figures: found, closed, and what is open now, by kind and by grid."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, case, col, func, or_, select

from firegrid_app.grids.tables import GridIds
from firegrid_app.hazards.rules.steps import UNFINISHED, Status
from firegrid_app.hazards.tables import Hazard


@dataclass(frozen=True)
class HazardFigures:
    """Hazards of one category and grade in one grid."""

    grid_id: int
    category: str
    severity: str
    found: int
    closed: int
    open: int
    overdue: int


def hazards_of_period(
    session: Session, grid_ids: GridIds, start_at: datetime, end_at: datetime, today: date
) -> list[HazardFigures]:
    """Found and closed in [start_at, end_at); open and overdue today, whenever found.

    Open and overdue add up to what `lists.counts_by_grid` says of the same day. One closed and
    reopened counts as open.
    """
    found = (col(Hazard.happened_at) >= start_at) & (col(Hazard.happened_at) < end_at)
    closed = (
        (col(Hazard.status) == Status.CLOSED)
        & (col(Hazard.closed_at) >= start_at)
        & (col(Hazard.closed_at) < end_at)
    )
    is_open = col(Hazard.status).in_(UNFINISHED)
    parts = (found, closed, is_open, is_open & (col(Hazard.due_on) < today))
    rows = session.exec(
        select(  # type: ignore[call-overload]
            Hazard.grid_id,
            Hazard.category,
            Hazard.severity,
            *(func.sum(case((part, 1), else_=0)) for part in parts),
        )
        .where(col(Hazard.grid_id).in_(grid_ids), or_(found, closed, is_open))
        .group_by(col(Hazard.grid_id), col(Hazard.category), col(Hazard.severity))
    )
    return [HazardFigures(*row[:3], *map(_whole, row[3:])) for row in rows]


def _whole(number: int | None) -> int:
    """PostgreSQL sums whole numbers to decimals."""
    return int(number or 0)
