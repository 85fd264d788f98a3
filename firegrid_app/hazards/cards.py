"""What leaves the server about hazards."""

from dataclasses import dataclass, field

from firegrid_app.desk.cards import Day, When
from firegrid_app.hazards.rules import steps
from firegrid_app.hazards.rules.kinds import CATEGORIES, Severity
from firegrid_app.hazards.rules.whistles import HOURS

BY_RESIDENTS = tuple(sorted(step.value for step in steps.BY_RESIDENTS))
"""Steps of a trail that are a resident's own."""

WHISTLE_HOURS = HOURS
CATEGORY_CODES = tuple(category.code for category in CATEGORIES)
"""What terms can be set for, and what is looked for."""
SEVERITIES = tuple(one.value for one in Severity)


@dataclass(frozen=True)
class HazardCard:
    """A hazard in a list; dates and moments in ISO 8601."""

    id: str
    grid: str
    grid_name: str
    category: str
    severity: str
    urgent: bool
    words: str
    where_words: str
    status: str
    due_on: str
    overdue: bool
    happened_at: str
    owner_name: str
    owner_id: int | None
    reporter_name: str
    source: str
    photos: tuple[str, ...]
    """Ids of the photos whose bytes have come."""
    photos_awaited: int
    rung: str
    """The level that sees to it."""
    step_ups: int
    urges_open: int
    listing: str
    """Its number on the list of supervised major hazards; empty when it is not on it."""
    place_id: int | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class OwnReport:
    """What became of a hazard, for who reported it; dates and moments in ISO 8601."""

    id: str
    category: str
    where_words: str
    status: str
    due_on: str
    happened_at: str
    rung: str
    """The level that sees to it; no name."""


@dataclass(frozen=True)
class Assignee:
    """Somebody a hazard can be given to, and the rung they stand on."""

    person_id: int
    name: str
    rung: str


@dataclass(frozen=True)
class NotGiven:
    """A hazard that could not be given to somebody, and why: a refusal's code."""

    id: str
    code: str
    category: str = "other"
    where_words: str = ""


@dataclass(frozen=True)
class FilterCard:
    """What a person saved to look for again, by its name."""

    id: int
    name: str


@dataclass(frozen=True)
class TermsCard:
    """By when hazards of a grade are put right in a grid; days are workdays."""

    severity: str
    category: str
    """Empty for every category of the grade."""
    days: int
    remind: int
    step: int
    after_photo: bool
    origin: str
    """`own`, `above` (the county's, for a street) or `shipped`."""


@dataclass(frozen=True)
class HazardCounts:
    """Hazards of one grid not closed: open ones, and those of them past their last day."""

    open: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class StepCard:
    """One step of a hazard's trail; the moment in ISO 8601, UTC."""

    step: str
    person_name: str
    at: str
    note: str


@dataclass(frozen=True)
class HazardAsk:
    """What the desk's page of hazards is asked to show."""

    code: str = ""
    which: str = ""
    """One of `listing.WHICH`; empty: what this person looks for first."""
    words: str = ""
    after: str = ""
    """Key of the row the page follows; empty for the first page."""
    page: int = 1
    severity: str = ""
    category: str = ""
    grid: str = ""
    """Only this one of the grids right below."""
    found_from: str = ""
    found_to: str = ""
    """Days in ISO 8601, both counted; empty for open ends."""


@dataclass(frozen=True)
class WhichTally:
    """How many hazards a narrowing leaves; `more`: so many were counted, and there are more."""

    which: str
    count: int
    more: bool = False


@dataclass(frozen=True)
class HazardRow:
    """One hazard in the desk's list."""

    id: str = ""
    grid_name: str = ""
    category: str = "other"
    severity: str = "minor"
    urgent: bool = False
    words: str = ""
    where_words: str = ""
    status: str = "open"
    due: Day = field(default_factory=Day)
    overdue: bool = False
    found: When = field(default_factory=When)
    source: str = ""
    """`resident`: reported without an account."""
    owner_name: str = ""
    rung: str = "grid_head"
    step_ups: int = 0
    urges_open: int = 0
    listing: str = ""
    told: str = ""
    """Why the reader was told of it and has not looked since; empty for nothing new."""


@dataclass(frozen=True)
class HazardsView:
    """One page of the list. Each tally counts what its narrowing would list."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    grids: tuple[tuple[str, str], ...] = ()
    """Code and name of the grids right below, for the filter."""
    which: str = ""
    ask: HazardAsk = field(default_factory=HazardAsk)
    """What was asked for, as it was understood."""
    tallies: tuple[WhichTally, ...] = ()
    rows: tuple[HazardRow, ...] = ()
    matches: int = 0
    more: bool = False
    """There are more than `matches`."""
    page: int = 1
    pages: int = 1
    """With `more` only so many as are known of."""
    last: str = ""
    """Key of the last row: the next page follows it."""
    not_on_map: int = 0
    """Open ones of a community or street itself: the map counts small grids."""
    may_give: bool = False
    may_set_terms: bool = False
    as_of: str = ""


@dataclass(frozen=True)
class InsideMonth:
    """Ordinary hazards closed in a month, and those of them put right inside their grid."""

    closed: int
    inside: int


@dataclass(frozen=True)
class InsideRow:
    """The same of one grid, month by month."""

    code: str
    name: str
    months: tuple[InsideMonth, ...]


@dataclass(frozen=True)
class InsideView:
    """Of the grids right below one; months as `2026-11`, the earliest first."""

    code: str = ""
    months: tuple[str, ...] = ()
    rows: tuple[InsideRow, ...] = ()
    total: InsideRow = field(default_factory=lambda: InsideRow("", "", ()))
