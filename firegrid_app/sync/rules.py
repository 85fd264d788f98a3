"""When a record was really made: the phone's own time, righted by how far its clock was off."""

from datetime import datetime, timedelta

CLOCK_IS_RIGHT = timedelta(minutes=2)
"""A clock off by no more is taken at its word: the line's delay is of this size, too."""


def moment_of(captured_at: datetime, offset: timedelta | None, received_at: datetime) -> datetime:
    """The moment a record counts for, by the phone's time and the server's minus the phone's.

    `offset` is None where the phone does not know it: its clock was changed while it was away, or
    it is an older version. A righted moment is never after the receipt. The phone shows the same
    (phone/sending/moments.js, tests/sync/moment_cases.json); what it said itself is kept beside.
    """
    if offset is None or abs(offset) <= CLOCK_IS_RIGHT:
        return captured_at
    return min(captured_at + offset, received_at)


DECIDED = frozenset({"refused", "rejected", "conflict"})
GO_AGAIN = frozenset(
    {
        "sync.unknown_kind",
        "sync.unknown_version",
        "server_error",
        "busy",
        "access.training_first",
    }
)
"""Said of a record that is right: the phone sends it again by itself (phone/keeping/fate.js)."""


def needs_its_maker(status: str, code: str) -> bool:
    """Does a record with this answer lie on the phone until its maker does something?

    One of somebody else's on the same phone goes by itself when they log in.
    """
    return status in DECIDED and code not in GO_AGAIN and code != "sync.other_person"
