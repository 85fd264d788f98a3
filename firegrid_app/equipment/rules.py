"""Kinds of fire equipment, how often each is tested, and when the next test falls due.

The plans ask for a register and for upkeep (LY-67, ZZ-26, YB-79); the months are ours, but for the
yearly test of building facilities (消防法 16). Every piece can have months of its own.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What it is; the text is `equipment.kind.<kind>`."""

    EXTINGUISHER = "extinguisher"
    HYDRANT_BOX = "hydrant_box"
    HYDRANT = "hydrant"
    WATER_CRANE = "water_crane"
    """消防水鹤 (YB-77)."""
    WATER_INTAKE = "water_intake"
    """消防取水口 (YB-75, YB-78)."""
    SMOKE_ALARM = "smoke_alarm"
    GAS_ALARM = "gas_alarm"
    SPRINKLER = "sprinkler"
    EMERGENCY_LIGHT = "emergency_light"
    MICRO_STATION = "micro_station"
    """The kit of a micro fire station (YB-36)."""
    STORAGE_POINT = "storage_point"
    """设施器材存放点 (ZZ-26, ZZ-41)."""
    ICE_TOOL = "ice_tool"
    """破冰器材 (YB-79)."""
    ESCAPE_GEAR = "escape_gear"
    GUARD_POST = "guard_post"
    """保消执勤岗点 (ZZ-42, ZZ-43): its amount is how many guards stand there."""
    OTHER = "other"


EVERY_MONTHS: dict[Kind, int] = {
    Kind.EXTINGUISHER: 12,
    Kind.HYDRANT_BOX: 12,
    Kind.HYDRANT: 6,
    Kind.WATER_CRANE: 6,
    Kind.WATER_INTAKE: 6,
    Kind.SMOKE_ALARM: 6,
    Kind.GAS_ALARM: 12,
    Kind.SPRINKLER: 12,
    Kind.EMERGENCY_LIGHT: 12,
    Kind.MICRO_STATION: 1,
    Kind.STORAGE_POINT: 1,
    Kind.ICE_TOOL: 12,
    Kind.ESCAPE_GEAR: 12,
    Kind.GUARD_POST: 1,
    Kind.OTHER: 12,
}
KIND_OF_WORD: dict[str, Kind] = {
    "灭火器": Kind.EXTINGUISHER,
    "消火栓箱": Kind.HYDRANT_BOX,
    "室内消火栓": Kind.HYDRANT_BOX,
    "消火栓": Kind.HYDRANT,
    "室外消火栓": Kind.HYDRANT,
    "消防水鹤": Kind.WATER_CRANE,
    "水鹤": Kind.WATER_CRANE,
    "消防取水口": Kind.WATER_INTAKE,
    "取水口": Kind.WATER_INTAKE,
    "烟感": Kind.SMOKE_ALARM,
    "感烟报警器": Kind.SMOKE_ALARM,
    "独立式感烟报警器": Kind.SMOKE_ALARM,
    "燃气报警器": Kind.GAS_ALARM,
    "可燃气体报警器": Kind.GAS_ALARM,
    "喷淋": Kind.SPRINKLER,
    "简易喷淋": Kind.SPRINKLER,
    "应急照明": Kind.EMERGENCY_LIGHT,
    "疏散指示": Kind.EMERGENCY_LIGHT,
    "微型消防站": Kind.MICRO_STATION,
    "微站器材": Kind.MICRO_STATION,
    "器材存放点": Kind.STORAGE_POINT,
    "存放点": Kind.STORAGE_POINT,
    "破冰器材": Kind.ICE_TOOL,
    "避难器材": Kind.ESCAPE_GEAR,
    "逃生器材": Kind.ESCAPE_GEAR,
    "保消执勤岗点": Kind.GUARD_POST,
    "执勤岗点": Kind.GUARD_POST,
    "保安岗点": Kind.GUARD_POST,
    "岗亭": Kind.GUARD_POST,
    "其他": Kind.OTHER,
    **{kind.value: kind for kind in Kind},
}
"""Words of registers."""
HAZARD_OF: dict[Kind, str] = {
    Kind.EXTINGUISHER: "extinguisher_missing",
    Kind.EMERGENCY_LIGHT: "emergency_light_fault",
    Kind.HYDRANT: "hydrant_blocked",
}
"""The category a fault is reported under, where it is not a broken facility."""
LONGEST_MONTHS = 120
MOST = 10_000
"""Pieces in one entry: extinguishers of a building are one."""
LONGEST_AGO = timedelta(days=20 * 366)
"""A test before that is a typing error."""
SOON = timedelta(days=30)
REMIND = timedelta(days=7)


class Standing(StrEnum):
    """How a piece stands."""

    OVERDUE = "overdue"
    SOON = "soon"
    GOOD = "good"
    NEVER = "never"
    """Nobody knows of a test."""
    GONE = "gone"


class Found(StrEnum):
    """What somebody found who looked at a piece; the text is `equipment.found.<found>`."""

    FINE = "fine"
    FAULTY = "faulty"
    GONE = "gone"
    """Not there. Whether it comes off the register is for who keeps that to say."""


def next_test(tested_on: date | None, months: int) -> date | None:
    """The day by which it is tested again; the last day of a shorter month; None: at once."""
    if tested_on is None:
        return None
    year, month = divmod(tested_on.year * 12 + tested_on.month - 1 + months, 12)
    return date(year, month + 1, min(tested_on.day, monthrange(year, month + 1)[1]))


def standing(next_on: date | None, gone: bool, today: date) -> Standing:
    """Its last day is still in time."""
    if gone:
        return Standing.GONE
    if next_on is None:
        return Standing.NEVER
    if next_on < today:
        return Standing.OVERDUE
    return Standing.SOON if next_on <= today + SOON else Standing.GOOD


def fault_category(kind: str) -> str:
    """Which hazard a fault of it is."""
    return HAZARD_OF.get(Kind(kind), "facility_broken")
