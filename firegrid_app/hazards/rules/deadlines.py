"""Deadlines: by when a hazard has to be put right, when its owner is reminded, when it steps up.

Days are workdays of the calendar (make-up days count), except "0": the same day, at once. The plans
name no numbers; the shipped ones are this product's own (C.4), and a street sets its own.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from firegrid_app.duties.rules.periods import Workdays
from firegrid_app.hazards.rules.kinds import Severity
from firegrid_app.hazards.rules.steps import UNFINISHED

_DAY = timedelta(days=1)
LONGEST = 90
"""Workdays nobody may set a deadline beyond: more than a quarter is no deadline."""
FORESEEN = timedelta(days=2 * LONGEST + 30)
"""So far a calendar reaches that must hold every deadline, holidays between included."""
UNASSIGNED_AFTER = 1
"""Workdays after which a hazard nobody sees to steps up, whatever its deadline."""


@dataclass(frozen=True)
class Terms:
    """What holds for a hazard of one grade."""

    days: int
    """Workdays to the last day; 0 is the same day."""
    remind: int
    """Workdays before the last day on which the owner is reminded; 0 for not at all."""
    step: int
    """Workdays between one step up and the next, once it is late."""
    after_photo: bool
    """It is closed only with a photo of how it looks put right."""


SHIPPED: dict[Severity, Terms] = {
    Severity.MINOR: Terms(0, 0, 1, False),
    Severity.GENERAL: Terms(5, 2, 2, False),
    Severity.SUSPECTED_MAJOR: Terms(1, 0, 1, True),
    Severity.MAJOR: Terms(22, 5, 1, True),
}
"""A week, a month: in workdays, so that a deadline never falls on a day off (YB-12, C.4)."""


class Due(StrEnum):
    """What the hour brings for a hazard whose day has come."""

    REMIND = "remind"
    STEP_UP = "step_up"


def problem_of(terms: Terms) -> str:
    """Why these terms cannot hold, as a refusal's code; empty when they can."""
    if not (0 <= terms.days <= LONGEST and terms.remind >= 0 and 1 <= terms.step <= LONGEST):
        return "hazards.terms_out_of_range"
    if terms.remind and terms.remind >= terms.days:
        return "hazards.reminded_too_early"
    return ""


def nth_workday(count: int, day: date, workdays: Workdays) -> date:
    """The `count`th workday after `day`; before it when negative; `day` itself for 0."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while day not in workdays:
            day += step
    return day


def due_on(terms: Terms, found_on: date, workdays: Workdays) -> date:
    """Last day for putting a hazard right that was found on `found_on`."""
    return nth_workday(terms.days, found_on, workdays)


def first_look(
    terms: Terms, due: date, today: date, workdays: Workdays, *, assigned: bool, pressing: bool
) -> date:
    """The first day on which the house has to do something about a hazard, from `today` on."""
    looks = [late_from(due, workdays, pressing=pressing)]
    if terms.remind:
        reminder = nth_workday(-terms.remind, due, workdays)
        if reminder > today:
            looks.append(reminder)
    if not assigned:
        looks.append(nth_workday(UNASSIGNED_AFTER, today, workdays))
    return min(looks)


def late_from(due: date, workdays: Workdays, *, pressing: bool) -> date:
    """The day on which a hazard steps up: the workday after its last day.

    One that presses (urgent, suspected major) waits for no workday.
    """
    return due + _DAY if pressing else nth_workday(1, due, workdays)


def what_is_due(due: date, today: date, *, assigned: bool) -> Due:
    """What to do with a hazard whose day has come: nobody is reminded of what nobody has."""
    return Due.REMIND if assigned and today <= due else Due.STEP_UP


def is_overdue(status: str, due: date, today: date) -> bool:
    """Past its last day and not closed."""
    return status in UNFINISHED and due < today


def presses(severity: str, urgent: bool) -> bool:
    """Does it wait for no workday? Danger to life now, or suspected to be major (C.4)."""
    return urgent or severity in (Severity.SUSPECTED_MAJOR, Severity.MAJOR)
