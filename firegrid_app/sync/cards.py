"""The day pack: all a member's phone needs to work a day without network."""

from dataclasses import dataclass
from typing import Any

from firegrid_app.access.cards import MeCard
from firegrid_app.hazards.cards import HazardCard
from firegrid_app.patrols.cards import CheckPointCard, WalkCard
from firegrid_app.places.cards import PlaceCard
from firegrid_app.visits.cards import DoorCard


@dataclass(frozen=True)
class PackGrid:
    """A grid the member works in; the outline is GeoJSON in WGS-84."""

    code: str
    name: str
    level: int
    parent_name: str
    outline: dict[str, Any] | None
    supervision_phone: str


@dataclass(frozen=True)
class PackCategory:
    """A hazard category with the severity it proposes."""

    code: str
    severity: str
    urgent: bool


@dataclass(frozen=True)
class DayPack:
    """One member's day. `day` is the local date it was made for."""

    me: MeCard
    day: str
    timezone: str
    is_workday: bool
    calendar_known: bool
    target_minutes: int
    minutes: int
    walks: tuple[WalkCard, ...]
    grids: tuple[PackGrid, ...]
    places: tuple[PlaceCard, ...]
    check_points: tuple[CheckPointCard, ...]
    doors: tuple[DoorCard, ...]
    hazards: tuple[HazardCard, ...]
    categories: tuple[PackCategory, ...]
    scripts: tuple[str, ...]
