"""What the day pack says of the day, of grids and of categories."""

from dataclasses import dataclass
from typing import Any

from firegrid_app.patrols.cards import WalkCard
from firegrid_app.presence.cards import ModeCard


@dataclass(frozen=True)
class PackGrid:
    """A grid the member works in; the outline is GeoJSON in WGS-84."""

    code: str
    name: str
    level: int
    path: str
    parent_name: str
    outline: dict[str, Any] | None
    supervision_phone: str
    presence: ModeCard
    """What the street asks for at check points today."""


@dataclass(frozen=True, slots=True)
class NamedGrid:
    """A grid somebody is responsible for from above: enough to report a hazard in it."""

    code: str
    name: str
    level: int
    path: str


@dataclass(frozen=True)
class PackCategory:
    """A hazard category with the severity it proposes."""

    code: str
    severity: str
    urgent: bool


@dataclass(frozen=True)
class PackAway:
    """Why nothing is asked of a member today (YC-75): where they are sent, or leave; to `last`."""

    why: str
    words: str
    last: str


@dataclass(frozen=True)
class PackDay:
    """One member's day. `day` is the local date it was made for."""

    day: str
    timezone: str
    is_workday: bool
    calendar_known: bool
    target_minutes: int
    minutes: int
    walks: tuple[WalkCard, ...]
    gap_minutes: int
    """A longer stretch of a walk without a record counts only by the person's word."""
    by_name_only: int
    """Grids of which the pack has the name and nothing else."""
    left_out: int
    """Grids of which it has not even that."""
    away: PackAway | None = None


@dataclass(frozen=True)
class KnownPlace:
    """A place as it was kept: WGS-84 degrees to five decimals, accuracy in metres."""

    lat: float
    lon: float
    accuracy_m: float


@dataclass(frozen=True)
class KnownItem:
    """A record as the server received it: the phone's own body, moments in ISO 8601 and UTC."""

    id: str
    kind: str
    version: int
    captured_at: str
    received_at: str
    position: KnownPlace | None
    """None also for kinds whose place is not kept (`patrol.end`)."""
    body: dict[str, Any]


@dataclass(frozen=True)
class UnacceptedLine:
    """A record that lies on somebody's phone because the server said no; `since` is a local day."""

    id: str
    person_name: str
    kind: str
    code: str
    since: str
