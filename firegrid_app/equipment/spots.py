"""Where equipment stands: its own place, else that of its premises or check point."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from firegrid_app.equipment.guards import Post
from firegrid_app.equipment.rules import Kind, Standing, standing
from firegrid_app.equipment.tables import Equipment
from firegrid_app.grids.service import paths_over
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint

DUE = frozenset({Standing.OVERDUE, Standing.NEVER})


@dataclass(frozen=True)
class Spot:
    """A piece that is there, where that is known (WGS-84), and how its test stands."""

    id: int
    kind: str
    name: str
    grid_id: int
    lat: float | None
    lon: float | None
    due: bool


def spots_of(session: Session, grid_ids: GridIds, today: date) -> list[Spot]:
    """Every piece of these grids that was not taken away. The caller has checked the grids."""
    rows = session.execute(
        select(  # type: ignore[call-overload]
            Equipment.id,
            Equipment.kind,
            Equipment.name,
            Equipment.grid_id,
            func.coalesce(Equipment.lat, Place.lat, CheckPoint.lat),
            func.coalesce(Equipment.lon, Place.lon, CheckPoint.lon),
            Equipment.next_on,
        )
        .outerjoin(Place, col(Place.id) == Equipment.place_id)
        .outerjoin(CheckPoint, col(CheckPoint.id) == Equipment.check_point_id)
        .where(col(Equipment.grid_id).in_(grid_ids), col(Equipment.ends_on).is_(None))
        .order_by(Equipment.id)
    )
    return [
        Spot(
            piece_id,
            kind,
            name,
            grid_id,
            lat if lon is not None else None,
            lon if lat is not None else None,
            standing(next_on, False, today) in DUE,
        )
        for piece_id, kind, name, grid_id, lat, lon, next_on in rows
    ]


def posts_around(session: Session, top: Grid, today: date) -> list[Post]:
    """The guard posts whose place is known, of the whole street a grid is in: help does not stop at
    its edge. The caller has checked the grid."""
    street = paths_over(top.path)[:2][-1]
    ids = select(Grid.id).where(
        col(Grid.path).startswith(street, autoescape=True), col(Grid.valid_to).is_(None)
    )
    return [
        Post(one.id, one.name, one.lat, one.lon)
        for one in spots_of(session, ids, today)
        if one.kind == Kind.GUARD_POST and one.lat is not None and one.lon is not None
    ]
