"""Use cases of hazards: report, correct, close, reopen; lists and counts."""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, case, col, func, select

from firegrid_app.access.rules import Action, Actor, Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.cards import HazardCard, HazardCounts
from firegrid_app.hazards.moves import action_of
from firegrid_app.hazards.rules import (
    CATEGORY,
    Severity,
    Status,
    Step,
    chain_hash,
    due_on,
    is_overdue,
    next_status,
)
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.patrols.service import note_record
from firegrid_app.photos.tables import Photo
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

    Refuses `hazards.already_closed` (no such move from here), `hazards.second_person`, and what
    `hazard_by_id` refuses.
    """
    hazard = hazard_by_id(session, actor, hazard_id, action_of(step))
    # Of two people who press at once, the second finds the hazard where the first left it.
    session.refresh(hazard, with_for_update=True)
    status = next_status(Status(hazard.status), step)
    if status is None:
        raise Refused("hazards.already_closed")
    events = trail(session, hazard_id)
    if step == Step.CLOSED and events[-1].person_id == actor.person_id:
        raise Refused("hazards.second_person")
    session.add(_event(hazard, events[-1], step, actor, now, note.strip()[:1000]))
    hazard.status = status
    hazard.closed_at = now if status == Status.CLOSED else None
    session.flush()
    return hazard


def counts_by_grid(session: Session, grid_ids: list[int], today: date) -> dict[int, HazardCounts]:
    """Hazards not closed per grid; grids without any are missing."""
    rows = session.exec(
        select(
            Hazard.grid_id,
            func.count(),
            func.sum(case((col(Hazard.due_on) < today, 1), else_=0)),
        )
        .where(col(Hazard.grid_id).in_(grid_ids), Hazard.status != Status.CLOSED)
        .group_by(col(Hazard.grid_id))
    )
    return {grid_id: HazardCounts(int(total), int(late or 0)) for grid_id, total, late in rows}


def open_hazards(
    session: Session, grids: list[Grid], today: date, *, limit: int = 500
) -> list[HazardCard]:
    """Hazards of these grids that are not closed, the most overdue first."""
    names = {grid.id: (grid.code, grid.name) for grid in grids}
    hazards = list(
        session.exec(
            select(Hazard)
            .where(col(Hazard.grid_id).in_(names), Hazard.status != Status.CLOSED)
            .order_by(col(Hazard.due_on), col(Hazard.happened_at))
            .limit(limit)
        )
    )
    return _cards(session, hazards, names, today)


def hazards_of_day(
    session: Session, grid: Grid, since: datetime, today: date, *, limit: int = 200
) -> list[HazardCard]:
    """Hazards of one grid found since a moment, closed ones too, the latest first."""
    hazards = list(
        session.exec(
            select(Hazard)
            .where(Hazard.grid_id == grid.id, Hazard.happened_at >= since)
            .order_by(col(Hazard.happened_at).desc())
            .limit(limit)
        )
    )
    return _cards(session, hazards, {grid.id: (grid.code, grid.name)}, today)


def _cards(
    session: Session,
    hazards: list[Hazard],
    names: dict[int | None, tuple[str, str]],
    today: date,
) -> list[HazardCard]:
    person_ids = {h.owner_id for h in hazards} | {h.person_id for h in hazards}
    people = dict(
        session.exec(select(Person.id, Person.name).where(col(Person.id).in_(person_ids))).all()
    )
    photos: dict[UUID, list[Photo]] = defaultdict(list)
    for photo in session.exec(
        select(Photo).where(col(Photo.record_id).in_([hazard.id for hazard in hazards]))
    ):
        photos[photo.record_id].append(photo)
    cards = []
    for hazard in hazards:
        code, name = names[hazard.grid_id]
        found = photos[hazard.id]
        cards.append(
            HazardCard(
                id=str(hazard.id),
                grid=code,
                grid_name=name,
                category=hazard.category,
                severity=hazard.severity,
                urgent=hazard.urgent,
                words=hazard.words,
                where_words=hazard.where_words,
                status=hazard.status,
                due_on=hazard.due_on.isoformat(),
                overdue=is_overdue(hazard.status, hazard.due_on, today),
                happened_at=hazard.happened_at.isoformat(),
                owner_name=people.get(hazard.owner_id, ""),
                reporter_name=people.get(hazard.person_id, ""),
                photos=tuple(str(photo.id) for photo in found if photo.stored_at),
                photos_awaited=sum(photo.stored_at is None for photo in found),
            )
        )
    return cards
