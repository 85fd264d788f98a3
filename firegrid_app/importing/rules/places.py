"""The places file: one row a premises."""

from dataclasses import dataclass

from firegrid_app.importing.rules.problems import Bad, Cell, Reason
from firegrid_app.importing.rules.rows import Checked, Grids, Row, RowCheck, Table
from firegrid_app.importing.rules.values import (
    any_phone,
    code,
    number,
    require_in_china,
    shown,
    text,
)

LEVELS = frozenset({2, 3})
"""Premises and doors belong to a small grid, or to a community that has none yet."""


@dataclass(frozen=True)
class PlaceItem:
    """A good row. `given` names the columns the file has: the others stay as they are stored."""

    row: int
    code: str
    name: str
    category: str
    grid_code: str
    lat: float | None
    lon: float | None
    responsible_person: str
    phone: str
    manager: str
    manager_phone: str
    address: str
    area_m2: int | None
    capacity: int | None
    facilities: str
    given: frozenset[str]


OPTIONAL = (
    "responsible_person",
    "phone",
    "manager",
    "manager_phone",
    "address",
    "area_m2",
    "capacity",
    "facilities",
)
"""Columns a file may lack, besides the point."""
_MOST = 1_000_000


def size(cell: Cell) -> int | None:
    """Square metres or people: a whole number, or nothing."""
    found = number(cell)
    if found is None:
        return None
    if not 0 <= found <= _MOST:
        raise Bad(Reason.NOT_A_NUMBER)
    return round(found)


def point_on_earth(check: RowCheck) -> tuple[float | None, float | None]:
    """The point of a premises; half a point, or one outside China, is a problem."""
    lat, lon = check.take("lat", number, None), check.take("lon", number, None)
    empty = [name for name in ("lat", "lon") if not shown(check.row.cells.get(name, "")).strip()]
    if len(empty) == 1:
        check.bad(empty[0], Reason.HALF_A_POINT)
    if lat is None or lon is None:
        return None, None
    try:
        require_in_china(lat, lon)
    except Bad as bad:
        check.bad_value("lat", f"{lat}, {lon}", bad.reason, **bad.details)
    return round(lat, 6), round(lon, 6)


def check_places(table: Table, grids: Grids) -> Checked[PlaceItem]:
    """Good premises and all problems."""
    checked: Checked[PlaceItem] = Checked()
    seen: dict[tuple[object, ...], Row] = {}
    for row in table.rows:
        check = RowCheck(row, table.header, checked.problems)
        own = check.take("code", lambda cell: code(cell, 40), "", required=True)
        name = check.take("name", lambda cell: text(cell, 80), "", required=True)
        category = check.take("category", lambda cell: text(cell, 40), "", required=True)
        grid_code, grid = check.grid(grids)
        if grid is not None and grid.level not in LEVELS:
            check.bad("grid_code", Reason.WRONG_GRID_LEVEL, level=grid.level)
        lat, lon = point_on_earth(check)
        person = check.take("responsible_person", lambda cell: text(cell, 40), "")
        phone = check.take("phone", any_phone, "")
        manager = check.take("manager", lambda cell: text(cell, 40), "")
        manager_phone = check.take("manager_phone", any_phone, "")
        address = check.take("address", lambda cell: text(cell, 120), "")
        area, capacity = check.take("area_m2", size, None), check.take("capacity", size, None)
        facilities = check.take("facilities", lambda cell: text(cell, 300), "")
        if own:
            check.first_of(seen, (own,), "code", Reason.DUPLICATE_CODE)
        if check.ok:
            given = frozenset(name for name in OPTIONAL if check.has(name))
            if check.has("lat") and check.has("lon"):
                given |= {"lat", "lon"}
            checked.items.append(
                PlaceItem(
                    row.number,
                    own,
                    name,
                    category,
                    grid_code,
                    lat,
                    lon,
                    person,
                    phone,
                    manager,
                    manager_phone,
                    address,
                    area,
                    capacity,
                    facilities,
                    given,
                )
            )
    return checked
