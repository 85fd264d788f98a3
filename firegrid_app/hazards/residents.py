"""What residents without an account bring to a hazard: their report of it, and their own look.

They hold no right. Their reports come through the desk (`residents/`), their look through the
secret link of a report; who asks was checked there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.hazards.handing_on import look_anew
from firegrid_app.hazards.rules.steps import MOVES, Status, Step, next_status
from firegrid_app.hazards.service import hazard_for
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import Refused

RESIDENT = "resident"
"""`Hazard.source` of what a resident reported."""
MAY_REOPEN = timedelta(days=14)
"""So long after it was closed the reporter may say that it is still there."""


def join(
    session: Session,
    actor: Actor,
    hazard_id: UUID,
    *,
    words: str,
    photos: Sequence[Photo],
    now: datetime,
) -> Hazard:
    """Add another report of the same thing to a hazard: its words to the trail, its photos too.

    Refuses `hazards.unknown`, `hazards.already_closed`, `access.outside_grid`.
    """
    hazard = hazard_for(session, actor, hazard_id, Step.COMMENTED)
    take(session, hazard, Step.COMMENTED, actor.person_id, now, words[:1000])
    give_photos(photos, hazard)
    return hazard


def give_photos(photos: Sequence[Photo], hazard: Hazard) -> None:
    """Photos of a report become the hazard's; whoever sees its grid sees them from now on."""
    for photo in photos:
        photo.record_kind, photo.record_id, photo.grid_id = "hazard", hazard.id, hazard.grid_id


def may_be_reopened(hazard: Hazard, now: datetime) -> bool:
    """Is it closed, and for so short a time that its reporter may say it is still there?"""
    return (
        hazard.status == Status.CLOSED
        and hazard.closed_at is not None
        and now <= hazard.closed_at + MAY_REOPEN
    )


def found_gone(session: Session, hazard: Hazard, now: datetime) -> None:
    """The reporter looked, and it is gone. Said once a closing; again changes nothing.

    Refuses `hazards.already_closed` where it is not closed.
    """
    _hold(session, hazard)
    if not is_found_gone(session, hazard):
        take(session, hazard, Step.FOUND_GONE, None, now)
        session.flush()


def found_there(session: Session, hazard: Hazard, note: str, now: datetime) -> None:
    """The reporter looked, and it is there: it is open again, with the old deadline.

    Whoever had it, put it right and closed it hears of it. Refuses `hazards.say_why`,
    `hazards.already_closed` and `residents.too_late`.
    """
    _hold(session, hazard)
    note = note.strip()[:1000]
    if MOVES[Step.FOUND_THERE].words and not note:
        raise Refused("hazards.say_why")
    if next_status(Status(hazard.status), Step.FOUND_THERE) is None:
        raise Refused("hazards.already_closed")
    if not may_be_reopened(hazard, now):
        raise Refused("residents.too_late", days=MAY_REOPEN.days)
    closed_by = session.exec(
        select(HazardEvent.person_id)
        .where(HazardEvent.hazard_id == hazard.id, HazardEvent.step == Step.CLOSED)
        .order_by(col(HazardEvent.number).desc())
    ).first()
    people = [hazard.owner_id, hazard.corrected_by_id, closed_by, hazard.person_id]
    event = take(session, hazard, Step.FOUND_THERE, None, now, note)
    look_anew(session, hazard, now)
    tell(session, hazard, event, people, Why.FOUND_THERE, now)
    session.flush()


def is_found_gone(session: Session, hazard: Hazard) -> bool:
    """Did the reporter say, since it was last closed, that it is gone?"""
    return _last_of(session, hazard, Step.FOUND_GONE, Step.CLOSED) == Step.FOUND_GONE


def is_found_there(session: Session, hazard: Hazard) -> bool:
    """Is it to be put right again because the reporter said it is still there?"""
    ends = (Step.FOUND_THERE, Step.CORRECTED, Step.CLOSED)
    return _last_of(session, hazard, *ends) == Step.FOUND_THERE


def _last_of(session: Session, hazard: Hazard, *steps: Step) -> str | None:
    """Which of these steps was the latest; None for none of them."""
    return session.exec(
        select(HazardEvent.step)
        .where(HazardEvent.hazard_id == hazard.id, col(HazardEvent.step).in_(steps))
        .order_by(col(HazardEvent.number).desc())
    ).first()


def _hold(session: Session, hazard: Hazard) -> None:
    """As the last one left it: two who press at once come one after the other."""
    session.flush()
    session.refresh(hazard, with_for_update=True)
