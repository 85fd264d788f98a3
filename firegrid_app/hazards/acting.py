"""What each step brings with it: who has it then, who is told, when the house looks again.

The door (`service.hazard_for`) has been passed: the row is held and the person may take the step.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.hazards.deadlines import terms_of
from firegrid_app.hazards.handing_on import skip, step_up_by_person
from firegrid_app.hazards.ladder import holders_over
from firegrid_app.hazards.moves import grid_of
from firegrid_app.hazards.rules.ladder import Rung, next_up
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def follow(
    session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, now: datetime
) -> HazardEvent:
    """Take the step with all that follows from it.

    Refuses `hazards.second_person`, `hazards.yours`, `hazards.urged_today`,
    `hazards.nothing_to_answer`, `hazards.nobody_above`, `hazards.already_closed`.
    """
    return _FOLLOWS.get(step, _plain)(session, actor, hazard, step, note, now)


def _plain(
    session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, now: datetime
) -> HazardEvent:
    return take(session, hazard, step, actor.person_id, now, note)


def _urged(
    session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, now: datetime
) -> HazardEvent:
    """Once a day and person (催办, YC-56): pressing a button again makes nobody faster."""
    if hazard.owner_id == actor.person_id:
        raise Refused("hazards.yours")
    start, end = day_bounds(local_day(now, settings().zone), settings().zone)
    today = session.exec(
        select(HazardEvent.id).where(
            HazardEvent.hazard_id == hazard.id,
            HazardEvent.step == Step.URGED,
            HazardEvent.person_id == actor.person_id,
            col(HazardEvent.at) >= start,
            col(HazardEvent.at) < end,
        )
    )
    if today.first() is not None:
        raise Refused("hazards.urged_today")
    event = take(session, hazard, step, actor.person_id, now, note)
    people: list[int | None] = [hazard.owner_id]
    if hazard.owner_id is None:
        path = grid_of(session, hazard).path
        higher = next_up(
            holders_over(session, path, local_day(now, settings().zone)), Rung(hazard.rung), None
        )
        people = [higher[1]] if higher else []
    tell(session, hazard, event, people, Why.URGED, now)
    return event


def _answered(
    session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, now: datetime
) -> HazardEvent:
    if not hazard.urges_open:
        raise Refused("hazards.nothing_to_answer")
    urging = session.exec(
        select(HazardEvent.person_id)
        .where(HazardEvent.hazard_id == hazard.id, HazardEvent.step == Step.URGED)
        .order_by(col(HazardEvent.number).desc())
        .limit(hazard.urges_open)
    ).all()
    event = take(session, hazard, step, actor.person_id, now, note)
    tell(session, hazard, event, urging, Why.ANSWERED, now)
    return event


def _corrected(
    session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, now: datetime
) -> HazardEvent:
    """Who has to look again: whoever has it, or the level above where that is who put it right."""
    event = take(session, hazard, step, actor.person_id, now, note)
    second: int | None = hazard.owner_id
    if second in (None, actor.person_id):
        path = grid_of(session, hazard).path
        holders = holders_over(session, path, local_day(now, settings().zone))
        higher = next_up(
            holders, max(Rung(hazard.rung), Rung.GRID_HEAD, key=list(Rung).index), actor.person_id
        )
        second = higher[1] if higher else None
    tell(session, hazard, event, [second], Why.RECHECK, now)
    return event


def _closed(
    session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, now: datetime
) -> HazardEvent:
    if hazard.corrected_by_id == actor.person_id:
        raise Refused("hazards.second_person")
    if hazard.listing:
        raise Refused("hazards.still_listed")
    if terms_of(session, hazard).after_photo and not _has_after_photo(session, hazard):
        raise Refused("hazards.after_photo_missing")
    corrected_by = hazard.corrected_by_id
    event = take(session, hazard, step, actor.person_id, now, note)
    hazard.look_on = None
    told = [hazard.person_id, hazard.owner_id, corrected_by, *_finders_of_doubles(session, hazard)]
    tell(session, hazard, event, told, Why.RESULT, now)
    return event


def _finders_of_doubles(session: Session, hazard: Hazard) -> Sequence[int]:
    """Whoever reported the same once more hears what became of it, too."""
    return session.exec(select(Hazard.person_id).where(Hazard.parent_id == hazard.id)).all()


def _has_after_photo(session: Session, hazard: Hazard) -> bool:
    """Is there a photo of how it looks put right (YB-53)? One still on its way shows nobody."""
    query = select(Photo.id).where(
        Photo.record_id == hazard.id,
        Photo.purpose == "after",
        col(Photo.stored_at).is_not(None),
    )
    return session.exec(query.limit(1)).first() is not None


def _reopened(
    session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, now: datetime
) -> HazardEvent:
    """Opened again, the deadline is the old one: putting it off is not putting it right."""
    corrected_by = hazard.corrected_by_id
    event = take(session, hazard, step, actor.person_id, now, note)
    tell(session, hazard, event, [hazard.owner_id, corrected_by, hazard.person_id], Why.RESULT, now)
    return event


Follow = Callable[[Session, Actor, Hazard, Step, str, datetime], HazardEvent]

_FOLLOWS: dict[Step, Follow] = {
    Step.STEPPED_UP: step_up_by_person,
    Step.SKIPPED: skip,
    Step.URGED: _urged,
    Step.ANSWERED: _answered,
    Step.CORRECTED: _corrected,
    Step.CLOSED: _closed,
    Step.REOPENED: _reopened,
}
