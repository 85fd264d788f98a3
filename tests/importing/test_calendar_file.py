"""The calendar file: days off and make-up days, all mistakes at once, nothing written half."""

import io
from datetime import date

import openpyxl
import pytest
from sqlmodel import select

from firegrid_app.database import reading
from firegrid_app.duties.service import is_workday, year_is_known
from firegrid_app.duties.tables import CalendarDay
from tests.importing.bring import bring, check, counts, faults

HEAD = "日期,类型,名称\n"
GOOD = HEAD + "2027-01-01,放假,元旦\n2027年2月6日,放假,春节\n2027/2/14,班,春节调休上班\n"


def test_a_year_is_brought_in_and_known_from_then_on(cast, tmp_path):
    card = bring(tmp_path, {"calendar": GOOD})
    assert counts(card, "calendar") == (3, 0, 0, 0)
    assert card.check_points.created == 0
    with reading() as session:
        assert year_is_known(session, 2027)
        assert not is_workday(session, date(2027, 1, 1))
        assert is_workday(session, date(2027, 2, 14))


def test_twice_changes_nothing_and_a_correction_changes_one_day(cast, tmp_path):
    bring(tmp_path, {"calendar": GOOD})
    assert counts(bring(tmp_path, {"calendar": GOOD}), "calendar") == (0, 0, 3, 0)
    card = bring(tmp_path, {"calendar": GOOD.replace("2027/2/14,班", "2027/2/14,放假")})
    assert counts(card, "calendar") == (0, 1, 2, 0)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("2027-02-30,放假,", (2, "日期", "2027-02-30", "bad_date")),
        ("初一,放假,", (2, "日期", "初一", "bad_date")),
        (",放假,", (2, "日期", "", "required")),
        ("2027-02-01,,", (2, "类型", "", "required")),
        ("2027-02-01,半天,", (2, "类型", "半天", "unknown_day_kind")),
        ("2019-10-01,放假,国庆节", (2, "日期", "2019-10-01", "other_year")),
        ("2127-10-01,放假,国庆节", (2, "日期", "2127-10-01", "other_year")),
    ],
)
def test_what_is_wrong_is_said_by_row(tmp_path, line, fault):
    assert check(tmp_path, "calendar", HEAD + line + "\n") == [fault]


def test_a_day_cannot_be_off_and_worked(tmp_path):
    lines = (
        "2027-02-14,放假,\n2027-02-14,班,\n2027-02-14,放假,\n2027-02-15,放假,a\n2027-2-15,放假,b\n"
    )
    assert [(row, reason) for row, _, _, reason in check(tmp_path, "calendar", HEAD + lines)] == [
        (3, "both_kinds"),
        (4, "duplicate_row"),
        (6, "duplicate_day"),
    ]


def test_with_one_mistake_nothing_is_written(cast, tmp_path):
    card = bring(tmp_path, {"calendar": GOOD + "2019-10-01,放假,旧的\n不知道,放假,\n"})
    assert card.stopped
    assert [reason for *_, reason in faults(card, "calendar")] == ["other_year", "bad_date"]
    with reading() as session:
        days = session.exec(select(CalendarDay.day)).all()
    assert not any(day.year == 2027 for day in days)


def test_a_workbook_with_real_dates(cast, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["2027 年节假日安排"],
        ["日期", "类型", "名称"],
        [date(2027, 1, 1), "休", "元旦"],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert counts(bring(tmp_path, {"calendar": out.getvalue()}), "calendar") == (1, 0, 0, 0)
