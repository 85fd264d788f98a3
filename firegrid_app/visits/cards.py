"""What leaves the server about doors."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoorCard:
    """One door of a grid: where it is, and nothing about who lives behind it."""

    id: int
    grid: str
    building: str
    unit: str
    floor: int
    room: str


@dataclass(frozen=True, slots=True)
class ListedDoor:
    """One door of today's list. The care mark is empty for those who may not see it."""

    id: int
    care_mark: str
    last_outcome: str
    """Empty if nobody knocked in this round."""
    last_at: str
    due: bool
    """Somebody has to come, as far as is known now."""


@dataclass(frozen=True)
class DayList:
    """Today's doors of one grid (privacy E.3: nothing else about households goes on a phone)."""

    doors: tuple[ListedDoor, ...]
    done: tuple[int, ...]
    """Doors not on the list where nothing is due in this round; how it ended is not told."""
    more: int
    """Doors that are due too and wait for another day's list."""


@dataclass(frozen=True)
class KnockCard:
    """One knock of a day; the moment in ISO 8601, UTC."""

    building: str
    door: str
    """Unit and room; empty for those who see an address to its building only (privacy E.5)."""
    outcome: str
    person_name: str
    at: str
    off_register: bool = False
    """The door was taken off the register since: the knock is kept all the same."""
