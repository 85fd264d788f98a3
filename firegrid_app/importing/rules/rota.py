"""The duty list's file: one row a shift, with one name or several; hours as offices write them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from firegrid_app.access.rules import is_in_force
from firegrid_app.importing.rules.calendar import day_of
from firegrid_app.importing.rules.problems import Bad, Cell, Notice, Reason, Spoilt, Warned
from firegrid_app.importing.rules.rows import Checked, Row, RowCheck, Table
from firegrid_app.importing.rules.values import mobile, narrow, text
from firegrid_app.rota.rules import Hours, Moments, hours_of, overlaps_any

_BETWEEN = re.compile(r"[、，,;；/\n]+")
_SPAN = re.compile(r"\s*(?:-|–|—|~|～|至|到)\s*")
_NEXT_DAY = re.compile(r"^(?:次日|第二天|翌日)\s*")


@dataclass(frozen=True)
class Known:
    """Somebody who may be on this list, and what other lists have of theirs."""

    id: int
    name: str
    phone: str
    spans: tuple[tuple[date, date | None], ...]
    busy: tuple[Moments, ...] = ()
    """Shifts of theirs on other lists."""
    away: tuple[tuple[date, date], ...] = ()
    """Days on which they are sent elsewhere or on leave."""

    def is_here(self, day: date) -> bool:
        """Is a post held that day?"""
        return any(is_in_force(starts, ends, day) for starts, ends in self.spans)

    def away_until(self, day: date) -> date | None:
        """The last day of the absence that day lies in; None for somebody who is there."""
        return next((last for first, last in self.away if first <= day <= last), None)


@dataclass(frozen=True)
class ShiftItem:
    """One person of a good row."""

    row: int
    day: date
    hours: Hours
    person: int


def _clock(cell: Cell) -> str:
    """A time of the day; one that a spreadsheet made a time of is one too."""
    if isinstance(cell, Spoilt) and cell.reason is Reason.EXCEL_DATE:
        cell = cell.shown
    return narrow(cell, 20)


def hours_in(cell: Cell) -> Hours | None:
    """`08:30-17:30`, `20:00至次日08:00`."""
    value = _clock(cell)
    if not value:
        return None
    parts = _SPAN.split(value)
    found = hours_of(parts[0], _NEXT_DAY.sub("", parts[1])) if len(parts) == 2 else None
    if found is None or (_NEXT_DAY.match(parts[1]) and not found.over_midnight):
        # "till 09:00 the next day" after 08:00 would be 25 hours.
        raise Bad(Reason.BAD_HOURS)
    return found


def _hours(check: RowCheck) -> Hours | None:
    whole = check.take("hours", hours_in, None)
    if whole is not None or not check.ok:
        return whole
    starts, ends = (check.take(name, _clock, "") for name in ("starts", "ends"))
    if not starts and not ends:
        check.bad("hours" if check.has("hours") else "starts", Reason.REQUIRED)
        return None
    found = hours_of(starts, _NEXT_DAY.sub("", ends))
    if found is None or (_NEXT_DAY.match(ends) and not found.over_midnight):
        check.bad_value("starts", f"{starts}–{ends}", Reason.BAD_HOURS)
        return None
    return found


def plain_name(name: str) -> str:
    """A name without blanks: offices pad 张　三 to the width of three characters."""
    return "".join(name.split())


def _several(cell: Cell) -> list[str]:
    """What stands in one cell with commas between, or a line each."""
    if isinstance(cell, Spoilt):
        raise Bad(cell.reason)
    return [text(one, 60) for one in _BETWEEN.split(cell) if one.strip()]


def _names(cell: Cell) -> list[str]:
    return [plain_name(one) for one in _several(cell)]


def _phones(cell: Cell) -> list[str]:
    return [mobile(one) for one in _several(cell)]


def _person(
    check: RowCheck, name: str, phone: str, people: Mapping[str, Sequence[Known]]
) -> Known | None:
    found = [one for one in people.get(name, ()) if not phone or one.phone == phone]
    if len(found) == 1:
        return found[0]
    check.bad_value("name", name, Reason.SEVERAL_PEOPLE if found else Reason.UNKNOWN_PERSON)
    return None


def check_rota(
    table: Table, people: Mapping[str, Sequence[Known]], days: tuple[date, date], zone: ZoneInfo
) -> Checked[ShiftItem]:
    """Good shifts and all problems; a warning where somebody is away that day, whose shift is good
    all the same: the office's list is taken as it is, and who steps in is for people to say.

    `people` by their plain names; `days` are the first and last to be taken.
    """
    checked: Checked[ShiftItem] = Checked()
    taken: dict[int, list[Moments]] = {}
    seen: dict[tuple[object, ...], Row] = {}
    away: dict[tuple[str, date], list[int]] = {}
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        day = check.take("day", day_of, None, required=True)
        hours = _hours(check)
        names: list[str] = check.take("name", _names, [], required=True)
        phones: list[str] = check.take("phone", _phones, [])
        if not names and check.ok:
            check.bad("name", Reason.REQUIRED)
        if day is not None and not days[0] <= day <= days[1]:
            check.bad("day", Reason.DAY_OUT_OF_REACH, first=days[0], last=days[1])
        if phones and len(phones) != len(names):
            check.bad("phone", Reason.PHONES_AND_NAMES)
        if phones and len(phones) != len(names):
            continue
        phones = phones or [""] * len(names)
        # Names are looked up in a row that is bad already, too: all its mistakes are told at once.
        found = [
            _person(check, name, phone, people) for name, phone in zip(names, phones, strict=True)
        ]
        if day is None or hours is None:
            continue
        moments = hours.on(day, zone)
        for person in found:
            if person is None:
                continue
            check.first_of(seen, (person.id, moments), "name", Reason.DUPLICATE_SHIFT)
            if not person.is_here(day):
                check.bad_value("name", person.name, Reason.NOT_HERE_THAT_DAY, day=day)
            elif seen[person.id, moments] is row and (
                overlaps_any(moments, taken.get(person.id, ()))
                or overlaps_any(moments, person.busy)
            ):
                check.bad_value("name", person.name, Reason.ON_DUTY_TWICE)
            if (until := person.away_until(day)) is not None:
                away.setdefault((person.name, until), []).append(row.number)
            taken.setdefault(person.id, []).append(moments)
        if check.ok:
            checked.items += [
                ShiftItem(row.number, day, hours, one.id) for one in found if one is not None
            ]
    checked.warnings += [
        Warned(Notice.AWAY_THAT_DAY, {"name": name, "until": until, "rows": tuple(rows)})
        for (name, until), rows in away.items()
    ]
    return checked
