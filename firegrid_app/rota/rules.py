"""Hours of a shift, the days of a month, whose turn it is: pure, on the wall clock of one zone.

A duty list (值班表) says who is there. It ranks nobody and asks nobody to clock in (国办函〔2026〕
12号).
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

MOST_PEOPLE = 60
MOST_SHIFTS = 3
"""Shifts of one day: morning, evening, night."""
MOST_AT_ONCE = 4
MONTHS_AHEAD = 12
EARLY = timedelta(hours=2)
"""So long before a shift begins it can be taken over, and what was left for it is shown."""

LONGEST_AWAY = timedelta(days=92)
NOTED_AFTER = timedelta(days=31)
"""So long after a day it can still be noted that somebody was away."""

_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)

Moments = tuple[datetime, datetime]
"""Beginning and end of a shift, in UTC; half open."""


@dataclass(frozen=True)
class Hours:
    """From when to when on the wall. An end not after the beginning is on the next day."""

    starts: time
    ends: time

    @property
    def over_midnight(self) -> bool:
        """Does it end on the next day? The same time twice is a whole day round."""
        return self.ends <= self.starts

    def on(self, day: date, zone: ZoneInfo) -> Moments:
        """The shift that begins on `day`."""
        end_day = day + timedelta(days=1) if self.over_midnight else day
        return (
            datetime.combine(day, self.starts, zone).astimezone(UTC),
            datetime.combine(end_day, self.ends, zone).astimezone(UTC),
        )


class Days(StrEnum):
    """On which days somebody is on duty."""

    WORKDAYS = "workdays"
    EVERY = "every"
    REST = "rest"
    """Weekends and public holidays, without make-up days (调休)."""


class Turn(StrEnum):
    """How long a turn lasts."""

    DAY = "day"
    WEEK = "week"
    """From Monday on."""


class Why(StrEnum):
    """Why somebody is not in the field."""

    SENT = "sent"
    """Village or community sent them elsewhere (服从村和社区的调度, YC-75)."""
    LEAVE = "leave"


@dataclass(frozen=True)
class Pattern:
    """A list that repeats: people in their order, and what each turn is."""

    people: tuple[int, ...]
    hours: tuple[Hours, ...]
    days: Days = Days.WORKDAYS
    turn: Turn = Turn.DAY
    at_once: int = 1
    """How many are on one shift together."""


@dataclass(frozen=True)
class Drawn:
    """One shift of a drawn-up list."""

    day: date
    hours: Hours
    person: int


IsFree = Callable[[int, date, Moments], bool]
"""Can this person be on duty that day, at these moments?"""


def clock_time(text: str) -> time | None:
    """`8:30`, `08:30:00`, full-width colon; `24:00` is midnight. None for anything else."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    if (hour, minute) == (24, 0):
        return time(0, 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def hours_of(starts: str, ends: str) -> Hours | None:
    """Hours as two fields of a form write them; None when one is no time of a day."""
    begin, end = clock_time(starts), clock_time(ends)
    return None if begin is None or end is None else Hours(begin, end)


def month_of(text: str) -> date | None:
    """The first day of a month written `2026-12`; None for anything else."""
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12 or not 2000 <= int(match[1]) < 2100:
        return None
    return date(int(match[1]), int(match[2]), 1)


def month_days(first: date) -> list[date]:
    """All days of the month that begins on `first`."""
    return [first + timedelta(days=n) for n in range(monthrange(first.year, first.month)[1])]


def other_month(first: date, steps: int) -> date:
    """The first day of the month so many months on, or back."""
    months = first.year * 12 + first.month - 1 + steps
    return date(months // 12, months % 12 + 1, 1)


def is_near(first: date, today: date) -> bool:
    """May a list be drawn up for this month: not a past one, at most a year ahead?"""
    this = today.replace(day=1)
    return this <= first <= other_month(this, MONTHS_AHEAD)


def days_wanted(
    days: Iterable[date], wanted: Days, is_workday: Callable[[date], bool]
) -> list[date]:
    """Those of the days on which somebody is to be on duty."""
    if wanted is Days.EVERY:
        return list(days)
    return [day for day in days if is_workday(day) is (wanted is Days.WORKDAYS)]


def whose_turn(pattern: Pattern, day: date, last: tuple[int, date] | None) -> int:
    """Place in the order at which to go on from `day`; `last` is who was on duty last, and when.

    A week that began in the month before stays with whom it began.
    """
    if last is None or last[0] not in pattern.people:
        return 0
    place = pattern.people.index(last[0])
    if pattern.turn is Turn.WEEK and _monday(last[1]) == _monday(day):
        each = len(pattern.hours) * pattern.at_once
        return (place - each + 1) % len(pattern.people)
    return (place + 1) % len(pattern.people)


def draw(
    pattern: Pattern, days: Sequence[date], first: int, zone: ZoneInfo, is_free: IsFree
) -> tuple[list[Drawn], list[tuple[date, Hours]]]:
    """Who is on duty on these days, and shifts for which nobody was free.

    Turns go round from place `first` of the order. Who cannot be there that day is stepped in for
    by the next in the order; the turns after it stay as they were.
    """
    drawn: list[Drawn] = []
    empty: list[tuple[date, Hours]] = []
    taken: dict[int, list[Moments]] = {}
    count = len(pattern.people)
    turn = first
    for _, unit in groupby(days, key=_unit(pattern.turn)):
        for day in unit:
            place = turn
            for hours in pattern.hours:
                moments = hours.on(day, zone)
                for _ in range(pattern.at_once):
                    order = (pattern.people[(place + n) % count] for n in range(count))
                    found = next(
                        (
                            one
                            for one in order
                            if not overlaps_any(moments, taken.get(one, ()))
                            and is_free(one, day, moments)
                        ),
                        None,
                    )
                    place += 1
                    if found is None:
                        empty.append((day, hours))
                        continue
                    taken.setdefault(found, []).append(moments)
                    drawn.append(Drawn(day, hours, found))
        turn += len(pattern.hours) * pattern.at_once
    return drawn, empty


def _unit(turn: Turn) -> Callable[[date], date]:
    return (lambda day: day) if turn is Turn.DAY else _monday


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def overlaps(one: Moments, other: Moments) -> bool:
    """Do two shifts share a moment? One that begins when the other ends does not."""
    return one[0] < other[1] and other[0] < one[1]


def overlaps_any(one: Moments, others: Iterable[Moments]) -> bool:
    """Does it share a moment with any of these?"""
    return any(overlaps(one, other) for other in others)


def copied_from(day: date) -> date:
    """The day of the month before that a day repeats: the same weekday, four or five weeks ago."""
    source = day - timedelta(weeks=4)
    return source - timedelta(weeks=1) if source.month == day.month else source


def away_problem(first: date, last: date, why: str, words: str, today: date) -> str:
    """What is wrong with a mark that somebody is away: a refusal's code, empty for nothing."""
    if not first <= last <= first + LONGEST_AWAY:
        return "rota.bad_away"
    if first < today - NOTED_AFTER or first > today + timedelta(days=366) or why not in set(Why):
        return "rota.bad_away"
    return "rota.no_away_words" if why == Why.SENT and len(words) < 2 else ""
