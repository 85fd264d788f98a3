"""A building drawn up as floors x doors, a village as running house numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

LOWEST, HIGHEST = -3, 120
"""Storeys a building may have; there is no storey 0."""
MOST_A_FLOOR = 60
MOST_UNITS = 20
MOST_DOORS = 800
"""Doors in one drawing: 33 floors x 8 doors x 3 stairs, or a village. More is drawn up in two."""
STYLES = ("digits", "letters", "village")
"""How doors are numbered: 302, 3C, or house numbers 1, 2, 3."""


class DoorPlace(NamedTuple):
    """Where a door is within its building."""

    unit: str
    floor: int
    room: str

    @property
    def key(self) -> str:
        """The same as one text, for a page to name it by."""
        return f"{self.unit}|{self.floor}|{self.room}"


@dataclass(frozen=True)
class Plan:
    """What a drawing asks for: whole numbers, as a form was read."""

    style: str
    units: int
    first: int
    last: int
    per_floor: int


def what_is_wrong(plan: Plan) -> tuple[str, dict[str, int]] | None:
    """The refusal a plan earns and what fills its gaps; None for one that can be drawn."""
    if plan.style not in STYLES:
        return "households.bad_style", {}
    if plan.style == "village":
        if not 1 <= plan.per_floor <= MOST_DOORS:
            return "households.bad_houses", {"most": MOST_DOORS}
        return None
    storeys = range(LOWEST, HIGHEST + 1)
    if plan.first not in storeys or plan.last not in storeys or 0 in (plan.first, plan.last):
        return "households.bad_floors", {"lowest": LOWEST, "highest": HIGHEST}
    if plan.last < plan.first:
        return "households.bad_floors", {"lowest": LOWEST, "highest": HIGHEST}
    if not 1 <= plan.per_floor <= MOST_A_FLOOR:
        return "households.bad_per_floor", {"most": MOST_A_FLOOR}
    if not 0 <= plan.units <= MOST_UNITS:
        return "households.bad_units", {"most": MOST_UNITS}
    count = len(floors_of(plan)) * plan.per_floor * max(plan.units, 1)
    if count > MOST_DOORS:
        return "households.too_many_doors", {"count": count, "most": MOST_DOORS}
    return None


def floors_of(plan: Plan) -> list[int]:
    """Its storeys from the ground up."""
    return [floor for floor in range(plan.first, plan.last + 1) if floor]


def drawn(plan: Plan) -> list[DoorPlace]:
    """All doors of a good plan, stair by stair, from the ground up."""
    if plan.style == "village":
        return [DoorPlace("", 1, str(number)) for number in range(1, plan.per_floor + 1)]
    units = [f"{number}单元" for number in range(1, plan.units + 1)] or [""]
    return [
        DoorPlace(unit, floor, _room(plan.style, floor, place))
        for unit in units
        for floor in floors_of(plan)
        for place in range(1, plan.per_floor + 1)
    ]


def _room(style: str, floor: int, place: int) -> str:
    storey = str(floor) if floor > 0 else f"B{-floor}"
    if style == "letters":
        letters = chr(ord("A") + (place - 1) % 26)
        return f"{storey}{letters * ((place - 1) // 26 + 1)}"
    return f"{storey}{place:02d}"


def storeys_in_words(floors: Iterable[int]) -> str:
    """Storeys as people write them: `1-6`, `1-3、5`; empty for none."""
    found = sorted(set(floors))
    parts: list[list[int]] = []
    for floor in found:
        if parts and floor == _next(parts[-1][-1]):
            parts[-1].append(floor)
        else:
            parts.append([floor])
    return "、".join(str(p[0]) if len(p) == 1 else f"{p[0]}-{p[-1]}" for p in parts)


def _next(floor: int) -> int:
    """The storey above; there is no storey 0."""
    return floor + 1 or 1
