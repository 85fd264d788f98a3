"""A duty list from an office's file: read as it is written, all mistakes told, day by day."""

import io
from datetime import date, time

import pytest
from openpyxl import Workbook
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry, Person, Post
from firegrid_app.database import reading, transaction
from firegrid_app.rota.tables import Shift, ShiftChange
from tests.cast import COMMUNITY, STREET, A, B
from tests.rota.lists import add, listed
from tests.rota.test_away import away

HEAD = "日期,时间,姓名\n"
GOOD = HEAD + "2026-12-01,08:30-17:30,姜龙\n2026-12-02,20:00-次日08:00,龚丽、罗强\n"


def hand_in(client, text, grid=A, confirm=False, kind="rota", language="zh_CN"):
    client.cookies.set("firegrid_language", language)
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(
        f"/api/import/{kind}", params={"grid": grid, "confirm": confirm}, content=data
    )


def reasons(answer):
    return [(one["rows"], one["value"], one["reason"]) for one in answer.json()["problems"]]


def test_first_what_would_change_then_written(cast, door):
    head = door("head_a")
    seen = hand_in(head, GOOD).json()
    assert (seen["rows"], seen["change_count"], seen["written"]) == (2, 3, False)
    assert seen["changes"][0] == {"sort": "new", "words": "2026-12-01 08:30–17:30 姜龙"}
    with reading() as session:
        assert listed(session, cast) == []
    done = hand_in(head, GOOD, confirm=True).json()
    assert (done["change_count"], done["written"]) == (3, True)
    with reading() as session:
        assert sorted(listed(session, cast)) == [
            ("12-01", "member_a"), ("12-02", "head_a"), ("12-02", "leader_a"),
        ]  # fmt: skip
        noted = session.exec(select(AuditEntry).where(AuditEntry.action == "file_rota")).one()
        assert (noted.person_id, noted.subject) == (cast.people["head_a"], f"{A} +3 -0")
    again = hand_in(head, GOOD, confirm=True).json()
    assert (again["change_count"], again["same"]) == (0, 3)


def test_for_the_days_it_names_the_file_takes_the_place_of_what_stood(cast, door):
    with transaction() as session:
        add(session, cast, "leader_a", day=date(2026, 12, 1))
        add(session, cast, "leader_a", day=date(2026, 12, 3))
    seen = hand_in(door("secretary"), GOOD).json()
    assert [one["sort"] for one in seen["changes"]].count("gone") == 1
    hand_in(door("secretary"), GOOD, confirm=True)
    with reading() as session:
        assert ("12-01", "leader_a") not in listed(session, cast)
        assert ("12-03", "leader_a") in listed(session, cast)
        (change,) = session.exec(select(ShiftChange)).all()
        assert (change.what, change.by_id) == ("dropped", cast.people["secretary"])


def test_a_workbook_with_dates_times_and_padded_names(cast, door):
    book = Workbook()
    book.active.append(["小桥子社区12月值班表"])
    book.active.append(["值班日期", "开始时间", "结束时间", "值班人员", "联系电话"])
    day = date(2026, 12, 1)
    book.active.append([day, time(8, 30), time(17, 30), "姜\u3000龙", 13800000008])
    book.active.append(["2026年12月2日", "20:00", "24:00", "龚丽", ""])
    data = io.BytesIO()
    book.save(data)
    done = hand_in(door("head_a"), data.getvalue(), confirm=True).json()
    assert (done["problems"], done["written"], done["change_count"]) == ([], True, 2)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-12-32,08:30-17:30,姜龙", "2026-12-32"),
        ("2026-11-01,08:30-17:30,姜龙", "2026-11-01"),
        ("2028-01-01,08:30-17:30,姜龙", "2028-01-01"),
        ("2026-12-01,08:00-次日09:00,姜龙", "08:00-次日09:00"),
        ("2026-12-01,08:00-33:00,姜龙", "08:00-33:00"),
        ("2026-12-01,上午,姜龙", "上午"),
        ("2026-12-01,,姜龙", ""),
        ("2026-12-01,08:30-17:30,", ""),
        ("2026-12-01,08:30-17:30,何芳", "何芳"),
        ("2026-12-01,08:30-17:30,吴刚", "吴刚"),
        ("2026-12-01,08:30-17:30,王二麻子", "王二麻子"),
        ("2026-12-01,09:00-10:00,罗强", "罗强"),
    ],
)
def test_a_bad_row_is_told_and_nothing_is_written(cast, door, row, said):
    good = HEAD + "2026-12-01,08:30-17:30,罗强\n"
    answer = hand_in(door("head_a"), good + row + "\n", confirm=True)
    assert answer.json()["written"] is False
    ((rows, value, why),) = reasons(answer)
    assert (rows, value) == ("3", said or "（空）")
    assert why
    with reading() as session:
        assert session.exec(select(Shift)).all() == []


def test_two_people_of_one_name_are_told_apart_by_their_numbers(cast, door):
    with transaction() as session:
        session.get(Person, cast.people["leader_a"]).name = "姜龙"
    (told,) = reasons(hand_in(door("head_a"), HEAD + "2026-12-01,08:30-17:30,姜龙\n"))
    assert told[1] == "姜龙"
    with_number = "日期,时间,姓名,手机号\n2026-12-01,08:30-17:30,姜龙,13800000010\n"
    assert hand_in(door("head_a"), with_number, confirm=True).json()["written"]
    with reading() as session:
        assert listed(session, cast) == [("12-01", "leader_a")]
    too_many = "日期,时间,姓名,手机号\n2026-12-01,08:30-17:30,龚丽、姜龙,13800000010\n"
    assert "对不上" in reasons(hand_in(door("head_a"), too_many))[0][2]


def test_a_list_in_korean_is_read(cast, door):
    text = "날자,시간,성명\n2026-12-01,08:30-17:30,姜龙\n"
    assert hand_in(door("head_a"), text, confirm=True, language="ko").json()["written"]
    with reading() as session:
        assert listed(session, cast) == [("12-01", "member_a")]


def test_who_has_left_or_is_on_another_list_is_told(cast, door):
    with transaction() as session:
        post = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
        post.ends_on = date(2026, 12, 1)
        add(session, cast, "head_a", by="secretary", grid_code=COMMUNITY, day=date(2026, 12, 2))
    text = HEAD + "2026-12-02,08:30-17:30,姜龙\n2026-12-02,09:00-10:00,龚丽\n"
    told = reasons(hand_in(door("head_a"), text))
    assert [(rows, name) for rows, name, _ in told] == [("2", "姜龙"), ("3", "龚丽")]


def test_who_is_away_that_day_is_told_and_the_row_is_kept(cast, door):
    days = {"first_on": date(2026, 12, 1), "last_on": date(2026, 12, 3)}
    with transaction() as session:
        away(session, cast, "member_a", by="head_a", code=A, **days)
    rows = ("2026-12-01", "2026-12-02", "2026-12-04")
    text = HEAD + "".join(f"{day},08:30-17:30,龚丽、姜龙\n" for day in rows)
    seen = hand_in(door("head_a"), text).json()
    (said,) = seen["warnings"]
    assert "2–3" in said
    assert "姜龙" in said
    assert "2026-12-03" in said
    assert (seen["problems"], seen["change_count"]) == ([], 6)
    done = hand_in(door("head_a"), text, confirm=True).json()
    assert (done["written"], done["warnings"]) == (True, [said])
    with reading() as session:
        assert ("12-01", "member_a") in listed(session, cast)


def test_all_mistakes_of_a_row_are_told_at_once(cast, door):
    told = reasons(hand_in(door("head_a"), HEAD + "2026-12-32,8点,王二\n"))
    assert {value for _, value, _ in told} == {"2026-12-32", "8点", "王二"}


def test_the_same_shift_twice_names_the_first_row(cast, door):
    text = HEAD + "2026-12-01,08:30-17:30,姜龙\n2026-12-01,08:30-17:30,龚丽、姜龙\n"
    ((rows, _, why),) = reasons(hand_in(door("head_a"), text))
    assert rows == "3"
    assert "2" in why


def test_todays_shift_that_has_begun_stays_and_is_no_mistake(cast, door):
    with transaction() as session:
        add(session, cast, day=date(2026, 11, 23))
    text = HEAD + "2026-11-23,08:30-17:30,龚丽\n2026-11-23,20:00-23:00,龚丽\n"
    done = hand_in(door("head_a"), text, confirm=True).json()
    assert done["change_count"] == 1
    with reading() as session:
        assert listed(session, cast) == [("11-23", "member_a"), ("11-23", "head_a")]


@pytest.mark.parametrize(
    ("who", "grid", "status"),
    [
        ("member_a", A, 403),
        ("member_b", A, 403),
        ("head_a", B, 403),
        ("head_a", "nowhere", 404),
        ("resident", A, 403),
        ("officer", STREET, 200),
    ],
)
def test_only_who_keeps_a_list_hands_one_in(cast, door, who, grid, status):
    assert hand_in(door(who), GOOD, grid=grid).status_code == status


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"PK\x03\x04 not a workbook", b"\xd0\xcf\x11\xe0 old", b"a,b\n1,2\n"]
)
def test_a_file_that_is_none_is_told_in_both_languages(cast, door, data):
    chinese = reasons(hand_in(door("head_a"), data, confirm=True))
    english = reasons(hand_in(door("head_a"), data, language="en"))
    assert len(chinese) == len(english) >= 1
    assert chinese != english


def test_a_file_that_is_too_large_is_refused_before_it_is_read(cast, door):
    answer = hand_in(door("head_a"), b"x" * (2 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "importing.too_large")
    assert hand_in(door("head_a"), GOOD, kind="people").status_code == 422
