"""What leaves the server about hazards."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HazardCard:
    """A hazard in a list; dates and moments in ISO 8601."""

    id: str
    grid: str
    grid_name: str
    category: str
    severity: str
    urgent: bool
    words: str
    where_words: str
    status: str
    due_on: str
    overdue: bool
    happened_at: str
    owner_name: str
    reporter_name: str
    photos: tuple[str, ...]
    """Ids of the photos whose bytes have come."""
    photos_awaited: int


@dataclass(frozen=True)
class HazardCounts:
    """Hazards of one grid not closed: open ones, and those of them past their last day."""

    open: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class StepCard:
    """One step of a hazard's trail; the moment in ISO 8601, UTC."""

    step: str
    person_name: str
    at: str
    note: str
