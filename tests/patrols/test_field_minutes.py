"""Minutes in the field, counted from records alone: the pure function and its promises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.patrols import rules
from firegrid_app.patrols.rules import LONGEST_PATROL, Walk, counted_spans, gaps, whole_span

DAY = datetime(2026, 11, 22, 16, tzinfo=UTC)
"""Midnight in Shanghai; the day under test goes to NEXT."""
NEXT = DAY + timedelta(days=1)
WHOLE_DAY = 24 * 60
GAP = timedelta(hours=1)
FOREVER = timedelta(days=10)
"""With no limit to gaps, a walk counts from its start to its end."""


def field_minutes(walks, start, end, gap=FOREVER):
    return rules.field_minutes(walks, start, end, gap)


def at(hours, minutes=0.0):
    return DAY + timedelta(hours=hours, minutes=minutes)


def ended(start, end):
    return Walk(start, end, end)


def still_open(start, last_record):
    return Walk(start, None, last_record)


moments = st.one_of(st.integers(0, 45), st.integers(-60, 31 * 60)).map(
    lambda minutes: timedelta(minutes=minutes)
)
"""Half of them close together, as records of one round are."""


@st.composite
def walks(draw):
    start = DAY + timedelta(minutes=draw(st.integers(-2 * WHOLE_DAY, 2 * WHOLE_DAY)))
    last = start + timedelta(seconds=draw(st.integers(0, 30 * 3600)))
    is_over = draw(st.booleans())
    end = start + timedelta(seconds=draw(st.integers(0, 30 * 3600))) if is_over else None
    records = tuple(start + ago for ago in draw(st.lists(moments, max_size=8)))
    words = tuple(
        (start + min(a, b), start + max(a, b))
        for a, b in draw(st.lists(st.tuples(moments, moments), max_size=3))
    )
    return Walk(start, end, last, records, words)


limits = st.sampled_from([timedelta(minutes=10), GAP, timedelta(hours=4)])


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
    assert whole_span(ended(at(10), at(9))) == (at(10), at(10))
    assert counted_spans(ended(at(10), at(9)), GAP) == []


@given(st.lists(walks(), max_size=8), limits)
def test_a_day_never_has_more_minutes_than_passed(found, gap):
    assert 0 <= field_minutes(found, DAY, NEXT, gap) <= WHOLE_DAY


@given(st.lists(walks(), max_size=8), walks(), limits)
def test_another_walk_never_takes_minutes_away(found, another, gap):
    assert field_minutes([*found, another], DAY, NEXT, gap) >= field_minutes(found, DAY, NEXT, gap)


@given(st.lists(walks(), max_size=8), limits)
def test_walks_together_never_make_more_than_each_alone(found, gap):
    alone = sum(field_minutes([walk], DAY, NEXT, gap) for walk in found)
    # Each walk alone loses up to a minute when its seconds are cut.
    assert field_minutes(found, DAY, NEXT, gap) <= alone + len(found)


@given(st.lists(walks(), max_size=8), st.randoms(), limits)
def test_the_order_in_which_walks_arrive_does_not_matter(found, random, gap):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert field_minutes(shuffled, DAY, NEXT, gap) == field_minutes(found, DAY, NEXT, gap)


@given(st.lists(walks(), max_size=6), limits)
def test_the_same_walk_twice_counts_once(found, gap):
    assert field_minutes(found + found, DAY, NEXT, gap) == field_minutes(found, DAY, NEXT, gap)


@given(st.lists(walks(), max_size=6), st.integers(0, WHOLE_DAY), limits)
def test_cutting_a_day_in_two_loses_at_most_the_cut_minute(found, minute, gap):
    cut = DAY + timedelta(minutes=minute)
    halves = field_minutes(found, DAY, cut, gap) + field_minutes(found, cut, NEXT, gap)
    assert 0 <= field_minutes(found, DAY, NEXT, gap) - halves <= 1


@given(walks(), moments, limits)
def test_another_record_never_takes_minutes_away(walk, ago, gap):
    more = replace(walk, records=(*walk.records, walk.started_at + ago))
    assert field_minutes([more], DAY, NEXT, gap) >= field_minutes([walk], DAY, NEXT, gap)


@given(walks(), moments, moments, limits)
def test_another_word_never_takes_minutes_away_and_closes_gaps_only(walk, a, b, gap):
    word = (walk.started_at + min(a, b), walk.started_at + max(a, b))
    more = replace(walk, words=(*walk.words, word))
    assert field_minutes([more], DAY, NEXT, gap) >= field_minutes([walk], DAY, NEXT, gap)
    assert length(gaps(more, gap)) <= length(gaps(walk, gap))


def length(spans):
    return sum((end - start for start, end in spans), timedelta(0))


@given(walks(), limits)
def test_what_counts_and_the_gaps_are_together_the_whole_walk(walk, gap):
    start, end = whole_span(walk)
    merged, reached = timedelta(0), start
    for since, until in sorted([*counted_spans(walk, gap), *gaps(walk, gap)]):
        assert start <= since <= until <= end
        merged += max(timedelta(0), until - max(since, reached))
        reached = max(reached, until)
    assert merged == end - start, "nothing is both missing and unsaid"


@given(walks(), limits)
def test_the_word_about_each_gap_makes_the_whole_walk_count(walk, gap):
    said = replace(walk, words=(*walk.words, *gaps(walk, gap)))
    start, end = whole_span(walk)
    assert gaps(said, gap) == []
    assert field_minutes([said], start, end, gap) == (end - start) // timedelta(minutes=1)


@given(walks())
def test_a_longer_limit_never_takes_minutes_away(walk):
    counted = [
        field_minutes([walk], DAY, NEXT, timedelta(minutes=limit)) for limit in (10, 60, 240, 9999)
    ]
    assert counted == sorted(counted)


@given(st.lists(walks(), max_size=30), limits)
def test_no_day_has_twenty_five_hours(found, gap):
    whole = [replace(walk, ended_at=walk.started_at + timedelta(hours=25)) for walk in found]
    assert field_minutes(whole, DAY, NEXT, FOREVER) <= WHOLE_DAY
    assert field_minutes(found, DAY, NEXT, gap) <= WHOLE_DAY


@given(walks(), limits)
def test_counted_from_its_long_steps_alone_a_walk_has_the_same_time(walk, gap):
    """As the database finds them: all signs, also beyond the end of a forgotten walk."""
    end = walk.ended_at if walk.ended_at is not None else walk.last_record_at
    signs = {walk.started_at, end}
    signs |= {at for at in (*walk.records, walk.last_record_at) if walk.started_at < at < end}
    steps = [one for one in pairwise(sorted(signs)) if one[1] - one[0] > gap - timedelta(seconds=1)]
    spans = rules.counted_between(walk, steps, gap)
    for start, until in ((DAY, NEXT), (DAY - timedelta(days=3), DAY), (NEXT, at(80))):
        assert rules.minutes_inside(spans, start, until) == field_minutes([walk], start, until, gap)
