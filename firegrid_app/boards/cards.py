"""What a board shows: nothing else about a grid or a person leaves through it."""

from dataclasses import dataclass

from firegrid_app.alerts.cards import PostedAlert
from firegrid_app.boards.rules import Drawing


@dataclass(frozen=True)
class PostedContact:
    """One posted person. Empty means not published."""

    id: int
    name: str
    role: str
    phone: str
    """Masked; in full only on paper, for whoever may print it."""
    face: str = ""
    """Hash of the photo."""
    duties: bool = True
    """May what the post does stand there?"""
    houses: tuple[tuple[str, str], ...] = ()
    """What this person keeps: buildings, each with its unit or ""; empty: the whole grid."""


@dataclass(frozen=True)
class PostedNumber:
    """The one number somebody asked for."""

    grid_name: str
    name: str
    role: str
    phone: str


@dataclass(frozen=True)
class PostedDuty:
    """Who is on duty today; the name only where it is posted."""

    hours: str
    name: str


@dataclass(frozen=True)
class Fixed:
    """How many hazards of a kind were put right; the rest under no kind."""

    category: str
    count: int


@dataclass(frozen=True)
class BoardCard:
    """The board of a community or a small grid."""

    code: str
    name: str
    level: int
    above: tuple[str, ...]
    """Names of the grids it lies in, the street first."""
    place: str
    """Where one is, as one would say it to 119."""
    alerts: tuple[PostedAlert, ...]
    """What residents are warned of now."""
    contacts: tuple[PostedContact, ...]
    on_duty: tuple[PostedDuty, ...]
    """Empty unless the street lets boards show its duty lists."""
    supervision_phone: str
    drawing: Drawing | None
    fixed: tuple[Fixed, ...]
    """What was put right this month."""
    pilot: bool
    buildings: tuple[str, ...] = ()
    """Those that have a page of their own."""


@dataclass(frozen=True)
class BuildingCard:
    """The page of one building. How many doors it has, and who lives there, is not on it."""

    code: str
    """Of its grid."""
    name: str
    grid_name: str
    above: tuple[str, ...]
    place: str
    alerts: tuple[PostedAlert, ...]
    keepers: tuple[PostedContact, ...]
    """Who keeps this building, then who keeps a unit of it, unit by unit."""
    contacts: tuple[PostedContact, ...]
    """Who serves the whole grid."""
    supervision_phone: str
    fixed: tuple[Fixed, ...]
    """What was put right in it this month."""
    pilot: bool
