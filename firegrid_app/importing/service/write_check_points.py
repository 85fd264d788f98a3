"""Writes check points: those that registers ask for, and those a file names floor by floor.

Ones that exist keep their codes, printed and other, for ever.
"""

from typing import Any

from sqlmodel import Session, col, insert, select

from firegrid_app.grids.tables import Grid
from firegrid_app.importing.cards import Counts
from firegrid_app.importing.rules import check_points as rules
from firegrid_app.importing.rules.points import PointItem
from firegrid_app.places.tables import Place
from firegrid_app.points.rules import new_tag
from firegrid_app.points.tables import CheckPoint
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
            fresh.append(_NOTHING | values | {"code": code, "tag": new_tag()})
        else:
            updated += _update(old, values)
    if fresh:
        session.execute(insert(CheckPoint), fresh)
    session.flush()
    return Counts(len(fresh), updated, len(wanted) - len(fresh) - updated)


def write_points(session: Session, items: list[PointItem], ids: dict[str, int]) -> Counts:
    """Upsert by code. Columns the file lacks stay as they are stored."""
    stored = {point.code: point for point in session.exec(select(CheckPoint))} if items else {}
    fresh, updated = [], 0
    for item in items:
        values: dict[str, Any] = {
            "grid_id": ids[item.grid_code],
            "name": item.name,
            "kind": item.kind.value,
            "building": item.building,
            "unit": item.unit,
            "floor": item.floor,
        }
        old = stored.get(item.code)
        if old is None:
            given = {name: getattr(item, name) for name in ("lat", "lon", "ends_on")}
            fresh.append(_NOTHING | values | given | {"code": item.code, "tag": new_tag()})
        else:
            updated += _update(old, values | {name: getattr(item, name) for name in item.given})
    if fresh:
        session.execute(insert(CheckPoint), fresh)
    session.flush()
    return Counts(len(fresh), updated, len(items) - len(fresh) - updated)


_NOTHING: dict[str, Any] = {
    "building": "",
    "unit": "",
    "floor": None,
    "lat": None,
    "lon": None,
    "ends_on": None,
    "kept_by_hand": False,
    "place_id": None,
}


def _update(old: CheckPoint, values: dict[str, Any]) -> bool:
    """Take over what differs; what was named or closed at the desk stays. Did anything change?"""
    mine = {"name", "ends_on"} if old.kept_by_hand else set()
    changed = {
        name: value
        for name, value in values.items()
        if name not in mine and getattr(old, name) != value
    }
    for name, value in changed.items():
        setattr(old, name, value)
    return bool(changed)


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
            "building": building,
            "unit": unit,
        }
        for code, grid_id, building, unit in rows
    }


def _places(session: Session) -> dict[str, dict[str, Any]]:
    return {
        rules.place_code(place.code): {
            "grid_id": place.grid_id,
            "name": place.name,
            "kind": "place",
            "place_id": place.id,
            "lat": place.lat,
            "lon": place.lon,
        }
        for place in session.exec(select(Place).order_by(col(Place.code)))
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
        }
        for grid_id, code, name, kind in rows
    }
