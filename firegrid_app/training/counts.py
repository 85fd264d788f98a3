"""Courses and drills held in a period, per grid: what the duties count (`duties/evidence.py`)."""

from collections import defaultdict
from datetime import date

from sqlmodel import Session, col, select

from firegrid_app.training.tables import Course, Drill


def courses_held(
    session: Session, grid_ids: set[int], first: date, last: date
) -> dict[int, list[str]]:
    """Kinds of the courses held by each of these grids from `first` to `last`."""
    rows = session.exec(
        select(Course.grid_id, Course.kind).where(
            col(Course.grid_id).in_(grid_ids),
            Course.held_on >= first,
            Course.held_on <= last,
            col(Course.noted_at).is_not(None),
        )
    )
    found: dict[int, list[str]] = defaultdict(list)
    for grid_id, kind in rows:
        found[grid_id].append(kind)
    return found


def drills_held(session: Session, grid_ids: set[int], first: date, last: date) -> dict[int, int]:
    """Drills held by each of these grids from `first` to `last`; grids without are missing."""
    found: dict[int, int] = defaultdict(int)
    for grid_id in session.exec(
        select(Drill.grid_id).where(
            col(Drill.grid_id).in_(grid_ids),
            Drill.held_on >= first,
            Drill.held_on <= last,
            col(Drill.noted_at).is_not(None),
        )
    ):
        found[grid_id] += 1
    return dict(found)
