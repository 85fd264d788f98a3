"""When a message may go, how often it is tried, what a digest counts, which robot posts for whom.

Law (国办函〔2026〕12号): no burden beyond the work, no ranking. So one digest a workday within
working hours, nothing at night, at weekends or on holidays; only what cannot wait goes at once.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

CLOSES = time(17, 30)
"""After this no digest leaves, also none that failed before: it waits for tomorrow's."""
SOON = timedelta(days=2)
"""A hazard so near its last day stands in the digest."""
URGENT_FOR = timedelta(hours=12)
"""What was urgent and still could not be sent is given up: by then people know or ask."""
LEASE = timedelta(minutes=5)
"""So long a message belongs to whoever took it; then it is taken for not sent and tried again."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
MOST_TRIES = len(WAITS) + 1
MOST_UNSURE = 2
"""Where no answer came it may have arrived: once more, then no further."""
KEPT = timedelta(days=90)


class Purpose(StrEnum):
    """Why a message goes out. Each has its wording in `letters.*`."""

    DIGEST = "digest"
    MAJOR_HAZARD = "major_hazard"
    """A suspected major hazard was reported (YB-12)."""
    WARNING = "warning"
    """A red warning came into force (YC-46)."""
    STEP_UP = "step_up"
    """A hazard that presses, past its last day, now belongs to somebody higher."""
    TEST = "test"


class Standing(StrEnum):
    """How a message stands at the desk."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"


class Channel(StrEnum):
    """The lines there are."""

    FILE = "file"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    SMS = "sms"


IN_A_GROUP = frozenset({Channel.WECOM, Channel.DINGTALK})
"""Whoever is in the group reads it: no figure of a person's stands in such a message."""


class Reason(StrEnum):
    """Why a message has not gone; the sentences are `messages.reason.*`."""

    NO_LINE = "no_line"
    """Not even connected: it has surely not arrived."""
    NO_ANSWER = "no_answer"
    """Sent, and nothing came back: it may have arrived."""
    NOT_UNDERSTOOD = "not_understood"
    """Something came back that is not the provider's answer: it may have arrived."""
    TOO_MANY = "too_many"
    PROVIDER_FAULT = "provider_fault"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    NOT_SET_UP = "not_set_up"
    NO_DISK = "no_disk"
    OFF = "off"
    """The person was switched off meanwhile."""
    TOO_LATE = "too_late"
    FAULT = "fault"
    """A fault of ours."""


UNSURE = frozenset({Reason.NO_ANSWER, Reason.NOT_UNDERSTOOD})
FINAL = frozenset({Reason.REFUSED, Reason.REDIRECTED, Reason.NOT_SET_UP, Reason.OFF})
"""Trying again changes nothing until a person does something."""


@dataclass(frozen=True)
class Counts:
    """What waits for one person today. Figures only: no name, no place."""

    overdue: int = 0
    today: int = 0
    coming: int = 0
    swaps: int = 0
    hazards: int = 0
    news: int = 0
    flags: int = 0
    warnings: int = 0
    certificates: int = 0
    equipment: int = 0
    reports: int = 0
    rewards: int = 0
    exposures: int = 0
    refused: int = 0
    refused_below: int = 0
    backup: int = 0

    @property
    def is_empty(self) -> bool:
        """Nothing waits: nothing is sent."""
        return not any(getattr(self, field.name) for field in fields(self))

    def gaps(self) -> dict[str, str]:
        """The figures as an SMS template's gaps take them."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


def digest_window(day: date, hour: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when to when a workday's digest may go out."""
    return (
        datetime.combine(day, time(hour), zone),
        datetime.combine(day, CLOSES, zone),
    )


def next_try(reason: Reason, tries: int, wait: timedelta | None = None) -> timedelta | None:
    """How long to wait after so many tries, the last of which failed so; None: given up.

    `wait` is what the provider asks for.
    """
    if reason in FINAL or tries >= (MOST_UNSURE if reason in UNSURE else MOST_TRIES):
        return None
    usual = WAITS[max(tries, 1) - 1]
    return usual if wait is None else max(usual, wait)


def by_grid(text: str) -> dict[str, str]:
    """`grid=value` pairs with commas between; a value alone stands for every grid."""
    found: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        grid, mark, value = part.partition("=")
        found[grid.strip() if mark else ""] = (value if mark else part).strip()
    return found


def nearest(values: dict[str, str], path: str) -> str:
    """Of the grids named, the nearest at or above the one with this path; "" stands for all."""
    return next((code for code in reversed(path.strip("/").split("/")) if code in values), "")
