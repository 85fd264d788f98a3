"""Hazards that waited for a second look at a moment, per grid: read from their trails."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from firegrid_app.grids.tables import GridIds
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.tables import Hazard, HazardEvent


def awaiting_recheck(session: Session, grid_ids: GridIds, at: datetime) -> dict[int, int]:
    """How many hazards of each grid stood as corrected just before `at`; none: missing."""
    latest = (
        sa.select(
            col(HazardEvent.hazard_id).label("hazard_id"),
            func.max(HazardEvent.number).label("number"),
        )
        .join(Hazard, col(Hazard.id) == col(HazardEvent.hazard_id))
        .where(col(Hazard.grid_id).in_(grid_ids), col(HazardEvent.at) < at)
        .group_by(col(HazardEvent.hazard_id))
        .subquery()
    )
    rows = session.exec(
        select(Hazard.grid_id, func.count())
        .join(latest, latest.c.hazard_id == Hazard.id)
        .join(
            HazardEvent,
            (col(HazardEvent.hazard_id) == latest.c.hazard_id)
            & (col(HazardEvent.number) == latest.c.number),
        )
        .where(HazardEvent.step == Step.CORRECTED)
        .group_by(col(Hazard.grid_id))
    )
    return dict(rows.all())


def rechecked(
    session: Session, grid_ids: GridIds, start_at: datetime, end_at: datetime
) -> dict[int, int]:
    """How often somebody looked again in each grid, whatever they found; none: missing (YC-57)."""
    rows = session.exec(
        select(Hazard.grid_id, func.count())
        .join(HazardEvent, col(HazardEvent.hazard_id) == col(Hazard.id))
        .where(
            col(Hazard.grid_id).in_(grid_ids),
            col(HazardEvent.step).in_((Step.CLOSED, Step.REOPENED)),
            col(HazardEvent.at) >= start_at,
            col(HazardEvent.at) < end_at,
        )
        .group_by(col(Hazard.grid_id))
    )
    return dict(rows.all())
