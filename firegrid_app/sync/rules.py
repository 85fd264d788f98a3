"""When a record was really made: the phone's own time, righted by how far its clock was off."""

from datetime import datetime, timedelta

CLOCK_IS_RIGHT = timedelta(minutes=2)
"""A clock off by no more is taken at its word: the line's delay is of this size, too."""


def moment_of(captured_at: datetime, offset: timedelta | None, received_at: datetime) -> datetime:
    """The moment a record counts for, by the phone's time and the server's minus the phone's.

    `offset` is None where the phone does not know it: its clock was changed while it was away, or
    it is an older version. A righted moment is never after the receipt. The phone shows the same
    (phone/moments.js, tests/sync/moment_cases.json); what it said itself is kept beside.
    """
    if offset is None or abs(offset) <= CLOCK_IS_RIGHT:
        return captured_at
    return min(captured_at + offset, received_at)
