"""The calendar file: one row a day off or a make-up workday (调休), as the notices name them."""

import re
from dataclasses import dataclass
from datetime import date

from firegrid_app.importing.rules.problems import Bad, Cell, Reason, Spoilt
from firegrid_app.importing.rules.rows import Checked, Row, RowCheck, Table
from firegrid_app.importing.rules.values import narrow, text

KIND_OF_WORD = {
    "holiday": False,
    "off": False,
    "休": False,
    "休息": False,
    "放假": False,
    "节假日": False,
    "法定节假日": False,
    "workday": True,
    "班": True,
    "上班": True,
    "工作日": True,
    "调休": True,
    "调休上班": True,
    "补班": True,
    "휴식": False,
    "근무": True,
}
"""How a day may be marked; in the notices 调休 with a date is a day worked in return."""

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?")


@dataclass(frozen=True)
class DayItem:
    """A good row."""

    row: int
    day: date
    is_workday: bool
    name: str


def day_of(cell: Cell) -> date | None:
    """2026-10-01, 2026/10/1, 2026.10.1 or 2026年10月1日; a spreadsheet's own date too."""
    if isinstance(cell, Spoilt) and cell.reason is Reason.EXCEL_DATE:
        # Elsewhere a date is a code that Excel spoilt; here it is what is asked for.
        cell = cell.shown
    value = narrow(cell, 40)
    if not value:
        return None
    match = _DAY.fullmatch(value)
    if match is None:
        raise Bad(Reason.BAD_DATE)
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Bad(Reason.BAD_DATE) from None


def _kind(cell: Cell) -> bool | None:
    word = text(cell, 40).lower()
    if not word:
        return None
    if word not in KIND_OF_WORD:
        raise Bad(Reason.UNKNOWN_DAY_KIND, allowed="、".join(w for w in KIND_OF_WORD if w != "off"))
    return KIND_OF_WORD[word]


def check_calendar(table: Table, years: range) -> Checked[DayItem]:
    """Good days and all problems. A day outside `years` is of a calendar nobody meant."""
    checked: Checked[DayItem] = Checked()
    seen: dict[tuple[object, ...], Row] = {}
    kinds: dict[date, bool] = {}
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        day = check.take("day", day_of, None, required=True)
        is_workday = check.take("kind", _kind, None, required=True)
        name = check.take("name", lambda cell: text(cell, 40), "")
        if day is not None and day.year not in years:
            check.bad("day", Reason.OTHER_YEAR, first=years[0], last=years[-1])
        if day is not None and is_workday is not None:
            both = kinds.setdefault(day, is_workday) is not is_workday
            check.first_of(seen, (day,), "day", Reason.BOTH_KINDS if both else Reason.DUPLICATE_DAY)
        if check.ok and day is not None and is_workday is not None:
            checked.items.append(DayItem(row.number, day, is_workday, name))
    return checked
