"""A whole walk as a phone hands it in, and what of it has arrived."""

from datetime import timedelta

from sqlmodel import func, select

from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.photos.tables import Photo
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.tables import ReceivedItem
from firegrid_app.visits.tables import Visit
from tests.cast import A
from tests.factories import NOW, announced, hazard_body, item, shout_body
from tests.photos.pictures import clean_jpeg

LATER = (NOW + timedelta(minutes=20)).isoformat()


def count(session, table):
    session.rollback()
    return session.exec(select(func.count()).select_from(table)).one()


def nothing_written(session):
    tables = (Patrol, Arrival, Hazard, HazardEvent, Photo, Shout, Visit, ReceivedItem)
    return [table.__name__ for table in tables if count(session, table)] == []


def one_of_each(cast, who="member_a"):
    """A whole walk: every kind once, the patrol's start first."""
    start = item(cast, who, "patrol.start", {"grid": A})
    patrol = {"patrol": start["id"]}
    return [
        start,
        item(cast, who, "patrol.arrive", patrol | {"check_point": cast.check_points["a1"]}),
        item(cast, who, "hazard.report", hazard_body(photos=[announced(clean_jpeg())], **patrol)),
        item(cast, who, "shout.log", shout_body(**patrol)),
        item(cast, who, "visit.log", patrol | {"door": cast.doors["a1"], "outcome": "met"}),
        item(cast, who, "patrol.end", patrol, captured_at=LATER),
    ]


def rows(session):
    found = (Patrol, Arrival, Hazard, Photo, Shout, Visit)
    return [count(session, table) for table in found]
