"""What leaves the server about residents' reports: to their makers, and to the desk."""

from dataclasses import dataclass, field

from firegrid_app.desk.cards import When
from firegrid_app.residents.rules import Reason
from firegrid_app.rewards.cards import AmountLine, RewardNote

REASONS = tuple(one.value for one in Reason)
"""What a report can be turned down for."""


@dataclass(frozen=True)
class Draft:
    """A report as its form has it; nothing in it has been checked."""

    category: str = ""
    where_words: str = ""
    words: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class FormCard:
    """The grid a report is for."""

    code: str
    name: str
    above: tuple[str, ...]
    supervision_phone: str
    rewards: tuple[AmountLine, ...] = ()
    """What the street gives for a report that is true; empty where it gives nothing."""


@dataclass(frozen=True)
class Sent:
    """A report that was taken in: what opens it, this once in the clear."""

    number: str
    code: str


@dataclass(frozen=True)
class FollowCard:
    """A report as its maker sees it: nobody's name, no phone number. Days in ISO 8601."""

    number: str
    grid_name: str
    category: str
    where_words: str
    words: str
    photos: int
    received: str
    """Wall clock."""
    stage: str
    """`waiting`, `late`, `turned_down`, `at_work`, `looked_at`, `closed`; the text is
    `residents.stage.<stage>`."""
    joined: bool
    answer_by: str
    """Wall clock; where it is the end of a day, that day alone."""
    answer_within: bool
    """It is a day, until whose end it is answered."""
    reason: str
    reason_words: str
    due_on: str
    overdue: bool
    closed: str
    may_say_gone: bool
    said_gone: bool
    said_there: bool
    """It was closed and is at work again, by its reporter's word."""
    may_reopen: bool
    reopen_until: str
    reopen_days: int
    """How many there are from the day it was closed."""
    supervision_phone: str
    report_again: str
    """Address where the same is reported anew."""
    pictures: tuple[tuple[str, str], ...] = ()
    """Id and purpose of the photos the office let the public see, faces and plates covered."""
    reward: RewardNote | None = None


@dataclass(frozen=True)
class ReportsAsk:
    """What the desk's page of reports is asked to show."""

    code: str = ""
    which: str = "waiting"
    page: int = 1


@dataclass(frozen=True)
class ReportsTally:
    """How many reports a narrowing leaves."""

    which: str
    count: int


@dataclass(frozen=True)
class ReportRow:
    """One report in the desk's list."""

    id: str = ""
    number: str = ""
    grid_name: str = ""
    category: str = "other"
    where_words: str = ""
    words: str = ""
    standing: str = "waiting"
    late: bool = False
    """It waits longer than it may."""
    hours: int = 0
    """So long it has waited, or waited until it was decided."""
    received: When = field(default_factory=When)
    answer_by: When = field(default_factory=When)
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportsView:
    """One page of the list. Each tally counts what its narrowing would list."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    which: str = "waiting"
    tallies: tuple[ReportsTally, ...] = ()
    rows: tuple[ReportRow, ...] = ()
    matches: int = 0
    page: int = 1
    pages: int = 1
    as_of: str = ""
    rewards: bool = False
    """The reader decides on rewards."""


@dataclass(frozen=True)
class Known:
    """A hazard that may be the same thing."""

    id: str
    category: str
    status: str
    where_words: str
    words: str
    found: When


@dataclass(frozen=True)
class ReportDetail:
    """One report in full. Who sent it is asked for apart."""

    row: ReportRow = field(default_factory=ReportRow)
    severity: str = "minor"
    """Proposed."""
    grid: str = ""
    grids: tuple[tuple[str, str], ...] = ()
    """Where it may belong instead."""
    known: tuple[Known, ...] = ()
    has_contact: bool = False
    decided: When = field(default_factory=When)
    decided_by: str = ""
    reason: str = ""
    reason_words: str = ""
    hazard: str = ""
    """Id of what it became, for its link."""
    hazard_status: str = ""
    rewarded: bool = False
    """It has a reward, and the reader decides on rewards there."""


@dataclass(frozen=True)
class Contact:
    """Who sent a report, as far as they said."""

    name: str = ""
    phone: str = ""
