"""Which days are workdays: Monday to Friday, unless the calendar says otherwise."""

from datetime import date

import pytest
from sqlmodel import select

from firegrid_app.duties.calendar import load_calendar
from firegrid_app.duties.service import is_workday, workdays, year_is_known
from firegrid_app.duties.tables import CalendarDay


@pytest.mark.parametrize(
    ("day", "workday"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
    ],
    ids=["Monday", "Saturday", "Sunday", "national day", "make-up Saturday"],
)
def test_workdays(session, cast, day, workday):
    assert is_workday(session, day) is workday


def test_a_year_without_any_entry_is_a_guess(session, cast):
    assert year_is_known(session, 2026)
    assert not year_is_known(session, 2027)
    # The first week of January 2027, New Year's Day among them, a Friday.
    days = [date(2027, 1, day) for day in range(1, 8)]
    wanted = [True, False, False, True, True, True, True]
    assert [is_workday(session, day) for day in days] == wanted
    assert [day in workdays(session, days[0], days[-1]) for day in days] == wanted


def test_the_shipped_calendar_is_loaded_once_and_keeps_what_someone_changed(session, database):
    session.add(CalendarDay(day=date(2026, 10, 1), is_workday=True, name="改过"))
    session.flush()
    loaded = load_calendar(session)
    assert loaded > 40
    assert load_calendar(session) == 0
    assert session.get(CalendarDay, date(2026, 10, 1)).name == "改过"
    assert not is_workday(session, date(2026, 10, 2))
    assert is_workday(session, date(2026, 2, 14))


def test_every_shipped_day_differs_from_monday_to_friday(session, database):
    load_calendar(session)
    for entry in session.exec(select(CalendarDay)):
        assert entry.is_workday != (entry.day.weekday() < 5), entry.day
        assert entry.name
