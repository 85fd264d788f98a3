"""What leaves the server about grids."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class GridCard:
    """A grid by name and place in the tree."""

    id: int
    code: str
    name: str
    level: int
    kind: str
    parent_name: str


@dataclass(frozen=True)
class GridPick:
    """A grid that a desk page can be opened for, or something be made for."""

    code: str
    name: str
    level: int


@dataclass(frozen=True)
class Moved:
    """How many of each changed their grid."""

    places: int = 0
    doors: int = 0
    points: int = 0
    posts: int = 0


@dataclass(frozen=True)
class ChangedCard:
    """What a change of grids does, or would do."""

    applied: bool
    """False where it was only tried, or waits for its day."""
    from_on: str
    drawn: int
    """Grids with a new outline."""
    moved: Moved


@dataclass(frozen=True)
class ChangeCard:
    """A change in the history of grids; dates and moments in ISO 8601."""

    id: int
    kind: str
    code: str
    other: str
    """Merged into `code`, or made by the split of it."""
    from_on: str
    made_by: str
    made_at: str
    state: str
    """`planned`, `done`, `dropped`, or `failed` with `refused`."""
    refused: str


@dataclass(frozen=True)
class Sibling:
    """A grid under the same grid above, with its outline as GeoJSON and its workload (YC-18)."""

    code: str
    name: str
    outline: dict[str, Any] | None
    doors: int
    places: int
    open_hazards: int


@dataclass(frozen=True)
class Neighbourhood:
    """All grids below one, for drawing: `parent` is its outline."""

    code: str
    name: str
    parent: dict[str, Any] | None
    grids: tuple[Sibling, ...]
    buildings: dict[str, tuple[str, ...]]
    """Names of buildings by grid."""


@dataclass(frozen=True)
class GridHere:
    """A grid at a place: in it (`metres` 0), or so far from its edge."""

    code: str
    name: str
    metres: int
