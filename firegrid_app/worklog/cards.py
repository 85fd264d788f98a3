"""What a grid's work record of a month says; of households and hazards only how many."""

from dataclasses import dataclass

from firegrid_app.training.cards import ComingCard


@dataclass(frozen=True)
class WalkLine:
    """A walk: from when to when, by whom, and what was said of it at its end."""

    hours: str
    is_open: bool
    name: str
    grid_name: str
    """Empty where the record is of one small grid."""
    note: str


@dataclass(frozen=True)
class DoneLine:
    """A duty somebody said was done, in their own words."""

    kind: str
    words: str
    """The rule's own words; empty where its kind says it."""
    name: str
    note: str


@dataclass(frozen=True)
class Numbers:
    """What was recorded on a day, or in all."""

    minutes: int = 0
    points: int = 0
    """Different places arrived at; in the sum, those of each day."""
    doors: int = 0
    shouts: int = 0
    people_reached: int = 0
    found: int = 0
    closed: int = 0


@dataclass(frozen=True)
class LogDay:
    """One day."""

    label: str
    weekday: int
    is_workday: bool
    numbers: Numbers
    walks: tuple[WalkLine, ...]
    done: tuple[DoneLine, ...]
    held: tuple[ComingCard, ...]
    """Meetings, courses and drills of this grid."""


@dataclass(frozen=True)
class LogCard:
    """The month, as far as it has come."""

    code: str
    name: str
    year: int
    month: int
    days: tuple[LogDay, ...]
    total: Numbers
    before: str
    """The month before, `2026-10`; and the one after, empty where it has not begun."""
    after: str
    printed_on: str


@dataclass(frozen=True)
class StreetRow:
    """What one community recorded in the month."""

    code: str
    name: str
    has_log: bool
    """A record of its own, day by day; the street itself has none."""
    numbers: Numbers


@dataclass(frozen=True)
class StreetLog:
    """A street's month, community by community in tree order: nobody is ranked."""

    code: str
    name: str
    year: int
    month: int
    rows: tuple[StreetRow, ...]
    total: Numbers
    held: tuple[ComingCard, ...]
    """Meetings, courses and drills of the street itself."""
    done: tuple[tuple[str, DoneLine], ...]
    """Duties of the street said to be done, each with its day."""
    shown: str
    """This month, `2026-11`, for the ways to the communities' records."""
    before: str
    after: str
    printed_on: str
