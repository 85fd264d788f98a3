"""A whistle: how long a department has to report in, and how it stands."""

from datetime import datetime
from enum import StrEnum

HOURS = (2, 24, 72)
"""What the caller can ask for: at once, within a day, within three (ours; the plans name none)."""


class WhistleStanding(StrEnum):
    """How a department's answer to a whistle stands."""

    WAITING = "waiting"
    LATE = "late"
    """Not reported in, and past its limit."""
    HERE = "here"
    HERE_LATE = "here_late"
    DONE = "done"


def standing_of(
    check_in_until: datetime,
    checked_in_at: datetime | None,
    done_at: datetime | None,
    now: datetime,
) -> WhistleStanding:
    """How it stands now; the last moment itself is in time."""
    if done_at is not None:
        return WhistleStanding.DONE
    if checked_in_at is None:
        return WhistleStanding.LATE if now > check_in_until else WhistleStanding.WAITING
    return WhistleStanding.HERE_LATE if checked_in_at > check_in_until else WhistleStanding.HERE
