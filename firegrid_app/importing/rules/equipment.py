"""The equipment file: one row a piece, or several of a kind that hang together."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from firegrid_app.equipment.rules import (
    EVERY_MONTHS,
    KIND_OF_WORD,
    LONGEST_AGO,
    LONGEST_MONTHS,
    MOST,
    Kind,
)
from firegrid_app.importing.rules.calendar import day_of
from firegrid_app.importing.rules.places import point_on_earth
from firegrid_app.importing.rules.problems import Bad, Cell, Reason
from firegrid_app.importing.rules.rows import Checked, Grids, Row, RowCheck, Table
from firegrid_app.importing.rules.values import any_phone, code, number, text

LEVELS = frozenset({2, 3})


@dataclass(frozen=True)
class PieceItem:
    """A good row."""

    row: int
    code: str
    kind: str
    name: str
    grid_code: str
    place_code: str
    where: str
    lat: float | None
    lon: float | None
    amount: int
    keeper: str
    keeper_phone: str
    tested_on: date | None
    months: int


def _kind(cell: Cell) -> str:
    word = text(cell, 30)
    if word and word not in KIND_OF_WORD:
        raise Bad(
            Reason.UNKNOWN_KIND, allowed="、".join(w for w in KIND_OF_WORD if not w.isascii())
        )
    return KIND_OF_WORD[word] if word else ""


def _whole(most: int) -> Callable[[Cell], int]:
    def parse(cell: Cell) -> int:
        found = number(cell)
        if found is None:
            return 0
        if found != int(found) or not 1 <= found <= most:
            raise Bad(Reason.NOT_A_NUMBER)
        return int(found)

    return parse


def check_equipment(
    table: Table, grids: Grids, places: Collection[str], today: date
) -> Checked[PieceItem]:
    """Good rows and all problems. `places` are codes of premises a row may name.

    A row without a code of its own gets one that follows from what it says, so that the same file
    twice makes nothing new.
    """
    checked: Checked[PieceItem] = Checked()
    seen: dict[tuple[object, ...], Row] = {}
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        kind = check.take("kind", _kind, "", required=True)
        name = check.take("name", lambda cell: text(cell, 80), "")
        grid_code, grid = check.grid(grids)
        if grid is not None and grid.level not in LEVELS:
            check.bad("grid_code", Reason.WRONG_GRID_LEVEL, level=grid.level)
        place = check.take("place_code", lambda cell: code(cell, 40), "")
        if place and place not in places:
            check.bad("place_code", Reason.UNKNOWN_PLACE)
        where = check.take("where", lambda cell: text(cell, 120), "")
        lat, lon = point_on_earth(check)
        amount = check.take("amount", _whole(MOST), 0) or 1
        keeper = check.take("keeper", lambda cell: text(cell, 40), "")
        phone = check.take("keeper_phone", any_phone, "")
        tested_on = check.take("tested_on", day_of, None)
        if tested_on is not None and not today - LONGEST_AGO <= tested_on <= today:
            first = (today - LONGEST_AGO).isoformat()
            check.bad("tested_on", Reason.DAY_OUT_OF_REACH, first=first, last=today.isoformat())
        months = check.take("months", _whole(LONGEST_MONTHS), 0)
        own = check.take("code", lambda cell: code(cell, 40), "")
        stands_for = "\n".join((grid_code, kind, name, place, where))
        own = own or f"E.{hashlib.sha256(stands_for.encode()).hexdigest()[:20]}"
        check.first_of(seen, (own,), "code" if check.has("code") else "name", Reason.DUPLICATE_CODE)
        if check.ok:
            checked.items.append(
                PieceItem(
                    row.number, own, kind, name or place or where or kind, grid_code, place, where,
                    lat, lon, amount, keeper, phone, tested_on,
                    months or EVERY_MONTHS[Kind(kind)],
                )
            )  # fmt: skip
    return checked
