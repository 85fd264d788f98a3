"""The days off of a year handed in at the desk: changes are told first, mistakes by their row."""

from datetime import date

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.database import reading, transaction
from firegrid_app.duties.tables import CalendarDay
from firegrid_app.texts import say
from tests.importing.test_rota_file import hand_in, reasons

HEAD = "日期,类型,名称\n"
YEAR = HEAD + "2027-01-01,休,元旦\n2027-01-02,班,\n2027-10-01,放假,国庆节\n"


def take(client, text, **more):
    return hand_in(client, text, kind="calendar", grid="", **more)


def days():
    with reading() as session:
        rows = session.exec(select(CalendarDay).where(CalendarDay.day >= date(2027, 1, 1)))
        return {row.day: (row.is_workday, row.name) for row in rows}


def test_first_what_changes_then_written(cast, door):
    with transaction() as session:
        session.add(CalendarDay(day=date(2027, 1, 1), is_workday=True, name="误"))
        session.add(CalendarDay(day=date(2027, 10, 1), is_workday=False, name="国庆节"))
    before = days()
    seen = take(door("administrator"), YEAR).json()
    assert [(one["sort"], one["words"]) for one in seen["changes"]] == [
        ("changed", "2027-01-01 休息 元旦（原来：上班 误）"), ("new", "2027-01-02 上班"),
    ]  # fmt: skip
    assert (seen["rows"], seen["same"], seen["written"]) == (3, 1, False)
    assert days() == before
    assert take(door("administrator"), YEAR, confirm=True).json()["written"]
    assert days()[date(2027, 1, 1)] == (False, "元旦")
    with reading() as session:
        noted = session.exec(select(AuditEntry).where(AuditEntry.action == "import")).one()
        assert noted.person_id == cast.people["administrator"]
    assert take(door("administrator"), YEAR, confirm=True).json()["change_count"] == 0


def test_a_file_in_korean_is_read_as_the_page_in_korean_says(cast, door):
    """The columns that `files.calendar_more` names to who reads Korean."""
    assert all(
        word in say("files.calendar_more", "ko")
        for word in ("날자", "류형", "이름", "휴식", "근무")
    )
    text = "날자,류형,이름\n2027-01-01,휴식,양력설\n2027-01-02,근무,\n"
    assert take(door("administrator"), text, confirm=True).json()["written"]
    assert days() == {date(2027, 1, 1): (False, "양력설"), date(2027, 1, 2): (True, "")}


def test_every_mistake_is_told_and_nothing_is_written(cast, door):
    text = YEAR + "2027-02-30,休,\n2027-01-01,班,\n1999-01-01,休,\n2027-05-01,也许,劳动节\n"
    before = days()
    answer = take(door("administrator"), text, confirm=True)
    assert {rows for rows, *_ in reasons(answer)} == {"5", "6", "7", "8"}
    assert answer.json()["written"] is False
    assert days() == before


@pytest.mark.parametrize("who", ["officer", "other_officer", "secretary", "head_a", "member_a"])
def test_only_who_keeps_the_calendar_of_all_streets(cast, door, who):
    answer = take(door(who), YEAR, confirm=True)
    assert (answer.status_code, answer.json()["code"]) == (403, "duties.calendar_of_all")
    assert days() == {}


def test_nobody_without_a_log_in(client):
    assert take(client, YEAR).status_code == 401
