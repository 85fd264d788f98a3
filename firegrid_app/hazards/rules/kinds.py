"""Kinds of hazards: categories, each with the grade it proposes.

Categories and their proposed severity are shipped defaults; grading something major is reserved
(GB 35181-2025: an authority grades, a grid member can only suspect).
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Minor: at once. General: inside the grid. Suspected major: the street knows (YB-12)."""

    MINOR = "minor"
    GENERAL = "general"
    SUSPECTED_MAJOR = "suspected_major"
    MAJOR = "major"


@dataclass(frozen=True)
class Category:
    """A kind of hazard. Its name is the text `hazards.category.<code>`."""

    code: str
    severity: str
    """Proposed to the reporter."""
    urgent: bool = False
    basis: str = ""


CATEGORIES = (
    Category("route_blocked", "general", basis="消防法 28, 60"),
    Category("exit_locked", "general", basis="消防法 28"),
    Category("fire_lane_blocked", "general", basis="消防法 28; YB-63"),
    Category("hydrant_blocked", "general", basis="消防法 28"),
    Category("facility_broken", "general", basis="消防法 16, 60"),
    Category("extinguisher_missing", "minor", basis="消防法 16"),
    Category("emergency_light_fault", "minor", basis="61号 25"),
    Category("fire_door_open", "minor", basis="61号 25"),
    Category("window_obstacle", "general", basis="消防法 28"),
    Category("wiring_unsafe", "general", basis="消防法 66"),
    Category("knife_switch", "general", basis="YB-76"),
    Category("high_power_appliance", "minor", basis="61号 25"),
    Category("gas_unsafe", "general", basis="消防法 27"),
    Category("open_fire", "general", True, "消防法 21"),
    Category("smoking", "minor", basis="消防法 21"),
    Category("combustible_pile", "minor", basis="YB-94"),
    Category("firewood_stack", "minor"),
    Category("ash_unsafe", "minor"),
    Category("chimney_kang", "general"),
    Category("straw_burning", "general"),
    Category("outdoor_fire_forest", "general", True),
    Category("sacrifice_burning", "minor"),
    Category("fireworks", "minor", basis="LY-57"),
    Category("ebike_public_area", "general", basis="令5号 37"),
    Category("ebike_indoors", "general", basis="YB-64"),
    Category("ebike_flying_wire", "general", basis="YB-64"),
    Category("ebike_modified", "general", basis="YB-64"),
    Category("charger_fault", "general"),
    Category("three_in_one", "general", basis="消防法 19, 61; YC-43"),
    Category("illegal_living_in_shop", "general", basis="YC-22"),
    Category("illegal_home_production", "general", basis="YC-44"),
    Category("explosives", "suspected_major", True, "消防法 19, 23"),
    Category("sandwich_panel", "general", basis="GB 35181-2017 6.10"),
    Category("flammable_decoration", "general", basis="消防法 26"),
    Category("separation_missing", "general"),
    Category("converted_use", "general", basis="YB-66"),
    Category("illegal_structure", "general", basis="HZ-22"),
    Category("unlicensed", "general", basis="消防法 15, 58"),
    Category("no_patrol_record", "minor", basis="消防法 17"),
    Category("no_training", "minor", basis="LY-43"),
    Category("no_owner_letter", "minor", basis="HZ-06"),
    Category("alarm_missing", "minor", basis="YB-82"),
    Category("water_source", "general", basis="YB-79"),
    Category("substandard_product", "general", basis="HZ-20; 消防法 24"),
    Category("construction_site", "general", basis="HZ-45"),
    Category("regional", "suspected_major", basis="HZ-56"),
    Category("other", "minor"),
)

CATEGORY = {category.code: category for category in CATEGORIES}

_LAWS = {
    "消防法": "《中华人民共和国消防法》",
    "61号": "《机关、团体、企业、事业单位消防安全管理规定》（公安部令第61号）",
    "令5号": "《高层民用建筑消防安全管理规定》（应急管理部令第5号）",
}
_ROW = re.compile(r"[A-Z]{2}-\d+")
"""Of one of the plans: known to the street, not to whom a paper goes."""


def law_behind(basis: str) -> str:
    """The law a category rests on as an official paper names it; rows of the plans stand on none.

    Empty where nothing but a plan asks for it. What is no known law (a standard) stays as it is.
    """
    named = []
    for part in basis.split("; "):
        short, _, articles = part.partition(" ")
        if short in _LAWS:
            named.append(_LAWS[short] + "、".join(f"第{one}条" for one in articles.split(", ")))
        elif not _ROW.fullmatch(part):
            named.append(part)
    return "；".join(named)
