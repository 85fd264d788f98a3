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
