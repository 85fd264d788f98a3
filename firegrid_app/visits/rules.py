"""Outcomes of a knock, the coarse care marks a household may carry, and which doors are due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

OUTCOMES = ("met", "no_answer", "refused", "vacant", "let", "come_back")
"""What a knock can end in; `met` is the only one that counts as reached (YB-94)."""
REACHED = "met"

DONE_OUTCOMES = frozenset({"met", "refused", "vacant"})
"""Outcomes after which nobody has to come back."""

COME_BACK_OUTCOMES = frozenset({"come_back", "no_answer"})
"""Outcomes after which somebody has to."""

CARE_MARKS = (
    "elderly_alone",
    "child_left_behind",
    "needs_evacuation_help",
    "relocation_site",
    "other_support",
)
"""The only marks kept about people in need: no diagnosis, no certificate (privacy E.3)."""

CARE_BASES = ("consent", "guardian", "duty")
"""Why a mark may be kept: consent, a guardian's for a child under 14, or the committee's duty."""
CARE_RHYTHMS = (7, 14, 30, 90)
"""Days between care visits to choose from."""

CARE_MARK_OF_WORD = {
    "独居老人": "elderly_alone",
    "留守儿童": "child_left_behind",
    "高龄老人": "needs_evacuation_help",
    "残疾人": "needs_evacuation_help",
}
"""Words found in registers that offices hand over, reduced to the coarse mark on import."""

ROUND = timedelta(days=90)
"""A knock longer ago than this belongs to an earlier round: the door is as if never knocked at."""
CARE_EVERY = timedelta(days=30)
"""Households with a care mark are called on in routine visits (YB-51); the rhythm is ours."""
LONGEST_LIST = 60
"""Doors a day's list of one grid holds beside those knocked at today: more is no day's work."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A door with a care mark or a knock in this round: what decides whether it is due."""

    door: int
    care_mark: str
    """Empty for those who may not see it."""
    outcome: str
    """Of the last knock in this round; empty if there was none."""
    knocked_at: datetime | None
    every: timedelta = CARE_EVERY
    """The rhythm of this household's care visits."""


def list_of_day(
    doors: Iterable[Standing], day_start: datetime, now: datetime
) -> tuple[list[Standing], list[int], int]:
    """Today's list of one grid, the doors done with in this round, and how many more are due.

    On it: doors knocked at today; those somebody has to come back to, the longest waiting first;
    households with a care mark nobody has met for their rhythm, the longest unmet first.
    """
    today, due, done = [], [], []
    for door in doors:
        if door.knocked_at is not None and door.knocked_at >= day_start:
            today.append(door)
        elif is_due(door, now):
            due.append(door)
        elif door.outcome:
            done.append(door.door)
    never = datetime.min.replace(tzinfo=UTC)
    due.sort(
        key=lambda one: (
            one.outcome not in COME_BACK_OUTCOMES,
            one.knocked_at or never,
            one.door,
        )
    )
    listed = today + due[:LONGEST_LIST]
    return sorted(listed, key=_number), sorted(done), len(due) - len(due[:LONGEST_LIST])


def _number(one: Standing) -> int:
    return one.door


def is_due(door: Standing, now: datetime) -> bool:
    """Has somebody to go to this door, as far as its care mark and its last knock tell?"""
    if door.outcome in COME_BACK_OUTCOMES:
        return True
    if not door.care_mark:
        return False
    return door.knocked_at is None or now - door.knocked_at >= door.every
