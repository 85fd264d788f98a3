"""What the leader's view shows."""

from dataclasses import dataclass, field

from firegrid_app.presence.cards import ModeCard
from firegrid_app.rota.cards import AwayToday
from firegrid_app.sync.cards import UnacceptedLine


@dataclass(frozen=True)
class StripDay:
    """A day of a grid's week: minutes, and what share of a full workday they are."""

    label: str
    """Month and day, `11-23`."""
    weekday: int
    """0 is Monday."""
    minutes: int
    share: int
    is_workday: bool


@dataclass(frozen=True)
class DueCall:
    """Who should begin by the duty list; the number only for who may see numbers there."""

    name: str
    phone: str


@dataclass(frozen=True)
class WalkRow:
    """A grid today; times on the wall clock, empty where there is none."""

    code: str
    name: str
    parent: str
    progress: str
    minutes: int
    target: int
    started: str
    usual: str
    listed: bool
    """The grid keeps a duty list this month: it says when somebody should have begun."""
    due: list[DueCall]
    """Who begins first by the list today."""
    walkers: str
    """Who walked today, in the order they began."""
    away: list[AwayToday]
    """Who is not in the field today; why only for who keeps the grid's duty list."""
    nobody_left: bool
    """The list has somebody for today, and all of them are away."""
    days: list[StripDay] = field(default_factory=list)


@dataclass(frozen=True)
class ProgressTally:
    """How many grids stand so."""

    progress: str
    grids: int


@dataclass(frozen=True)
class FlagLine:
    """A flag as the page shows it; `at` is month, day and time on the wall clock."""

    id: int
    grid_name: str
    person_name: str
    reason: str
    amount: int
    point_name: str
    at: str
    own: bool


@dataclass(frozen=True)
class WalkPick:
    """A walk of the last days to compare with."""

    id: str
    label: str


@dataclass(frozen=True)
class SpotCheckLine:
    """An unannounced check that was made."""

    id: int
    grid_name: str
    person_name: str
    at: str
    walk: str
    agrees: bool
    found: str


@dataclass(frozen=True)
class WalksView:
    """All of it. `tallies` add up to the number of rows."""

    code: str = ""
    name: str = ""
    as_of: str = ""
    is_workday: bool = True
    may_supervise: bool = False
    picks: list[tuple[str, str]] = field(default_factory=list)
    """Code and name of the grids the view can be opened for."""
    rows: list[WalkRow] = field(default_factory=list)
    matches: int = 0
    tallies: list[ProgressTally] = field(default_factory=list)
    flags: list[FlagLine] = field(default_factory=list)
    flag_count: int = 0
    unaccepted: list[UnacceptedLine] = field(default_factory=list)
    """Records that lie on phones of one's people, the oldest first."""
    unaccepted_count: int = 0
    checks: list[SpotCheckLine] = field(default_factory=list)
    may_set_mode: bool = False
    """The view is of a street and the reader manages it."""
    mode: ModeCard = field(default_factory=ModeCard)
