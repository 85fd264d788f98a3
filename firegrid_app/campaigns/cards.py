"""What leaves the server about campaigns."""

from dataclasses import dataclass, field
from typing import Any

from firegrid_app.campaigns.rules import KINDS, LONGEST_LEAFLET

KINDS_OF_QUESTION = KINDS
"""What the form of questions offers."""
LEAFLET_SIGNS = LONGEST_LEAFLET
"""How long its form says the words may be."""


@dataclass(frozen=True)
class PackCampaign:
    """A running campaign as phones have it, of the grids one works in."""

    id: int
    name: str
    purpose: str
    starts_on: str
    ends_on: str
    edition: int
    questions: list[dict[str, Any]]
    done_outcomes: list[str]
    grids: list[str]
    done: list[int]
    """Doors done with; how it ended is not told (privacy E.3)."""
    back: list[int]
    """Doors tried and to be tried again."""
    leaflet: str = ""
    """Words shown to who was met; the picture comes beside (`PackLeaflet`)."""


@dataclass(frozen=True)
class PackLeaflet:
    """The picture of a campaign's leaflet, which a phone fetches beside the pack."""

    campaign: int
    sha256: str


@dataclass(frozen=True)
class LeafletPaper:
    """A leaflet for the press; `picture` is the name of its file, empty for none."""

    name: str
    grid_name: str
    lines: tuple[str, ...]
    picture: str


@dataclass(frozen=True)
class Progress:
    """How far a campaign is: at a building, in a grid, or altogether."""

    doors: int = 0
    done: int = 0
    back: int = 0
    never: int = 0


@dataclass(frozen=True)
class ProgressRow:
    """The same for one building of one grid."""

    grid: str
    grid_name: str
    building: str
    doors: int
    done: int
    back: int
    never: int


@dataclass(frozen=True)
class GridProgress:
    """The same for one grid, with its buildings."""

    grid: str
    grid_name: str
    total: Progress
    buildings: list[ProgressRow] = field(default_factory=list)


@dataclass(frozen=True)
class DoorSquare:
    """A door of the picture: how far it is, and how the last knock ended."""

    id: int
    room: str
    state: str
    outcome: str


@dataclass(frozen=True)
class PictureStorey:
    """A floor of one stair."""

    unit: str
    floor: int
    doors: list[DoorSquare] = field(default_factory=list)


@dataclass(frozen=True)
class DoorPhotos:
    """Photos answered at a door of the picture."""

    room: str
    """With its stair."""
    photos: list[str] = field(default_factory=list)
    """Ids; `/api/photos/{id}/thumbnail` shows one."""


@dataclass(frozen=True)
class QuestionLine:
    """A question as the desk reads it."""

    code: str
    kind: str
    words: str
    """These, and what can be chosen, in the reader's language."""
    choices: str
    show_if: str
    required: bool
    paper: str = ""
    """What is signed."""


@dataclass(frozen=True)
class CampaignLine:
    """A campaign in the list."""

    id: int
    name: str
    starts_on: str
    ends_on: str
    standing: str
    """`to_come`, `running`, `over`, or `ended` before its time."""
    grid_name: str


@dataclass(frozen=True)
class CampaignCard:
    """One campaign opened at the desk; id 0: none."""

    id: int = 0
    name: str = ""
    purpose: str = ""
    starts_on: str = ""
    ends_on: str = ""
    edition: int = 0
    may_change: bool = False
    done_outcomes: list[str] = field(default_factory=list)
    areas: str = ""
    questions: list[QuestionLine] = field(default_factory=list)
    conditions: list[tuple[str, str]] = field(default_factory=list)
    """What a further question can hang on: `question=choice`, and how it reads."""
    total: Progress = Progress()
    grids: list[GridProgress] = field(default_factory=list)
    left_out: int = 0
    """Buildings that are in `total` and in the file, but too many for the page."""
    picture_of: str = ""
    """`grid|building` of the picture shown; empty for none."""
    picture: list[PictureStorey] = field(default_factory=list)
    care_homes: int = 0
    care_covered: int = 0
    """Of them, those with a smoke alarm that works."""
    photos: list[DoorPhotos] = field(default_factory=list)
    leaflet: str = ""
    leaflet_picture: str = ""


@dataclass(frozen=True)
class CampaignsView:
    """Campaigns in one's reach, and the grids one could begin one in (code, name)."""

    code: str = ""
    name: str = ""
    picks: list[tuple[str, str]] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)
    """Grids right below, to choose some of."""
    today: str = ""
    campaigns: list[CampaignLine] = field(default_factory=list)
