"""What leaves the server about the register of doors."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    """A square of the picture: one door."""

    key: str
    room: str
    id: int = 0
    """0: not on the register yet."""
    out: bool = False
    """Left out of the drawing by a tap."""
    care: str = ""
    """The care mark, for who may see it."""


@dataclass(frozen=True)
class Storey:
    """A floor of one stair, from the left."""

    unit: str
    floor: int
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Drawing:
    """A building as it would stand, before anything is written."""

    building: str = ""
    storeys: list[Storey] = field(default_factory=list)
    doors: int = 0
    there: int = 0
    """Of them, on the register already: they stay as they are."""
    others: int = 0
    """On the register for this building and not in this drawing: they stay too."""
    register_floors: str = ""
    drawn_floors: str = ""
    """Both told where they differ."""


@dataclass(frozen=True)
class BuildingLine:
    """A building of a grid on the register."""

    name: str
    doors: int
    floors: str


@dataclass(frozen=True)
class BuildingCard:
    """One building with its doors; without a single storey none is open."""

    name: str = ""
    is_open: bool = False
    storeys: list[Storey] = field(default_factory=list)
    sees_care: bool = False


@dataclass(frozen=True)
class NeighbourLine:
    """Somebody who looks after a household: a door, a name, or both."""

    id: int
    door: str
    name: str
    phone: str
    note: str


@dataclass(frozen=True)
class EvacuationRow:
    """A household that needs help to get out, and who gives it."""

    grid_name: str
    door: str
    care_mark: str
    neighbours: list[NeighbourLine]


@dataclass(frozen=True)
class EvacuationList:
    """The printed list: whose, why, until when it may be kept."""

    name: str
    why: str
    printed_by: str
    day: str
    until: str
    rows: list[EvacuationRow]
    alone: int
    """Households nobody is paired with."""


@dataclass(frozen=True)
class DoorCard:
    """One door opened at the desk; id 0: none."""

    id: int = 0
    name: str = ""
    care_mark: str = ""
    care_basis: str = ""
    care_agreed_on: str = ""
    care_days: int = 0
    knocks: int = 0
    erased_on: str = ""
    came_after: int = 0
    """Knocks that came in after it was erased: they waited on a phone."""
    neighbours: list[NeighbourLine] = field(default_factory=list)
    doors: list[str] = field(default_factory=list)
    """The other doors of its grid, to choose a neighbour; of a door with a care mark only."""


@dataclass(frozen=True)
class RegisterView:
    """The register of one small grid, and the grids to choose from (code, name)."""

    code: str = ""
    name: str = ""
    picks: list[tuple[str, str]] = field(default_factory=list)
    doors: int = 0
    sees_care: bool = False
    """Care marks are for this person to see here, and so is the list for an evacuation."""
    buildings: list[BuildingLine] = field(default_factory=list)
    open: BuildingCard = BuildingCard()
