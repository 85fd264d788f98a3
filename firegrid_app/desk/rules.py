"""How a grid stands today: one word per grid, the same on the map, in the list and the legend."""

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
