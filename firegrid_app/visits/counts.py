"""Doors knocked at in a period, per grid."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from firegrid_app.grids.tables import GridIds
from firegrid_app.visits.tables import Household, Visit


def doors_between(
    session: Session, grid_ids: GridIds, start_at: datetime, end_at: datetime
) -> dict[int, int]:
    """Different doors knocked at in [start_at, end_at), per grid; grids without are missing."""
    rows = session.exec(
        select(Visit.grid_id, func.count(func.distinct(Visit.household_id)))
        .where(
            col(Visit.grid_id).in_(grid_ids),
            Visit.happened_at >= start_at,
            Visit.happened_at < end_at,
        )
        .group_by(col(Visit.grid_id))
    )
    return dict(rows.all())


def doors_there(session: Session, grid_ids: GridIds) -> dict[int, int]:
    """All doors on the register, per grid; grids without are missing."""
    rows = session.exec(
        select(Household.grid_id, func.count())
        .where(col(Household.grid_id).in_(grid_ids), col(Household.ended_at).is_(None))
        .group_by(col(Household.grid_id))
    )
    return dict(rows.all())
