"""The calendar kept by hand: by whoever answers for every street, and duties follow."""

from datetime import date

import pytest
from sqlmodel import select

from firegrid_app.duties import choosing
from firegrid_app.duties.calendar import load_calendar
from firegrid_app.duties.keeping import days_of, set_day
from firegrid_app.duties.service import is_workday
from firegrid_app.duties.tables import Duty
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from tests.cast import COUNTY
from tests.factories import NOW

DAY = date(2026, 12, 7)


def due_on(session, day):
    return len(session.exec(select(Duty).where(Duty.first_on == day, Duty.last_on == day)).all())


def test_a_day_off_takes_its_duties_along_and_brings_them_back(session, cast):
    administrator = cast.actor("administrator")
    choosing.choose_preset(session, administrator, COUNTY, "chongqing_2021", NOW)
    asked = due_on(session, DAY)
    assert asked > 0
    set_day(session, administrator, DAY, False, " 停工 ", NOW)
    assert not is_workday(session, DAY)
    assert due_on(session, DAY) == 0
    assert [card.name for card in days_of(session, 2026)][-1] == "停工"
    set_day(session, administrator, DAY, None, "", NOW)
    assert due_on(session, DAY) == asked
    assert "2026-12-07" not in [card.day for card in days_of(session, 2026)]


def test_a_shipped_day_taken_out_does_not_come_back(session, cast):
    load_calendar(session)
    set_day(session, cast.actor("administrator"), date(2026, 2, 14), None, "", NOW)
    load_calendar(session)
    assert not is_workday(session, date(2026, 2, 14))


@pytest.mark.parametrize("who", ["officer", "secretary", "head_a", "member_a", "department"])
def test_who_does_not_answer_for_every_street_is_refused(session, cast, who):
    with pytest.raises(Refused) as refused:
        set_day(session, cast.actor(who), DAY, False, "", NOW)
    assert refused.value.code == "duties.calendar_of_all"
    assert is_workday(session, DAY)


def test_the_officer_of_the_only_street_keeps_the_calendar(session, cast):
    session.get(Grid, cast.grids["other_street"]).valid_to = date(2026, 1, 2)
    session.flush()
    set_day(session, cast.actor("officer"), DAY, False, "", NOW)
    assert not is_workday(session, DAY)
