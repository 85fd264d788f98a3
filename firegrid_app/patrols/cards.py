"""What leaves the server about patrols."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckPointCard:
    """Somewhere to arrive at."""

    id: int
    grid: str
    name: str
    kind: str


@dataclass(frozen=True)
class WalkCard:
    """A patrol of today; moments in ISO 8601, UTC. The phone counts minutes from these."""

    id: str
    grid: str
    started_at: str
    ended_at: str | None
    last_record_at: str
