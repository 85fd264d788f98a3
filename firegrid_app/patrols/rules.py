"""What counts as field time: the pure function behind "minutes today" (YC-29, YC-33).

Law (国办函〔2026〕12号): time is counted from records the person made, never from online time or a
background track.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_PATROL = timedelta(hours=16)
"""A patrol never ended stops counting at its last record; one of this length was forgotten."""


@dataclass(frozen=True)
class Walk:
    """One patrol: its start, its end if it was ended, and the last thing recorded in it."""

    started_at: datetime
    ended_at: datetime | None
    last_record_at: datetime


def counted_span(walk: Walk) -> tuple[datetime, datetime]:
    """The stretch of a walk that counts: to its end, or to its last record while it is open."""
    end = walk.ended_at if walk.ended_at is not None else walk.last_record_at
    end = min(end, walk.started_at + LONGEST_PATROL)
    return walk.started_at, max(end, walk.started_at)


def field_minutes(walks: Iterable[Walk], day_start: datetime, day_end: datetime) -> int:
    """Whole minutes of field work inside [day_start, day_end); overlaps count once."""
    spans = sorted(
        (max(start, day_start), min(end, day_end)) for start, end in map(counted_span, walks)
    )
    total = timedelta(0)
    covered_to = day_start
    for start, end in spans:
        start = max(start, covered_to)
        if end > start:
            total += end - start
            covered_to = end
    return int(total.total_seconds() // 60)
