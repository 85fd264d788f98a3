"""What leaves the server about shouts."""

from dataclasses import dataclass

from firegrid_app.desk.cards import ShoutLine
from firegrid_app.shouts.rules import AUDIENCES, SPOKEN

LANGUAGES_OFFERED = SPOKEN
AUDIENCES_OFFERED = AUDIENCES
"""What the form of scripts offers."""


@dataclass(frozen=True)
class ShoutCard:
    """One shout of a day; the moment in ISO 8601, UTC."""

    script: str
    means: str
    people_reached: int
    seconds: int
    """How long the phone played it; 0: nobody counted."""
    where_words: str
    person_name: str
    at: str
    title: str = ""
    """Of a street's own script or a warning; shipped ones have theirs in the catalogues."""
    grid_name: str = ""
    photos: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    """Ids of the photos and recordings that have come."""


@dataclass(frozen=True)
class EntriesAsk:
    """What the table of the five entries is to show; days in ISO 8601, empty for the usual."""

    code: str = ""
    first: str = ""
    last: str = ""
    entry: str = "community"
    page: int = 1


@dataclass(frozen=True)
class EntryTally:
    """One of the five: how many there are, how many were reached, with what."""

    entry: str
    of: int
    reached: int
    times: int
    people: int
    leaflets: int
    cards: int


@dataclass(frozen=True)
class EntryRow:
    """One target: when it was last reached, how often, with what."""

    name: str
    grid_name: str
    times: int
    last_on: str
    people: int
    leaflets: int
    cards: int
    doors: int
    met: int


@dataclass(frozen=True)
class EntriesView:
    """The table of the five entries."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    first: str = ""
    last: str = ""
    entry: str = "community"
    tallies: tuple[EntryTally, ...] = ()
    rows: tuple[EntryRow, ...] = ()
    page: int = 1
    pages: int = 1
    may_word: bool = False
    """The reader words scripts of a street."""


@dataclass(frozen=True)
class LogAsk:
    """What the log of shouts is to show; days in ISO 8601, empty for the usual."""

    code: str = ""
    first: str = ""
    last: str = ""
    only_along: bool = False
    """Only those with a photo or a recording."""
    page: int = 1


@dataclass(frozen=True)
class LogView:
    """A page of the log of shouts."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    first: str = ""
    last: str = ""
    only_along: bool = False
    count: int = 0
    """On all pages."""
    lines: tuple[ShoutLine, ...] = ()
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class OwnScript:
    """A street's own script as a phone knows it."""

    code: str
    title: str
    words: str
    language: str
    dialect: str
    season: str
    """`now` today is one of its days, `other` it is not, `all_year` it has none."""
    kinds: list[str]


@dataclass(frozen=True)
class Recording:
    """A script as it was spoken; the bytes are fetched by its id."""

    id: str
    script: str
    dialect: str
    sha256: str
    bytes: int
    seconds: int


@dataclass(frozen=True)
class KeptRecording(Recording):
    """The same for who may take it off."""

    grid: str
    grid_name: str
    person_name: str
    made_on: str
    yours: bool
    """The reader may take it off: it was spoken for a grid of theirs."""


@dataclass(frozen=True)
class ScriptLine:
    """A street's own script at the desk."""

    id: int
    title: str
    words: str
    language: str
    dialect: str
    first_day: str
    last_day: str
    in_season: bool
    kinds: tuple[str, ...]
    audience: str
    called: int
    """How often it was called out."""


@dataclass(frozen=True)
class ScriptsView:
    """The desk's page of a street's scripts."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    lines: tuple[ScriptLine, ...] = ()
    shipped: tuple[str, ...] = ()
    """Codes of those that came with the app, today's season first."""
