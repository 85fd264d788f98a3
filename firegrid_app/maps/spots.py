"""Premises on the map by how they stand (C.13); the same stands that the list of premises shows."""

from collections import Counter
from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, ids_below
from firegrid_app.maps.cards import MapPlaces
from firegrid_app.maps.rules import UNITS_PER_DEGREE, units
from firegrid_app.places.calls import stands_of
from firegrid_app.places.rules import Colour
from firegrid_app.places.tables import Place
from firegrid_app.settings import settings

_COLOURS = tuple(Colour)
_ON_TOP = (Colour.GREEN, Colour.GREY, Colour.YELLOW, Colour.RED)
"""Drawn in this order: never checked and worse lie above what is fine."""


def map_places(session: Session, actor: Actor, code: str, now: datetime) -> MapPlaces:
    """All premises below a grid that are still there, as they stand today.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    ids = ids_below(top)
    stands = {
        place: one.colour
        for place, one in stands_of(session, ids, local_day(now, settings().zone)).items()
        if not one.gone
    }
    rows = session.exec(
        select(Place.id, Place.lat, Place.lon).where(  # type: ignore[call-overload]
            col(Place.grid_id).in_(ids), col(Place.lat).is_not(None), col(Place.lon).is_not(None)
        )
    )
    drawn = sorted(
        (_ON_TOP.index(stands[place]), units(lon or 0), units(lat or 0))
        for place, lat, lon in rows
        if place in stands
    )
    tally = Counter(stands.values())
    return MapPlaces(
        units=UNITS_PER_DEGREE,
        colours=_COLOURS,
        colour=tuple(_COLOURS.index(_ON_TOP[order]) for order, _, _ in drawn),
        xy=tuple(number for _, x, y in drawn for number in (x, y)),
        tallies=tuple((one, tally[one]) for one in _COLOURS),
        unplaced=len(stands) - len(drawn),
    )
