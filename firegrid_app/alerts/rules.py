"""What a warning or notice may be, and where a grid stands with it (YC-46, YB-59, YB-60)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What comes from above."""

    WEATHER = "weather"
    FIRE_DANGER = "fire_danger"
    """Forest and grassland fire danger; the red one is the red flag."""
    NOTICE = "notice"
    DOCUMENT = "document"


COLOURED = frozenset({Kind.WEATHER, Kind.FIRE_DANGER})
"""Kinds that are issued in one of the four colours."""
COLOURS = ("blue", "yellow", "orange", "red")
"""From the least to the gravest, as weather offices issue them."""
GRAVEST = "red"
WEATHERS = (
    "rainstorm",
    "lightning",
    "gale",
    "high_temperature",
    "typhoon",
    "snowstorm",
    "cold_wave",
    "sandstorm",
    "drought",
    "hail",
    "frost",
    "fog",
    "haze",
    "icy_road",
)
"""What weather warnings are about; those the plans name come first (YB-59)."""
MOST_WORDS = 300
"""A script longer than this is not called out: about a minute and a half with a loudhailer."""
LONGEST = timedelta(days=190)
"""Longer than any fire-prevention period: whatever runs longer has a wrong date."""
LONGEST_DELAY = timedelta(days=7)
"""A warning taken in later than this after its time is over for everybody anyway."""


class Standing(StrEnum):
    """Where a grid stands with a warning."""

    UNSEEN = "unseen"
    SEEN = "seen"
    PASSED_ON = "passed_on"
    DONE = "done"
    """Everything asked is done: read or passed on, and the tasks that came with it."""


@dataclass(frozen=True)
class Draft:
    """A warning or notice as written, before it is issued. Moments are aware."""

    kind: str
    weather: str
    colour: str
    title: str
    words: str
    issuer: str
    """The office it comes from."""
    number: str
    """Number of its document."""
    starts_at: datetime
    ends_at: datetime
    deadline_at: datetime
    """Until when it is to be passed on, or read."""
    to_residents: bool
    """To be called out to residents; otherwise it is for the grids' own people."""


def problem_of(draft: Draft, now: datetime) -> str:
    """Why this cannot be issued: a refusal's code, empty when nothing is wrong."""
    if draft.kind not in tuple(Kind):
        return "alerts.unknown_kind"
    if draft.kind == Kind.WEATHER and draft.weather not in WEATHERS:
        return "alerts.unknown_weather"
    if (draft.kind != Kind.WEATHER and draft.weather) or draft.colour not in ("", *COLOURS):
        return "alerts.unknown_weather"
    if (draft.kind in COLOURED) != bool(draft.colour):
        return "alerts.no_colour"
    return problem_of_words(draft.title, draft.words) or problem_of_times(draft, now)


def problem_of_words(title: str, words: str) -> str:
    """Why nobody could read this out; empty when it is fine."""
    if not 2 <= len(title) <= 60:
        return "alerts.no_title"
    return "" if 4 <= len(words) <= MOST_WORDS else "alerts.no_words"


def problem_of_times(draft: Draft, now: datetime) -> str:
    """Why these moments cannot be; empty when they are fine."""
    if draft.ends_at <= draft.starts_at:
        return "alerts.ends_before"
    if draft.ends_at <= now:
        return "alerts.over"
    if draft.ends_at - draft.starts_at > LONGEST:
        return "alerts.too_long"
    if not draft.starts_at - LONGEST_DELAY <= draft.deadline_at <= draft.ends_at:
        return "alerts.bad_deadline"
    return ""


def phase_of(
    starts_at: datetime, ends_at: datetime, lifted_at: datetime | None, now: datetime
) -> str:
    """`coming`, `in_force`, `over` or `lifted`."""
    if lifted_at is not None:
        return "lifted"
    if now >= ends_at:
        return "over"
    return "in_force" if now >= starts_at else "coming"


def standing_of(
    seen_at: datetime | None,
    passed_at: datetime | None,
    *,
    to_residents: bool,
    tasks_asked: int,
    tasks_done: int,
) -> Standing:
    """Where a grid stands. Whoever called it out has seen it."""
    finished = tasks_done >= tasks_asked
    if passed_at is not None:
        return Standing.DONE if tasks_asked and finished else Standing.PASSED_ON
    if seen_at is None:
        return Standing.UNSEEN
    if to_residents:
        return Standing.SEEN
    return Standing.DONE if tasks_asked and finished else Standing.SEEN


def is_late(wanted_at: datetime | None, deadline_at: datetime, until: datetime) -> bool:
    """Was what is asked done after the deadline, or is it not done though that has passed?

    `wanted_at` is when it was passed on, or seen where nothing is to be passed on; `until` is now,
    or when it was lifted: from then on nobody is late any more.
    """
    return (until if wanted_at is None else wanted_at) > deadline_at


def covers(path: str, targets: tuple[str, ...]) -> bool:
    """Is a grid with this path one of the targets, or below one?"""
    return any(path.startswith(target) for target in targets)


def touches(path: str, targets: tuple[str, ...]) -> bool:
    """Does what was issued for these targets concern this grid, or some grid below it?"""
    return any(path.startswith(target) or target.startswith(path) for target in targets)


def tops(paths: list[str]) -> list[str]:
    """These paths without those inside another."""
    chosen = sorted(set(paths))
    return [path for path in chosen if not any(path != up and path.startswith(up) for up in chosen)]
