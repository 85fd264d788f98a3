"""Drawing up a list: each day covered by who can be there, turns even, nobody twice at once."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.rota.rules import (
    Days,
    Hours,
    Pattern,
    Turn,
    clock_time,
    copied_from,
    days_wanted,
    draw,
    hours_of,
    is_near,
    month_days,
    month_of,
    other_month,
    overlaps,
    whose_turn,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = Hours(time(8, 30), time(17, 30))
NIGHT = Hours(time(20), time(8))
DECEMBER = date(2026, 12, 1)

clocks = st.times().map(lambda one: one.replace(second=0, microsecond=0))
hours = st.builds(Hours, clocks, clocks)
months = st.builds(lambda y, m: date(y, m, 1), st.integers(2024, 2035), st.integers(1, 12))
zones = st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/New_York")])


patterns = st.builds(
    Pattern,
    st.integers(1, 9).map(lambda count: tuple(range(1, count + 1))),
    st.lists(hours, min_size=1, max_size=3).map(tuple),
    st.sampled_from(Days),
    st.sampled_from(Turn),
    st.integers(1, 3),
)


def anybody(person, day, moments):
    return True


@given(patterns, months, st.integers(0, 8), zones, st.sets(st.integers(1, 31)))
def test_nobody_is_on_duty_twice_at_once_and_nothing_is_forgotten(pattern, first, at, zone, gone):
    days = month_days(first)

    def is_free(person, day, moments):
        return not (person == 1 and day.day in gone)

    drawn, empty = draw(pattern, days, at % len(pattern.people), zone, is_free)
    assert len(drawn) + len(empty) == len(days) * len(pattern.hours) * pattern.at_once
    by_person = {}
    for one in drawn:
        assert one.person in pattern.people
        assert not (one.person == 1 and one.day.day in gone)
        by_person.setdefault(one.person, []).append(one.hours.on(one.day, zone))
    for some in by_person.values():
        for place, moments in enumerate(some):
            assert not any(overlaps(moments, other) for other in some[place + 1 :])
    # A shift stays empty only if everybody else is taken just then.
    for day, wanted in empty:
        moments = wanted.on(day, zone)
        for person in pattern.people:
            taken = any(overlaps(moments, other) for other in by_person.get(person, ()))
            assert taken or not is_free(person, day, moments)


@given(st.integers(1, 12), months, st.integers(0, 11))
def test_by_the_day_everybody_has_as_many_as_everybody_else(count, first, at):
    pattern = Pattern(tuple(range(count)), (DAY,), Days.EVERY)
    drawn, empty = draw(pattern, month_days(first), at % count, SHANGHAI, anybody)
    had = Counter(one.person for one in drawn)
    assert not empty
    assert max(had.values()) - min(had[person] for person in range(count)) <= 1
    # And in the order of the list, whoever begins.
    assert [one.person for one in drawn] == [(at + n) % count for n in range(len(drawn))]


@given(patterns, months, st.integers(0, 8))
def test_the_same_question_has_the_same_answer(pattern, first, at):
    at %= len(pattern.people)
    days = month_days(first)
    assert draw(pattern, days, at, SHANGHAI, anybody) == draw(pattern, days, at, SHANGHAI, anybody)


@given(st.integers(2, 9), months, st.integers(2, 14))
def test_a_month_drawn_in_two_goes_is_the_month_drawn_in_one(count, first, cut):
    """Going on in turn: who comes next does not depend on when one stopped."""
    for turn in Turn:
        pattern = Pattern(tuple(range(count)), (DAY,), Days.EVERY, turn)
        days = month_days(first)
        whole, _ = draw(pattern, days, 0, SHANGHAI, anybody)
        begun, _ = draw(pattern, days[:cut], 0, SHANGHAI, anybody)
        place = whose_turn(pattern, days[cut], (begun[-1].person, begun[-1].day))
        rest, _ = draw(pattern, days[cut:], place, SHANGHAI, anybody)
        assert begun + rest == whole


def test_a_week_in_turn_changes_on_mondays():
    pattern = Pattern((1, 2, 3), (DAY,), Days.WORKDAYS, Turn.WEEK)
    days = days_wanted(month_days(DECEMBER), Days.WORKDAYS, lambda day: day.weekday() < 5)
    drawn, _ = draw(pattern, days, 0, SHANGHAI, anybody)
    assert [(one.day.day, one.person) for one in drawn][:6] == [
        (1, 1), (2, 1), (3, 1), (4, 1), (7, 2), (8, 2),
    ]  # fmt: skip


def test_day_and_night_go_round_together():
    pattern = Pattern((1, 2, 3), (DAY, NIGHT), Days.EVERY)
    drawn, _ = draw(pattern, month_days(DECEMBER)[:3], 0, SHANGHAI, anybody)
    assert [one.person for one in drawn] == [1, 2, 3, 1, 2, 3]


def test_one_person_cannot_be_on_duty_by_day_and_night_when_both_take_24_hours():
    whole = Hours(time(8), time(8))
    pattern = Pattern((1,), (whole, DAY), Days.EVERY)
    drawn, empty = draw(pattern, month_days(DECEMBER)[:2], 0, SHANGHAI, anybody)
    assert [one.hours for one in drawn] == [whole, whole]
    assert [one[1] for one in empty] == [DAY, DAY]


def test_days_wanted_follow_the_calendar():
    days = month_days(date(2026, 10, 1))
    off = {date(2026, 10, n) for n in (1, 2, 5, 6, 7)}
    makeup = date(2026, 10, 10)

    def is_workday(day):
        return day == makeup or (day.weekday() < 5 and day not in off)

    work, rest = (days_wanted(days, one, is_workday) for one in (Days.WORKDAYS, Days.REST))
    assert makeup in work
    assert off <= set(rest)
    assert sorted(work + rest) == days_wanted(days, Days.EVERY, is_workday) == days


def test_a_shift_over_midnight_ends_the_next_day_and_the_same_time_twice_is_a_day():
    starts, ends = NIGHT.on(date(2026, 12, 31), SHANGHAI)
    assert starts == datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert ends == datetime(2027, 1, 1, 0, tzinfo=UTC)
    whole = Hours(time(8), time(8)).on(DECEMBER, SHANGHAI)
    assert whole[1] - whole[0] == timedelta(hours=24)


@given(hours, st.dates(date(2024, 1, 1), date(2035, 1, 1)))
def test_no_shift_is_longer_than_a_day_on_the_wall(one, day):
    starts, ends = one.on(day, SHANGHAI)
    assert timedelta(0) < ends - starts <= timedelta(hours=24)


def test_the_wall_counts_where_clocks_are_changed():
    """A night of 12 hours on the wall is 13 hours when the clock goes back."""
    starts, ends = NIGHT.on(date(2026, 10, 24), BERLIN)
    assert ends - starts == timedelta(hours=13)
    assert ends.astimezone(BERLIN).time() == time(8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("08:30", time(8, 30)),
        ("8：30", time(8, 30)),
        (" 8:30:00 ", time(8, 30)),
        ("24:00", time(0)),
        ("25:00", None),
        ("24:01", None),
        ("8:60", None),
        ("8", None),
        ("", None),
        ("-1:00", None),
        ("٠٨:٣٠", None),
    ],
)
def test_a_time_of_the_day(text, said):
    assert clock_time(text) == said


def test_hours_need_both_times():
    assert hours_of("20:00", "08:00") == NIGHT
    assert hours_of("20:00", "") is None
    assert hours_of("8", "9:00") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-12", DECEMBER),
        ("2026-13", None),
        ("2026-00", None),
        ("1999-12", None),
        ("2026-1", None),
        ("", None),
        ("2026-12-01", None),
    ],
)
def test_a_month(text, said):
    assert month_of(text) == said


def test_a_list_is_drawn_up_for_this_month_and_a_year_ahead():
    today = date(2026, 11, 23)
    assert is_near(date(2026, 11, 1), today)
    assert is_near(date(2027, 11, 1), today)
    assert not is_near(date(2026, 10, 1), today)
    assert not is_near(date(2027, 12, 1), today)
    assert other_month(DECEMBER, 1) == date(2027, 1, 1)
    assert other_month(date(2026, 1, 1), -1) == date(2025, 12, 1)


@given(st.dates(date(2024, 1, 1), date(2035, 1, 1)))
def test_a_day_repeats_the_same_weekday_of_the_month_before(day):
    source = copied_from(day)
    assert source.weekday() == day.weekday()
    assert source.replace(day=1) == other_month(day.replace(day=1), -1)


def test_who_left_the_order_lets_it_begin_anew():
    pattern = Pattern((4, 5), (DAY,))
    assert whose_turn(pattern, DECEMBER, None) == 0
    assert whose_turn(pattern, DECEMBER, (9, date(2026, 11, 30))) == 0
    assert whose_turn(pattern, DECEMBER, (4, date(2026, 11, 27))) == 1
