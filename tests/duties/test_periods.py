"""Dated periods: deterministic, whole, on workdays; seasons computed for any year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.access.rules import Role
from firegrid_app.duties.presets import presets
from firegrid_app.duties.rules.obligations import MOST_TIMES, Kind, Obligation, Rhythm
from firegrid_app.duties.rules.periods import (
    Workdays,
    periods_between,
    span_of,
    standing_of,
)
from firegrid_app.duties.rules.seasons import SEASONS, span_problem, window, windows_between
from firegrid_app.duties.rules.sky import lunar_day, qingming

PLAIN = Workdays()
RHYTHMS = [rhythm for rhythm in Rhythm if rhythm not in (Rhythm.ONCE, Rhythm.SEASON)]
days = st.dates(date(2024, 1, 1), date(2035, 12, 31))
specials = st.dictionaries(days, st.booleans(), max_size=40)


def rule(rhythm, **more):
    return Obligation("r", Kind.MEETING, Role.STREET_OFFICER, 1, rhythm, **more)


@st.composite
def rules(draw):
    rhythm = draw(st.sampled_from([one for one in Rhythm if one != Rhythm.ONCE]))
    season = draw(st.sampled_from(["", *SEASONS]))
    if rhythm == Rhythm.SEASON and not season:
        season = "harvest"
    starts = draw(st.none() | days)
    return rule(
        rhythm,
        times=draw(st.integers(1, MOST_TIMES[rhythm])),
        season=season,
        starts_on=starts,
        ends_on=draw(st.none() | days),
    )


def keys(periods):
    return [(one.first, one.number) for one in periods]


@given(rules(), days, st.integers(0, 200), specials)
def test_the_same_question_has_the_same_answer_and_nothing_twice(one, first, length, special):
    last = first + timedelta(days=length)
    calendar = Workdays(special)
    found = periods_between(one, first, last, calendar)
    assert found == periods_between(one, first, last, calendar)
    assert len(set(keys(found))) == len(found)
    assert found == sorted(found, key=lambda period: (period.first, period.number))


@given(rules(), days, st.integers(0, 60), st.integers(0, 60), specials)
def test_asking_in_two_pieces_finds_what_asking_once_does(one, first, a, b, special):
    middle = first + timedelta(days=a)
    last = middle + timedelta(days=b)
    calendar = Workdays(special)
    whole = set(periods_between(one, first, last, calendar))
    pieces = set(periods_between(one, first, middle, calendar)) | set(
        periods_between(one, middle, last, calendar)
    )
    assert whole == pieces


@given(rules(), days, st.integers(0, 400), specials)
def test_what_is_due_is_due_inside_its_period_and_on_a_workday_if_there_is_one(
    one, first, length, special
):
    calendar = Workdays(special)
    for period in periods_between(one, first, first + timedelta(days=length), calendar):
        assert period.first <= period.due <= period.last
        inside = [
            period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)
        ]
        if not one.season and any(day in calendar for day in inside):
            assert period.due in calendar
        if one.starts_on:
            assert period.due >= one.starts_on
        if one.ends_on:
            assert period.first <= one.ends_on


@pytest.mark.parametrize("rhythm", RHYTHMS)
@given(day=days)
def test_periods_of_a_rhythm_cover_every_day_once(rhythm, day):
    first, last = span_of(rhythm, day)
    assert first <= day <= last
    assert span_of(rhythm, first) == span_of(rhythm, last) == (first, last)
    assert span_of(rhythm, last + timedelta(days=1))[0] == last + timedelta(days=1)


@given(days, st.integers(1, 300), specials)
def test_a_workday_rule_asks_on_each_workday_and_on_no_other(first, length, special):
    calendar = Workdays(special)
    last = first + timedelta(days=length)
    found = {one.first for one in periods_between(rule(Rhythm.WORKDAY), first, last, calendar)}
    wanted = {
        first + timedelta(days=n)
        for n in range(length + 1)
        if first + timedelta(days=n) in calendar
    }
    assert found == wanted


def test_a_month_is_due_on_its_last_workday():
    (one,) = periods_between(rule(Rhythm.MONTH), date(2026, 10, 9), date(2026, 10, 20), PLAIN)
    assert (one.first, one.due) == (date(2026, 10, 1), date(2026, 10, 30))
    off = Workdays({date(2026, 10, 30): False})
    (one,) = periods_between(rule(Rhythm.MONTH), date(2026, 10, 9), date(2026, 10, 9), off)
    assert one.due == date(2026, 10, 29)


def test_every_two_months_is_january_and_february_and_so_on():
    year = periods_between(rule(Rhythm.TWO_MONTHS), date(2027, 1, 1), date(2027, 12, 31), PLAIN)
    assert [one.first.month for one in year] == [1, 3, 5, 7, 9, 11]
    assert year[0].last == date(2027, 2, 28)


def test_twice_a_week_is_due_on_two_workdays():
    week = periods_between(
        rule(Rhythm.WEEK, times=2), date(2026, 11, 23), date(2026, 11, 23), PLAIN
    )
    assert [(one.number, one.due) for one in week] == [
        (1, date(2026, 11, 25)),
        (2, date(2026, 11, 27)),
    ]


def test_a_season_raises_the_rhythm_only_inside_its_window():
    weekly = rule(Rhythm.WEEK, season="harvest")
    found = periods_between(weekly, date(2026, 1, 1), date(2026, 12, 31), PLAIN)
    assert found[0].due >= date(2026, 9, 15)
    assert found[-1].due <= date(2026, 11, 10)
    assert len(found) == 9
    own = {("harvest", 2026): (date(2026, 10, 5), date(2026, 10, 11))}
    (one,) = periods_between(weekly, date(2026, 1, 1), date(2026, 12, 31), PLAIN, own)
    assert one.first == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("year", "eve", "lantern", "mid_autumn", "ghost", "hanyi", "dragon_boat"),
    [
        (2026, (2, 16), (3, 3), (9, 25), (8, 27), (11, 9), (6, 19)),
        (2027, (2, 5), (2, 20), (9, 15), (8, 16), (10, 29), (6, 9)),
        (2028, (1, 25), (2, 9), (10, 3), (9, 3), (11, 16), (5, 28)),
    ],
)
def test_festivals_fall_on_the_days_of_the_reference(
    year, eve, lantern, mid_autumn, ghost, hanyi, dragon_boat
):
    assert lunar_day(year, 1, 1) - timedelta(days=1) == date(year, *eve)
    assert lunar_day(year, 1, 15) == date(year, *lantern)
    assert lunar_day(year, 8, 15) == date(year, *mid_autumn)
    assert lunar_day(year, 7, 15) == date(year, *ghost)
    assert lunar_day(year, 10, 1) == date(year, *hanyi)
    assert lunar_day(year, 5, 5) == date(year, *dragon_boat)


@pytest.mark.parametrize(
    ("year", "day"), [(2020, 4), (2021, 4), (2023, 5), (2024, 4), (2025, 4), (2026, 5), (2028, 4)]
)
def test_qingming(year, day):
    assert qingming(year) == date(year, 4, day)


def test_qingming_stays_early_in_april_for_the_whole_century():
    assert {qingming(year).day for year in range(2000, 2099)} <= {4, 5}


@pytest.mark.parametrize("code", SEASONS)
def test_every_season_has_a_window_every_year_and_none_ends_before_it_starts(code):
    for year in range(2024, 2060):
        one = window(code, year)
        assert one.first <= one.last
        assert span_problem(code, year, one.first, one.last) == ""


def test_winter_spring_reaches_into_the_next_year():
    found = windows_between(date(2027, 1, 5), date(2027, 1, 5), codes=("winter_spring",))
    assert [(one.year, one.last) for one in found] == [(2026, date(2027, 3, 15))]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 11, 10), date(2026, 9, 15), "duties.season_ends_before"),
        (date(2019, 9, 15), date(2019, 11, 10), "duties.season_far_off"),
        (date(2026, 9, 15), date(2027, 9, 14), "duties.season_far_off"),
    ],
)
def test_a_season_that_cannot_be_is_refused(first, last, code):
    assert span_problem("harvest", 2026, first, last) == code
    assert span_problem("monsoon", 2026, first, last) == "duties.unknown_season"


def test_the_year_2026_of_a_small_grid_by_the_chongqing_plan():
    walk = next(one for one in presets()["chongqing_2021"] if one.code == "daily_walk")
    calendar = Workdays({date(2026, 10, 1): False, date(2026, 10, 10): True})
    year = periods_between(walk, date(2026, 1, 1), date(2026, 12, 31), calendar)
    assert len(year) == 261
    assert date(2026, 10, 10) in {one.first for one in year}


@pytest.mark.parametrize(
    ("rhythm", "first", "due", "standing"),
    [
        (Rhythm.WORKDAY, 0, 0, "today"),
        (Rhythm.WORKDAY, -1, -1, "gone"),
        (Rhythm.DAY, 0, 0, "today"),
        (Rhythm.DAY, -1, -1, "gone"),
        (Rhythm.WEEK, 0, 4, "week"),
        (Rhythm.MONTH, -22, 7, "later"),
        (Rhythm.WEEK, -7, -3, "overdue"),
        (Rhythm.WEEK, -14, -10, "gone"),
        (Rhythm.MONTH, -30, -1, "overdue"),
        (Rhythm.YEAR, -300, -30, "overdue"),
        (Rhythm.YEAR, -300, -32, "gone"),
    ],
)
def test_standing_by_the_day(rhythm, first, due, standing):
    today = date(2026, 11, 23)
    begins, ends = (today + timedelta(days=one) for one in (first, due))
    assert standing_of(rhythm, begins, ends, False, today) == standing
    assert standing_of(rhythm, begins, ends, True, today) == "done"
