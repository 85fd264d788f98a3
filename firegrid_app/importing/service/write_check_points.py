"""Makes the check points that registers ask for; those that exist keep their codes for ever."""

from typing import Any

from sqlmodel import Session, col, insert, select

from firegrid_app.grids.tables import Grid
from firegrid_app.importing.cards import Counts
from firegrid_app.importing.rules import check_points as rules
from firegrid_app.patrols.tables import CheckPoint
from firegrid_app.places.tables import Place
from firegrid_app.visits.tables import Household


def write_check_points(session: Session) -> Counts:
    """One at every stairwell and every premises; a lane in each small grid without stairwells.

    Points are added and renamed, never removed: arrivals refer to them.
    """
    stored = {point.code: point for point in session.exec(select(CheckPoint))}
    wanted = _stairwells(session) | _places(session)
    stairs = {point.grid_id for point in stored.values() if point.kind == "stairwell"}
    stairs |= {values["grid_id"] for values in wanted.values() if values["kind"] == "stairwell"}
    lanes = _lanes(session)
    wanted |= {
        code: values
        for code, values in lanes.items()
        if values["grid_id"] not in stairs or code in stored
    }
    fresh, updated = [], 0
    for code, values in wanted.items():
        old = stored.get(code)
        if old is None:
            fresh.append(values | {"code": code})
            continue
        changed = {name: value for name, value in values.items() if getattr(old, name) != value}
        for name, value in changed.items():
            setattr(old, name, value)
        updated += bool(changed)
    if fresh:
        session.execute(insert(CheckPoint), fresh)
    session.flush()
    return Counts(len(fresh), updated, len(wanted) - len(fresh) - updated)


def _stairwells(session: Session) -> dict[str, dict[str, Any]]:
    rows = session.exec(
        select(Grid.code, Household.grid_id, Household.building, Household.unit)
        .join(Grid, col(Grid.id) == Household.grid_id)
        .where(Household.building != "")
        .distinct()
        .order_by(Grid.code, Household.building, Household.unit)
    )
    return {
        rules.stairwell_code(code, building, unit): {
            "grid_id": grid_id,
            "name": rules.stairwell_name(building, unit),
            "kind": "stairwell",
            "place_id": None,
        }
        for code, grid_id, building, unit in rows
    }


def _places(session: Session) -> dict[str, dict[str, Any]]:
    rows = session.exec(
        select(Place.id, Place.code, Place.name, Place.grid_id).order_by(Place.code)
    )
    return {
        rules.place_code(code): {
            "grid_id": grid_id,
            "name": name,
            "kind": "place",
            "place_id": place_id,
        }
        for place_id, code, name, grid_id in rows
    }


def _lanes(session: Session) -> dict[str, dict[str, Any]]:
    rows = session.exec(
        select(Grid.id, Grid.code, Grid.name, Grid.kind)
        .where(Grid.level == 3, col(Grid.valid_to).is_(None))
        .order_by(Grid.code)
    )
    return {
        rules.lane_code(code): {
            "grid_id": grid_id,
            "name": rules.lane_name(name, kind),
            "kind": "lane",
            "place_id": None,
        }
        for grid_id, code, name, kind in rows
    }
