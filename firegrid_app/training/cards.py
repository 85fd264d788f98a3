"""What leaves the server about training. Days in ISO 8601."""

from dataclasses import dataclass

from firegrid_app.grids.cards import GridPick
from firegrid_app.meetings.cards import DecisionCard
from firegrid_app.training.rules import COURSES, Audience, CertificateKind, DrillKind, Subject

COURSE_KINDS = tuple(course.code for course in COURSES)
SUBJECTS = tuple(map(str, Subject))
AUDIENCES = tuple(map(str, Audience))
CERTIFICATE_KINDS = tuple(map(str, CertificateKind))
DRILL_KINDS = tuple(map(str, DrillKind))
"""What forms offer, each in its order."""


@dataclass(frozen=True)
class CourseLine:
    """A course in the list."""

    id: int = 0
    kind: str = ""
    subject: str = ""
    title: str = ""
    audience: str = ""
    day: str = ""
    hours: str = ""
    trainer: str = ""
    place: str = ""
    noted: bool = False
    missed: bool = False
    """Its day is over and nobody said who was there."""
    came: int = 0
    others: int = 0


@dataclass(frozen=True)
class PersonPick:
    """Somebody who may have been there."""

    person: int
    name: str
    role: str
    grid_name: str
    came: bool


@dataclass(frozen=True)
class CourseCard:
    """One course, to tick who was there."""

    id: int = 0
    line: CourseLine = CourseLine()
    people: tuple[PersonPick, ...] = ()


@dataclass(frozen=True)
class Holder:
    """Somebody with a post: still to come to a course, or to enter a certificate for."""

    person: int
    name: str
    grid_name: str


@dataclass(frozen=True)
class Coverage:
    """Of one course: how many who need it had it, and who did not yet."""

    course: str
    months: int
    ours: bool
    source: str
    needed: int
    had: int
    missing: tuple[Holder, ...]


@dataclass(frozen=True)
class CertificateLine:
    """A certificate of somebody."""

    id: int
    name: str
    grid_name: str
    kind: str
    number: str
    issuer: str
    issued: str
    expires: str
    standing: str
    days_left: int


@dataclass(frozen=True)
class Own:
    """A course one was at."""

    kind: str
    title: str
    day: str
    hours: str


@dataclass(frozen=True)
class PrePostCard:
    """Whether the training before the post is asked for, and from which day; "" for not."""

    since: str = ""
    may_set: bool = False
    """The reader decides it, for this very grid."""


@dataclass(frozen=True)
class TrainingView:
    """The page of training: one's own, and of a grid what whoever keeps it may see."""

    code: str = ""
    name: str = ""
    picks: tuple[GridPick, ...] = ()
    may_hold: bool = False
    may_keep: bool = False
    courses: tuple[CourseLine, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    certificates: tuple[CertificateLine, ...] = ()
    expired: int = 0
    soon: int = 0
    """Within 60 days."""
    holders: tuple[Holder, ...] = ()
    pre_post: PrePostCard = PrePostCard()
    own_courses: tuple[Own, ...] = ()
    own_certificates: tuple[CertificateLine, ...] = ()
    today: str = ""


@dataclass(frozen=True)
class DrillLine:
    """A drill in the list."""

    id: str = ""
    kind: str = ""
    place: str = ""
    scenario: str = ""
    day: str = ""
    noted: bool = False
    missed: bool = False
    people: int = 0
    arrived_after: str = ""
    """Minutes, empty where it was not measured."""
    forces: str = ""
    went_well: str = ""
    went_wrong: str = ""


@dataclass(frozen=True)
class DrillHazard:
    """A fault that became a hazard."""

    id: str
    category: str
    status: str
    words: str
    where: str


@dataclass(frozen=True)
class SmallGrid:
    """Where a fault can be reported."""

    code: str
    name: str


@dataclass(frozen=True)
class PostPick:
    """Who can be asked to put a fault right."""

    person: int
    name: str
    role: str
    grid_name: str


@dataclass(frozen=True)
class DrillCard:
    """One drill in full."""

    id: str = ""
    line: DrillLine = DrillLine()
    photos: tuple[str, ...] = ()
    may_attach: bool = False
    """Its day has come."""
    hazards: tuple[DrillHazard, ...] = ()
    decisions: tuple[DecisionCard, ...] = ()
    grids: tuple[SmallGrid, ...] = ()
    people: tuple[PostPick, ...] = ()
    today: str = ""


@dataclass(frozen=True)
class DrillsView:
    """The page of drills."""

    code: str = ""
    name: str = ""
    picks: tuple[GridPick, ...] = ()
    drills: tuple[DrillLine, ...] = ()
    today: str = ""


@dataclass(frozen=True)
class ComingCard:
    """A meeting, course or drill that comes up, as a phone carries it."""

    sort: str
    """`meeting`, `course` or `drill`."""
    id: str
    kind: str
    title: str
    """Empty where the kind's name says it."""
    day: str
    place: str
    grid_name: str
    time: str = ""
    """On the wall clock of the street; only meetings have one."""
