"""The households file: one row a door; words about people in need become coarse marks."""

import re
from dataclasses import dataclass

from firegrid_app.importing.rules.places import LEVELS
from firegrid_app.importing.rules.problems import Bad, Cell, Reason
from firegrid_app.importing.rules.rows import Checked, Grids, Row, RowCheck, Table
from firegrid_app.importing.rules.values import floor, part_of_address, text
from firegrid_app.visits.rules import CARE_MARK_OF_WORD, CARE_MARKS

MARK_OF_WORD = {
    **CARE_MARK_OF_WORD,
    "疏散需协助": "needs_evacuation_help",
    "安置点住户": "relocation_site",
    "其他需关注": "other_support",
    **{mark: mark for mark in CARE_MARKS},
}
"""Words of registers, the app's own words for the marks, and the marks themselves."""

_NONE = frozenset({"", "无", "否", "-", "/"})
_BETWEEN = re.compile(r"[、，,;；/ ]+")


@dataclass(frozen=True)
class HouseholdItem:
    """A good row: one door. `care_mark` None: the file has no such column, what is stored stays."""

    row: int
    grid_code: str
    building: str
    unit: str
    floor: int
    room: str
    care_mark: str | None


def care_mark(cell: Cell) -> str:
    """The coarse mark for the words of a register (privacy E.3); only one mark is kept a door."""
    value = text(cell, 60)
    if value in _NONE:
        return ""
    marks = set()
    for word in filter(None, _BETWEEN.split(value)):
        if word not in MARK_OF_WORD:
            allowed = "、".join(word for word in MARK_OF_WORD if not word.isascii())
            raise Bad(Reason.UNKNOWN_CARE_WORD, allowed=allowed)
        marks.add(MARK_OF_WORD[word])
    if len(marks) > 1:
        raise Bad(Reason.SEVERAL_CARE_WORDS)
    return marks.pop() if marks else ""


def check_households(table: Table, grids: Grids) -> Checked[HouseholdItem]:
    """Good doors and all problems."""
    checked: Checked[HouseholdItem] = Checked()
    seen: dict[tuple[object, ...], Row] = {}
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        grid_code, grid = check.grid(grids)
        if grid is not None and grid.level not in LEVELS:
            check.bad("grid_code", Reason.WRONG_GRID_LEVEL, level=grid.level)
        building = check.take("building", part_of_address, "")
        unit = check.take("unit", part_of_address, "")
        storey = check.take("floor", floor, None)
        room = check.take("room", part_of_address, "", required=True)
        mark = check.take("vulnerability", care_mark, "") if check.has("vulnerability") else None
        if grid_code and room and storey is not None:
            key = (grid_code, building, unit, storey, room)
            check.first_of(seen, key, "room", Reason.DUPLICATE_DOOR)
        if check.ok and storey is not None:
            checked.items.append(
                HouseholdItem(row.number, grid_code, building, unit, storey, room, mark)
            )
    return checked
