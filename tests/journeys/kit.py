"""Fire equipment in one member's grid, put there past the desk: journeys are about the phone."""

from datetime import date

from sqlmodel import Session, select

from firegrid_app.access.tables import Person, Post
from firegrid_app.database import make_engine
from firegrid_app.equipment.tables import Equipment
from firegrid_app.grids.tables import Grid
from firegrid_app.points.tables import CheckPoint
from tests.journeys.conftest import RunningApp


def put_equipment(app: RunningApp, phone: str, *names: str) -> str:
    """Extinguishers at the first check point of this member's grid, long due for a test; its name.

    Their codes are the member's phone and a number.
    """
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        grid = session.exec(
            select(Grid)
            .join(Post, Post.grid_id == Grid.id)
            .join(Person, Person.id == Post.person_id)
            .where(Person.phone == phone)
        ).one()
        point = session.exec(
            select(CheckPoint).where(CheckPoint.grid_id == grid.id).order_by(CheckPoint.id)
        ).first()
        assert point is not None
        for number, name in enumerate(names):
            session.add(
                Equipment(
                    code=f"H.{phone}.{number}",
                    kind="extinguisher",
                    name=name,
                    grid_id=grid.id,
                    check_point_id=point.id,
                    tested_on=date(2025, 1, 5),
                    every_months=12,
                    next_on=date(2026, 1, 5),
                )
            )
        found = point.name
        session.commit()
    engine.dispose()
    return found
