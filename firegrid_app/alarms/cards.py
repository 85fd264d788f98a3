"""What leaves the server about alarms."""

from dataclasses import dataclass

from firegrid_app.alarms.rules import KINDS, MAKERS, STEPS

KINDS_OFFERED = KINDS
STEPS_OFFERED = STEPS
MAKERS_OFFERED = MAKERS


@dataclass(frozen=True, slots=True)
class AlarmOfDoor:
    """The last that was noted of a door's alarm, as phones have it."""

    grid: str
    door: int
    kind: str
    step: str
    expires_on: str
    at: str


@dataclass(frozen=True)
class AlarmFigures:
    """A grid's figures. Of care homes, how many have a smoke alarm that works."""

    code: str = ""
    name: str = ""
    care_homes: int = 0
    care_covered: int = 0
    doors: int = 0
    covered: int = 0
    soon: int = 0
    """To be replaced within three months."""
    bad: int = 0
    """Expired or faulty."""


@dataclass(frozen=True)
class StockLine:
    """What came into stock, what went to doors from it, what should be left."""

    kind: str
    came: int
    given: int
    left: int


@dataclass(frozen=True)
class AlarmLine:
    """A door whose alarm somebody has to see to: `none` in a care home, or how it stands."""

    door: int
    name: str
    kind: str
    standing: str
    expires_on: str = ""


@dataclass(frozen=True)
class AlarmsView:
    """The desk's page of alarms."""

    code: str = ""
    name: str = ""
    picks: tuple[tuple[str, str], ...] = ()
    total: AlarmFigures = AlarmFigures()
    grids: tuple[AlarmFigures, ...] = ()
    stock: tuple[StockLine, ...] = ()
    is_small: bool = False
    """One small grid: doors by name, and the form to note one."""
    lines: tuple[AlarmLine, ...] = ()
    doors: tuple[str, ...] = ()
    today: str = ""
