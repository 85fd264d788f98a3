"""Writes premises and doors."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlmodel import Session, col, insert, select, update

from firegrid_app.grids.history import was_called
from firegrid_app.hazards.writing import renamed
from firegrid_app.households.rules import storeys_in_words
from firegrid_app.importing.cards import Counts
from firegrid_app.importing.rules.households import HouseholdItem
from firegrid_app.importing.rules.places import OPTIONAL, PlaceItem
from firegrid_app.importing.rules.problems import Notice, Warned
from firegrid_app.importing.service.known import slices
from firegrid_app.places.tables import Place
from firegrid_app.visits.tables import Household

_OPTIONAL = ("lat", "lon", *OPTIONAL)


def write_places(
    session: Session, items: list[PlaceItem], ids: dict[str, int], today: date
) -> Counts:
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
        if "name" in changed:
            was_called(session, old.name, today, place_id=old.id)
        for name, value in changed.items():
            setattr(old, name, value)
        if "name" in changed:
            renamed(session, old)
        updated += bool(changed)
    if fresh:
        session.execute(insert(Place), fresh)
    session.flush()
    return Counts(len(fresh), updated, len(items) - len(fresh) - updated)


def told_floors(session: Session, items: list[HouseholdItem], ids: dict[str, int]) -> list[Warned]:
    """Buildings that file and register know with other floors: told, and the doors of both stay.

    Of a grid that comes with this very import the register knows nothing yet.
    """
    drawn: dict[tuple[int, str], set[int]] = defaultdict(set)
    for item in items:
        if item.building and item.grid_code in ids:
            drawn[ids[item.grid_code], item.building].add(item.floor)
    here: dict[tuple[int, str], set[int]] = defaultdict(set)
    for some in slices(sorted({grid_id for grid_id, _ in drawn})):
        rows = session.exec(
            select(Household.grid_id, Household.building, Household.floor)
            .where(col(Household.grid_id).in_(some), col(Household.ended_at).is_(None))
            .distinct()
        )
        for grid_id, building, floor in rows:
            here[grid_id, building].add(floor)
    codes = {grid_id: code for code, grid_id in ids.items()}
    return [
        Warned(
            Notice.OTHER_FLOORS,
            {
                "grid": codes[grid_id],
                "building": building,
                "here": storeys_in_words(here[grid_id, building]),
                "file": storeys_in_words(floors),
            },
        )
        for (grid_id, building), floors in sorted(drawn.items())
        if here.get((grid_id, building)) and here[grid_id, building] != floors
    ]


def write_households(session: Session, items: list[HouseholdItem], ids: dict[str, int]) -> Counts:
    """Upsert by address; only the care mark of a known door can change."""
    stored: dict[tuple[object, ...], tuple[int | None, str, bool]] = {}
    for some in slices(sorted({ids[item.grid_code] for item in items})):
        rows = session.exec(select(Household).where(col(Household.grid_id).in_(some)))
        for row in rows:
            key = (row.grid_id, row.building, row.unit, row.floor, row.room)
            stored[key] = (row.id, row.care_mark, row.ended_at is not None)
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
        elif found[2] or (item.care_mark is not None and item.care_mark != found[1]):
            # A door taken off the register is on it again, with what the file says of it.
            mark = found[1] if item.care_mark is None else item.care_mark
            changed.append({"id": found[0], "care_mark": mark, "ended_at": None})
    if fresh:
        session.execute(insert(Household), fresh)
    if changed:
        session.execute(update(Household), changed)
    session.expire_all()
    return Counts(len(fresh), len(changed), len(items) - len(fresh) - len(changed))
