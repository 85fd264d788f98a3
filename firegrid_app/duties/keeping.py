"""Keeping the workday calendar by hand: the days of a year, one day changed."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.duties.cards import CalendarDayCard
from firegrid_app.duties.making import make_anew
from firegrid_app.duties.tables import CalendarDay
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def days_of(session: Session, year: int) -> list[CalendarDayCard]:
    """Days of a year that differ from Monday to Friday or carry a name, in order."""
    rows = session.exec(
        select(CalendarDay)
        .where(CalendarDay.day >= date(year, 1, 1), CalendarDay.day <= date(year, 12, 31))
        .order_by(col(CalendarDay.day))
    )
    return [
        CalendarDayCard(row.day.isoformat(), row.is_workday, row.name)
        for row in rows
        if row.name or row.is_workday != _by_week(row.day)
    ]


def keeps_calendar(session: Session, actor: Actor) -> bool:
    """May this person change the calendar? It is the whole server's: the right in every street."""
    if not actor.scopes(Action.SET_DUTIES):
        return False
    streets = session.exec(
        select(Grid.path).where(Grid.level == 1, col(Grid.valid_to).is_(None))
    ).all()
    return all(actor.may(Action.SET_DUTIES, path) for path in streets)


def set_day(
    session: Session, actor: Actor, day: date, is_workday: bool | None, name: str, now: datetime
) -> None:
    """Make a day off or a workday; None lets it be what its weekday says. Moves what is due.

    Refuses `duties.calendar_of_all`.
    """
    if not keeps_calendar(session, actor):
        raise Refused("duties.calendar_of_all")
    row = session.get(CalendarDay, day)
    if row is None:
        row = CalendarDay(day=day, is_workday=_by_week(day))
        session.add(row)
    # The row stays also when nothing differs any more: a shipped day would come back else.
    row.is_workday = _by_week(day) if is_workday is None else is_workday
    row.name = "" if is_workday is None else " ".join(name.split())[:40]
    audit(session, actor.person_id, "set_day", day.isoformat(), now)
    session.flush()
    make_anew(session, local_day(now, settings().zone))


def _by_week(day: date) -> bool:
    return day.weekday() < 5
