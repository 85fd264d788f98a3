"""What leaves the server about meetings. Days and moments in ISO 8601."""

from dataclasses import dataclass

from firegrid_app.grids.cards import GridPick


@dataclass(frozen=True)
class GridFigures:
    """One grid in a period: the row of the table, and its sum."""

    code: str = ""
    name: str = ""
    walks: int = 0
    minutes: int = 0
    knocks: int = 0
    """Different doors knocked at."""
    shouts: int = 0
    found: int = 0
    closed: int = 0
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class CategoryFigures:
    """Hazards of one category and grade."""

    category: str
    severity: str
    found: int
    closed: int
    open: int
    overdue: int


@dataclass(frozen=True)
class Figures:
    """A period in figures. Rows and categories add up to the sum."""

    first: str = ""
    last: str = ""
    as_of: str = ""
    """The moment they were taken, ISO 8601 in UTC."""
    total: GridFigures = GridFigures()
    rows: tuple[GridFigures, ...] = ()
    hazards: tuple[CategoryFigures, ...] = ()
    duties_overdue: int = 0
    duties_done: int = 0
    """Of the duties that run now or ended not long ago: the figures of the page of duties."""
    warnings: int = 0
    notices: int = 0
    """In force at some moment of the period, for this grid, one above or one below."""


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in the list."""

    id: str
    kind: str
    title: str
    grid_name: str
    day: str
    time: str
    place: str
    standing: str
    invited: int
    came: int
    decisions: int
    open_decisions: int
    to_read: bool
    """The reader was absent and has not opened the minutes."""


@dataclass(frozen=True)
class DecisionCard:
    """What was decided, and how it stands."""

    id: int
    words: str
    owner: str
    """Who held the post then."""
    holders: str
    """Who holds it now, where that is somebody else; empty when nobody does."""
    changed_hands: bool
    role: str
    grid_name: str
    due: str
    standing: str
    done_on: str
    note: str
    hazard: str
    """Category of the hazard it is about, empty for none."""
    hazard_where: str
    decided_on: str


@dataclass(frozen=True)
class MeetingsView:
    """The page of meetings: those of a grid one leads, and those one is asked to."""

    code: str = ""
    name: str = ""
    level: int = 0
    picks: tuple[GridPick, ...] = ()
    may_plan: bool = False
    kinds: tuple[str, ...] = ()
    """Kinds held at this level."""
    meetings: tuple[MeetingLine, ...] = ()
    asked: tuple[MeetingLine, ...] = ()
    open: tuple[DecisionCard, ...] = ()
    """What meetings and drills of this grid decided and nobody has done yet."""


@dataclass(frozen=True)
class InviteeCard:
    """Somebody asked to come."""

    person: int
    name: str
    role: str
    grid_name: str
    came: bool
    read: bool
    left: bool
    """The post is over by now."""


@dataclass(frozen=True)
class CorrectionCard:
    """A change to confirmed minutes."""

    before: str
    after: str
    why: str
    name: str
    at: str


@dataclass(frozen=True)
class ItemCard:
    """One item of the agenda."""

    id: int
    number: int
    kind: str
    tag: str
    title: str
    minutes: str
    corrections: tuple[CorrectionCard, ...] = ()


@dataclass(frozen=True)
class HazardPick:
    """An open hazard a decision can be about."""

    id: str
    category: str
    where: str
    grid_name: str
    due: str
    overdue: bool


@dataclass(frozen=True)
class MeetingCard:
    """One meeting in full."""

    id: str = ""
    code: str = ""
    grid_name: str = ""
    kind: str = ""
    title: str = ""
    day: str = ""
    time: str = ""
    place: str = ""
    guests: str = ""
    standing: str = "planned"
    planned_by: str = ""
    held_by: str = ""
    confirmed_by: str = ""
    confirmed_on: str = ""
    cancelled_why: str = ""
    source: str = ""
    may_hold: bool = False
    agenda: tuple[ItemCard, ...] = ()
    invitees: tuple[InviteeCard, ...] = ()
    invited: int = 0
    came: int = 0
    last_time: tuple[DecisionCard, ...] = ()
    decisions: tuple[DecisionCard, ...] = ()
    figures: Figures = Figures()
    hazards: tuple[HazardPick, ...] = ()
    photos: tuple[str, ...] = ()
    """Ids of what was photographed there, if anybody did."""
    sheet: str = ""
    """Address of the minutes to be printed."""
    earliest: str = ""
    """First day something decided here can be due."""


@dataclass(frozen=True)
class MeetingDraft:
    """The form of a new meeting, filled in as far as the last one tells."""

    kind: str = ""
    day: str = ""
    first: str = ""
    roles: tuple[str, ...] = ()
    """Posts usually asked."""
    offered: tuple[str, ...] = ()
    """Posts there are in this grid and below."""
