"""From a rule and a calendar to dated periods: deterministic, the same however often one asks.

A period is known by its rule and first day. A week is Monday to Sunday; months and their multiples
are the calendar's. What is due in a period is due on its last workday, so that nobody is asked on a
day off; a period without any workday is due on its last day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from firegrid_app.duties.rules.obligations import DAILY, Obligation, Rhythm
from firegrid_app.duties.rules.seasons import Span, windows_between

_DAY = timedelta(days=1)
_MONTHS = {
    Rhythm.MONTH: 1,
    Rhythm.TWO_MONTHS: 2,
    Rhythm.QUARTER: 3,
    Rhythm.HALF_YEAR: 6,
    Rhythm.YEAR: 12,
}
FORESEEN = timedelta(days=3 * 366)
"""A rule that does not come due within this never does."""
LONGEST_OVERDUE = timedelta(days=31)


@dataclass(frozen=True)
class Workdays:
    """Monday to Friday, and the days that differ from it."""

    special: Mapping[date, bool] = field(default_factory=dict)

    def __contains__(self, day: date) -> bool:
        """Is this a workday?"""
        return self.special.get(day, day.weekday() < 5)

    def last_of(self, first: date, last: date) -> date:
        """The last workday in [first, last]; the last day when there is none."""
        day = last
        while day >= first:
            if day in self:
                return day
            day -= _DAY
        return last


@dataclass(frozen=True)
class Period:
    """One time that something is due; `number` counts those of one period from 1."""

    first: date
    last: date
    due: date
    number: int = 1


def span_of(rhythm: Rhythm, day: date) -> Span:
    """First and last day of the period that holds `day`."""
    if rhythm in DAILY:
        return day, day
    if rhythm == Rhythm.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    length = _MONTHS[rhythm]
    month = (day.month - 1) // length * length + 1
    first = date(day.year, month, 1)
    after = date(day.year + (month + length > 12), (month + length - 1) % 12 + 1, 1)
    return first, after - _DAY


def periods_between(
    rule: Obligation,
    first: date,
    last: date,
    workdays: Workdays,
    own: Mapping[tuple[str, int], Span] | None = None,
) -> list[Period]:
    """Periods of this rule that touch [first, last], in order. `own` are an office's seasons.

    A period counts when it is due after the rule began and began before the rule ended; in a season
    rule, when it touches the window, and is then due inside it.
    """
    if rule.rhythm == Rhythm.ONCE:
        assert rule.once_on is not None
        starts = min(rule.starts_on or rule.once_on, rule.once_on)
        spans: Iterable[Span] = [(starts, rule.once_on)]
        if starts > last or rule.once_on < first:
            return []
        return [Period(starts, rule.once_on, rule.once_on)]
    if rule.season:
        windows = [
            (one.first, one.last) for one in windows_between(first, last, own, (rule.season,))
        ]
        if rule.rhythm == Rhythm.SEASON:
            spans = windows
            found = [piece for span in spans for piece in _numbered(rule, span, span, workdays)]
        else:
            found = [
                piece
                for window in windows
                for span in _spans(rule.rhythm, max(first, window[0]), min(last, window[1]))
                for piece in _numbered(rule, span, _overlap(span, window), workdays)
            ]
    else:
        found = [
            piece
            for span in _spans(rule.rhythm, first, last)
            for piece in _numbered(rule, span, span, workdays)
        ]
    once = {(one.first, one.number): one for one in found if _counts(rule, one)}
    return sorted(once.values(), key=lambda one: (one.first, one.number))


def _spans(rhythm: Rhythm, first: date, last: date) -> Iterator[Span]:
    day = first
    while day <= last:
        span = span_of(rhythm, day)
        yield span
        day = span[1] + _DAY


def _overlap(span: Span, window: Span) -> Span:
    return max(span[0], window[0]), min(span[1], window[1])


def _numbered(rule: Obligation, span: Span, inside: Span, workdays: Workdays) -> Iterator[Period]:
    """The periods of one span: `times` of them, due one after the other inside it."""
    if rule.rhythm == Rhythm.WORKDAY and inside[0] not in workdays:
        return
    days = (inside[1] - inside[0]).days + 1
    for number in range(1, rule.times + 1):
        end = inside[0] + timedelta(days=max(1, days * number // rule.times) - 1)
        due = workdays.last_of(inside[0], end)
        if due not in workdays:
            # A slice of days off only: whoever is asked twice a week is asked on workdays.
            due = workdays.last_of(*inside)
        yield Period(span[0], span[1], due, number)


def _counts(rule: Obligation, period: Period) -> bool:
    if rule.starts_on is not None and period.due < rule.starts_on:
        return False
    return rule.ends_on is None or period.first <= rule.ends_on


def comes_due(
    rule: Obligation,
    today: date,
    workdays: Workdays,
    own: Mapping[tuple[str, int], Span] | None = None,
) -> bool:
    """Does this rule come due at all, from today on?"""
    begins = max(rule.starts_on or today, today)
    return any(
        period.due >= begins
        for period in periods_between(
            replace(rule, starts_on=begins) if rule.rhythm != Rhythm.ONCE else rule,
            begins,
            begins + FORESEEN,
            workdays,
            own,
        )
    )


def standing_of(rhythm: Rhythm, first: date, due: date, done: bool, today: date) -> str:
    """Where a duty stands: `done`, `later`, `week`, `today`, `overdue`, or `gone`.

    A day's duty does not run after anybody: the day is over and it is gone. Anything else stays
    as overdue for as long as its period was, a month at most.
    """
    if done:
        return "done"
    if due == today:
        return "today"
    if due > today:
        sunday = today + timedelta(days=6 - today.weekday())
        return "week" if due <= sunday else "later"
    if rhythm in DAILY:
        return "gone"
    length = max(due - first, timedelta(days=6)) + _DAY
    return "overdue" if today - due <= min(length, LONGEST_OVERDUE) else "gone"
