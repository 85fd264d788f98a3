"""Use cases of premises: the list of a grid."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from firegrid_app.database import MANY
from firegrid_app.grids.tables import Grid
from firegrid_app.places.cards import PlaceCard
from firegrid_app.places.tables import Place


def places_of(session: Session, grids: list[Grid]) -> Iterator[PlaceCard]:
    """Premises of these grids, grid by grid and by code. The caller has checked the grids."""
    codes = {grid.id: grid.code for grid in grids}
    rows = session.execute(
        select(Place.id, Place.grid_id, Place.name, Place.category, Place.lat, Place.lon)  # type: ignore[call-overload]
        .where(col(Place.grid_id).in_(codes))
        .order_by(col(Place.grid_id), col(Place.code))
        .execution_options(yield_per=MANY)
    )
    for place, grid_id, *described in rows:
        yield PlaceCard(place, codes[grid_id], *described)
