"""Search on the map: the register first, and somebody else's geocoder only when it is wanted."""

import re
from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.grids.finding import grids_at
from firegrid_app.grids.searching import Hit, asked_words, hits
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.maps.cards import FoundSpot, MapSearch
from firegrid_app.maps.geocoders import geocode, is_set
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

MOST_OF_KIND = 6
MOST = 12
_PERSONAL = re.compile(r"\d{7,}")
"""A phone's or a card's number is nobody else's business."""


def search(session: Session, actor: Actor, code: str, words: str, now: datetime) -> MapSearch:
    """What the register below a grid has of these words; less than two signs find nothing.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    asked = asked_words(words)
    today = local_day(now, settings().zone)
    found = hits(session, asked, today, MOST_OF_KIND, path=top.path)[:MOST]
    return MapSearch(_spots(session, found), may_ask=is_set() and bool(asked), asked="")


def may_ask(session: Session, actor: Actor, code: str, words: str) -> None:
    """Whether words may go to somebody else's server, before they do.

    Refuses `grids.unknown`, `access.outside_grid`, `maps.no_geocoder`, `maps.personal_words`.
    """
    grid_by_code(session, actor, code, Action.SEE_GRID)
    if not is_set() or not asked_words(words):
        raise Refused("maps.no_geocoder")
    if _PERSONAL.search(words):
        raise Refused("maps.personal_words")


def ask_geocoder(words: str) -> list[tuple[str, float, float]] | None:
    """What the geocoder answers; None where it could not be asked. Holds no transaction."""
    try:
        return geocode(" ".join(asked_words(words)))
    except LookupError:
        return None


def placed(
    session: Session,
    actor: Actor,
    code: str,
    found: list[tuple[str, float, float]] | None,
) -> MapSearch:
    """The geocoder's places with the grid each lies in, as far as it is below `code`."""
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    spots = []
    for name, lat, lon in found or []:
        here = grids_at(session, lat, lon)
        grid = session.exec(
            select(Grid)
            .options(WITHOUT_OUTLINE)
            .where(
                col(Grid.code).in_([one.code for one in here[:1]]),
                col(Grid.path).startswith(top.path, autoescape=True),
            )
        ).first()
        spots.append(
            FoundSpot(
                kind="address",
                name=name,
                address="",
                code=grid.code if grid else "",
                grid=grid.name if grid else "",
                lat=round(lat, 6),
                lon=round(lon, 6),
            )
        )
    return MapSearch(tuple(spots), may_ask=False, asked="failed" if found is None else "answered")


def _spots(session: Session, found: list[Hit]) -> tuple[FoundSpot, ...]:
    ids = {hit.grid_id for hit in found}
    rows = session.exec(select(Grid.id, Grid.code, Grid.name).where(col(Grid.id).in_(ids)))
    grids = {grid_id: (code, name) for grid_id, code, name in rows}
    return tuple(
        FoundSpot(
            kind=hit.kind,
            name=hit.name,
            address=hit.address,
            code=grids[hit.grid_id][0],
            grid="" if hit.kind == "grid" else grids[hit.grid_id][1],
            lat=hit.lat,
            lon=hit.lon,
            formerly=hit.formerly,
        )
        for hit in found
    )
