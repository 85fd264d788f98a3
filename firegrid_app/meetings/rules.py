"""Kinds of meetings with their rhythm, what stands on an agenda, and how a meeting stands.

The rhythm itself is an obligation in the plan a street follows (`duties/presets.json`): a kind
names the obligations that holding it does, so that nobody ticks a meeting that is on record.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from firegrid_app.access.rules import Role
from firegrid_app.duties.rules.obligations import Rhythm
from firegrid_app.duties.rules.periods import span_of

LATE = timedelta(days=90)
"""A meeting can be written down so long after its day …"""
AHEAD = timedelta(days=366)
"""… and planned so long before it."""
LONGEST_PERIOD = timedelta(days=366)
MOST_INVITED = 1000
MOST_ITEMS = 30


@dataclass(frozen=True)
class MeetingKind:
    """One kind. Its name is the text `meetings.kind.<code>`."""

    code: str
    levels: tuple[int, ...]
    """Grid levels it is held at (0 county to 3 small grid)."""
    rhythm: Rhythm | None
    """How often the plans ask for it; without one the figures are of a month."""
    obligations: tuple[str, ...]
    """Codes of the presets' rules that holding it does."""
    invites: tuple[Role, ...]
    """Posts usually asked to come, of the grid and all below it."""
    source: str


KINDS = (
    MeetingKind(
        "risk_analysis",
        (1,),
        Rhythm.MONTH,
        ("risk_meeting",),
        (Role.STREET_OFFICER, Role.DEPARTMENT_HANDLER, Role.COMMUNITY_SECRETARY),
        "YB-54",
    ),
    MeetingKind(
        "joint",
        (0, 1),
        Rhythm.QUARTER,
        ("joint_meeting",),
        (Role.COUNTY_ADMINISTRATOR, Role.STREET_OFFICER, Role.DEPARTMENT_HANDLER),
        "YB-25; LY-80",
    ),
    MeetingKind(
        "liaison",
        (0, 1),
        Rhythm.TWO_MONTHS,
        ("liaison_meeting",),
        (Role.STREET_OFFICER, Role.DEPARTMENT_HANDLER, Role.COMMUNITY_SECRETARY),
        "ZZ-09",
    ),
    MeetingKind(
        "grid_regular",
        (1, 2, 3),
        Rhythm.MONTH,
        ("meeting",),
        (Role.COMMUNITY_SECRETARY, Role.GRID_HEAD, Role.GRID_MEMBER, Role.BUILDING_LEADER),
        "YC-26",
    ),
    MeetingKind(
        "government_briefing",
        (0, 1),
        None,
        (),
        (Role.COUNTY_ADMINISTRATOR, Role.STREET_OFFICER, Role.DEPARTMENT_HANDLER),
        "HZ-03",
    ),
    MeetingKind(
        "special",
        (0, 1, 2, 3),
        None,
        (),
        (Role.STREET_OFFICER, Role.COMMUNITY_SECRETARY, Role.GRID_HEAD),
        "YB-09",
    ),
)
KIND = {kind.code: kind for kind in KINDS}
PLAN_RULES = frozenset(code for kind in KINDS for code in kind.obligations)


def does(kind: str, obligation: str) -> bool:
    """Does a meeting of this kind do the obligation with this code?

    An office's own rule for a meeting names no kind: any meeting does it.
    """
    return obligation not in PLAN_RULES or obligation in KIND[kind].obligations


class ItemKind(StrEnum):
    """What an item on the agenda is."""

    LAST_TIME = "last_time"
    """What was decided last time, and how it stands: always the first by itself."""
    FIGURES = "figures"
    """The period in figures."""
    OWN = "own"


class Tag(StrEnum):
    """What an item of one's own is about (YB-09)."""

    NONE = ""
    RECTIFICATION = "rectification"
    """Finding and putting right hazards."""
    FACILITIES = "facilities"
    """Public fire facilities."""
    FORCES = "forces"
    """Fire brigades, micro stations, volunteers."""
    MAJOR = "major"
    """Major problems that need several offices (YB-111)."""


class Standing(StrEnum):
    """How a meeting stands."""

    MISSED = "missed"
    """Its day is over and nobody said that it was held."""
    TODAY = "today"
    PLANNED = "planned"
    HELD = "held"
    """Held; the minutes can still be changed."""
    CONFIRMED = "confirmed"
    """The minutes are confirmed: only a correction with a reason changes them."""
    CANCELLED = "cancelled"


def standing_of(
    day: date, today: date, *, held: bool, confirmed: bool, cancelled: bool
) -> Standing:
    """How a meeting of this day stands today."""
    if cancelled:
        return Standing.CANCELLED
    if held:
        return Standing.CONFIRMED if confirmed else Standing.HELD
    if day == today:
        return Standing.TODAY
    return Standing.PLANNED if day > today else Standing.MISSED


def period_for(kind: str, day: date, reported_to: date | None) -> tuple[date, date]:
    """First and last day of the figures a meeting on `day` begins with.

    From the day after the last such meeting's figures; without one from the beginning of the kind's
    own period. A gap of more than a year is not reported as one period.
    """
    rhythm = KIND[kind].rhythm or Rhythm.MONTH
    first = span_of(rhythm, day)[0] if reported_to is None else reported_to + timedelta(days=1)
    return min(max(first, day - LONGEST_PERIOD), day), day


class DecisionStanding(StrEnum):
    """How what was decided stands."""

    OVERDUE = "overdue"
    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    """The duty was taken back, e.g. by who sets the rules of the grid."""


def decision_standing(due: date, today: date, *, done: bool, withdrawn: bool) -> DecisionStanding:
    """How a decision due on this day stands today. Its last day is not over yet."""
    if done:
        return DecisionStanding.DONE
    if withdrawn:
        return DecisionStanding.WITHDRAWN
    return DecisionStanding.OVERDUE if due < today else DecisionStanding.OPEN
