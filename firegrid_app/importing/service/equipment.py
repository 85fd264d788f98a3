"""The equipment file handed in at the desk: looked at first, written when it is confirmed."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.equipment.rules import next_test
from firegrid_app.equipment.tables import Equipment
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.importing.cards import DeskChange, DeskFileCard
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.equipment import PieceItem, check_equipment
from firegrid_app.importing.rules.problems import Problem, Reason
from firegrid_app.importing.rules.rows import Grids, KnownGrid, Table
from firegrid_app.importing.service.desk import card_of
from firegrid_app.places.tables import Place
from firegrid_app.settings import settings
from firegrid_app.texts import say


def take_equipment(
    session: Session,
    actor: Actor,
    table: Table,
    code: str,
    language: str,
    confirm: bool,
    now: datetime,
) -> DeskFileCard:
    """New and changed pieces of a grid and those below; with `confirm` and no mistake, written.

    What the file does not name stays. Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.KEEP_PLACES)
    grids = {grid.code: grid for grid in subtree(session, top)}
    today = local_day(now, settings().zone)
    ids = [grid.id for grid in grids.values()]
    places = dict(
        session.exec(select(Place.code, Place.id).where(col(Place.grid_id).in_(ids))).all()
    )
    known = {code: KnownGrid(grid.level) for code, grid in grids.items()}
    checked = check_equipment(table, Grids(known), places, today)
    codes = [item.code for item in checked.items]
    stored = {
        one.code: one
        for one in session.exec(select(Equipment).where(col(Equipment.code).in_(codes)))
    }
    problems = [*table.problems, *checked.problems]
    for item in checked.items:
        # A code that names a piece of somebody else's grid is taken.
        if item.code in stored and stored[item.code].grid_id not in ids:
            word = table.header.word("code")
            problems.append(Problem(Reason.DUPLICATE_CODE, item.row, word, item.code, {"row": 0}))
    changes: list[DeskChange] = []
    same = 0
    write = confirm and not problems
    for item in checked.items:
        grid = grids[item.grid_code]
        values = _values(item, grid.id or 0, places.get(item.place_code))
        old = stored.get(item.code)
        if old is not None and all(getattr(old, name) == new for name, new in values.items()):
            same += 1
            continue
        due = values["next_on"]
        changes.append(
            DeskChange(
                "new" if old is None else "changed",
                say(
                    "importing.desk.piece" if due else "importing.desk.piece_never",
                    language,
                    name=item.name,
                    grid=grid.name,
                    **({"next": due.isoformat()} if due else {}),
                ),
            )
        )
        if write and old is None:
            session.add(Equipment(code=item.code, **values))
        elif write and old is not None:
            for name, new in values.items():
                setattr(old, name, new)
    if write and changes:
        about = f"{FileKind.EQUIPMENT}:{top.code} {len(changes)}"
        audit(session, actor.person_id, "import", about, now)
        session.flush()
    return card_of(table, problems, changes, same, language, written=write)


def _values(item: PieceItem, grid_id: int, place_id: int | None) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "name": item.name,
        "grid_id": grid_id,
        "place_id": place_id,
        "where_words": item.where,
        "lat": item.lat,
        "lon": item.lon,
        "amount": item.amount,
        "keeper": item.keeper,
        "keeper_phone": item.keeper_phone,
        "tested_on": item.tested_on,
        "every_months": item.months,
        "next_on": next_test(item.tested_on, item.months),
        "ends_on": None,
    }
