"""A warning for one member's grid, issued past the desk: journeys are about the phone."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from firegrid_app.access.tables import Person, Post
from firegrid_app.alerts.issuing import bring_out
from firegrid_app.alerts.rules import Draft
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid
from tests.journeys.conftest import RunningApp


def warn_grid_of(app: RunningApp, phone: str, title: str) -> int:
    """An orange warning of gales for this member's grid alone; its id."""
    now = datetime.now(UTC).replace(microsecond=0)
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        grid = session.exec(
            select(Grid)
            .join(Post, Post.grid_id == Grid.id)
            .join(Person, Person.id == Post.person_id)
            .where(Person.phone == phone)
        ).one()
        draft = Draft(
            kind="weather",
            weather="gale",
            colour="orange",
            title=title,
            words="收好阳台和楼顶的易燃杂物，不在室外用明火。",
            issuer="区气象台",
            number="",
            starts_at=now,
            ends_at=now + timedelta(hours=12),
            deadline_at=now + timedelta(hours=2),
            to_residents=True,
        )
        alert_id = bring_out(session, grid, [grid], draft, now).id
        session.commit()
    engine.dispose()
    assert alert_id is not None
    return alert_id
