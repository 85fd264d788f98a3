"""Meetings held in a period, per grid: what the duties count (`duties/evidence.py`)."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.meetings.tables import Meeting


def meetings_held(
    session: Session, grid_ids: set[int], start_at: datetime, end_at: datetime
) -> dict[int, list[str]]:
    """Kinds of the meetings held by each of these grids in [start_at, end_at)."""
    rows = session.exec(
        select(Meeting.grid_id, Meeting.kind).where(
            col(Meeting.grid_id).in_(grid_ids),
            Meeting.starts_at >= start_at,
            Meeting.starts_at < end_at,
            col(Meeting.held_at).is_not(None),
        )
    )
    found: dict[int, list[str]] = defaultdict(list)
    for grid_id, kind in rows:
        found[grid_id].append(kind)
    return found
