"""The only writer of trails, and the only judge of whether one is whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.database import MANY
from firegrid_app.hazards.rules.steps import Status, Step
from firegrid_app.hazards.rules.trail import (
    Standing,
    Told,
    after,
    chain_hash,
    differences,
    fold,
    read,
    written,
)
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.hazards.writing import add_words
from firegrid_app.refusals import Refused


@dataclass(frozen=True)
class Broken:
    """A trail that is not whole, and why: `chain`, or the fields its row says otherwise."""

    hazard_id: UUID
    why: tuple[str, ...]


def take(
    session: Session,
    hazard: Hazard,
    step: Step,
    person_id: int | None,
    at: datetime,
    note: str = "",
    *,
    facts: Mapping[str, Any] | None = None,
    previous: HazardEvent | None = None,
) -> HazardEvent:
    """Write one step and let the row follow it. The caller holds the row and has asked who may.

    Refuses `hazards.already_closed`: there is no such move from here.
    """
    kept = written(facts or {})
    told = Told(step, person_id, at, read(kept))
    standing = after(standing_in(hazard), told)
    if standing is None:
        raise Refused("hazards.already_closed")
    if previous is None and hazard.steps:
        previous = session.get(HazardEvent, _last_id(session, hazard))
    event = HazardEvent(
        hazard_id=hazard.id,
        number=standing.steps,
        step=step,
        person_id=person_id,
        at=at,
        note=note,
        facts=kept,
        hash=chain_hash(
            previous.hash if previous else "",
            hazard_id=str(hazard.id),
            number=standing.steps,
            step=step,
            person_id=person_id,
            at=at,
            note=note,
            facts=kept,
        ),
    )
    session.add(event)
    for name, value in asdict(standing).items():
        setattr(hazard, name, value)
    add_words(session, hazard, note, str(told.facts.get("listing", "")))
    return event


def _last_id(session: Session, hazard: Hazard) -> int | None:
    query = select(HazardEvent.id).where(
        HazardEvent.hazard_id == hazard.id, HazardEvent.number == hazard.steps
    )
    return session.exec(query).one()


def standing_in(hazard: Hazard) -> Standing:
    """What the row says, in the shape a trail folds to."""
    values = {name: getattr(hazard, name) for name in Standing.__dataclass_fields__}
    values["status"] = Status(hazard.status) if hazard.steps else None
    return Standing(**values)


def trail(session: Session, hazard_id: UUID) -> list[HazardEvent]:
    """The steps of a hazard in order."""
    return list(
        session.exec(
            select(HazardEvent)
            .where(HazardEvent.hazard_id == hazard_id)
            .order_by(col(HazardEvent.number))
        )
    )


def is_unbroken(events: Sequence[HazardEvent]) -> bool:
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
            facts=event.facts,
        )
        if event.number != number or event.hash != expected:
            return False
        previous = event.hash
    return bool(events)


def faults(hazard: Hazard, events: Sequence[HazardEvent]) -> tuple[str, ...]:
    """What is wrong with a trail: nothing, `chain`, or what the row says otherwise than its fold.

    A last step taken out leaves an unbroken chain: the row's own count of steps shows it.
    """
    if not is_unbroken(events):
        return ("chain",)
    told = [_told(event) for event in events]
    folded = fold(told)
    if folded is None:
        return ("chain",)
    return differences(folded, standing_in(hazard), told[0])


def _told(event: HazardEvent) -> Told:
    return Told(Step(event.step), event.person_id, event.at, read(event.facts))


def broken_trails(session: Session) -> Iterator[Broken | int]:
    """Every trail that is not whole; after each stretch of hazards, how many it looked at."""
    reached: UUID | None = None
    while True:
        query = select(Hazard).order_by(col(Hazard.id)).limit(MANY)
        if reached is not None:
            query = query.where(col(Hazard.id) > reached)
        hazards = list(session.exec(query))
        if not hazards:
            return
        found: dict[UUID, list[HazardEvent]] = {hazard.id: [] for hazard in hazards}
        for event in session.exec(
            select(HazardEvent)
            .where(col(HazardEvent.hazard_id).in_(found))
            .order_by(col(HazardEvent.hazard_id), col(HazardEvent.number))
        ):
            found[event.hazard_id].append(event)
        for hazard in hazards:
            if why := faults(hazard, found[hazard.id]):
                yield Broken(hazard.id, why)
        reached = hazards[-1].id
        session.expunge_all()
        yield len(hazards)
