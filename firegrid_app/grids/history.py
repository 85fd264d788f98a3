"""How grids were drawn on earlier days; the outline in force stands with the grid itself."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from firegrid_app.grids.shapes import Drawing
from firegrid_app.grids.tables import Grid, GridIds, PastName, PastOutline


def drawing_of(grid: Grid) -> Drawing:
    """How a grid is drawn now."""
    return Drawing(grid.outline, grid.label_lat, grid.label_lon)


def drawings_on(session: Session, grid_ids: GridIds, day: date) -> dict[int, Drawing]:
    """How these grids were drawn on a day; those that are still drawn so are missing."""
    rows = session.exec(
        select(PastOutline)
        .where(col(PastOutline.grid_id).in_(grid_ids), PastOutline.ended_on >= day)
        .order_by(col(PastOutline.ended_on).desc())
    )
    # The latest first, so that the earliest that still held on the day is the one that stays.
    return {row.grid_id: Drawing(row.outline, row.label_lat, row.label_lon) for row in rows}


def draw_anew(session: Session, grid: Grid, drawn: Drawing, from_on: date) -> None:
    """Draw a grid otherwise from a day on; the outline before stays with its days.

    Drawn twice on one day only the last stays: nothing of a day lies under what it began with.
    """
    assert grid.id is not None
    yesterday = from_on - timedelta(days=1)
    known = session.exec(
        select(PastOutline.id).where(
            PastOutline.grid_id == grid.id, PastOutline.ended_on == yesterday
        )
    ).first()
    if known is None and grid.valid_from <= yesterday:
        session.add(
            PastOutline(
                grid_id=grid.id,
                ended_on=yesterday,
                outline=grid.outline,
                label_lat=grid.label_lat,
                label_lon=grid.label_lon,
            )
        )
    grid.outline, grid.label_lat, grid.label_lon = drawn.outline, drawn.label_lat, drawn.label_lon


def was_called(
    session: Session,
    name: str,
    ended_on: date,
    *,
    grid_id: int | None = None,
    place_id: int | None = None,
) -> None:
    """Keep the name a grid or premises loses: it is still found by it."""
    session.add(PastName(grid_id=grid_id, place_id=place_id, name=name, ended_on=ended_on))
