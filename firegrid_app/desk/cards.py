"""What the desk shows: today's figures of grids, one grid in full, and both ready for a page."""

from dataclasses import dataclass

from firegrid_app.access.cards import HolderCard
from firegrid_app.grids.cards import GridPick


@dataclass(frozen=True)
class Asked:
    """Which days are asked about: `day` in ISO 8601, empty for today; the whole week of it?"""

    day: str = ""
    week: bool = False


TODAY = Asked()


@dataclass(frozen=True)
class GridToday:
    """One small grid today, or in the days asked about: a row of the list, a cell of the map."""

    id: int
    code: str
    name: str
    parent_name: str
    standing: str
    minutes: int
    target: int
    knocks: int
    shouts: int
    open_hazards: int
    overdue_hazards: int
    doors: int
    doors_left: int
    """Of them not knocked at in this round (`visits.rules.ROUND`)."""
    points: int
    points_left: int
    """Of them nobody arrived at in the days asked about."""
    last_patrol: str
    """ISO 8601, UTC; empty when never walked."""
    holders: str
    """Names of who holds the grid, heads first."""


@dataclass(frozen=True)
class Tally:
    """How many grids stand how: the legend of the map and the head of the list."""

    standing: str
    grids: int


@dataclass(frozen=True)
class Overview:
    """The grids below one grid, today or in the days asked about; sums are those of the rows."""

    code: str
    name: str
    day: str
    """The last of the days."""
    first: str
    is_workday: bool
    """Is one of the days a workday?"""
    rows: tuple[GridToday, ...]
    tallies: tuple[Tally, ...]
    minutes: int
    knocks: int
    shouts: int
    open_hazards: int
    overdue_hazards: int
    doors: int
    doors_left: int
    points: int
    points_left: int


@dataclass(frozen=True)
class When:
    """A moment on the street's wall clock, in pieces that a sentence of any language is made of."""

    day: str = "never"
    """`today`, `yesterday`, `earlier`, `never`: the sentence `desk.when.<day>`."""
    month: int = 0
    date: int = 0
    time: str = ""


@dataclass(frozen=True)
class Day:
    """A calendar day in pieces."""

    year: int = 0
    month: int = 0
    date: int = 0
    weekday: int = 0
    """0 is Monday."""


@dataclass(frozen=True)
class DeskRow:
    """One grid in the list."""

    code: str
    name: str
    parent: str
    standing: str
    minutes: int
    target: int
    knocks: int
    shouts: int
    open: int
    overdue: int
    doors_left: int
    points: int
    points_left: int
    walked: When
    holders: str


@dataclass(frozen=True)
class BackupFault:
    """The nightly backup fails: why, since when, and when the last good one was made."""

    why: str = ""
    """`desk.backup.why.<it>`; empty while all is well."""
    since: When = When()
    last: When = When()


@dataclass(frozen=True)
class DeskHead:
    """What stands above map and list. `as_of` is the wall clock of the figures."""

    name: str = ""
    day: Day = Day()
    first: Day = Day()
    """The first of the days shown; `day` is the last."""
    is_today: bool = True
    """Do the figures reach up to now?"""
    today: str = ""
    """ISO 8601: the slider ends here."""
    earliest: str = ""
    """And begins here: the first day of the grids on the register."""
    is_workday: bool = True
    calendar_known: bool = True
    grids: int = 0
    minutes: int = 0
    knocks: int = 0
    shouts: int = 0
    open: int = 0
    overdue: int = 0
    doors: int = 0
    doors_left: int = 0
    points: int = 0
    points_left: int = 0
    reports: int = 0
    """Residents' reports that wait for the reader to decide."""
    reports_late: int = 0
    as_of: str = ""
    stamp: str = ""
    """The same moment in ISO 8601, UTC."""
    pilot: bool = False
    may_draw: bool = False
    has_log: bool = False
    """A work record of the month: a street, a community or a small grid."""
    """May the reader draw the grids below anew?"""


@dataclass(frozen=True)
class DeskAsk:
    """What the desk is asked to show: whose grids, which of them, which page."""

    code: str = ""
    standing: str = ""
    words: str = ""
    page: int = 1
    days: Asked = TODAY


@dataclass(frozen=True)
class DeskView:
    """The desk as it stands: everything a page shows, one page of the list."""

    picks: tuple[GridPick, ...]
    code: str
    head: DeskHead
    tallies: tuple[Tally, ...]
    rows: tuple[DeskRow, ...]
    matches: int
    page: int
    pages: int
    backup: BackupFault = BackupFault()
    """For who manages the grid with nothing above it; not in the head, which goes every minute."""


@dataclass(frozen=True)
class DayMinutes:
    """Field minutes of one grid on one day."""

    day: Day
    is_workday: bool
    minutes: int
    share: int
    """Percent of the target, at most 100; of the longest target on a day of rest."""


@dataclass(frozen=True)
class HazardLine:
    """An open hazard in the panel of its grid, with the steps the reader may take."""

    id: str
    category: str
    severity: str
    urgent: bool
    words: str
    where_words: str
    status: str
    due: Day
    overdue: bool
    found: When
    owner_name: str
    """Empty when nobody has it."""
    rung: str
    """The level that sees to it."""
    step_ups: int
    urges_open: int
    reporter_name: str
    photos: tuple[str, ...]
    photos_awaited: int
    steps: tuple[str, ...]
    last_step: str
    last_person: str
    last_note: str
    last: When


@dataclass(frozen=True)
class KnockLine:
    """A knock of today."""

    building: str
    door: str
    outcome: str
    person_name: str
    at: When
    off_register: bool = False


@dataclass(frozen=True)
class ShoutLine:
    """A shout in a list."""

    script: str
    means: str
    people: int
    lasted: str
    """How long it was called out, `1:05` of a minute and five seconds; empty: nobody counted."""
    where_words: str
    person_name: str
    at: When
    on: str = ""
    """Day and time in full, for lists of many days."""
    title: str = ""
    """Of a street's own script or a warning."""
    grid_name: str = ""
    photos: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class GridDetail:
    """One small grid in full, as today stands."""

    code: str = ""
    name: str = ""
    parent: str = ""
    standing: str = "rest_day"
    minutes: int = 0
    target: int = 0
    walked: When = When()
    holders: tuple[HolderCard, ...] = ()
    days: tuple[DayMinutes, ...] = ()
    open: int = 0
    overdue: int = 0
    hazards: tuple[HazardLine, ...] = ()
    knocked_doors: int = 0
    knocks: tuple[KnockLine, ...] = ()
    shouts: tuple[ShoutLine, ...] = ()
    board: str = ""
    """Address of its public page."""
