"""The grids file: one feature a grid, and a tree without holes, cycles or skipped levels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from firegrid_app.importing.rules.outlines import Outline, outline
from firegrid_app.importing.rules.problems import Bad, Cell, Reason
from firegrid_app.importing.rules.rows import Checked, Grids, KnownGrid, Row, RowCheck, Table
from firegrid_app.importing.rules.values import any_phone, code, narrow, shown, text
from firegrid_app.maps.rules.datum import Datum

LEVELS = {"0": 0, "1": 1, "2": 2, "3": 3, "大网格": 1, "中网格": 2, "小网格": 3} | {
    f"{word}级{rest}": level
    for level, word in enumerate(("一", "二", "三"), start=1)
    for rest in ("", "网格")
}
"""How a level may be written (glossary 3 to 5)."""

KINDS = {
    "": "",
    "urban": "urban",
    "城市": "urban",
    "城区": "urban",
    "town": "town",
    "镇": "town",
    "集镇": "town",
    "城镇": "town",
    "village": "village",
    "村": "village",
    "农村": "village",
    "乡村": "village",
}


@dataclass(frozen=True)
class GridItem:
    """A good feature. None means that the file says nothing and what is stored stays."""

    row: int
    code: str
    name: str
    level: int
    parent_code: str
    kind: str | None
    supervision_phone: str | None
    outline: Outline | None


def _level(cell: Cell) -> int | None:
    value = narrow(cell, 60)
    if not value:
        return None
    if value.removesuffix(".0") not in LEVELS:
        raise Bad(Reason.BAD_LEVEL)
    return LEVELS[value.removesuffix(".0")]


def _kind(cell: Cell) -> str:
    value = narrow(cell, 60).lower()
    if value not in KINDS:
        raise Bad(Reason.UNKNOWN_KIND, allowed="、".join(word for word in KINDS if word))
    return KINDS[value]


def _item(check: RowCheck, datum: Datum) -> GridItem:
    row = check.row
    drawn = None
    # A feature's number is hard to find in a file: its code stands in for the value.
    which = shown(row.cells.get("code", ""))
    if not row.has_geometry:
        check.bad_value("geometry", which, Reason.NO_GEOMETRY_MEMBER)
    else:
        try:
            drawn = outline(row.geometry, datum)
        except Bad as bad:
            check.bad_value("geometry", which, bad.reason, **bad.details)
    level = check.take("level", _level, None, required=True)
    return GridItem(
        row=row.number,
        code=check.take("code", lambda cell: code(cell, 30), "", required=True),
        name=check.take("name", lambda cell: text(cell, 60), "", required=True),
        level=-1 if level is None else level,
        parent_code=check.take("parent_code", lambda cell: code(cell, 30), ""),
        kind=check.take("kind", _kind, None) if check.has("kind") else None,
        supervision_phone=check.take("supervision_phone", any_phone, None)
        if check.has("supervision_phone")
        else None,
        outline=drawn,
    )


def check_grids(
    table: Table, known: Mapping[str, KnownGrid], datum: Datum = Datum.WGS84
) -> tuple[Checked[GridItem], dict[str, int]]:
    """Good grids and all problems; and the codes of bad rows, for rows that name them."""
    checked: Checked[GridItem] = Checked()
    seen: dict[tuple[object, ...], Row] = {}
    pairs: list[tuple[RowCheck, GridItem]] = []
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        item = _item(check, datum)
        if item.code:
            check.first_of(seen, (item.code,), "code", Reason.DUPLICATE_CODE)
        pairs.append((check, item))
    _check_tree(pairs, known)
    good = {item.code for check, item in pairs if check.ok}
    bad = {i.code: i.row for check, i in pairs if not check.ok and i.code not in good}
    checked.items = sorted((i for c, i in pairs if c.ok), key=lambda item: (item.level, item.row))
    return checked, bad


def _check_tree(pairs: list[tuple[RowCheck, GridItem]], known: Mapping[str, KnownGrid]) -> None:
    by_code: dict[str, tuple[RowCheck, GridItem]] = {}
    for check, item in pairs:
        if item.code:
            by_code.setdefault(item.code, (check, item))
    in_cycle = _cycles({code: item.parent_code for code, (_, item) in by_code.items()})
    # Parents first: a row below a bad one is bad too, at any depth.
    for check, item in sorted(pairs, key=lambda pair: pair[1].level):
        old = known.get(item.code)
        if old is not None and old.closed:
            check.bad("code", Reason.GRID_CLOSED)
        if old is not None and item.level >= 0 and old.level != item.level:
            check.bad("level", Reason.LEVEL_CHANGED, old=old.level)
        if item.code in in_cycle:
            check.bad("parent_code", Reason.PARENT_CYCLE, chain=in_cycle[item.code])
        elif item.level == 0 and item.parent_code:
            check.bad("parent_code", Reason.ROOT_WITH_PARENT)
        elif item.level > 0:
            _check_parent(check, item, by_code, known)


def _check_parent(
    check: RowCheck,
    item: GridItem,
    by_code: Mapping[str, tuple[RowCheck, GridItem]],
    known: Mapping[str, KnownGrid],
) -> None:
    if not item.parent_code:
        if not shown(check.row.cells.get("parent_code", "")).strip():
            check.bad("parent_code", Reason.PARENT_REQUIRED)
        return
    old, new = known.get(item.parent_code), by_code.get(item.parent_code)
    if old is not None:
        # What is stored counts: its level cannot change, and a bad row leaves it as it is.
        level = old.level
        if old.closed:
            check.bad("parent_code", Reason.GRID_CLOSED)
            return
    elif new is not None:
        above, parent = new
        level = parent.level
        if level < 0 or (level == item.level - 1 and not above.ok):
            check.bad("parent_code", Reason.PARENT_ROW_BAD, row=parent.row)
            return
    else:
        check.bad("parent_code", Reason.UNKNOWN_PARENT)
        return
    if level != item.level - 1:
        check.bad("parent_code", Reason.LEVEL_NOT_BELOW_PARENT, parent=level, level=item.level)


def _cycles(parents: Mapping[str, str]) -> dict[str, str]:
    """Codes that lie on a circle of parents, each with the circle written out."""
    found: dict[str, str] = {}
    for start in parents:
        chain = list(_up(start, parents))
        if chain and chain[-1] == start:
            found[start] = " → ".join([start, *chain])
    return found


def _up(start: str, parents: Mapping[str, str]) -> Iterator[str]:
    code, steps = parents[start], 0
    while code in parents and steps <= len(parents):
        yield code
        if code == start:
            return
        code, steps = parents[code], steps + 1


def grids_after(
    items: list[GridItem], bad: Mapping[str, int], known: Mapping[str, KnownGrid]
) -> Grids:
    """The grids that other files may name once these are in."""
    return Grids(
        known={**known, **{item.code: KnownGrid(item.level) for item in items}}, bad_rows=bad
    )
