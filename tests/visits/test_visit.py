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
from tests.cast import A, B
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


def doors(session, cast, who, *keys):
    grids = [session.get(Grid, cast.grids[key]) for key in keys]
    return visits.doors_of(session, cast.actor(who), grids)


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


def test_doors_are_listed_by_house_stair_and_floor_with_their_last_outcome(session, cast):
    knock(session, cast, door="a1", outcome="no_answer", at=NOW - timedelta(days=2))
    knock(session, cast, door="a1", outcome="met", at=NOW)
    knock(session, cast, door="a3", outcome="refused", at=NOW - timedelta(days=1))
    listed = doors(session, cast, "member_a", "a")
    assert [door.room for door in listed] == ["101", "102", "201", "202", "301", "302"]
    assert {door.grid for door in listed} == {A}
    assert (listed[0].last_outcome, listed[0].last_at) == ("met", NOW.isoformat())
    assert listed[2].last_outcome == "refused"
    assert (listed[1].last_outcome, listed[1].last_at) == ("", "")


def test_two_knocks_at_the_same_moment_list_a_door_once(session, cast):
    knock(session, cast, outcome="met")
    knock(session, cast, outcome="refused")
    assert len(doors(session, cast, "member_a", "a")) == 6


@pytest.mark.parametrize("who", ["member_a", "head_a", "secretary"])
def test_care_marks_are_for_those_who_may_see_them(session, cast, who):
    marks = [door.care_mark for door in doors(session, cast, who, "a")]
    assert marks == ["", "elderly_alone", "", "", "needs_evacuation_help", ""]


@pytest.mark.parametrize("who", ["officer", "administrator", "member_b", "leader_a", "department"])
def test_others_get_no_care_mark_even_if_they_get_the_door(session, cast, who):
    assert {door.care_mark for door in doors(session, cast, who, "a")} == {""}


def test_care_marks_are_decided_grid_by_grid(session, cast):
    marks = {(door.grid, door.care_mark) for door in doors(session, cast, "member_b", "a", "b")}
    assert marks == {(A, ""), (B, "child_left_behind"), (B, "")}


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
