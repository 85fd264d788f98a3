"""Writes premises and doors."""

from typing import Any

from sqlmodel import Session, col, insert, select, update

from firegrid_app.importing.cards import Counts
from firegrid_app.importing.rules.households import HouseholdItem
from firegrid_app.importing.rules.places import PlaceItem
from firegrid_app.importing.service.known import slices
from firegrid_app.places.tables import Place
from firegrid_app.visits.tables import Household

_OPTIONAL = ("lat", "lon", "responsible_person", "phone")


def write_places(session: Session, items: list[PlaceItem], ids: dict[str, int]) -> Counts:
    """Upsert by code. Columns the file lacks stay as they are stored."""
    stored = {place.code: place for place in session.exec(select(Place))} if items else {}
    fresh: list[dict[str, Any]] = []
    updated = 0
    for item in items:
        values: dict[str, Any] = {
            "code": item.code,
            "name": item.name,
            "category": item.category,
            "grid_id": ids[item.grid_code],
        }
        old = stored.get(item.code)
        if old is None:
            fresh.append(values | {name: getattr(item, name) for name in _OPTIONAL})
            continue
        values |= {name: getattr(item, name) for name in item.given}
        changed = {name: value for name, value in values.items() if getattr(old, name) != value}
        for name, value in changed.items():
            setattr(old, name, value)
        updated += bool(changed)
    if fresh:
        session.execute(insert(Place), fresh)
    session.flush()
    return Counts(len(fresh), updated, len(items) - len(fresh) - updated)


def write_households(session: Session, items: list[HouseholdItem], ids: dict[str, int]) -> Counts:
    """Upsert by address; only the care mark of a known door can change."""
    stored: dict[tuple[object, ...], tuple[int | None, str]] = {}
    for some in slices(sorted({ids[item.grid_code] for item in items})):
        rows = session.exec(select(Household).where(col(Household.grid_id).in_(some)))
        for row in rows:
            key = (row.grid_id, row.building, row.unit, row.floor, row.room)
            stored[key] = (row.id, row.care_mark)
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for item in items:
        grid_id = ids[item.grid_code]
        found = stored.get((grid_id, item.building, item.unit, item.floor, item.room))
        if found is None:
            fresh.append(
                {
                    "grid_id": grid_id,
                    "building": item.building,
                    "unit": item.unit,
                    "floor": item.floor,
                    "room": item.room,
                    "care_mark": item.care_mark or "",
                }
            )
        elif item.care_mark is not None and item.care_mark != found[1]:
            changed.append({"id": found[0], "care_mark": item.care_mark})
    if fresh:
        session.execute(insert(Household), fresh)
    if changed:
        session.execute(update(Household), changed)
    session.expire_all()
    return Counts(len(fresh), len(changed), len(items) - len(fresh) - len(changed))
