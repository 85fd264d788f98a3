"""Who has to know of a step: a notice for each, written with the step itself."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, select, update

from firegrid_app.access.rules import Actor
from firegrid_app.hazards.tables import Hazard, HazardEvent, HazardNotice


class Why(StrEnum):
    """Why somebody is told; the text is `hazards.told.<why>`."""

    YOURS = "yours"
    REMINDER = "reminder"
    PASSED_ON = "passed_on"
    """It was theirs and went up: they stay with it (YC-51)."""
    PASSED_OVER = "passed_over"
    """It went past them (越级, YC-58)."""
    URGED = "urged"
    ANSWERED = "answered"
    RECHECK = "recheck"
    MERGED = "merged"
    """It is the same as another, which is seen to instead."""
    RESULT = "result"
    """The finder and the owner hear what became of it."""
    WHISTLED = "whistled"
    CHECKED_IN = "checked_in"
    GRADED = "graded"
    LISTED = "listed"
    FOUND_THERE = "found_there"
    """The resident who reported it says it is still there."""
    NOT_HEEDED = "not_heeded"
    """Somebody was talked to on the spot and would not listen (YC-47)."""
    PRESSING = "pressing"
    """Urgent, or suspected major: community and street know at once (YC-54)."""


def tell(
    session: Session,
    hazard: Hazard,
    event: HazardEvent,
    people: Iterable[int | None],
    why: Why,
    now: datetime,
    *,
    besides: Iterable[int | None] = (),
) -> None:
    """Tell each of these people once, never the one whose step it is."""
    left_out = {None, event.person_id, *besides}
    for person_id in dict.fromkeys(people):
        if person_id is not None and person_id not in left_out:
            session.add(
                HazardNotice(
                    hazard_id=hazard.id,
                    number=event.number,
                    person_id=person_id,
                    why=why,
                    made_at=now,
                )
            )


def see(session: Session, actor: Actor, hazard_id: UUID, now: datetime) -> None:
    """The reader has seen what they were told of this hazard."""
    session.exec(
        update(HazardNotice)
        .where(
            col(HazardNotice.person_id) == actor.person_id,
            col(HazardNotice.hazard_id) == hazard_id,
            col(HazardNotice.seen_at).is_(None),
        )
        .values(seen_at=now)
    )


def unseen(session: Session, actor: Actor) -> dict[UUID, str]:
    """Hazards the reader was told of and has not looked at since, with the latest why."""
    rows = session.exec(
        select(HazardNotice.hazard_id, HazardNotice.why)
        .where(HazardNotice.person_id == actor.person_id, col(HazardNotice.seen_at).is_(None))
        .order_by(col(HazardNotice.id))
    )
    return dict(rows.all())
