"""Use cases of check points: the list a phone gets."""

from datetime import date

from sqlmodel import Session, col, select

from firegrid_app.checklists.rules import checklist_for
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place
from firegrid_app.points.cards import CheckPointCard
from firegrid_app.points.rules import is_open, tag_digest
from firegrid_app.points.tables import CheckPoint


def check_points_of(session: Session, grids: list[Grid], today: date) -> list[CheckPointCard]:
    """Check points of these grids, by grid and code, closed ones too: their code still hangs there.

    The caller has checked the grids.
    """
    codes = {grid.id: grid.code for grid in grids}
    rows = session.exec(
        select(CheckPoint, Place.category)
        .outerjoin(Place, col(Place.id) == col(CheckPoint.place_id))
        .where(col(CheckPoint.grid_id).in_(codes))
        .order_by(col(CheckPoint.grid_id), col(CheckPoint.code))
    )
    return [
        CheckPointCard(
            id=row.id or 0,
            grid=codes[row.grid_id],
            name=row.name,
            kind=row.kind,
            building=row.building,
            unit=row.unit,
            floor=row.floor,
            place=row.place_id,
            checklist=checklist_for(row.kind, category or ""),
            digest=tag_digest(row.tag),
            closed_on=""
            if row.ends_on is None or is_open(row.ends_on, today)
            else row.ends_on.isoformat(),
            lat=row.lat,
            lon=row.lon,
        )
        for row, category in rows
    ]
