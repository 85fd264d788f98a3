"""Two reports of one hazard: which may be the same, by kind, place, floor, distance and weeks.

The phone asks the same of what it holds (`phone/hazards/twins.js`); shared cases keep both
(`tests/hazards/twins.json`).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians

from firegrid_app.hazards.rules.search import folded

NEAR_METRES = 50
SPAN = timedelta(weeks=12)
_METRES_PER_DEGREE = 111_320
_DIGITS = {one: number for number, one in enumerate("零一二三四五六七八九十")}
_FLOOR = re.compile(r"(负|地下|b|-)?\s*(\d+|[一二三四五六七八九十]+)\s*(?:层|楼|f(?![a-z]))")
_HOUSE = re.compile(r"(\d+|[a-z])\s*(?:栋|幢|座|号楼)")


@dataclass(frozen=True)
class Spot:
    """What is compared of a report; degrees in WGS-84, None where it has none."""

    category: str
    found_at: datetime
    where: str
    place_id: int | None = None
    lat: float | None = None
    lon: float | None = None


def floor_of(where: str) -> str:
    """The floor these words name, `-1` below ground; empty for none."""
    found = _FLOOR.search(folded(where))
    if not found:
        return ""
    below, number = found.groups()
    return f"{'-' if below else ''}{_number(number)}"


def house_of(where: str) -> str:
    """The building these words name; empty for none."""
    found = _HOUSE.search(folded(where))
    return found.group(1) if found else ""


def may_be_same(one: Spot, other: Spot) -> bool:
    """May these two reports be of the same hazard?

    Kind and weeks must fit, and no floor or building contradict; then the place on the register
    decides, else the distance, else the words for the place.
    """
    if one.category != other.category or abs(one.found_at - other.found_at) > SPAN:
        return False
    for named in (floor_of, house_of):
        here, there = named(one.where), named(other.where)
        if here and there and here != there:
            return False
    if one.place_id and other.place_id:
        return one.place_id == other.place_id
    metres = metres_between(one, other)
    if metres is not None:
        return metres <= NEAR_METRES
    return folded(one.where) == folded(other.where) != ""


def metres_between(one: Spot, other: Spot) -> float | None:
    """Metres between them, good to a percent; None where one has no position."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    x = (other.lon - one.lon) * cos(radians((one.lat + other.lat) / 2))
    return hypot(x, other.lat - one.lat) * _METRES_PER_DEGREE


def _number(text: str) -> int:
    """A floor in figures or in Chinese up to 九十九."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text[-1]]
    return (_DIGITS[tens[-1]] if tens else 1) * 10 + (_DIGITS[ones[-1]] if ones else 0)
