"""The lists of a street: the newest version of each, or the list as it ships (C.5)."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.checklists.rules import Item
from firegrid_app.checklists.shipped import checklists, korean_words
from firegrid_app.checklists.tables import ChecklistVersion
from firegrid_app.grids.tables import Grid

STREET = 1


def item_of(kept: dict[str, Any]) -> Item:
    """An item as a version keeps it."""
    korean = kept.get("ko") or korean_words().get(kept["zh_CN"], "")
    return Item(**{**kept, "at": tuple(kept.get("at", ())), "ko": korean})


def kept_of(item: Item) -> dict[str, Any]:
    """The same to be kept."""
    return asdict(item) | {"at": list(item.at)}


def newest(session: Session, street_ids: Iterable[int]) -> dict[tuple[int, str], ChecklistVersion]:
    """The newest version of each list that these streets have of their own."""
    rows = session.exec(
        select(ChecklistVersion)
        .where(col(ChecklistVersion.grid_id).in_(set(street_ids)))
        .order_by(col(ChecklistVersion.number))
    )
    return {(row.grid_id, row.checklist): row for row in rows}


def lists_of_streets(session: Session, grids: Iterable[Grid]) -> dict[str, dict[str, Any]]:
    """For phones: by street of these grids, the lists it has of its own, without what is left out.

    The caller has checked the grids.
    """
    codes = {code for grid in grids for code in grid.path.split("/") if code}
    rows = session.exec(
        select(Grid.id, Grid.code).where(col(Grid.code).in_(codes), Grid.level == 1)
    )
    streets = {grid_id or 0: code for grid_id, code in rows}
    found: dict[str, dict[str, Any]] = {}
    for (street, checklist), version in newest(session, streets).items():
        items = [item_of(kept) for kept in version.items]
        found.setdefault(streets[street], {})[checklist] = {
            "name": checklists()[checklist].name,
            "items": [
                {
                    "code": item.code,
                    "zh_CN": item.zh_CN,
                    "en": item.en,
                    "ko": item.ko,
                    "category": item.category,
                    "at": list(item.at),
                }
                for item in items
                if item.on
            ],
        }
    return found


def words_by_code(session: Session, street_id: int, checklist: str) -> dict[str, Item]:
    """Every item the list ever had there, by code: also those that have left it."""
    shipped = checklists().get(checklist)
    found = {item.code: item for item in shipped.items} if shipped else {}
    rows = session.exec(
        select(ChecklistVersion.items)
        .where(ChecklistVersion.grid_id == street_id, ChecklistVersion.checklist == checklist)
        .order_by(col(ChecklistVersion.number))
    )
    for items in rows:
        found |= {kept["code"]: item_of(kept) for kept in items}
    return found
