"""Season windows in which more is asked (LY-51, YB-56): computed for any year, none by heart.

Spans are this product's defaults (reference data C.11); an office sets its own for a year, since
forest-fire periods and the winter-spring drive follow yearly orders.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from firegrid_app.duties.rules.sky import YEARS, lunar_day, qingming

Span = tuple[date, date]
LONGEST = timedelta(days=200)
"""A window longer than this is no season: something is wrong with it."""


@dataclass(frozen=True)
class Window:
    """One season in one year; both days count."""

    code: str
    year: int
    """The year it begins in."""
    first: date
    last: date


def _around(day: date, before: int, after: int) -> Span:
    return day - timedelta(days=before), day + timedelta(days=after)


def _fixed(first: tuple[int, int], last: tuple[int, int]) -> Callable[[int], Span]:
    """The same days every year; a window may reach into the next."""

    def span(year: int) -> Span:
        end_year = year if first <= last else year + 1
        return date(year, *first), date(end_year, *last)

    return span


def _mid_autumn_national(year: int) -> Span:
    moon = lunar_day(year, 8, 15)
    return min(moon, date(year, 10, 1)), max(moon, date(year, 10, 7))


SEASONS: Mapping[str, Callable[[int], Span]] = {
    # The day before New Year's Eve to the seventh day.
    "spring_festival": lambda year: _around(lunar_day(year, 1, 1), 2, 6),
    "lantern": lambda year: _around(lunar_day(year, 1, 15), 1, 1),
    "qingming": lambda year: _around(qingming(year), 7, 3),
    "forest_spring": _fixed((3, 15), (6, 15)),
    "forest_high": _fixed((4, 20), (5, 31)),
    "dragon_boat": lambda year: _around(lunar_day(year, 5, 5), 0, 0),
    "ghost_festival": lambda year: _around(lunar_day(year, 7, 15), 3, 0),
    "harvest": _fixed((9, 15), (11, 10)),
    "forest_autumn": _fixed((9, 15), (11, 15)),
    "mid_autumn_national": _mid_autumn_national,
    "hanyi": lambda year: _around(lunar_day(year, 10, 1), 1, 1),
    "fire_safety_month": _fixed((11, 1), (11, 30)),
    "winter_spring": _fixed((11, 1), (3, 15)),
    "heating": _fixed((10, 20), (4, 10)),
    "ebike_summer": _fixed((6, 1), (8, 31)),
}
"""Windows by code, in the order of the year's festivals and seasons."""


def window(code: str, year: int, own: Mapping[tuple[str, int], Span] | None = None) -> Window:
    """The window of this season that begins in `year`; an office's own span goes before ours."""
    first, last = (own or {}).get((code, year)) or SEASONS[code](year)
    return Window(code, year, first, last)


def windows_between(
    first: date,
    last: date,
    own: Mapping[tuple[str, int], Span] | None = None,
    codes: tuple[str, ...] = tuple(SEASONS),
) -> list[Window]:
    """Windows that touch [first, last], by their first day."""
    years = range(max(first.year - 1, YEARS[0]), min(last.year + 1, YEARS[-1]) + 1)
    found = (window(code, year, own) for year in years for code in codes)
    return sorted(
        (one for one in found if one.first <= last and one.last >= first),
        key=lambda one: (one.first, one.code),
    )


def span_problem(code: str, year: int, first: date, last: date) -> str:
    """Why an office's own span is none: a refusal's code, empty when it is fine."""
    if code not in SEASONS:
        return "duties.unknown_season"
    if last < first:
        return "duties.season_ends_before"
    if last - first > LONGEST or abs((first - window(code, year).first).days) > 120:
        return "duties.season_far_off"
    return ""
