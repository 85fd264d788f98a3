"""The people file: one row a post; a person with several posts has several rows."""

from collections.abc import Collection
from dataclasses import dataclass

from firegrid_app.access.rules import GRID_LEVELS, Role
from firegrid_app.importing.rules.problems import Bad, Cell, Notice, Reason, Warned
from firegrid_app.importing.rules.rows import Checked, Grids, Row, RowCheck, Table
from firegrid_app.importing.rules.values import mobile, part_of_address, person_name, text

ROLE_OF_WORD: dict[str, Role] = {role.value: role for role in Role} | {
    "区县管理员": Role.COUNTY_ADMINISTRATOR,
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
    building: str = ""
    """The building they keep (YC-71); empty for the whole grid."""
    unit: str = ""
    """The unit of it; empty for all of the building."""


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
        building = check.take("building", part_of_address, "")
        unit = check.take("unit", part_of_address, "")
        if unit and not building:
            check.bad("building", Reason.REQUIRED)
        if phone and role is not None and grid_code:
            check.first_of(seen, (phone, role, grid_code), "phone", Reason.DUPLICATE_POST)
        if name and phone:
            first, at = names.setdefault(phone, (name, row.number))
            if first != name:
                check.bad("name", Reason.PHONE_OTHER_NAME, name=first, row=at)
        if check.ok and role is not None:
            checked.items.append(
                PersonItem(row.number, name, phone, role, grid_code, building, unit)
            )
    off = sorted({item.name for item in checked.items if item.phone in switched_off})
    if off:
        checked.warnings.append(Warned(Notice.SWITCHED_OFF, {"names": "、".join(off)}))
    return checked
