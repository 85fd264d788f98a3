"""What leaves the server about doors."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DoorCard:
    """One door of today's list. The care mark is empty for those who may not see it."""

    id: int
    grid: str
    building: str
    unit: str
    floor: int
    room: str
    care_mark: str
    last_outcome: str
    last_at: str


@dataclass(frozen=True)
class KnockCard:
    """One knock of a day; the moment in ISO 8601, UTC."""

    building: str
    door: str
    """Unit and room; empty for those who see an address to its building only (privacy E.5)."""
    outcome: str
    person_name: str
    at: str
