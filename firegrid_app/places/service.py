"""Use cases of premises: the list of a grid."""

from sqlmodel import Session, col, select

from firegrid_app.grids.tables import Grid
from firegrid_app.places.cards import PlaceCard
from firegrid_app.places.tables import Place


def places_of(session: Session, grids: list[Grid]) -> list[PlaceCard]:
    """Premises of these grids, by grid and code. The caller has checked the grids."""
    codes = {grid.id: grid.code for grid in grids}
    rows = session.exec(
        select(Place)
        .where(col(Place.grid_id).in_(codes))
        .order_by(col(Place.grid_id), col(Place.code))
    )
    return [
        PlaceCard(
            id=row.id or 0,
            grid=codes[row.grid_id],
            name=row.name,
            category=row.category,
            lat=row.lat,
            lon=row.lon,
        )
        for row in rows
    ]
