"""What leaves the server about one hazard: its panel, its trail, its papers."""

from dataclasses import dataclass, field

from firegrid_app.desk.cards import When
from firegrid_app.hazards.cards import Assignee, HazardRow


@dataclass(frozen=True)
class DissuasionCard:
    """Who was talked to on the spot; without an outcome nobody was. `by` in ISO 8601, or empty."""

    said: tuple[str, ...] = ()
    whom: str = ""
    outcome: str = ""
    by: str = ""
    warned: bool = False
    moved: int = 0


@dataclass(frozen=True)
class TrailLine:
    """One step of a trail; without a name it was the house itself."""

    number: int
    step: str
    person_name: str
    given_to: str
    """Who has it since; empty where the step gave it to nobody."""
    note: str
    at: When
    dissuasion: DissuasionCard = field(default_factory=DissuasionCard)


@dataclass(frozen=True)
class ListingCard:
    """One listing of a major hazard; days in ISO 8601, empty while it is on the list."""

    number: str
    listed_on: str
    due_on: str
    responsible: str
    decided_by: str
    delisted_on: str


@dataclass(frozen=True)
class DepartmentCard:
    """A department that can be called, and the names of those who report in."""

    id: int
    name: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Handler:
    """Somebody who holds a department's post."""

    person_id: int
    name: str


@dataclass(frozen=True)
class WhistleLine:
    """A department called to a hazard; times on the wall clock, empty where there is none."""

    id: int
    department: str
    standing: str
    by: str
    checked_in: str
    words: str


@dataclass(frozen=True)
class PaperCard:
    """A hazard as it is printed; days in ISO 8601, times on the wall clock. No name of a finder."""

    kind: str
    id: str
    number: str
    office: str
    where: str
    where_words: str
    place_name: str
    category: str
    severity: str
    basis: str
    words: str
    found: str
    due: str
    today: str
    to: str
    why: str
    photos: tuple[str, ...]


@dataclass(frozen=True)
class TwinCard:
    """Another report that is, or may be, the same hazard."""

    id: str
    number: str
    where_words: str
    words: str
    grid_name: str
    status: str
    found: When
    photo: str
    """Id of one of its photos; empty for none."""


@dataclass(frozen=True)
class HazardDetail:
    """One hazard in full."""

    row: HazardRow = field(default_factory=HazardRow)
    number: str = ""
    """The one on its papers."""
    place_name: str = ""
    """Premises on the register it is in; empty for none."""
    reporter_name: str = ""
    photos: tuple[str, ...] = ()
    photos_awaited: int = 0
    steps: tuple[str, ...] = ()
    needs_another: bool = False
    """The reader put it right, and could close or delist it had somebody else done so."""
    assignees: tuple[Assignee, ...] = ()
    trail: tuple[TrailLine, ...] = ()
    listings: tuple[ListingCard, ...] = ()
    transferred_to: str = ""
    departments: tuple[DepartmentCard, ...] = ()
    """Those the reader could call."""
    whistles: tuple[WhistleLine, ...] = ()
    parent: tuple[TwinCard, ...] = ()
    """The one it is the same as; empty where it stands for itself."""
    children: tuple[TwinCard, ...] = ()
    twins: tuple[TwinCard, ...] = ()
    """Those it may be the same as."""
    may_publish: bool = False
    """May the reader decide what the public sees of its photos?"""
    whole: bool = True
    """Is its trail unbroken, and does the hazard stand as it says?"""
