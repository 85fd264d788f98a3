"""What leaves the server about warnings and notices."""

from dataclasses import dataclass, field

from firegrid_app.alerts.rules import COLOURS, WEATHERS, Kind

CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(map(str, Kind)),
    "weather": WEATHERS,
    "colour": COLOURS,
}
"""What the form offers."""


@dataclass(frozen=True)
class PackAlert:
    """A warning on the phone of a grid; moments in ISO 8601, UTC."""

    id: int
    edition: int
    kind: str
    colour: str
    title: str
    words: str
    issuer: str
    number: str
    starts_at: str
    ends_at: str
    deadline_at: str
    to_residents: bool
    seen: bool
    """By this person, in this edition."""
    grids: tuple[str, ...]
    """Codes of the grids one works in that it is for."""
    passed: tuple[str, ...]
    """Those of them where it was passed on."""


@dataclass(frozen=True)
class PostedAlert:
    """A warning on a grid's public board."""

    title: str
    colour: str
    words: str
    issuer: str
    where: str
    """The small grid it is for; empty when it is for all of the board's grid."""
    until: str
    """Month, day and time on the wall clock."""


@dataclass(frozen=True)
class Tally:
    """Grids by standing; what stands below adds up to it, to the digit."""

    grids: int = 0
    unseen: int = 0
    seen: int = 0
    passed_on: int = 0
    done: int = 0
    late: int = 0
    reached: int = 0
    """People who heard it, by those who called it out."""


@dataclass(frozen=True)
class AlertLine:
    """A warning as a line of the desk's list; days and times on the wall clock."""

    id: int
    grid: str
    grid_name: str
    kind: str
    weather: str
    colour: str
    title: str
    issuer: str
    number: str
    starts: str
    ends: str
    deadline: str
    to_residents: bool
    edition: int
    phase: str
    tally: Tally
    has_tasks: bool
    may_change: bool


@dataclass(frozen=True)
class TrailChange:
    """A field that was corrected, and what stood in it."""

    field: str
    was: str


@dataclass(frozen=True)
class TrailLine:
    """One entry of the trail."""

    at: str
    what: str
    who: str
    """A person's name, or the sending system's."""
    note: str
    changes: list[TrailChange] = field(default_factory=list)


@dataclass(frozen=True)
class LevelRow:
    """A grid one level down, in figures."""

    code: str
    name: str
    tally: Tally


@dataclass(frozen=True)
class ReceiptRow:
    """A grid that has to pass it on: where it stands. Moments on the wall clock, empty if none."""

    code: str
    name: str
    parent: str
    standing: str
    late: bool
    unheld: bool
    """Nobody holds it: whoever holds the grid above stands in."""
    seen: str
    passed: str
    means: str
    passer: str
    """Who passed it on first."""
    reached: int
    tasks_asked: int
    tasks_done: int
    photos: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    """Of the shout that passed it on."""


@dataclass(frozen=True)
class TaskLine:
    """A task that came with it."""

    kind: str
    rhythm: str
    words: str
    target: int


@dataclass(frozen=True)
class AlertView:
    """One warning below one grid: its words, its trail, and who has passed it on."""

    line: AlertLine
    code: str
    """The grid looked at."""
    name: str
    words: str
    tally: Tally
    own_reached: int
    """Reached by what was called out for this grid itself, not for one below."""
    levels: list[LevelRow]
    rows: list[ReceiptRow]
    matches: int
    trail: list[TrailLine]
    tasks: list[TaskLine]
    ends_on: str
    """For the form that corrects it: `2026-11-23T18:00`, as date fields have it."""
    deadline_on: str


NO_TALLY = Tally()
NO_LINE = AlertLine(
    0, "", "", "", "", "", "", "", "", "", "", "", True, 1, "", NO_TALLY, False, False
)
NO_VIEW = AlertView(NO_LINE, "", "", "", NO_TALLY, 0, [], [], 0, [], [], "", "")


@dataclass(frozen=True)
class SentCard:
    """What became of a warning another system sent."""

    id: int
    status: str
    """created, already, corrected or lifted."""
    edition: int
