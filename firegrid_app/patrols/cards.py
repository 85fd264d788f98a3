"""What leaves the server about patrols."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WalkCard:
    """A patrol of today; moments in ISO 8601, UTC. The phone counts minutes from these."""

    id: str
    grid: str
    started_at: str
    ended_at: str | None
    last_record_at: str
    records: tuple[int, ...] = ()
    """Moments of what was recorded in it, in milliseconds since 1970, in order."""
    words: tuple[tuple[int, int], ...] = ()
    """Stretches without a record of which the person says "I was walking"."""
    arrivals: tuple[tuple[int, int, str], ...] = ()
    """Of an open walk: check points come to, each with its moment and what came of the call there.

    Another phone, or one whose store was cleared, goes on where this person is.
    """
