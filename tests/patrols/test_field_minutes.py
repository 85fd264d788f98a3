"""Minutes in the field, counted from records alone: the pure function and its promises."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.patrols.rules import LONGEST_PATROL, Walk, counted_span, field_minutes

DAY = datetime(2026, 11, 22, 16, tzinfo=UTC)
"""Midnight in Shanghai; the day under test goes to NEXT."""
NEXT = DAY + timedelta(days=1)
WHOLE_DAY = 24 * 60


def at(hours, minutes=0.0):
    return DAY + timedelta(hours=hours, minutes=minutes)


def ended(start, end):
    return Walk(start, end, end)


def still_open(start, last_record):
    return Walk(start, None, last_record)


@st.composite
def walks(draw):
    start = DAY + timedelta(minutes=draw(st.integers(-2 * WHOLE_DAY, 2 * WHOLE_DAY)))
    last = start + timedelta(seconds=draw(st.integers(0, 30 * 3600)))
    is_over = draw(st.booleans())
    end = start + timedelta(seconds=draw(st.integers(0, 30 * 3600))) if is_over else None
    return Walk(start, end, last)


@pytest.mark.parametrize(
    ("found", "minutes"),
    [
        ([], 0),
        ([ended(at(9), at(9, 45))], 45),
        ([ended(at(9), at(9, 0.99))], 0),
        ([ended(at(9), at(10)), ended(at(14), at(14, 30))], 90),
        ([ended(at(9), at(10)), ended(at(9, 30), at(10, 30))], 90),
        ([ended(at(9), at(12)), ended(at(10), at(11))], 180),
        ([ended(at(9), at(10)), ended(at(9), at(10))], 60),
        ([ended(at(9), at(10)), ended(at(10), at(11))], 120),
    ],
    ids=[
        "nothing",
        "one",
        "not a whole minute",
        "two apart",
        "two overlapping",
        "one inside another",
        "twice the same",
        "one after another",
    ],
)
def test_minutes_of_ended_walks(found, minutes):
    assert field_minutes(found, DAY, NEXT) == minutes


def test_half_minutes_of_several_walks_add_up_before_they_are_cut():
    found = [ended(at(9), at(9, 10.5)), ended(at(11), at(11, 10.5))]
    assert field_minutes(found, DAY, NEXT) == 21


def test_a_walk_over_midnight_counts_in_both_days_and_no_minute_twice():
    walk = [ended(at(23, 30), at(24, 45))]
    assert field_minutes(walk, DAY, NEXT) == 30
    assert field_minutes(walk, NEXT, NEXT + timedelta(days=1)) == 45


def test_an_open_walk_counts_up_to_its_last_record_and_no_further():
    assert field_minutes([still_open(at(9), at(9, 25))], DAY, NEXT) == 25


def test_an_open_walk_without_a_record_counts_nothing():
    assert field_minutes([still_open(at(9), at(9))], DAY, NEXT) == 0


def test_the_end_counts_not_a_record_that_came_later():
    assert field_minutes([Walk(at(9), at(10), at(15))], DAY, NEXT) == 60


def test_a_forgotten_walk_stops_counting():
    walk = ended(at(0), at(23))
    assert field_minutes([walk], DAY, NEXT) == LONGEST_PATROL.total_seconds() // 60


def test_an_end_before_the_start_counts_nothing():
    assert counted_span(ended(at(10), at(9))) == (at(10), at(10))


@given(st.lists(walks(), max_size=8))
def test_a_day_never_has_more_minutes_than_passed(found):
    assert 0 <= field_minutes(found, DAY, NEXT) <= WHOLE_DAY


@given(st.lists(walks(), max_size=8), walks())
def test_another_walk_never_takes_minutes_away(found, another):
    assert field_minutes([*found, another], DAY, NEXT) >= field_minutes(found, DAY, NEXT)


@given(st.lists(walks(), max_size=8))
def test_walks_together_never_make_more_than_each_alone(found):
    alone = sum(field_minutes([walk], DAY, NEXT) for walk in found)
    # Each walk alone loses up to a minute when its seconds are cut.
    assert field_minutes(found, DAY, NEXT) <= alone + len(found)


@given(st.lists(walks(), max_size=8), st.randoms())
def test_the_order_in_which_walks_arrive_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert field_minutes(shuffled, DAY, NEXT) == field_minutes(found, DAY, NEXT)


@given(st.lists(walks(), max_size=6))
def test_the_same_walk_twice_counts_once(found):
    assert field_minutes(found + found, DAY, NEXT) == field_minutes(found, DAY, NEXT)


@given(st.lists(walks(), max_size=6), st.integers(0, WHOLE_DAY))
def test_cutting_a_day_in_two_loses_at_most_the_cut_minute(found, minute):
    cut = DAY + timedelta(minutes=minute)
    halves = field_minutes(found, DAY, cut) + field_minutes(found, cut, NEXT)
    assert 0 <= field_minutes(found, DAY, NEXT) - halves <= 1
