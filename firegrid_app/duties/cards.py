"""What leaves the server about duties."""

from dataclasses import dataclass

from firegrid_app.access.rules import Role
from firegrid_app.duties.rules.obligations import Kind, Rhythm
from firegrid_app.duties.rules.seasons import SEASONS

CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(map(str, Kind)),
    "role": tuple(map(str, Role)),
    "rhythm": tuple(map(str, Rhythm)),
    "season": tuple(SEASONS),
    "level": ("3", "2", "1", "0"),
}
"""What a rule of one's own can be made of."""


@dataclass(frozen=True)
class DutyCard:
    """One duty as a person sees it. Days in ISO 8601."""

    rule: int
    grid: str
    grid_name: str
    first: str
    last: str
    due: str
    number: int
    kind: str
    rhythm: str
    season: str
    words: str
    source: str
    standing: str
    """overdue, today, week, later, done, or gone: a day that is over."""
    done: int
    wanted: int
    """Minutes, doors, shouts or points; 0 where nothing is counted."""
    note_needed: bool
    """A tick has to say how: records do this by themselves, or it is overdue."""
    note: str = ""
    """What was written at the tick."""


@dataclass(frozen=True)
class GridDuties:
    """One grid's duties in figures; they add up to its list."""

    code: str
    name: str
    level: int
    overdue: int
    today: int
    week: int
    later: int
    done: int
    gone: int
    holder: str
    """Names of those whose post it is; empty when nobody's."""

    @property
    def open(self) -> int:
        """What is still to be done."""
        return self.overdue + self.today + self.week + self.later


@dataclass(frozen=True)
class DutyBoard:
    """A grid's list of duties and those of all grids below, and the figures of each."""

    code: str
    name: str
    grids: tuple[GridDuties, ...]
    duties: tuple[DutyCard, ...]


@dataclass(frozen=True)
class CalendarDayCard:
    """A day that differs from Monday to Friday, or has a name."""

    day: str
    is_workday: bool
    name: str


@dataclass(frozen=True)
class DutyTotals:
    """The figures of all grids together."""

    overdue: int = 0
    today: int = 0
    week: int = 0
    later: int = 0
    done: int = 0


@dataclass(frozen=True)
class RuleCard:
    """A rule that holds here."""

    id: int
    kind: str
    role: str
    level: int
    rhythm: str
    times: int
    target: int
    season: str
    words: str
    source: str
    ours: bool
    """The plan leaves something of it open; the product's default stands in."""
    own: bool
    """Written by the office, not by a plan."""
    starts_on: str
    """Empty for a rule that asks already."""
    ends_on: str
    once_on: str


@dataclass(frozen=True)
class PlanGrid:
    """A county or street whose rules the person may set."""

    code: str
    name: str
    level: int


@dataclass(frozen=True)
class PlanView:
    """What holds in one county or street."""

    code: str
    name: str
    preset: str
    inherited: str
    """The plan of the county above, which holds while the street has not chosen."""
    chosen: bool
    presets: tuple[str, ...]
    rules: tuple[RuleCard, ...]
