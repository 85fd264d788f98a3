"""Reports of residents: what can be reported, how it stands, by when the desk has to answer.

A complaint about blocked routes and exits or fire facilities out of use is looked at within 24
hours, any other within three workdays, and whoever complained is told (120号令, C.1 and C.4).
"""

import secrets
from datetime import date
from enum import StrEnum

from firegrid_app.duties.rules.periods import Workdays
from firegrid_app.hazards.rules.deadlines import nth_workday
from firegrid_app.hazards.rules.kinds import CATEGORY

OFFERED = (
    "ebike_public_area",
    "ebike_indoors",
    "ebike_flying_wire",
    "combustible_pile",
    "route_blocked",
    "exit_locked",
    "fire_lane_blocked",
    "hydrant_blocked",
    "facility_broken",
    "wiring_unsafe",
    "gas_unsafe",
    "open_fire",
    "three_in_one",
    "other",
)
"""What the form names, in a resident's words; the desk may enter it under any category."""
MOST_PHOTOS = 3
MOST_WORDS = 500
LEAST_WHERE, MOST_WHERE = 2, 120
MOST_NAME = 20
_WITHIN_A_DAY = frozenset(
    {"route_blocked", "exit_locked", "fire_lane_blocked", "hydrant_blocked", "facility_broken"}
)
_WORKDAYS = 3


class Standing(StrEnum):
    """How a report stands."""

    WAITING = "waiting"
    TAKEN_ON = "taken_on"
    """It became a hazard."""
    JOINED = "joined"
    """It went to a hazard that was known already."""
    TURNED_DOWN = "turned_down"


class Reason(StrEnum):
    """Why a report is turned down; told to whoever sent it in these words."""

    NOT_FOUND = "not_found"
    NOT_FIRE = "not_fire"
    TOO_VAGUE = "too_vague"
    ELSEWHERE = "elsewhere"
    OTHER = "other"
    """The desk says in words why."""


def is_answered_in_a_day(category: str) -> bool:
    """Is it decided within 24 hours, and not only by the last of three workdays?"""
    return category in _WITHIN_A_DAY or CATEGORY[category].urgent


def last_day(received_on: date, workdays: Workdays) -> date:
    """The third workday after the day a report came: the last one to decide it."""
    return nth_workday(_WORKDAYS, received_on, workdays)


_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32: none is read for another."""
_CODE = 16
_NUMBER = 8
_MISREAD = str.maketrans("OIL", "011")


def new_number() -> str:
    """Eight digits that say nothing, not even how many reports there were."""
    return f"{secrets.randbelow(10**_NUMBER):0{_NUMBER}}"


def new_code() -> str:
    """The secret of a report: 80 random bits, short enough to be copied by hand."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE))


def number_in(text: str) -> str:
    """The number somebody typed, without blanks and hyphens; empty where it can be none."""
    digits = _bare(text)
    return digits if len(digits) == _NUMBER and digits.isascii() and digits.isdigit() else ""


def code_in(text: str) -> str:
    """The secret somebody typed, letters that look alike righted; empty where it can be none."""
    code = _bare(text).upper().translate(_MISREAD)
    return code if len(code) == _CODE and set(code) <= set(_LETTERS) else ""


def _bare(text: str) -> str:
    return "".join(text[:60].split()).replace("-", "")


def in_fours(text: str) -> str:
    """As it is read aloud and copied: 1234 5678."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def phone_in(text: str) -> str | None:
    """A phone number as digits, mobile or with an area code; "" for none, None for nonsense."""
    digits = "".join(text[:40].split()).replace("-", "").removeprefix("+86")
    if not digits:
        return ""
    return digits if digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 12 else None
