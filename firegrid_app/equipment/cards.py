"""What leaves the server about fire equipment. Days in ISO 8601, empty where there is none."""

from dataclasses import dataclass, field

from firegrid_app.equipment.rules import Kind

KINDS = tuple(map(str, Kind))
"""What a form offers."""


@dataclass(frozen=True, slots=True)
class EquipmentCard:
    """A piece as a phone knows it: enough to report a fault of it."""

    id: int
    grid: str
    kind: str
    name: str
    place: int | None
    point: int | None
    category: str
    """The hazard a fault of it is."""
    due: bool
    """Its test is due."""
    where: str
    next_on: str
    found: str
    """By the latest look or test: `fine`, `faulty`, `gone`; empty where nobody has looked."""
    at: str
    """When that was."""
    lat: float | None
    lon: float | None
    """Its own place, else that of its premises or check point."""


@dataclass(frozen=True)
class EquipmentAsk:
    """What the desk's list is to show."""

    code: str = ""
    which: str = "overdue"
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class EquipmentTally:
    """How many stand so."""

    which: str
    count: int


@dataclass(frozen=True)
class CheckLine:
    """A look or a test of a piece."""

    id: str = ""
    on: str = ""
    tested: bool = False
    found: str = ""
    note: str = ""
    who: str = ""
    hazard: str = ""
    """How the hazard reported for it stands; empty where none has come."""
    photos: list[str] = field(default_factory=list)
    """Ids; `/api/photos/{id}/thumbnail` shows one."""


@dataclass(frozen=True)
class EquipmentRow:
    """A piece in the desk's list."""

    id: int = 0
    code: str = ""
    kind: str = ""
    name: str = ""
    grid_name: str = ""
    where: str = ""
    """Premises, check point or words."""
    amount: int = 1
    keeper: str = ""
    keeper_phone: str = ""
    tested_on: str = ""
    next_on: str = ""
    standing: str = ""
    fault: str = ""
    """What the latest look or test found, where it was not fine."""
    trail: list[CheckLine] = field(default_factory=list)
    """The latest looks and tests, the newest first."""
    may_keep: bool = False
    size: str = ""
    """Of a guard post: `small`, `medium` or `large` by its guards (ZZ-42)."""
    joint: str = ""
    """The posts that come to its help (ZZ-45), with their metres; empty where none is near."""


@dataclass(frozen=True)
class EquipmentView:
    """The desk's page of equipment."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    which: str = "overdue"
    tallies: tuple[EquipmentTally, ...] = ()
    rows: tuple[EquipmentRow, ...] = ()
    matches: int = 0
    page: int = 1
    pages: int = 1
    may_keep: bool = False
    spots: tuple[tuple[str, str], ...] = ()
    """Where a piece can be put in this grid: `place:<id>` or `point:<id>`, and its name."""
    may_add: bool = False
    """The grid on show is one that equipment stands in."""
    today: str = ""
