"""What stands on papers, and what the desk shows about them."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PaperPerson:
    """One person on a paper. Empty means not shown."""

    role: str
    name: str
    phone: str
    face: str
    """File of the photo among the paper's pictures."""
    duties: bool
    qr: str = ""
    """File of the code that puts the person into a phone's contacts."""
    keeps: str = ""
    """What of the grid this person keeps (`1栋、3栋 2单元`); empty for all of it."""


@dataclass(frozen=True)
class PaperMap:
    """The drawing `map.svg`; its height as a share of its width, and its scale bar."""

    ratio: float
    scale_m: int
    scale_percent: float
    labels: tuple[tuple[float, float, str], ...]
    beside: tuple[tuple[float, float, str], ...] = ()
    road_names: tuple[tuple[float, float, float, str], ...] = ()
    """As in `boards.rules.Drawing`."""


@dataclass(frozen=True)
class GridPaper:
    """Board, notice or contact cards of a grid, or of one building of it."""

    name: str
    above: str
    place: str
    building: str
    people: tuple[PaperPerson, ...]
    more: int
    """People who are posted too and found no room."""
    supervision_phone: str
    is_hotline: bool
    """The supervision phone is the 12345 line."""
    map: PaperMap | None
    address: str
    tag: str
    day: str
    pilot: bool


@dataclass(frozen=True)
class SignPaper:
    """The warning sign of premises (ZZ-29)."""

    name: str
    category: str
    danger: str
    responsible: str
    supervisor: PaperPerson | None
    supervision_phone: str
    is_hotline: bool
    grid_name: str
    above: str
    address: str
    tag: str
    day: str
    pilot: bool


@dataclass(frozen=True)
class PackGrid:
    """A line of the workroom's list of grids."""

    name: str
    people: tuple[PaperPerson, ...]


@dataclass(frozen=True)
class PackPaper:
    """What hangs in a community's workroom (ZZ-31): division map, duties, list of grids."""

    name: str
    above: str
    roles: tuple[str, ...]
    people: tuple[PaperPerson, ...]
    grids: tuple[PackGrid, ...]
    supervision_phone: str
    is_hotline: bool
    map: PaperMap | None
    address: str
    tag: str
    day: str
    pilot: bool


@dataclass(frozen=True)
class LayoutLine:
    """A piece of equipment in the table of its sheet."""

    number: int
    kind: str
    name: str
    where: str
    amount: int
    keeper: str
    next_on: str
    """Empty: no test of it is known."""
    on_map: bool


@dataclass(frozen=True)
class LayoutPaper:
    """Where equipment stands in a grid or at premises (ZZ-34); its map's labels are numbers."""

    name: str
    above: str
    lines: tuple[LayoutLine, ...]
    more: int
    """Pieces that found no room."""
    supervision_phone: str
    is_hotline: bool
    map: PaperMap | None
    address: str
    tag: str
    day: str
    pilot: bool


@dataclass(frozen=True)
class BadgeFace:
    """One badge on a sheet."""

    number: str
    name: str
    role: str
    grid_name: str
    above: str
    ends_on: str
    face: str
    qr: str


@dataclass(frozen=True)
class BadgesPaper:
    """Badges to be cut out."""

    badges: tuple[BadgeFace, ...]
    pilot: bool


@dataclass(frozen=True)
class Sheet:
    """A paper ready for the press."""

    template: str
    title: str
    """Key of its name among the texts."""
    of: str
    """What it is of, for the file's name."""
    languages: tuple[str, ...]
    card: Any
    pictures: dict[str, bytes] = field(repr=False)


@dataclass(frozen=True)
class ScannedBoard:
    """What the code of a printed paper says of it: `current`, `old` or `unknown`."""

    verdict: str
    printed_on: str
    building: str


@dataclass(frozen=True)
class EditionLine:
    """A printed paper as the desk lists it."""

    id: int
    kind: str
    grid_code: str
    grid_name: str
    subject: str
    subject_code: str
    languages: str
    printed_on: str
    hangs_at: str
    hung_on: str
    is_old: bool
    tag: str
    again: str
    """Where it is printed anew."""
    replaced: bool = False
    """Printed anew already: this one is to be taken down."""


@dataclass(frozen=True)
class BadgeCheck:
    """What a scanned badge is: `genuine`, `over` or `unknown`."""

    verdict: str
    supervision_phone: str
    number: str = ""
    name: str = ""
    role: str = ""
    grid_name: str = ""
    grid_code: str = ""
    """Of the board to look at; empty where the grid has none."""
    above: tuple[str, ...] = ()
    ends_on: str = ""
    face: str = ""
    """Hash of the photo, where it may be shown."""


@dataclass(frozen=True)
class FieldLine:
    """One field of a contact: shown or not, on what basis, decided by whom."""

    field: str
    shown: bool
    basis: str
    basis_words: str
    basis_on: str
    until: str
    by: str
    decided_on: str


@dataclass(frozen=True)
class ContactLine:
    """A contact as who decides about it sees it."""

    id: int
    person_id: int
    name: str
    role: str
    phone: str
    has_face: bool
    keeps: str
    """What of the grid this person keeps (`1栋、3栋 2单元`); empty for all of it."""
    houses: list[str]
    """The same as the form's values, among `PostingView.houses`."""
    fields: list[FieldLine]


@dataclass(frozen=True)
class Holder:
    """Who holds a post in a grid; `value` is `person:role`."""

    value: str
    person_id: int
    name: str
    role: str


@dataclass(frozen=True)
class BadgeLine:
    """A badge as the desk lists it."""

    id: int
    number: str
    name: str
    role: str
    ends_on: str
    is_good: bool


@dataclass(frozen=True)
class Choice:
    """One of several things a paper can be of."""

    value: str
    name: str


@dataclass(frozen=True)
class PostingView:
    """The page of boards: one grid's papers, people and badges, and every old paper in reach."""

    code: str = ""
    name: str = ""
    level: int = 0
    picks: list[tuple[str, str]] = field(default_factory=list)
    may_approve: bool = False
    board: str = ""
    """Address of the public page."""
    languages: list[str] = field(default_factory=list)
    buildings: list[str] = field(default_factory=list)
    houses: list[Choice] = field(default_factory=list)
    """Buildings and units somebody can keep."""
    places: list[Choice] = field(default_factory=list)
    equipped: list[Choice] = field(default_factory=list)
    """Premises that have equipment of their own to be drawn."""
    has_equipment: bool = False
    contacts: list[ContactLine] = field(default_factory=list)
    unposted: list[Holder] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    badges: list[BadgeLine] = field(default_factory=list)
    old: list[EditionLine] = field(default_factory=list)
    hanging: list[EditionLine] = field(default_factory=list)
    """Papers of this grid that still hold."""
