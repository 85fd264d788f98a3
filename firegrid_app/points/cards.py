"""What leaves the server about check points."""

from dataclasses import dataclass, field

from firegrid_app.points.rules import PointKind

KINDS_TO_ADD = tuple(str(kind) for kind in PointKind if kind != PointKind.PLACE)
"""Kinds of points that a form offers: those of places come with their places."""


@dataclass(frozen=True)
class CheckPointCard:
    """Somewhere to arrive at, as a phone knows it."""

    id: int
    grid: str
    name: str
    kind: str
    building: str
    unit: str
    floor: int | None
    place: int | None
    """Id of the premises it stands for."""
    checklist: str
    """What to look at there (`checklists/rules.py`)."""
    digest: str
    """Of the printed code: enough to know it again, not enough to print it."""
    closed_on: str
    """Its last day, when that is over; empty while it is walked to."""
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class SheetPoint:
    """One code to print."""

    name: str
    kind: str
    tag: str


@dataclass(frozen=True)
class SheetHouse:
    """The codes of a building, from the top down; of premises and lanes under an empty name."""

    name: str
    points: tuple[SheetPoint, ...]


@dataclass(frozen=True)
class SheetGrid:
    """A grid on a sheet; each begins a new page."""

    name: str
    houses: tuple[SheetHouse, ...]


@dataclass(frozen=True)
class SheetCard:
    """Everything to be printed in one go."""

    name: str
    building: str
    count: int
    grids: tuple[SheetGrid, ...]


@dataclass(frozen=True)
class NoticeCard:
    """What a code on a wall tells whoever scans it: the point and its grid, nobody's name."""

    tag: str
    name: str
    kind: str
    grid: str
    grid_name: str
    above: tuple[str, ...]
    is_open: bool
    for_app: bool
    """The reader works in this grid: the app takes the arrival."""


@dataclass(frozen=True)
class PointLine:
    """A point as who manages it sees it."""

    id: int
    name: str
    kind: str
    building: str
    is_open: bool
    ends_on: str


@dataclass(frozen=True)
class PointsView:
    """The points of one small grid, and the grids to choose from (code, name)."""

    code: str = ""
    name: str = ""
    picks: list[tuple[str, str]] = field(default_factory=list)
    sheet: str = ""
    """Where its codes are printed."""
    points: list[PointLine] = field(default_factory=list)
