"""What leaves the server about duty lists."""

from dataclasses import dataclass, field

from firegrid_app.rota.rules import MOST_AT_ONCE, MOST_SHIFTS, Days, Turn, Why

DAYS = tuple(map(str, Days))
TURNS = tuple(map(str, Turn))
WHYS = tuple(map(str, Why))
SHIFTS_A_DAY = MOST_SHIFTS
PEOPLE_A_SHIFT = MOST_AT_ONCE
"""What a list can be made of."""


@dataclass(frozen=True)
class NoteLine:
    """What was left for the next one, and who took over; times on the wall clock."""

    name: str
    at: str
    words: str
    taken: str
    """Name and time of who took over; empty as long as nobody has."""


@dataclass(frozen=True)
class ShiftLine:
    """One shift of the month; times on the wall clock."""

    id: int
    person: int
    name: str
    hours: str
    """`08:30–17:30`; the next day's end says so by its `+1`."""
    is_over: bool
    has_begun: bool
    changed: str
    """What was changed about it last: given or swapped; empty for nothing."""
    changed_by: str
    away: bool
    """Whose it is is away that day: somebody else is needed."""
    notes: list[NoteLine] = field(default_factory=list)


@dataclass(frozen=True)
class DayLine:
    """One day of the month."""

    day: str
    label: str
    """Month and day, `12-01`."""
    weekday: int
    """0 is Monday."""
    is_workday: bool
    is_today: bool
    is_past: bool
    shifts: list[ShiftLine] = field(default_factory=list)


@dataclass(frozen=True)
class RotaPerson:
    """Somebody who may be put on the list, and how many shifts of the month are theirs."""

    id: int
    name: str
    role: str
    shifts: int = 0
    chosen: bool = True
    """On the list as it was drawn up last; where it never was, one of the grid's own posts."""


@dataclass(frozen=True)
class AwayToday:
    """Somebody is not in the field this day, until `last` (ISO 8601, included)."""

    name: str
    why: str
    words: str
    last: str
    listed: bool
    """The duty list has a shift of theirs that begins this day."""


@dataclass(frozen=True)
class AwayLine:
    """Somebody is not in the field on these days; both in ISO 8601."""

    id: int
    name: str
    why: str
    words: str
    first: str
    last: str
    noted_by: str
    is_over: bool
    shifts: int
    """Shifts of theirs on this list that still stand on these days: somebody else is needed."""


@dataclass(frozen=True)
class SwapLine:
    """A swap that was asked for, as the leader sees it."""

    id: int
    asked_by: str
    asked_of: str
    shift: str
    """Day and hours."""
    other: str
    """The shift given in return; empty where one only steps in."""
    words: str
    answer: str
    """open, yes, no, withdrawn, lapsed."""


@dataclass(frozen=True)
class PatternCard:
    """What the form of the draw-up begins with."""

    hours: list[list[str]] = field(default_factory=lambda: [["08:30", "17:30"]])
    days: str = "workdays"
    turn: str = "day"
    at_once: int = 1
    first: int = 0
    """Whose turn it is next."""


@dataclass(frozen=True)
class RotaView:
    """The duty list of one grid in one month."""

    code: str = ""
    name: str = ""
    month: str = ""
    before: str = ""
    after: str = ""
    picks: list[tuple[str, str]] = field(default_factory=list)
    """Code and name of the grids whose list may be seen."""
    days: list[DayLine] = field(default_factory=list)
    count: int = 0
    may_set: bool = False
    is_near: bool = False
    """This month or one of the year ahead: it can be drawn up."""
    calendar_known: bool = True
    people: list[RotaPerson] = field(default_factory=list)
    left_out: int = 0
    """People who found no room among those to choose from."""
    pattern: PatternCard = field(default_factory=PatternCard)
    swaps: list[SwapLine] = field(default_factory=list)
    away: list[AwayLine] = field(default_factory=list)
    sheet: str = ""
    may_show: bool = False
    """The grid is a street the reader manages."""
    on_board: bool = False


@dataclass(frozen=True)
class DrawnCard:
    """What became of a draw-up or a copy."""

    made: int
    replaced: int = 0
    empty: int = 0
    """Shifts for which nobody was free."""


@dataclass(frozen=True)
class SheetShift:
    """One line of the printed list."""

    hours: str
    name: str
    phone: str


@dataclass(frozen=True)
class SheetDay:
    """One day of the printed list."""

    label: str
    weekday: int
    is_workday: bool
    shifts: tuple[SheetShift, ...]


@dataclass(frozen=True)
class SheetCard:
    """The duty list for the wall."""

    name: str
    year: int
    month: int
    days: tuple[SheetDay, ...]
    supervision_phone: str
    printed_on: str


@dataclass(frozen=True)
class OnDuty:
    """Who is on duty somewhere at a moment, or begins next."""

    grid_id: int
    person_id: int
    name: str
    phone: str
    starts_at: str
    """ISO 8601, as the end."""
    ends_at: str
