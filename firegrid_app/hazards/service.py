"""Use cases of hazards: report, correct, close, reopen; `lists.py` has what is shown of them."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor, Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.hazards.moves import STEPS_AFTER_REPORT, action_of
from firegrid_app.hazards.rules import (
    CATEGORY,
    Severity,
    Status,
    Step,
    chain_hash,
    due_on,
    next_status,
)
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.patrols.service import note_record
from firegrid_app.places.tables import Place
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def report(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    grid_code: str,
    patrol_id: UUID | None,
    category: str,
    severity: str,
    words: str,
    where_words: str,
    place_id: int | None,
    urgent: bool,
    fixed_on_spot: bool,
    now: datetime,
) -> Hazard:
    """Report a hazard; fixed on the spot it is closed in the same step (LY-47, YB-12).

    Refuses `hazards.unknown_category`, `hazards.unknown_severity`, `hazards.grading_reserved`
    (only an officer grades major), `hazards.no_words_for_other`, `places.unknown`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.REPORT_HAZARD)
    if category not in CATEGORY:
        raise Refused("hazards.unknown_category")
    if severity not in Severity.__members__.values():
        raise Refused("hazards.unknown_severity")
    if severity == Severity.MAJOR and not actor.may(Action.GRADE_MAJOR, grid.path):
        raise Refused("hazards.grading_reserved")
    if category == "other" and not words.strip():
        raise Refused("hazards.no_words_for_other")
    if place_id is not None:
        place = session.get(Place, place_id)
        if place is None or place.grid_id != grid.id:
            raise Refused("places.unknown")
    assert grid.id is not None
    hazard = Hazard(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=grid.id,
        person_id=actor.person_id,
        patrol_id=patrol_id,
        category=category,
        severity=severity,
        words=words.strip(),
        where_words=where_words.strip(),
        place_id=place_id,
        urgent=urgent,
        status=Status.OPEN,
        owner_id=_first_owner(session, grid.id, actor, now),
        due_on=due_on(Severity(severity), local_day(stamp.happened_at, settings().zone)),
    )
    session.add(hazard)
    first = _event(hazard, None, Step.REPORTED, actor, stamp.happened_at, "")
    session.add(first)
    if fixed_on_spot:
        hazard.status = Status.CLOSED
        hazard.closed_at = stamp.happened_at
        session.add(_event(hazard, first, Step.FIXED_ON_SPOT, actor, stamp.happened_at, ""))
    note_record(session, actor, patrol_id, stamp.happened_at)
    return hazard


def _first_owner(session: Session, grid_id: int, actor: Actor, now: datetime) -> int:
    """The grid's head answers for what is found in the grid (YC-49); without one, the finder."""
    today = local_day(now, settings().zone)
    head = session.exec(
        select(Post.person_id)
        .join(Person, col(Person.id) == Post.person_id)
        .where(
            col(Person.switched_off_at).is_(None),
            Post.grid_id == grid_id,
            Post.role == Role.GRID_HEAD,
            Post.starts_on <= today,
            (col(Post.ends_on).is_(None)) | (col(Post.ends_on) >= today),
        )
        .order_by(col(Post.id))
        .limit(1)
    ).first()
    return head if head is not None else actor.person_id


def _event(
    hazard: Hazard, previous: HazardEvent | None, step: Step, actor: Actor, at: datetime, note: str
) -> HazardEvent:
    number = 1 if previous is None else previous.number + 1
    return HazardEvent(
        hazard_id=hazard.id,
        number=number,
        step=step,
        person_id=actor.person_id,
        at=at,
        note=note,
        hash=chain_hash(
            previous.hash if previous else "",
            hazard_id=str(hazard.id),
            number=number,
            step=step,
            person_id=actor.person_id,
            at=at,
            note=note,
        ),
    )


def hazard_by_id(session: Session, actor: Actor, hazard_id: UUID, action: Action) -> Hazard:
    """The one door to a hazard. Refuses `hazards.unknown` and `access.outside_grid`."""
    hazard = session.get(Hazard, hazard_id)
    if hazard is None:
        raise Refused("hazards.unknown")
    grid_by_id(session, actor, hazard.grid_id, action)
    return hazard


def trail(session: Session, hazard_id: UUID) -> list[HazardEvent]:
    """The steps of a hazard in order."""
    return list(
        session.exec(
            select(HazardEvent)
            .where(HazardEvent.hazard_id == hazard_id)
            .order_by(col(HazardEvent.number))
        )
    )


def is_unbroken(events: list[HazardEvent]) -> bool:
    """Does every hash of this trail still match its step and the hash before it?"""
    previous = ""
    for number, event in enumerate(events, start=1):
        expected = chain_hash(
            previous,
            hazard_id=str(event.hazard_id),
            number=number,
            step=event.step,
            person_id=event.person_id,
            at=event.at,
            note=event.note,
        )
        if event.number != number or event.hash != expected:
            return False
        previous = event.hash
    return bool(events)


def move(
    session: Session, actor: Actor, hazard_id: UUID, step: Step, note: str, now: datetime
) -> Hazard:
    """Take a hazard one step on. Whoever said it is put right cannot close it too (YC-48).

    Refuses `hazards.already_closed` (no such move from here; "fixed on the spot" belongs to the
    report, where finder and fixer are one), `hazards.second_person`, and what
    `hazard_by_id` refuses.
    """
    hazard = hazard_by_id(session, actor, hazard_id, action_of(step))
    # Of two people who press at once, the second finds the hazard where the first left it.
    session.refresh(hazard, with_for_update=True)
    status = next_status(Status(hazard.status), step)
    if status is None or step not in STEPS_AFTER_REPORT:
        raise Refused("hazards.already_closed")
    events = trail(session, hazard_id)
    if step == Step.CLOSED and events[-1].person_id == actor.person_id:
        raise Refused("hazards.second_person")
    session.add(_event(hazard, events[-1], step, actor, now, note.strip()[:1000]))
    hazard.status = status
    hazard.closed_at = now if status == Status.CLOSED else None
    session.flush()
    return hazard
