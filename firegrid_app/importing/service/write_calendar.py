"""Writes the days of a calendar file."""

from typing import Any

from sqlmodel import Session, col, insert, select

from firegrid_app.duties.tables import CalendarDay
from firegrid_app.importing.cards import Counts
from firegrid_app.importing.rules.calendar import DayItem


def write_calendar(session: Session, items: list[DayItem]) -> Counts:
    """Upsert by day. A day the file does not name stays as it is."""
    days = [item.day for item in items]
    stored = {
        row.day: row
        for row in session.exec(select(CalendarDay).where(col(CalendarDay.day).in_(days)))
    }
    fresh: list[dict[str, Any]] = []
    updated = 0
    for item in items:
        old = stored.get(item.day)
        if old is None:
            fresh.append({"day": item.day, "is_workday": item.is_workday, "name": item.name})
        elif (old.is_workday, old.name) != (item.is_workday, item.name):
            old.is_workday, old.name = item.is_workday, item.name
            updated += 1
    if fresh:
        session.execute(insert(CalendarDay), fresh)
    session.flush()
    return Counts(len(fresh), updated, len(items) - len(fresh) - updated)
