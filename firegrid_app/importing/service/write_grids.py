"""Writes grids: new ones level by level, changed ones, and the paths of all that moved."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, insert, select, update

from firegrid_app.grids.history import draw_anew, was_called
from firegrid_app.grids.shapes import Drawing
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.cards import Counts
from firegrid_app.importing.rules.grids import GridItem
from firegrid_app.importing.rules.outlines import same_ground
from firegrid_app.importing.service.known import grid_ids


def write_grids(session: Session, items: list[GridItem], today: date) -> Counts:
    """Upsert by code. `items` come parents first. A null geometry leaves a stored outline."""
    stored = {grid.code: grid for grid in session.exec(select(Grid))} if items else {}
    created, updated = 0, 0
    for level in range(4):
        ids = grid_ids(session)
        fresh: list[dict[str, Any]] = []
        for item in (item for item in items if item.level == level):
            old = stored.get(item.code)
            if old is None:
                fresh.append(_values(item, ids, today))
            elif _apply(session, old, item, ids, today):
                updated += 1
        if fresh:
            session.execute(insert(Grid), fresh)
            created += len(fresh)
        session.flush()
    session.expire_all()
    _mend_paths(session)
    return Counts(created, updated, len(items) - created - updated)


def _values(item: GridItem, ids: dict[str, int], today: date) -> dict[str, Any]:
    drawn = item.outline
    return {
        "code": item.code,
        "name": item.name,
        "level": item.level,
        "parent_id": ids[item.parent_code] if item.parent_code else None,
        # The full path is set by `_mend_paths`; until then the code alone keeps it unique.
        "path": f"{item.code}/",
        "kind": item.kind or "",
        "supervision_phone": item.supervision_phone or "",
        "outline": drawn.geojson if drawn else None,
        "label_lat": drawn.label_lat if drawn else None,
        "label_lon": drawn.label_lon if drawn else None,
        "valid_from": today,
    }


def _apply(session: Session, old: Grid, item: GridItem, ids: dict[str, int], today: date) -> bool:
    wanted: dict[str, Any] = {
        "name": item.name,
        "parent_id": ids[item.parent_code] if item.parent_code else None,
    }
    if item.kind is not None:
        wanted["kind"] = item.kind
    if item.supervision_phone is not None:
        wanted["supervision_phone"] = item.supervision_phone
    changed = {name: value for name, value in wanted.items() if getattr(old, name) != value}
    if "name" in changed:
        was_called(session, old.name, today, grid_id=old.id)
    for name, value in changed.items():
        setattr(old, name, value)
    drawn = item.outline
    if drawn is None or same_ground(drawn.geojson, old.outline):
        return bool(changed)
    # The outline before stays with its days.
    draw_anew(session, old, Drawing(drawn.geojson, drawn.label_lat, drawn.label_lon), today)
    return True


def _mend_paths(session: Session) -> None:
    """Give every grid the path that its parents say: a moved grid takes its subtree along."""
    rows = session.exec(
        select(Grid.id, Grid.code, Grid.parent_id, Grid.path).order_by(col(Grid.level))
    ).all()
    paths: dict[int | None, str] = {None: ""}
    moved = []
    for grid_id, code, parent_id, path in rows:
        paths[grid_id] = f"{paths[parent_id]}{code}/"
        if paths[grid_id] != path:
            moved.append({"id": grid_id, "path": paths[grid_id]})
    if moved:
        session.execute(update(Grid), moved)
