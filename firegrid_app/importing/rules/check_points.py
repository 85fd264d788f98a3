"""Which check points there must be: every stairwell, every premises, and a lane where is neither.
What a register names beyond those (floors, roofs, sheds) is in `points.py` beside this file.

Their codes follow from what they stand for, so the same register always makes the same points.
"""

import hashlib
import re

from firegrid_app.points.rules import PointKind

_NUMBERED_BUILDING = re.compile(r"([0-9]{1,5})栋")
_NUMBERED_UNIT = re.compile(r"([0-9]{1,5})单元")


def stairwell_code(grid_code: str, building: str, unit: str) -> str:
    """`S.<grid>.1.2` for 1栋2单元; others as a hash, for codes are printed and scanned."""
    house = _NUMBERED_BUILDING.fullmatch(building)
    stair = _NUMBERED_UNIT.fullmatch(unit)
    if house and stair:
        return f"S.{grid_code}.{house[1]}.{stair[1]}"
    if house and not unit:
        return f"S.{grid_code}.{house[1]}"
    digest = hashlib.sha256(f"{building}\n{unit}".encode()).hexdigest()[:12]
    return f"S.{grid_code}.x{digest}"


def point_code(
    grid_code: str, building: str, unit: str, floor: int | None, kind: PointKind, name: str
) -> str:
    """The code of a point that a file names without one; a whole stairwell has its own already."""
    if kind is PointKind.STAIRWELL and building and floor is None and not name:
        return stairwell_code(grid_code, building, unit)
    stands_for = "\n".join((building, unit, str(floor), kind, name))
    return f"C.{grid_code}.{hashlib.sha256(stands_for.encode()).hexdigest()[:12]}"


def stairwell_name(building: str, unit: str) -> str:
    """As people say it: 1栋2单元楼梯间."""
    return f"{building}{unit}楼梯间"


def place_code(code: str) -> str:
    """The point at a premises."""
    return f"P.{code}"


def lane_code(grid_code: str) -> str:
    """The one lane of a grid without stairwells."""
    return f"L.{grid_code}"


def lane_name(grid_name: str, kind: str) -> str:
    """As people say it: the lanes of a villagers' group, or the main ways of a city grid."""
    return f"{grid_name}村组巷道" if kind == "village" else f"{grid_name}主要通道"
