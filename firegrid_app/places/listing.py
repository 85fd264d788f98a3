"""The register of premises as a list to keep, in the reader's words."""

from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, ids_below, subtree
from firegrid_app.places.rules import PaperStanding
from firegrid_app.places.tables import Place
from firegrid_app.places.views import listed_below, open_hazards, row_of
from firegrid_app.settings import settings
from firegrid_app.texts import say

COLUMNS = (
    "code", "name", "category", "kind", "grid_code", "grid", "address", "responsible_person",
    "phone", "manager", "manager_phone", "area_m2", "capacity", "standing", "standing_reason",
    "facilities", "lat", "lon", "colour", "next_check", "last_call", "outcome", "hazards",
    "letter", "watched", "card",
)  # fmt: skip


def list_of(
    session: Session, actor: Actor, code: str, language: str, now: datetime
) -> tuple[str, list[str], list[list[str | int]]]:
    """Name, headings and rows of the premises below a grid. Numbers stand in it: it is logged.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    grid = grid_by_code(session, actor, code, Action.KEEP_PLACES)
    grids = subtree(session, grid)
    names = {one.id: (one.code, one.name) for one in grids}
    found = listed_below(session, ids_below(grid), local_day(now, settings().zone))
    below = select(Place.id).where(col(Place.grid_id).in_(ids_below(grid)))
    hazards = open_hazards(session, below)
    audit(session, actor.person_id, "keep_places", grid.code, now)

    def word(group: str, value: str) -> str:
        return say(f"places.{group}.{value}", language) if value else ""

    rows: list[list[str | int]] = []
    for one in found:
        place = one.place
        grid_code, grid_name = names[place.grid_id]
        row = row_of(one, grid_name, hazards.get(place.id or 0, 0))
        rows.append(
            [
                place.code, place.name, place.category, word("kind", one.kind), grid_code,
                grid_name, place.address, place.responsible_person, place.phone, place.manager,
                place.manager_phone, _or_empty(place.area_m2), _or_empty(place.capacity),
                word("standing", place.standing), place.standing_reason, place.facilities,
                _or_empty(place.lat), _or_empty(place.lon), word("colour", row.colour),
                row.due_on, row.called_on,
                say(f"calls.{place.outcome}", language) if place.outcome else "", row.hazards,
                "" if one.letter is PaperStanding.GOOD else word("letter", one.letter),
                say("places.watched", language) if one.watched else "", row.card_on,
            ]
        )  # fmt: skip
    headings = [say(f"places.field.{column}", language) for column in COLUMNS]
    return say("places.file", language, name=grid.name), headings, rows


def _or_empty(value: float | int | None) -> str:
    return "" if value is None else str(value)
