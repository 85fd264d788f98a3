"""What leaves the server about rewards: to the desk, and to whoever reported. Nobody's name but
those of the people who decided."""

from dataclasses import dataclass, field

from firegrid_app.desk.cards import When
from firegrid_app.rewards.rules import GRADES


@dataclass(frozen=True)
class SchemeForm:
    """A scheme as its form has it; nothing in it has been checked."""

    is_on: bool = False
    amounts: tuple[tuple[str, str], ...] = tuple(("", "") for _ in GRADES)
    """From and to in yuan, as typed, a pair a grade."""
    asks_name: bool = False
    claim_days: str = ""
    collect_at: str = ""


@dataclass(frozen=True)
class AmountLine:
    """What a grade is given, in whole yuan; both empty for nothing."""

    grade: str
    least: str
    most: str


@dataclass(frozen=True)
class SchemeCard:
    """The scheme a grid has, or has from above."""

    is_on: bool = False
    own: bool = False
    """The grid's own, and not the one of the county above it."""
    amounts: tuple[AmountLine, ...] = tuple(AmountLine(grade, "", "") for grade in GRADES)
    asks_name: bool = False
    claim_days: int = 30
    collect_at: str = ""
    since: str = ""
    by: str = ""


@dataclass(frozen=True)
class RewardsAsk:
    """What the desk's page of rewards is asked to show."""

    code: str = ""
    which: str = "open"
    page: int = 1


@dataclass(frozen=True)
class RewardRow:
    """The reward of one report. Days in ISO 8601."""

    id: str = ""
    number: str = ""
    grid_name: str = ""
    category: str = "other"
    severity: str = "minor"
    stage: str = "open"
    """`open`, `granted`, `expired`, `paid`, `declined`."""
    why: str = ""
    """What stands against it, by the rule; empty where it can be granted."""
    least: int = 0
    most: int = 0
    amount: int = 0
    until: str = ""
    received: When = field(default_factory=When)


@dataclass(frozen=True)
class RewardTally:
    """How many rewards a narrowing leaves."""

    which: str
    count: int


@dataclass(frozen=True)
class RewardsView:
    """One page of the list, and the scheme in force."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    which: str = "open"
    tallies: tuple[RewardTally, ...] = ()
    rows: tuple[RewardRow, ...] = ()
    matches: int = 0
    page: int = 1
    pages: int = 1
    promised: int = 0
    """Yuan granted and not collected yet."""
    paid: int = 0
    """Yuan paid this year."""
    year: int = 0
    scheme: SchemeCard = field(default_factory=SchemeCard)


@dataclass(frozen=True)
class RewardDetail:
    """One reward in full."""

    row: RewardRow = field(default_factory=RewardRow)
    where_words: str = ""
    words: str = ""
    hazard: str = ""
    """Id of what was found, for its link."""
    hazard_status: str = ""
    photos: tuple[str, ...] = ()
    has_contact: bool = False
    has_code: bool = False
    may_decide: bool = False
    may_pay: bool = False
    """Granted, in time, and by somebody else."""
    own_grant: bool = False
    """Granted by the reader: somebody else has to pay it out."""
    decided: When = field(default_factory=When)
    decided_by: str = ""
    note: str = ""
    paid: When = field(default_factory=When)
    paid_by: str = ""
    paid_how: str = ""
    voucher: str = ""
    collect_at: str = ""


@dataclass(frozen=True)
class RewardNote:
    """The reward as whoever reported reads it."""

    stage: str
    """`checking`, `granted`, `expired`, `paid`, `declined`; the text is `residents.reward.<it>`."""
    amount: int = 0
    until: str = ""
    collect_at: str = ""
    asks_name: bool = False
    paid: str = ""
    reason: str = ""
    words: str = ""
