"""Warnings and notices of a period, as a meeting counts them."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from firegrid_app.alerts.rules import COLOURED, touches
from firegrid_app.alerts.service import targets_of
from firegrid_app.alerts.tables import Alert
from firegrid_app.grids.tables import Grid


def alerts_between(
    session: Session, grid: Grid, start_at: datetime, end_at: datetime
) -> tuple[int, int]:
    """Warnings in a colour, and notices, in force at some moment of [start_at, end_at).

    Those for the grid, for one above it or for one below it. One lifted before it began never was.
    """
    over_at = func.coalesce(col(Alert.lifted_at), col(Alert.ends_at))
    rows = session.exec(
        select(Alert.id, Alert.kind).where(
            Alert.starts_at < end_at,
            col(Alert.ends_at) > start_at,
            over_at > start_at,
            over_at > col(Alert.starts_at),
        )
    ).all()
    targets = targets_of(session, [alert_id or 0 for alert_id, _ in rows])
    mine = [kind for alert_id, kind in rows if touches(grid.path, targets.get(alert_id or 0, ()))]
    warnings = sum(kind in COLOURED for kind in mine)
    return warnings, len(mine) - warnings
