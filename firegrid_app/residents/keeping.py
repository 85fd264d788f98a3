"""What is not needed any more: names and numbers of those who reported, photos nobody took on.

Purpose and shortest time (PIPL 5 to 7, 19): a contact is kept while somebody may have to ask, and
while the report can still be opened again.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from firegrid_app.clock import local_day
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.tables import OF_A_REPORT, Photo
from firegrid_app.residents.rules import Standing
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.rewards.rules import Stage
from firegrid_app.rewards.tables import Reward
from firegrid_app.settings import settings

CONTACT_FOR = timedelta(days=90)
"""So long after it ended (turned down, or its hazard closed) a contact stays (ours)."""
PHOTOS_FOR = timedelta(days=90)
"""So long the photos of a report that was turned down stay: its maker may object."""
TOGETHER = 200


def contacts_over(now: datetime) -> sa.ColumnElement[bool]:
    """Reports whose maker nobody has to ask any more."""
    turned_down = (col(ResidentReport.standing) == Standing.TURNED_DOWN) & (
        col(ResidentReport.decided_at) < now - CONTACT_FOR
    )
    taken_on = aliased(Hazard)
    closed = (
        sa.select(1)
        .select_from(taken_on)
        # What was made one with another ends with the other.
        .join(Hazard, col(Hazard.id) == sa.func.coalesce(taken_on.parent_id, taken_on.id))
        .where(
            col(taken_on.id) == col(ResidentReport.hazard_id),
            col(Hazard.status) == Status.CLOSED,
            col(Hazard.closed_at) < now - CONTACT_FOR,
        )
        .exists()
    )
    # Who left a name can be asked for it when the reward is collected.
    to_collect = (
        sa.select(1)
        .select_from(Reward)
        .where(
            col(Reward.report_id) == col(ResidentReport.id),
            col(Reward.stage) == Stage.GRANTED,
            col(Reward.claim_until) >= local_day(now, settings().zone),
        )
        .exists()
    )
    has_contact = or_(ResidentReport.name != "", ResidentReport.phone != "")
    return has_contact & (turned_down | closed) & ~to_collect


def some_are_over(session: Session, now: datetime) -> bool:
    """Is there anything to forget? Cheap, and changes nothing."""
    contact = select(ResidentReport.id).where(contacts_over(now)).limit(1)
    return (
        session.exec(contact).first() is not None
        or session.exec(_photos_over(now).limit(1)).first() is not None
    )


def _photos_over(now: datetime) -> SelectOfScalar[Photo]:
    return (
        select(Photo)
        .join(ResidentReport, col(ResidentReport.id) == col(Photo.record_id))
        .where(
            Photo.record_kind == OF_A_REPORT,
            ResidentReport.standing == Standing.TURNED_DOWN,
            col(ResidentReport.decided_at) < now - PHOTOS_FOR,
        )
    )


def forget(session: Session, now: datetime) -> int:
    """Empty what is over of up to `TOGETHER` reports, and drop up to as many photos; how many."""
    reports = session.exec(select(ResidentReport).where(contacts_over(now)).limit(TOGETHER)).all()
    for report in reports:
        report.name, report.phone = "", ""
    photos = session.exec(_photos_over(now).limit(TOGETHER)).all()
    for photo in photos:
        session.delete(photo)
    session.flush()
    return max(len(reports), len(photos))
