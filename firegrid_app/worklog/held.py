"""Meetings, courses and drills of a grid that are on record as held, for its work record."""

from datetime import date

from sqlmodel import Session, col, select

from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.meetings.tables import Meeting
from firegrid_app.settings import settings
from firegrid_app.training.cards import ComingCard
from firegrid_app.training.tables import Course, Drill


def held_in(session: Session, grid: Grid, first: date, last: date) -> list[ComingCard]:
    """What this very grid held from `first` to `last`, by day. The caller has checked the grid."""
    zone = settings().zone
    start_at, end_at = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    found = [
        _card("meeting", one, local_day(one.starts_at, zone), one.title)
        for one in session.exec(
            select(Meeting).where(
                Meeting.grid_id == grid.id,
                col(Meeting.held_at).is_not(None),
                Meeting.starts_at >= start_at,
                Meeting.starts_at < end_at,
            )
        )
    ]
    found += [
        _card("course", one, one.held_on, one.title)
        for one in session.exec(
            select(Course).where(
                Course.grid_id == grid.id,
                col(Course.noted_at).is_not(None),
                col(Course.held_on).between(first, last),
            )
        )
    ]
    found += [
        _card("drill", one, one.held_on, "")
        for one in session.exec(
            select(Drill).where(
                Drill.grid_id == grid.id,
                col(Drill.noted_at).is_not(None),
                col(Drill.held_on).between(first, last),
            )
        )
    ]
    return sorted(found, key=lambda one: (one.day, one.sort, one.id))


def _card(sort: str, one: Meeting | Course | Drill, day: date, title: str) -> ComingCard:
    return ComingCard(
        sort=sort,
        id=str(one.id),
        kind=one.kind,
        title=title,
        day=day.isoformat(),
        place=one.place,
        grid_name="",
    )
