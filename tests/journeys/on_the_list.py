"""Shifts of a member and of the head of the same small grid, put on the list past the desk."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from firegrid_app.access.tables import Person, Post
from firegrid_app.database import make_engine
from firegrid_app.rota.tables import Shift
from tests.journeys.conftest import RunningApp


def head_of(session: Session, phone: str) -> Person:
    """Who heads this member's grid."""
    grid_id = session.exec(select(Post.grid_id).join(Person).where(Person.phone == phone)).one()
    return session.exec(
        select(Person).join(Post).where(Post.grid_id == grid_id, Post.role == "grid_head")
    ).one()


def head_phone(app: RunningApp, phone: str) -> str:
    """The phone of who heads this member's grid."""
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        found = head_of(session, phone).phone
    engine.dispose()
    return found


def put_on_duty(app: RunningApp, phone: str, *days: int) -> dict[str, list[int]]:
    """A shift of the member's and one of the head's on each of these days; ids by phone."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        grid_id, member_id = session.exec(
            select(Post.grid_id, Person.id).join(Person).where(Person.phone == phone)
        ).one()
        head = head_of(session, phone)
        found: dict[str, list[int]] = {phone: [], head.phone: []}
        for day in days:
            for who, person_id, hour in ((phone, member_id, 0), (head.phone, head.id, 4)):
                begins = now + timedelta(days=day, hours=hour)
                shift = Shift(
                    grid_id=grid_id,
                    person_id=person_id,
                    starts_at=begins,
                    ends_at=begins + timedelta(hours=3),
                    made_at=now,
                )
                session.add(shift)
                session.flush()
                found[who].append(shift.id or 0)
        session.commit()
    engine.dispose()
    return found
