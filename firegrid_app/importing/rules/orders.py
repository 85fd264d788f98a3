"""The file of orders of the hotline 12345: one row an order, once by its number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from firegrid_app.importing.rules.calendar import day_of
from firegrid_app.importing.rules.problems import Bad, Cell, Reason
from firegrid_app.importing.rules.rows import Checked, Grids, Row, RowCheck, Table
from firegrid_app.importing.rules.values import any_phone, code, text
from firegrid_app.residents.rules import LEAST_WHERE, MOST_NAME, MOST_WHERE

LEVELS = frozenset({2, 3})
MOST_ORDER_WORDS = 400
"""So that number and last day have room before them."""
LONGEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class OrderItem:
    """A good row."""

    row: int
    number: str
    grid_code: str
    category: str
    where: str
    words: str
    name: str
    phone: str
    due_on: date | None


def check_orders(
    table: Table, grids: Grids, kinds: Mapping[str, str], today: date
) -> Checked[OrderItem]:
    """Good rows and all problems. `kinds` says which kind a word is; no word is "other"."""

    def kind(cell: Cell) -> str:
        word = text(cell, 60)
        if word and word not in kinds:
            allowed = "、".join(sorted({one for one in kinds if not one.isascii()}))
            raise Bad(Reason.UNKNOWN_KIND, allowed=allowed[:300])
        return kinds[word] if word else "other"

    checked: Checked[OrderItem] = Checked()
    seen: dict[tuple[object, ...], Row] = {}
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        number = check.take("number", lambda cell: code(cell, 40), "", required=True)
        grid_code, grid = check.grid(grids)
        if grid is not None and grid.level not in LEVELS:
            check.bad("grid_code", Reason.WRONG_GRID_LEVEL, level=grid.level)
        category = check.take("category", kind, "other")
        where = check.take("where", lambda cell: text(cell, MOST_WHERE), "", required=True)
        if where and len(where) < LEAST_WHERE:
            check.bad("where", Reason.TOO_SHORT, least=LEAST_WHERE)
        words = check.take("words", lambda cell: text(cell, MOST_ORDER_WORDS), "", required=True)
        name = check.take("name", lambda cell: text(cell, MOST_NAME), "")
        phone = check.take("phone", any_phone, "")
        due_on = check.take("due_on", day_of, None)
        if due_on is not None and not date(2020, 1, 1) <= due_on <= today + LONGEST_AHEAD:
            last = (today + LONGEST_AHEAD).isoformat()
            check.bad("due_on", Reason.DAY_OUT_OF_REACH, first="2020-01-01", last=last)
        check.first_of(seen, (number,), "number", Reason.DUPLICATE_CODE)
        if check.ok:
            checked.items.append(
                OrderItem(
                    row.number, number, grid_code, category, where, words, name, phone, due_on
                )
            )
    return checked
