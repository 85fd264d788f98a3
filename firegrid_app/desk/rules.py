"""How a grid stands today: one word per grid, the same on the map, in the list and the legend."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """The worst thing true of a grid today, in the order of how much it matters."""

    OVERDUE = "overdue"
    """A hazard is past its last day."""
    NOT_WALKED = "not_walked"
    """Nobody has been in the grid today."""
    UNDER_TARGET = "under_target"
    """Walked, but less than the workday asks for."""
    DONE = "done"
    """Walked enough today."""
    REST_DAY = "rest_day"
    """Not a workday, and nobody has been there."""


def standing(minutes: int | None, target: int, overdue: int) -> Standing:
    """The standing of a grid with these minutes walked today; `target` is 0 on a day of rest.

    `minutes` is None where nobody has been, which is not the same as a walk of half a minute.
    """
    if overdue > 0:
        return Standing.OVERDUE
    if minutes is None:
        return Standing.NOT_WALKED if target > 0 else Standing.REST_DAY
    return Standing.DONE if minutes >= target else Standing.UNDER_TARGET


LONGEST_BACK = 365
"""Days the desk looks back: older figures stand in the minutes of the meetings."""


@dataclass(frozen=True)
class Days:
    """The days looked at, both counted: one, or the week of one as far as it has come."""

    first: date
    last: date


def days_of(day: date, today: date, *, week: bool) -> Days | None:
    """The days to look at; None for a day that is still to come or too long ago."""
    if not timedelta(0) <= today - day <= timedelta(days=LONGEST_BACK):
        return None
    if not week:
        return Days(day, day)
    monday = day - timedelta(days=day.weekday())
    return Days(monday, min(today, monday + timedelta(days=6)))
