"""Which posts need which training, kinds of certificates, and when one is to be renewed.

Coverage is counted by course and names who is still to come; nobody is scored or compared.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from firegrid_app.access.rules import Role
from firegrid_app.duties.rules.periods import Workdays

LATE = timedelta(days=366)
"""A course can be written down so long after its day …"""
AHEAD = timedelta(days=366)
"""… and planned so long before it."""
MOST_HOURS = 200
MOST_PEOPLE = 5000
REMIND_BEFORE = (60, 30)
"""Days before a certificate expires on which its holder and the office hear of it."""
LONGEST_VALID = timedelta(days=50 * 366)
_DAY = timedelta(days=1)


class Subject(StrEnum):
    """What a course is about (YC-72)."""

    PROFESSIONAL = "professional"
    POLICY_LAW = "policy_law"
    ETHICS = "ethics"


class Audience(StrEnum):
    """Whom a course is for besides those with an account: groups the plans name."""

    GRID_STAFF = "grid_staff"
    """Grid heads and members (YC-72, HZ-33)."""
    LEADERS = "leaders"
    """Leaders of townships and streets, police, fire stations, villages (YB-96, HZ-68)."""
    COMMITTEES = "committees"
    """Members of the two committees (LY-82, YB-97)."""
    POLICE = "police"
    """Police stations and their officers (LY-82, ZZ-47)."""
    PATROL_GUARDS = "patrol_guards"
    """Patrolmen and guards (LY-66, ZZ-37)."""
    PROPERTY = "property"
    """Property staff, compound heads (YB-97, ZZ-47)."""
    LANDLORDS = "landlords"
    """Landlords of shared rentals (YB-97)."""
    PLACE_HEADS = "place_heads"
    """Responsible persons and managers of premises (YB-97, HZ-09, HZ-30)."""
    CONTROL_ROOM = "control_room"
    """Control-room staff and other special jobs (HZ-29)."""
    RESIDENTS = "residents"
    """Residents (LY-63)."""


@dataclass(frozen=True)
class CourseKind:
    """One course that plans ask for. Its name is the text `training.course.<code>`."""

    code: str
    roles: tuple[Role, ...]
    """Posts that need it; empty: only people without an account."""
    months: int
    """To be had again after so many months; 0 once."""
    sources: tuple[str, ...]
    """Rows of the plans it does: also the duties that carry one of them."""
    ours: bool = False
    """The plan says "regularly": the months are this product's default."""


GRID_STAFF_ROLES = frozenset({Role.GRID_HEAD, Role.GRID_MEMBER})
"""Whom `Audience.GRID_STAFF` means."""
COURSES = (
    CourseKind("pre_post", (Role.GRID_HEAD, Role.GRID_MEMBER), 0, ("YB-31",)),
    CourseKind("topical", (Role.GRID_HEAD, Role.GRID_MEMBER), 12, ("YC-72", "HZ-33"), True),
    CourseKind("informed_person", (Role.STREET_OFFICER, Role.DEPARTMENT_HANDLER), 12, ("YB-95",)),
    CourseKind("leaders", (Role.STREET_OFFICER, Role.COMMUNITY_SECRETARY), 12, ("YB-96",), True),
    CourseKind(
        "key_groups",
        (Role.COMMUNITY_SECRETARY, Role.GRID_MEMBER, Role.BUILDING_LEADER),
        12,
        ("YB-97", "LY-82", "ZZ-47"),
        True,
    ),
    CourseKind("guards", (), 12, ("ZZ-37", "LY-66"), True),
    CourseKind("units", (), 12, ("HZ-09", "HZ-29", "HZ-30"), True),
    CourseKind("residents", (), 12, ("LY-63",), True),
)
COURSE = {course.code: course for course in COURSES}
KNOWN_SOURCES = frozenset(source for course in COURSES for source in course.sources)


def does(course: str, source: str) -> bool:
    """Does a course of this kind do the training duty that stands in this row of a plan?

    A rule without such a row, as an office writes its own, is done by any course.
    """
    return source not in KNOWN_SOURCES or source in COURSE[course].sources


def good_until(kind: CourseKind, held_on: date) -> date | None:
    """Last day for which having been there counts; None for ever."""
    if kind.months == 0:
        return None
    months = held_on.month - 1 + kind.months
    year, month = held_on.year + months // 12, months % 12 + 1
    return date(year, month, min(held_on.day, monthrange(year, month)[1]))


class CertificateKind(StrEnum):
    """Certificates a register keeps. Its name is the text `training.certificate.<code>`."""

    PRE_POST = "pre_post"
    """Proof of the training before the post (YB-31)."""
    INFORMED_PERSON = "informed_person"
    """消防安全明白人 (YB-95)."""
    FACILITY_OPERATOR = "facility_operator"
    """消防设施操作员, for control rooms (HZ-29)."""
    SAFETY_MANAGER = "safety_manager"
    """消防安全管理人 (HZ-09)."""
    FIRST_AID = "first_aid"
    OTHER = "other"


class CertificateStanding(StrEnum):
    """How a certificate stands."""

    EXPIRED = "expired"
    SOON = "soon"
    """Within 30 days."""
    COMING = "coming"
    """Within 60 days."""
    GOOD = "good"


def certificate_standing(expires_on: date | None, today: date) -> CertificateStanding:
    """How it stands today. Its last day is still good."""
    if expires_on is None:
        return CertificateStanding.GOOD
    if expires_on < today:
        return CertificateStanding.EXPIRED
    left = (expires_on - today).days
    coming, soon = REMIND_BEFORE
    if left <= soon:
        return CertificateStanding.SOON
    return CertificateStanding.COMING if left <= coming else CertificateStanding.GOOD


def certificate_problem(issued_on: date, expires_on: date | None, today: date) -> str:
    """Why these dates cannot be; a refusal's code, empty when nothing is wrong."""
    if issued_on > today:
        return "training.issued_ahead"
    if expires_on is not None and expires_on < issued_on:
        return "training.expires_before"
    if issued_on < today - LONGEST_VALID or (
        expires_on is not None and expires_on - issued_on > LONGEST_VALID
    ):
        return "training.dates_far_off"
    return ""


def is_number(text: str) -> bool:
    """A certificate's number: letters, digits, signs between; nothing a person reads as words."""
    return 2 <= len(text) <= 40 and text.isprintable() and not text.isspace()


def is_reminder_day(expires_on: date, today: date, workdays: Workdays) -> bool:
    """Is today the workday on which one hears, 60 or 30 days ahead, that it expires?

    When that day is one of rest, the first workday after it.
    """
    if today not in workdays:
        return False
    for before in REMIND_BEFORE:
        day = expires_on - timedelta(days=before)
        if day <= today <= day + timedelta(days=14):
            while day < today and day not in workdays:
                day += _DAY
            if day == today:
                return True
    return False


class DrillKind(StrEnum):
    """What was practised. Its name is the text `training.drill.<code>`."""

    EVACUATION = "evacuation"
    """Escape and getting residents out (YB-44)."""
    TURNOUT = "turnout"
    """A micro fire station turns out; minutes to arrive (YB-37)."""
    COMBINED = "combined"
    """Several forces together (LY-84)."""
    EXPERIENCE = "experience"
    """Residents try extinguishing and escaping (LY-63)."""
    EXTINGUISH = "extinguish"
