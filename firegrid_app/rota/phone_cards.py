"""What a phone is told of duty lists: its shifts, notes and swaps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PackShift:
    """A shift on a phone. Moments in ISO 8601."""

    id: int
    grid: str
    grid_name: str
    name: str
    own: bool
    starts_at: str
    ends_at: str
    taken: bool
    away: bool
    """Whose it is is sent elsewhere or on leave that day."""


@dataclass(frozen=True)
class PackNote:
    """What was left for the next one, on a phone."""

    id: str
    grid: str
    shift: int
    name: str
    own: bool
    at: str
    words: str


@dataclass(frozen=True)
class PackSwap:
    """A swap that stands, on the phones of both."""

    id: int
    own: bool
    """Asked by the reader."""
    name: str
    """The other one."""
    words: str
    grid_name: str
    starts_at: str
    ends_at: str
    other_starts_at: str = ""
    other_ends_at: str = ""


@dataclass(frozen=True)
class PackRota:
    """All a phone knows of duty lists."""

    shifts: tuple[PackShift, ...] = ()
    notes: tuple[PackNote, ...] = ()
    swaps: tuple[PackSwap, ...] = ()


@dataclass(frozen=True)
class SwapPerson:
    """Somebody who could step in."""

    id: int
    name: str


@dataclass(frozen=True)
class SwapShift:
    """A shift one's own could be exchanged for."""

    id: int
    name: str
    starts_at: str
    ends_at: str


@dataclass(frozen=True)
class SwapChoices:
    """With whom a shift may be swapped."""

    people: tuple[SwapPerson, ...]
    shifts: tuple[SwapShift, ...]
