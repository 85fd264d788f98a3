"""What may be exposed, by whom, and for how long (HZ-57, YB-87; privacy E.4 9)."""

from collections.abc import Collection
from datetime import date, timedelta

APPROVALS = 2
LONGEST = timedelta(days=180)
OVERDUE_DAYS = 10
"""Days past its last day before a listed hazard counts as long overdue. Ours: no text sets any."""


def why_not(
    *,
    severity: str,
    listing: str,
    unfinished: bool,
    due_on: date,
    has_place: bool,
    today: date,
) -> str:
    """Why a hazard cannot be exposed, as a refusal's code; empty where it can.

    Only major, listed, long overdue, and of premises on the register: never a home or a person.
    """
    if not unfinished:
        return "hazards.already_closed"
    if severity != "major" or not listing:
        return "exposure.not_listed"
    if due_on + timedelta(days=OVERDUE_DAYS) > today:
        return "exposure.not_overdue"
    return "" if has_place else "exposure.no_organisation"


def may_approve(person: int, proposed_by: int, approved_by: Collection[int]) -> bool:
    """Somebody else than who proposed it, and than who approved it already."""
    return person != proposed_by and person not in approved_by


def is_day(ends_on: date, today: date) -> bool:
    """Does it end after today, and within half a year?"""
    return today < ends_on <= today + LONGEST
