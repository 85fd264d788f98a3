"""The check points file: one row a point, floor by floor; name and code may follow from it."""

from dataclasses import dataclass
from datetime import date

from firegrid_app.importing.rules.calendar import day_of
from firegrid_app.importing.rules.check_points import point_code
from firegrid_app.importing.rules.places import LEVELS, point_on_earth
from firegrid_app.importing.rules.problems import Bad, Cell, Reason
from firegrid_app.importing.rules.rows import Checked, Grids, Row, RowCheck, Table
from firegrid_app.importing.rules.values import code, floor, narrow, part_of_address, text
from firegrid_app.points.rules import KIND_OF_WORD, PointKind, point_name

_LONGEST_NAME = 80


@dataclass(frozen=True)
class PointItem:
    """A good row. `given` names the columns the file has: the others stay as they are stored."""

    row: int
    code: str
    grid_code: str
    kind: PointKind
    name: str
    building: str
    unit: str
    floor: int | None
    lat: float | None
    lon: float | None
    ends_on: date | None
    given: frozenset[str]


def _kind(cell: Cell) -> PointKind | None:
    word = text(cell, 40).lower()
    if word and word not in KIND_OF_WORD:
        allowed = "、".join(known for known in KIND_OF_WORD if not known.isascii())
        raise Bad(Reason.UNKNOWN_POINT_KIND, allowed=allowed)
    return KIND_OF_WORD.get(word)


def _storey(cell: Cell) -> int | None:
    """A point need not be of one floor; a door always is (`values.floor`)."""
    return floor(cell) if narrow(cell, 60) else None


def check_points(table: Table, grids: Grids) -> Checked[PointItem]:
    """Good points and all problems."""
    checked: Checked[PointItem] = Checked()
    seen: dict[tuple[object, ...], Row] = {}
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        grid_code, grid = check.grid(grids)
        if grid is not None and grid.level not in LEVELS:
            check.bad("grid_code", Reason.WRONG_GRID_LEVEL, level=grid.level)
        kind = check.take("kind", _kind, None, required=True)
        building = check.take("building", part_of_address, "")
        unit = check.take("unit", part_of_address, "")
        storey = check.take("floor", _storey, None)
        written = check.take("name", lambda cell: text(cell, _LONGEST_NAME), "")
        own = check.take("code", lambda cell: code(cell, 40), "")
        lat, lon = point_on_earth(check)
        ends_on = check.take("ends_on", day_of, None)
        if kind is None:
            continue
        if not written and not building and kind in (PointKind.OTHER, PointKind.LANE):
            check.bad("name", Reason.POINT_WITHOUT_NAME)
        key = own or point_code(grid_code, building, unit, storey, kind, written)
        if check.ok:
            check.first_of(seen, (key,), "code" if own else "kind", Reason.DUPLICATE_POINT)
        if check.ok:
            given = {name for name in ("ends_on",) if check.has(name)}
            if check.has("lat") and check.has("lon"):
                given |= {"lat", "lon"}
            name = written or point_name(building, unit, storey, kind)[:_LONGEST_NAME]
            checked.items.append(
                PointItem(
                    row.number,
                    key,
                    grid_code,
                    kind,
                    name,
                    building,
                    unit,
                    storey,
                    lat,
                    lon,
                    ends_on,
                    frozenset(given),
                )
            )
    return checked
