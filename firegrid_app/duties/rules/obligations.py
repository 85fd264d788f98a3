"""An obligation: who does what, how often, at which level, and which plan says so (A.1.2).

What cannot be is refused in words: a rule that never comes due, one that comes due all the time,
one that contradicts itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from firegrid_app.access.rules import GRID_LEVELS, Role
from firegrid_app.duties.rules.seasons import SEASONS


class Kind(StrEnum):
    """What has to be done: in a period and an area, with weight on key parts (`CHECK`), premises
    (`SWEEP`) and the people at their doors (`DOORS`) (YC-41)."""

    WALK = "walk"
    """Field minutes of a grid on a day (YC-33)."""
    GO_DOWN = "go_down"
    """Field minutes of the holder among the grids below (YC-29, YC-86)."""
    CHECK = "check"
    """Every stairwell and lane of the grid (LY-53)."""
    SWEEP = "sweep"
    """Every premises on the register (LY-52)."""
    SHOUT = "shout"
    DOORS = "doors"
    RECHECK = "recheck"
    """No corrected hazard waits for a second look (YC-48)."""
    MEETING = "meeting"
    JOINT_CHECK = "joint_check"
    CAMPAIGN = "campaign"
    SUPERVISE = "supervise"
    TRAINING = "training"
    DRILL = "drill"
    OTHER = "other"


BY_WORK = frozenset(
    {Kind.WALK, Kind.GO_DOWN, Kind.CHECK, Kind.SWEEP, Kind.SHOUT, Kind.DOORS, Kind.RECHECK}
)
"""Kinds that recorded work does; the others are ticked."""
HELD = frozenset({Kind.MEETING, Kind.TRAINING, Kind.DRILL})
"""Kinds done by holding one on record; held outside FireGrid they are ticked."""
ASKED = "decision"
"""Code of a rule that asks one post once, as a meeting or a drill decided it."""
MINUTES = frozenset({Kind.WALK, Kind.GO_DOWN})
COUNTED = frozenset({Kind.SHOUT, Kind.DOORS})
MOST_MINUTES = 480
MOST_COUNTED = 1000


class Rhythm(StrEnum):
    """How often."""

    DAY = "day"
    """Days off too: what a warning asks for does not wait for Monday (YB-59)."""
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    SEASON = "season"
    ONCE = "once"


MOST_TIMES: Mapping[Rhythm, int] = {
    Rhythm.DAY: 2,
    Rhythm.WORKDAY: 2,
    Rhythm.WEEK: 5,
    Rhythm.MONTH: 10,
    Rhythm.TWO_MONTHS: 10,
    Rhythm.QUARTER: 12,
    Rhythm.HALF_YEAR: 24,
    Rhythm.YEAR: 24,
    Rhythm.SEASON: 10,
    Rhythm.ONCE: 1,
}
"""More often than this nobody could do it: the rule would only fill lists."""
DAILY = frozenset({Rhythm.DAY, Rhythm.WORKDAY})
"""Over with their day: they run after nobody."""
_TOO_SHORT = frozenset({"second", "minute", "hour"})


@dataclass(frozen=True)
class Obligation:
    """One rule. `source` is the id of the plan's row; `ours` names what the plan leaves open."""

    code: str
    kind: Kind
    role: Role
    level: int
    rhythm: Rhythm
    times: int = 1
    """So many in each period."""
    target: int = 0
    """Minutes, shouts or doors; 0 where the kind counts nothing, for doors all of them."""
    season: str = ""
    """Only in this window."""
    starts_on: date | None = None
    ends_on: date | None = None
    once_on: date | None = None
    words: str = ""
    source: str = ""
    ours: tuple[str, ...] = ()


def obligation_from(raw: Mapping[str, object]) -> Obligation | str:
    """A rule from a file or a form, or the refusal's code. Dates in ISO 8601."""
    if str(raw.get("rhythm")) in _TOO_SHORT:
        return "duties.too_often"
    try:
        made = Obligation(
            code=str(raw["code"]),
            kind=Kind(str(raw["kind"])),
            role=Role(str(raw["role"])),
            level=int(str(raw["level"])),
            rhythm=Rhythm(str(raw["rhythm"])),
            times=int(str(raw.get("times") or 1)),
            target=int(str(raw.get("target") or 0)),
            season=str(raw.get("season") or ""),
            words=" ".join(str(raw.get("words") or "").split()),
            source=str(raw.get("source") or ""),
            ours=tuple(str(one) for one in _listed(raw.get("ours"))),
            **{name: _day(raw.get(name)) for name in ("starts_on", "ends_on", "once_on")},
        )
    except (KeyError, ValueError):
        return "duties.malformed_rule"
    return problem_of(made) or made


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def problem_of(rule: Obligation) -> str:
    """Why this rule cannot be; a refusal's code, empty when nothing is wrong.

    Whether it ever comes due depends on the calendar too: `periods.comes_due`.
    """
    if not 1 <= rule.times <= MOST_TIMES[rule.rhythm]:
        return "duties.too_often" if rule.times > 1 else "duties.never"
    if rule.level not in GRID_LEVELS[rule.role]:
        return "duties.role_not_at_level"
    if rule.season and rule.season not in SEASONS:
        return "duties.unknown_season"
    if rule.rhythm == Rhythm.SEASON and not rule.season:
        return "duties.unknown_season"
    if (rule.rhythm == Rhythm.ONCE) != (rule.once_on is not None):
        return "duties.day_and_rhythm"
    if rule.ends_on and rule.starts_on and rule.ends_on < rule.starts_on:
        return "duties.never"
    if rule.once_on and rule.starts_on and rule.once_on < rule.starts_on:
        return "duties.never"
    if rule.kind == Kind.OTHER and not 2 <= len(rule.words) <= 120:
        return "duties.no_words"
    return _target_problem(rule)


def _target_problem(rule: Obligation) -> str:
    if rule.kind in MINUTES:
        good = 1 <= rule.target <= MOST_MINUTES and rule.rhythm in DAILY
    elif rule.kind in COUNTED:
        good = (0 if rule.kind == Kind.DOORS else 1) <= rule.target <= MOST_COUNTED
    else:
        good = rule.target == 0
    return "" if good else "duties.bad_target"
