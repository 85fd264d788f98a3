"""Check points: their kinds, their names, and the code that is printed on the wall.

The printed code (`tag`) is no secret: whoever stands before it can read it. It only has to be one
that nobody guesses, so that a record with it says "was here". Phones get a digest of it and can
tell a scanned code offline; the code itself is known to the wall and the server alone.
"""

import hashlib
import secrets
from datetime import date
from enum import StrEnum

TAG_LENGTH = 10
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without signs that are read for each other: 0 O, 1 I L, U V. Ten of thirty are 49 bits."""


class PointKind(StrEnum):
    """What stands there; its name is the text `points.kind.<kind>`."""

    STAIRWELL = "stairwell"
    ROOF = "roof"
    BASEMENT = "basement"
    METER_ROOM = "meter_room"
    LIFT_LOBBY = "lift_lobby"
    EBIKE_SHED = "ebike_shed"
    LANE = "lane"
    PLACE = "place"
    OTHER = "other"


KIND_OF_WORD: dict[str, PointKind] = {
    "楼梯间": PointKind.STAIRWELL,
    "楼道": PointKind.STAIRWELL,
    "楼梯": PointKind.STAIRWELL,
    "楼顶": PointKind.ROOF,
    "天台": PointKind.ROOF,
    "屋面": PointKind.ROOF,
    "地下室": PointKind.BASEMENT,
    "地下车库": PointKind.BASEMENT,
    "电表间": PointKind.METER_ROOM,
    "配电间": PointKind.METER_ROOM,
    "电表箱": PointKind.METER_ROOM,
    "电梯厅": PointKind.LIFT_LOBBY,
    "电梯前室": PointKind.LIFT_LOBBY,
    "前室": PointKind.LIFT_LOBBY,
    "电动车棚": PointKind.EBIKE_SHED,
    "电动自行车棚": PointKind.EBIKE_SHED,
    "车棚": PointKind.EBIKE_SHED,
    "充电棚": PointKind.EBIKE_SHED,
    "巷道": PointKind.LANE,
    "通道": PointKind.LANE,
    "消防通道": PointKind.LANE,
    "道路": PointKind.LANE,
    "其他": PointKind.OTHER,
    **{kind.value: kind for kind in PointKind if kind is not PointKind.PLACE},
}
"""Words of registers. Premises come by the places file, each with a point of its own."""

_SAID = {
    PointKind.STAIRWELL: "楼梯间",
    PointKind.ROOF: "楼顶",
    PointKind.BASEMENT: "地下室",
    PointKind.METER_ROOM: "电表间",
    PointKind.LIFT_LOBBY: "电梯厅",
    PointKind.EBIKE_SHED: "电动车棚",
    PointKind.LANE: "通道",
}


def point_name(building: str, unit: str, floor: int | None, kind: PointKind) -> str:
    """As people say it: 1栋2单元3层楼梯间, 1栋楼顶. A name is data and stays in one language."""
    storey = ""
    if floor is not None and kind is not PointKind.ROOF:
        storey = f"地下{-floor}层" if floor < 0 else f"{floor}层"
    return f"{building}{unit}{storey}{_SAID.get(kind, '')}"


def new_tag() -> str:
    """A code to be printed: drawn by lot, the same for this point for ever."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(TAG_LENGTH))


def is_tag(text: str) -> bool:
    """Could this be one of our printed codes?"""
    return len(text) == TAG_LENGTH and all(sign in _ALPHABET for sign in text)


def tag_digest(tag: str) -> str:
    """What phones (`phone/patrols/points.js`) know of a code: 16 hex digits of its SHA-256."""
    return hashlib.sha256(tag.encode()).hexdigest()[:16]


def is_open(ends_on: date | None, day: date) -> bool:
    """Is the point walked to on this day? Its last day counts."""
    return ends_on is None or day <= ends_on


def storey_order(kind: str, floor: int | None) -> float:
    """Sorts a building from its roof down to its cellar (`height` in `phone/patrols/points.js`)."""
    if kind == PointKind.ROOF:
        return -1000
    if floor is not None:
        return -floor
    return 1 if kind == PointKind.BASEMENT else -0.5
