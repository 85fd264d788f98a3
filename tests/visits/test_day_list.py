"""Today's list of doors: what a phone may know of households, and for how long (privacy E.3)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firegrid_app.grids.tables import Grid
from firegrid_app.visits import service as visits
from firegrid_app.visits.rules import (
    CARE_MARKS,
    COME_BACK_OUTCOMES,
    DONE_OUTCOMES,
    LONGEST_LIST,
    OUTCOMES,
    ROUND,
    Standing,
    is_due,
    list_of_day,
)
from firegrid_app.visits.tables import Household
from tests.cast import A, B
from tests.factories import NOW
from tests.visits.test_visit import knock

DAY_START = NOW.replace(hour=16) - timedelta(days=1)
"""Midnight in Shanghai."""


def lists(session, cast, who, *keys, now=NOW):
    grids = [session.get(Grid, cast.grids[key]) for key in keys]
    return visits.lists_of_day(session, cast.actor(who), grids, now)


def on_list(session, cast, key, **options):
    found = {door.id: door for door in lists(session, cast, "member_a", "a", **options)[A].doors}
    return found.get(cast.doors[key])


def test_a_door_knocked_at_today_is_on_it_with_how_it_ended(session, cast):
    knock(session, cast, door="a1", outcome="no_answer", at=NOW - timedelta(days=2))
    knock(session, cast, door="a1", outcome="met", at=NOW)
    door = on_list(session, cast, "a1")
    assert (door.last_outcome, door.last_at, door.due) == ("met", NOW.isoformat(), False)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_of_an_earlier_day_only_doors_to_come_back_to_are_on_it(session, cast, outcome):
    knock(session, cast, door="a1", outcome=outcome, at=NOW - timedelta(days=2))
    door = on_list(session, cast, "a1")
    assert (door is not None) == (outcome in COME_BACK_OUTCOMES)
    done = lists(session, cast, "member_a", "a")[A].done
    assert (cast.doors["a1"] in done) == (outcome not in COME_BACK_OUTCOMES)


def test_a_round_ago_a_door_is_as_if_nobody_had_knocked(session, cast):
    knock(session, cast, door="a1", outcome="come_back", at=NOW - ROUND - timedelta(minutes=1))
    knock(session, cast, door="a3", outcome="met", at=NOW - ROUND - timedelta(minutes=1))
    found = lists(session, cast, "member_a", "a")[A]
    assert cast.doors["a1"] not in {door.id for door in found.doors}
    assert found.done == ()


def test_a_household_with_a_care_mark_is_on_it_until_met_and_again_a_month_later(session, cast):
    assert on_list(session, cast, "a2").care_mark == "elderly_alone"
    assert on_list(session, cast, "a2").due
    knock(session, cast, door="a2", outcome="met", at=NOW)
    assert on_list(session, cast, "a2").care_mark == "elderly_alone", "today it is still shown"
    assert on_list(session, cast, "a2", now=NOW + timedelta(days=1)) is None
    assert on_list(session, cast, "a2", now=NOW + timedelta(days=29)) is None
    assert on_list(session, cast, "a2", now=NOW + timedelta(days=30)).due


def test_two_knocks_at_the_same_moment_list_a_door_once(session, cast):
    knock(session, cast, outcome="met")
    knock(session, cast, outcome="refused")
    listed = [door.id for door in lists(session, cast, "member_a", "a")[A].doors]
    assert listed.count(cast.doors["a1"]) == 1


def test_a_door_that_moved_to_another_grid_takes_its_last_knock_along(session, cast):
    knock(session, cast, door="a1", outcome="come_back", at=NOW - timedelta(days=1))
    door = session.get(Household, cast.doors["a1"])
    door.grid_id, door.building = cast.grids["b"], "9栋"
    session.flush()
    assert cast.doors["a1"] not in {d.id for d in lists(session, cast, "member_a", "a")[A].doors}
    found = lists(session, cast, "secretary", "a", "b")[B]
    assert cast.doors["a1"] in {door.id for door in found.doors}


@pytest.mark.parametrize("who", ["member_a", "head_a", "secretary"])
def test_care_marks_are_for_those_who_may_see_them(session, cast, who):
    marks = {door.id: door.care_mark for door in lists(session, cast, who, "a")[A].doors}
    assert marks == {
        cast.doors["a2"]: "elderly_alone",
        cast.doors["a5"]: "needs_evacuation_help",
    }


@pytest.mark.parametrize("who", ["officer", "administrator", "member_b", "leader_a", "department"])
def test_others_get_no_care_mark_and_no_door_listed_for_one(session, cast, who):
    assert lists(session, cast, who, "a") == {}
    knock(session, cast, door="a2", outcome="no_answer")
    (door,) = lists(session, cast, who, "a")[A].doors
    assert (door.id, door.care_mark) == (cast.doors["a2"], "")


def test_care_marks_are_decided_grid_by_grid(session, cast):
    found = lists(session, cast, "member_b", "a", "b")
    assert [door.care_mark for door in found[B].doors] == ["child_left_behind"]
    assert A not in found


def test_every_outcome_is_either_done_with_or_to_come_back_to_or_says_neither():
    assert set(OUTCOMES) >= DONE_OUTCOMES | COME_BACK_OUTCOMES
    assert not DONE_OUTCOMES & COME_BACK_OUTCOMES


moments = some.integers(0, 100 * 24 * 60).map(lambda ago: NOW - timedelta(minutes=ago))
knocked = some.tuples(some.sampled_from(OUTCOMES), moments) | some.just(("", None))
standings = some.lists(some.tuples(some.sampled_from(("", *CARE_MARKS)), knocked), max_size=200)


@given(standings)
def test_a_list_holds_todays_doors_and_a_days_work_and_loses_none(drawn):
    doors = [Standing(n, mark, outcome, at) for n, (mark, (outcome, at)) in enumerate(drawn)]
    listed, done, more = list_of_day(doors, DAY_START, NOW)
    today = [one for one in doors if one.knocked_at is not None and one.knocked_at >= DAY_START]
    assert set(today) <= set(listed)
    assert len(listed) <= len(today) + LONGEST_LIST
    assert not set(done) & {one.door for one in listed}
    due = [one for one in doors if is_due(one, NOW) and one not in today]
    assert len(due) == len(listed) - len(today) + more
    silent = [one for one in doors if not one.outcome and not one.care_mark]
    assert not {one.door for one in silent} & {*done, *(one.door for one in listed)}
    # Who waits for somebody to come back goes before a routine visit.
    if more and any(one.outcome not in COME_BACK_OUTCOMES and one in due for one in listed):
        left = [one for one in due if one not in listed]
        assert all(one.outcome not in COME_BACK_OUTCOMES for one in left)
