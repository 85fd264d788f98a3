"""What alarms there are, what can be noted of one, and when one counts as working."""

from calendar import monthrange
from datetime import date, timedelta

KINDS = ("smoke", "gas")
"""独立式烟感 and 可燃气体报警器 (YB-82, YB-83)."""
INSTALLED = "installed"
STEPS = (INSTALLED, "tested", "faulty", "removed")
"""What can be noted of an alarm; the last one noted says how it stands."""
WORKS = frozenset({INSTALLED, "tested"})
GIVEN = "issued"
MAKERS = (GIVEN, "own", "other")
"""Whose alarm it is: from the street's stock, bought by the household, somebody else's."""
LIFE_YEARS = {"smoke": 10, "gas": 5}
"""Unless what is printed on it says otherwise; ours, makers and standards differ."""
LONGEST_YEARS = 20
SOON = timedelta(days=90)
MOST_STOCK = 100_000


def usual_end(kind: str, installed_on: date) -> date:
    """When an alarm installed on this day is to be replaced."""
    year = installed_on.year + LIFE_YEARS[kind]
    last = monthrange(year, installed_on.month)[1]
    return installed_on.replace(year=year, day=min(installed_on.day, last))


def end_is_wrong(expires_on: date, noted_on: date) -> bool:
    """Is this no day on which an alarm that works now could end?"""
    return not noted_on <= expires_on <= noted_on.replace(day=1) + timedelta(365.25 * LONGEST_YEARS)


def standing(step: str, expires_on: date | None, today: date) -> str:
    """`works`, `soon` to be replaced, `expired`, `faulty`, or `none`."""
    if step not in WORKS:
        return "faulty" if step == "faulty" else "none"
    if expires_on is not None and expires_on < today:
        return "expired"
    return "soon" if expires_on is not None and expires_on < today + SOON else "works"
