"""Knocking at doors: log a knock, list the doors, count a day's knocks."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.texts import LANGUAGES, catalogue
from firegrid_app.visits import service as visits
from firegrid_app.visits.rules import CARE_MARK_OF_WORD, CARE_MARKS, DONE_OUTCOMES, OUTCOMES
from firegrid_app.visits.tables import Visit
from tests.cast import A
from tests.factories import NOW, stamp, walk


def knock(session, cast, who="member_a", door="a1", at=NOW, **changes):
    values = {
        "household_id": cast.doors.get(door, 999_999),
        "patrol_id": None,
        "outcome": "met",
        "note": "",
        "now": NOW,
    }
    visit = visits.log(session, cast.actor(who), stamp(at), **values | changes)
    session.flush()
    return visit


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_knock_is_kept_with_its_outcome_in_the_doors_grid(session, cast, outcome):
    knock(session, cast, outcome=outcome, note="狗在门口")
    session.commit()
    row = session.exec(select(Visit)).one()
    assert (row.household_id, row.outcome, row.note) == (cast.doors["a1"], outcome, "狗在门口")
    assert row.grid_id == cast.grids["a"]


def test_an_unknown_door_or_outcome_is_told_apart_and_nothing_is_written(session, cast):
    with refused(r"visits\.unknown_door"):
        knock(session, cast, door="none")
    with refused(r"visits\.unknown_outcome"):
        knock(session, cast, outcome="jumped")
    session.flush()
    assert session.exec(select(Visit)).all() == []


@pytest.mark.parametrize(
    "who", ["member_b", "leader_a", "officer", "other_secretary", "department", "resident"]
)
def test_who_does_not_work_in_the_grid_knocks_at_no_door_there(session, cast, who):
    with refused(r"access\.outside_grid"):
        knock(session, cast, who)
    assert session.exec(select(Visit)).all() == []


def test_a_knock_moves_the_open_end_of_its_patrol(session, cast):
    patrol = walk(session, cast.actor("member_a"), NOW, None)
    knock(session, cast, at=NOW + timedelta(minutes=9), patrol_id=patrol.id)
    assert patrol.last_record_at == NOW + timedelta(minutes=9)


def test_two_people_in_one_building_lose_nothing_and_the_later_knock_shows(session, cast):
    knock(session, cast, "head_a", door="a1", outcome="met", at=NOW + timedelta(minutes=5))
    knock(session, cast, "member_a", door="a1", outcome="no_answer", at=NOW)
    knock(session, cast, "head_a", door="a3", outcome="refused", at=NOW)
    rows = session.exec(select(Visit).where(Visit.household_id == cast.doors["a1"])).all()
    assert {(row.person_id, row.outcome) for row in rows} == {
        (cast.people["head_a"], "met"),
        (cast.people["member_a"], "no_answer"),
    }
    grids = [session.get(Grid, cast.grids["a"])]
    later = NOW + timedelta(minutes=10)
    for who in ("member_a", "head_a"):
        listed = visits.lists_of_day(session, cast.actor(who), grids, later)[A].doors
        shown = {door.id: door.last_outcome for door in listed}
        assert (shown[cast.doors["a1"]], shown[cast.doors["a3"]]) == ("met", "refused")


def test_doors_are_listed_by_house_stair_and_floor(session, cast):
    listed = list(visits.doors_of(session, [session.get(Grid, cast.grids["a"])]))
    assert [door.room for door in listed] == ["101", "102", "201", "202", "301", "302"]
    assert {door.grid for door in listed} == {A}
    assert listed[0].id == cast.doors["a1"]
    assert (listed[0].building, listed[0].unit, listed[0].floor) == ("1栋", "1单元", 1)
    assert list(visits.doors_of(session, [])) == []


def test_different_doors_are_counted_not_knocks(session, cast):
    knock(session, cast, door="a1", outcome="no_answer")
    knock(session, cast, door="a1", at=NOW + timedelta(hours=1))
    knock(session, cast, door="a2")
    knock(session, cast, "member_b", "b1")
    knock(session, cast, door="a3", at=NOW + timedelta(hours=14))
    ids = [cast.grids["a"], cast.grids["b"], cast.grids["c"]]
    assert visits.knocks_by_grid(session, ids, date(2026, 11, 23)) == {
        cast.grids["a"]: 2,
        cast.grids["b"]: 1,
    }
    assert visits.knocks_by_grid(session, ids, date(2026, 11, 24)) == {cast.grids["a"]: 1}


def test_outcomes_and_marks_have_words_and_no_register_word_keeps_a_diagnosis():
    assert set(OUTCOMES) >= DONE_OUTCOMES
    assert set(CARE_MARK_OF_WORD.values()) <= set(CARE_MARKS)
    for language in LANGUAGES:
        texts = catalogue(language)
        assert all(texts[f"visits.outcome.{outcome}"] for outcome in OUTCOMES)
        assert all(texts[f"visits.care.{mark}"] for mark in CARE_MARKS)
