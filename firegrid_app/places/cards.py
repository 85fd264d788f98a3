"""What leaves the server about premises."""

from dataclasses import dataclass

from firegrid_app.places.rules import KINDS, LONGEST_LETTER, LONGEST_TITLE, SmallKind

TITLE_SIGNS, LETTER_SIGNS = LONGEST_TITLE, LONGEST_LETTER
"""How long a street's own letter may be, as its form says it."""

SMALL_KINDS = tuple(map(str, SmallKind))
"""The nine kinds, as forms offer them."""
ALL_KINDS = tuple(map(str, KINDS))
"""These, and what is none of them."""


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """Premises as the member sees them."""

    id: int
    grid: str
    name: str
    category: str
    lat: float | None
    lon: float | None
    colour: str
    due: bool
    """On the list of those to be called at."""
    outcome: str
    """What came of the last call; empty: there was none."""
    kind: str
    """One of the nine small kinds, or `other`."""
    letter_until: str
    """The last day of its responsibility letter in ISO 8601; empty: it has none."""


@dataclass(frozen=True)
class PlaceAsk:
    """What the desk's list is to show."""

    code: str = ""
    which: str = "due"
    kind: str = ""
    """One of the nine small kinds or `other`; empty for all."""
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class PlaceTally:
    """How many places stand so."""

    which: str
    count: int


@dataclass(frozen=True)
class PlaceRow:
    """A place in the desk's list. Days in ISO 8601, empty where there is none."""

    id: int = 0
    code: str = ""
    name: str = ""
    grid_name: str = ""
    category: str = ""
    kind: str = ""
    standing: str = ""
    colour: str = "grey"
    due: bool = False
    due_on: str = ""
    outcome: str = ""
    called_on: str = ""
    hazards: int = 0
    """Not closed."""
    letter: str = ""
    """How its responsibility letter stands."""
    watched: bool = False
    card_on: str = ""
    """When it was last given the grid's contact card (YC-69)."""
    needs_card: bool = True


@dataclass(frozen=True)
class PlacesView:
    """The desk's page of premises."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    which: str = "due"
    kind: str = ""
    tallies: tuple[PlaceTally, ...] = ()
    rows: tuple[PlaceRow, ...] = ()
    matches: int = 0
    page: int = 1
    pages: int = 1
    export: str = ""
    """Where the list is kept as CSV or XLSX, without the ending; empty for who may not."""
    may_word: bool = False
    """The reader words the letter of a street."""


@dataclass(frozen=True)
class CallLine:
    """A call at a place, as its record says it."""

    at: str
    person_name: str
    outcome: str
    faults: int
    note: str


@dataclass(frozen=True)
class PlaceHazard:
    """A hazard of a place; nobody's name."""

    id: str
    category: str
    severity: str
    status: str
    found_on: str
    due_on: str
    overdue: bool


@dataclass(frozen=True)
class PaperLine:
    """A paper in the file."""

    id: int
    kind: str
    party: str
    signed_by: str
    signed_on: str
    expires_on: str
    standing: str
    abilities: tuple[str, ...]
    """Of the four, in order: y, p or n."""
    note: str
    letter: str = ""
    """Id of the record, where it was signed on a phone."""
    words: tuple[str, ...] = ()
    """What the phone showed to be signed, paragraph by paragraph, in the language it was in."""
    photos: tuple[str, ...] = ()
    """Ids of its pictures; `/api/photos/of/letter/{letter}/{id}/thumbnail` shows one."""


@dataclass(frozen=True)
class PieceLine:
    """Fire equipment of a place."""

    id: int
    kind: str
    name: str
    amount: int
    where: str
    keeper: str
    tested_on: str
    next_on: str
    standing: str
    fault: str
    """What its last test found, where it was not fine."""


@dataclass(frozen=True)
class FocusLine:
    """An entry of the list of places to be watched."""

    id: int
    standing: str
    reason: str
    proposed_by: str
    proposed_on: str
    decided_by: str
    ends_on: str
    may_decide: bool
    """The reader may say yes or no: an office, and somebody else than who proposed it."""
    may_lift: bool


@dataclass(frozen=True)
class PlaceFile:
    """Everything that is known of one place."""

    row: PlaceRow = PlaceRow()
    grid_code: str = ""
    address: str = ""
    area_m2: str = ""
    capacity: str = ""
    responsible_person: str = ""
    phone: str = ""
    manager: str = ""
    manager_phone: str = ""
    standing_reason: str = ""
    facilities: str = ""
    may_keep: bool = False
    calls: tuple[CallLine, ...] = ()
    hazards: tuple[PlaceHazard, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    pieces: tuple[PieceLine, ...] = ()
    focus: tuple[FocusLine, ...] = ()
    today: str = ""


@dataclass(frozen=True)
class LetterWords:
    """A letter in one language; empty where the street has none in it."""

    language: str = ""
    title: str = ""
    text: str = ""
    """Line by line."""


@dataclass(frozen=True)
class LetterView:
    """The desk's page of what premises of a street sign."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    own: int = 0
    """Id of the street's own; 0: the one that ships is signed."""
    words: tuple[LetterWords, ...] = ()
    """What is signed now, a language each."""
    begun: tuple[LetterWords, ...] = ()
    """What the form begins with: the street's own words; of the shipped the Chinese alone, for who
    changes those has changed no translation."""


@dataclass(frozen=True)
class OwnLetter:
    """A street's own letter as a phone knows it."""

    id: int
    words: dict[str, list[str]]
    """By language its lines, the title first."""
