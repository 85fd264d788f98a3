"""What a report is rewarded with, by whom, and until when it can be collected (YB-72, C.10).

No amount is shipped: a scheme is a street's or county's own. The rule proposes, a person decides
(PIPL 24), and money needs a second person.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

GRADES = ("minor", "general", "major")
"""What amounts are set for; a suspected major one waits until somebody graded it."""
MOST_YUAN = 100_000
MOST_DAYS = 365
MOST_PLACE = 120
MOST_WORDS = 300
MOST_VOUCHER = 60


class Stage(StrEnum):
    """How the reward of a report stands."""

    OPEN = "open"
    GRANTED = "granted"
    PAID = "paid"
    DECLINED = "declined"


class Paid(StrEnum):
    """How whoever collected it was known to be the reporter."""

    CODE = "code"
    """By number and secret code: nobody's name was asked."""
    CONTACT = "contact"
    """By the name or number left with the report."""


@dataclass(frozen=True)
class Amounts:
    """Whole yuan a grade may be given, from and to; nothing where `most` is 0."""

    least: int
    most: int


def are_amounts(amounts: tuple[Amounts, ...]) -> bool:
    """Do all of them go upwards within reason, and is there one at all?"""
    return any(one.most for one in amounts) and all(
        0 <= one.least <= one.most <= MOST_YUAN and (one.least > 0) == (one.most > 0)
        for one in amounts
    )


@dataclass(frozen=True)
class Facts:
    """What the rule looks at."""

    first: bool
    """Nobody told of it before."""
    reachable: bool
    """Somebody can collect it: there is a code, a name or a number."""
    named: bool
    staff: bool
    """The number left is that of somebody with a post in the grids."""


def why_not(facts: Facts, amounts: Amounts | None, *, asks_name: bool) -> str:
    """Why the rule gives nothing, or not yet (`ungraded`); empty where it gives something.

    The text is `rewards.why.<it>`.
    """
    if not facts.first:
        return "not_first"
    if facts.staff:
        return "staff"
    if not facts.reachable or (asks_name and not facts.named):
        return "no_name"
    if amounts is None:
        return "ungraded"
    return "" if amounts.most else "no_amount"


def is_in(amount: int, amounts: Amounts) -> bool:
    """May this much be given?"""
    return 0 < amounts.least <= amount <= amounts.most


def collect_until(granted_on: date, days: int) -> date:
    """The last day it can be collected."""
    return granted_on + timedelta(days=days)


def stands(stage: str, until: date | None, today: date) -> str:
    """The stage as people see it: granted and not collected in time is `expired`."""
    return "expired" if stage == Stage.GRANTED and until and until < today else stage


def may_be_decided(stage: str, until: date | None, today: date) -> bool:
    """Open, declined by mistake, or not collected in time: it can be decided (again)."""
    return stands(stage, until, today) in (Stage.OPEN, Stage.DECLINED, "expired")
