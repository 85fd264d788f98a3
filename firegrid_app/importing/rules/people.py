"""The people file: one row a post; a person with several posts has several rows."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from firegrid_app.access.rules import GRID_LEVELS, Role
from firegrid_app.importing.rules.problems import Bad, Cell, Notice, Reason, Warned
from firegrid_app.importing.rules.rows import Checked, Grids, Row, RowCheck, Table
from firegrid_app.importing.rules.values import (
    mobile,
    narrow,
    part_of_address,
    person_name,
    text,
)

ROLE_OF_WORD: dict[str, Role] = {role.value: role for role in Role} | {
    "区县管理员": Role.COUNTY_ADMINISTRATOR,
    "区管理员": Role.COUNTY_ADMINISTRATOR,
    "县管理员": Role.COUNTY_ADMINISTRATOR,
    "县级管理员": Role.COUNTY_ADMINISTRATOR,
    "街道消防专干": Role.STREET_OFFICER,
    "街道专干": Role.STREET_OFFICER,
    "消防专干": Role.STREET_OFFICER,
    "部门经办人": Role.DEPARTMENT_HANDLER,
    "社区（村）书记": Role.COMMUNITY_SECRETARY,
    "社区书记": Role.COMMUNITY_SECRETARY,
    "村书记": Role.COMMUNITY_SECRETARY,
    "书记": Role.COMMUNITY_SECRETARY,
    "网格长": Role.GRID_HEAD,
    "网格员": Role.GRID_MEMBER,
    "专职网格员": Role.GRID_MEMBER,
    "兼职网格员": Role.GRID_MEMBER,
    "楼栋长": Role.BUILDING_LEADER,
    "楼院长": Role.BUILDING_LEADER,
    "单元长": Role.BUILDING_LEADER,
}
"""How a post may be written: our names, the app's own Chinese names, and offices' words."""


@dataclass(frozen=True)
class PersonItem:
    """A good row: this person holds this post in this grid."""

    row: int
    name: str
    phone: str
    role: Role
    grid_code: str
    houses: tuple[tuple[str, str], ...] = ()
    """What they keep (YC-71): buildings, each with its unit or ""; empty for the whole grid."""


def _role(cell: Cell) -> Role | None:
    word = text(cell, 60)
    if not word:
        return None
    found = ROLE_OF_WORD.get(word) or ROLE_OF_WORD.get(word.lower())
    if found is None:
        raise Bad(
            Reason.UNKNOWN_ROLE, allowed="、".join(w for w in ROLE_OF_WORD if not w.isascii())
        )
    return found


def _houses(check: RowCheck) -> tuple[tuple[str, str], ...]:
    """Buildings, and units of one building, one after the other: `1栋、3栋`, `1单元、2单元`."""
    nothing: tuple[str, ...] = ()
    buildings = check.take("building", _parts, nothing)
    units = check.take("unit", _parts, nothing)
    if units and not buildings:
        check.bad("building", Reason.REQUIRED)
    if units and len(buildings) > 1:
        check.bad("unit", Reason.UNITS_OF_SEVERAL)
    return tuple((building, unit) for building in buildings for unit in units or ("",))


def _parts(cell: Cell) -> tuple[str, ...]:
    whole = narrow(cell, 400)
    parts = [part_of_address(part) for part in re.split("[、,;]", whole)]
    return tuple(dict.fromkeys(filter(None, parts)))


def check_people(
    table: Table, grids: Grids, switched_off: Collection[str] = ()
) -> Checked[PersonItem]:
    """Good posts and all problems. `switched_off` are phones of people shut out on purpose."""
    checked: Checked[PersonItem] = Checked()
    seen: dict[tuple[object, ...], Row] = {}
    names: dict[str, tuple[str, int]] = {}
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        name = check.take("name", person_name, "", required=True)
        phone = check.take("phone", mobile, "", required=True)
        role = check.take("role", _role, None, required=True)
        grid_code, grid = check.grid(grids)
        if role is not None and grid is not None and grid.level not in GRID_LEVELS[role]:
            levels = "、".join(str(level) for level in sorted(GRID_LEVELS[role]))
            check.bad("role", Reason.ROLE_AT_WRONG_LEVEL, level=grid.level, levels=levels)
        houses = _houses(check)
        if phone and role is not None and grid_code:
            # Several rows of one post are several buildings it keeps.
            for house in houses or (None,):
                key = (phone, role, grid_code, house)
                check.first_of(seen, key, "phone", Reason.DUPLICATE_POST)
        if name and phone:
            first, at = names.setdefault(phone, (name, row.number))
            if first != name:
                check.bad("name", Reason.PHONE_OTHER_NAME, name=first, row=at)
        if check.ok and role is not None:
            checked.items.append(PersonItem(row.number, name, phone, role, grid_code, houses))
    off = sorted({item.name for item in checked.items if item.phone in switched_off})
    if off:
        checked.warnings.append(Warned(Notice.SWITCHED_OFF, {"names": "、".join(off)}))
    return checked
