"""Use cases of premises: the list of a grid."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from firegrid_app.database import MANY
from firegrid_app.grids.tables import Grid
from firegrid_app.places.calls import stands_of
from firegrid_app.places.cards import PlaceCard
from firegrid_app.places.letters import letters_until
from firegrid_app.places.rules import kind_of
from firegrid_app.places.tables import Place


def places_of(session: Session, grids: list[Grid], today: date) -> Iterator[PlaceCard]:
    """Premises of these grids, grid by grid and by code. The caller has checked the grids."""
    codes = {grid.id or 0: grid.code for grid in grids}
    stands = stands_of(session, codes, today)
    letters = letters_until(session, codes)
    rows = session.execute(
        select(  # type: ignore[call-overload]
            Place.id,
            Place.outcome,
            Place.grid_id,
            Place.name,
            Place.category,
            Place.lat,
            Place.lon,
        )
        .where(col(Place.grid_id).in_(codes))
        .order_by(col(Place.grid_id), col(Place.code))
        .execution_options(yield_per=MANY)
    )
    for place, outcome, grid_id, name, category, lat, lon in rows:
        how = stands[place]
        yield PlaceCard(
            place,
            codes[grid_id],
            name,
            category,
            lat,
            lon,
            how.colour,
            how.due,
            outcome,
            kind_of(category),
            letters[place].isoformat() if place in letters else "",
        )
