"""How a grid's walks stand today against its duty list, or else the hour they usually begin.

By grid, never ranked; late is a word for the leader to call, and nothing else.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from statistics import median

LATE_AFTER = timedelta(minutes=30)
DEFAULT_START = time(9, 0)
"""Where a grid has too few days to go by; offices open then."""
ENOUGH_DAYS = 3


class Progress(StrEnum):
    """How a grid stands; in the order they are shown."""

    LATE = "late"
    """Nobody has started thirty minutes after the duty list, or the usual hour of a workday."""
    NOT_YET = "not_yet"
    WALKING = "walking"
    PAUSED = "paused"
    """Walked today, not enough yet, nobody walking now."""
    DONE = "done"
    AWAY = "away"
    """Nothing walked, and all who walk there are sent elsewhere or on leave (YC-75)."""
    REST = "rest"
    """No workday, nothing walked: nothing is asked for."""


def usual_start(first_starts: Sequence[time]) -> time:
    """The hour a grid's first walk of a day begins, to the minute: the median of its days."""
    if len(first_starts) < ENOUGH_DAYS:
        return DEFAULT_START
    minutes = int(median(one.hour * 60 + one.minute for one in first_starts))
    return time(minutes // 60, minutes % 60)


def due_by_habit(day: datetime, usual: time, target: int) -> datetime | None:
    """When somebody should have begun where no duty list says so; None on days off."""
    return datetime.combine(day.date(), usual, day.tzinfo) if target else None


def progress(
    minutes: int,
    target: int,
    *,
    started: bool,
    walking: bool,
    now: datetime,
    due: datetime | None,
    away: bool = False,
) -> Progress:
    """How a grid stands at `now`; `target` is 0 on days off and where all who walk are `away`.

    `due` is when somebody should begin: what the duty list says, or habit; None for nobody.
    """
    if target and minutes >= target:
        return Progress.DONE
    if walking:
        return Progress.WALKING
    if started:
        return Progress.PAUSED if target else Progress.DONE
    if away:
        return Progress.AWAY
    if due is None:
        return Progress.NOT_YET if target else Progress.REST
    return Progress.LATE if now > due + LATE_AFTER else Progress.NOT_YET
