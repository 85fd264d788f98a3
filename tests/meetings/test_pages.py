"""Minutes to print and lists to keep: whole, escaped, in the reader's language, for whom it is."""

import csv
import io
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from firegrid_app.database import transaction
from firegrid_app.meetings import holding, minutes
from firegrid_app.spreadsheet import as_file
from tests.cast import STREET
from tests.factories import NOW, report
from tests.meetings.days import decide, held, items_of, planned


@pytest.fixture
def meeting(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        report(session, cast.actor("member_a"))
        made = held(
            session,
            officer,
            [cast.people["officer"]],
            items=[("facilities", "<b>消火栓</b>缺水")],
        )
        item = items_of(session, made)[2]
        minutes.set_minutes(
            session, officer, made.id, item.id, was="", words="一\n<script>二", now=NOW
        )
        decide(session, officer, made, cast.people["secretary"], words="=1+1 补水带")
        return made.id, item.id


def test_the_minutes_hold_who_came_items_figures_and_decisions_escaped(cast, meeting, door):
    answer = door("officer").get(f"/meetings/{meeting[0]}/print")
    assert answer.status_code == 200
    assert "script-src" not in answer.headers["content-security-policy"]
    page = answer.text
    for words in (
        "消防安全风险研判会会议记录", "南大街街道", "2026-11-23 14:30", "曹英", "石珍", "缺席：",
        "上次会议议定事项落实情况", "2026-11-01 至 2026-11-23", "小桥子社区", "疏散通道",
        "=1+1 补水带", "2026-11-30", "办理中", "记录尚未确认", "YB-54",
        "&lt;b&gt;消火栓&lt;/b&gt;缺水", "一\n&lt;script&gt;二",
    ):  # fmt: skip
        assert words in page, words
    english = door("officer").get(f"/meetings/{meeting[0]}/print?lang=en").text
    assert "Minutes: Fire risk analysis meeting" in english
    assert 'lang="en"' in english


def test_a_correction_stands_beside_what_it_corrects(cast, meeting, door):
    officer = cast.actor("officer")
    with transaction() as session:
        minutes.confirm(session, officer, meeting[0], NOW)
        minutes.correct(
            session, officer, meeting[0], meeting[1],
            was="一\n<script>二", words="三", why="笔误", now=NOW,
        )  # fmt: skip
    page = door("officer").get(f"/meetings/{meeting[0]}/print").text
    assert "曹英 于 2026-11-23 更正（笔误）。原文：一\n&lt;script&gt;二" in page
    assert "曹英 于 2026-11-23 确认" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("department", 200), ("other_officer", 403), ("member_a", 403)],
)
def test_the_minutes_are_for_who_was_asked_and_who_looks_after_the_grid(meeting, door, who, status):
    assert door(who).get(f"/meetings/{meeting[0]}/print").status_code == status


def test_nothing_to_print_before_it_was_held_nor_of_one_that_is_none(cast, door):
    with transaction() as session:
        coming = planned(session, cast.actor("officer")).id
    assert door("officer").get(f"/meetings/{coming}/print").status_code == 409
    assert door("officer").get(f"/meetings/{uuid4()}/print").status_code == 404
    assert door("officer").get("/meetings/x/print").status_code == 404


def test_lists_are_kept_as_csv_and_xlsx_and_never_run_a_formula(meeting, door):
    answer = door("officer").get(f"/meetings/{STREET}/decisions.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "filename*=UTF-8''%E5%8D%97%E5%A4%A7%E8%A1%97" in answer.headers["content-disposition"]
    headings, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    named = dict(zip(headings, row, strict=True))
    assert named["议定事项"] == "'=1+1 补水带"
    assert (named["负责人"], named["岗位"], named["期限"]) == (
        "石珍",
        "社区（村）书记",
        "2026-11-30",
    )
    book = load_workbook(
        io.BytesIO(door("officer").get(f"/meetings/{STREET}/meetings.xlsx").content)
    )
    first, second = book.worksheets[0].iter_rows(values_only=True)
    named = dict(zip(first, second, strict=True))
    assert (named["会议类型"], named["到会人数"], named["通知人数"]) == ("消防安全风险研判会", 1, 4)
    assert door("officer").get(f"/meetings/{STREET}/people.csv").status_code == 404
    assert door("secretary").get(f"/meetings/{STREET}/decisions.csv").status_code == 403


def test_cells_are_text_whatever_they_begin_with():
    rows = [["=1+1", -3], ["@x\x00\x07", 4]]
    lines = as_file("csv", "一", ["甲", "乙"], rows).decode("utf-8-sig").splitlines()
    assert lines == ["甲,乙", "'=1+1,-3", "'@x,4"]
    sheet = load_workbook(io.BytesIO(as_file("xlsx", "a/b:c", ["甲", "乙"], rows))).worksheets[0]
    assert sheet.title == "abc"
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), (-3, "n")]
    assert sheet["A3"].value == "@x"


def test_the_minutes_name_guests_and_the_meetings_own_title(cast, door):
    officer = cast.actor("officer")
    with transaction() as session:
        made = planned(session, officer, title="冬防动员会")
        holding.hold(
            session, officer, made.id, came=[cast.people["officer"]], guests="派出所", now=NOW
        )
        meeting_id = made.id
    page = door("officer").get(f"/meetings/{meeting_id}/print").text
    assert "冬防动员会会议记录" in page
    assert "其他到会：派出所" in page
