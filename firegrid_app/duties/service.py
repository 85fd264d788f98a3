"""Is this day a workday? Monday to Friday unless the calendar table says otherwise."""

from datetime import date

from sqlmodel import Session, col, extract, select

from firegrid_app.duties.rules.periods import Workdays
from firegrid_app.duties.tables import CalendarDay


def is_workday(session: Session, day: date) -> bool:
    """True on a workday; public holidays and make-up days (调休) come from `calendar_day`."""
    special = session.get(CalendarDay, day)
    return special.is_workday if special is not None else day.weekday() < 5


def year_is_known(session: Session, year: int) -> bool:
    """Does the calendar hold this year? If not, Monday to Friday is a guess and the app says so."""
    found = session.exec(
        select(CalendarDay).where(extract("year", col(CalendarDay.day)) == year).limit(1)
    )
    return found.first() is not None


def workdays(session: Session, first: date, last: date) -> Workdays:
    """The calendar from `first` to `last`, for whoever asks about many days."""
    rows = session.exec(
        select(CalendarDay).where(CalendarDay.day >= first, CalendarDay.day <= last)
    )
    return Workdays({row.day: row.is_workday for row in rows})
