"""Which steps a person may take with a hazard now, and the last step taken with each."""

from uuid import UUID

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.hazards.cards import StepCard
from firegrid_app.hazards.rules import Status, Step, next_status
from firegrid_app.hazards.tables import HazardEvent

STEPS_AFTER_REPORT = (Step.CORRECTED, Step.CLOSED, Step.REOPENED)
"""What can be done with a hazard from a desk; reporting belongs to the field."""


def action_of(step: Step) -> Action:
    """The right a step asks for: whoever reports may say it is put right, a leader decides."""
    return Action.REPORT_HAZARD if step == Step.CORRECTED else Action.CLOSE_HAZARD


def steps_open_to(actor: Actor, grid_path: str, status: str) -> tuple[str, ...]:
    """Steps this person may take from this status by right; the second pair of eyes is not asked
    here, so that the refusal can be said in words.
    """
    return tuple(
        step
        for step in STEPS_AFTER_REPORT
        if next_status(Status(status), step) is not None and actor.may(action_of(step), grid_path)
    )


def last_steps(session: Session, hazard_ids: list[UUID]) -> dict[str, StepCard]:
    """The latest step of each hazard, by the hazard's id as text."""
    latest = (
        select(col(HazardEvent.hazard_id), func.max(HazardEvent.number).label("number"))
        .where(col(HazardEvent.hazard_id).in_(hazard_ids))
        .group_by(col(HazardEvent.hazard_id))
        .subquery()
    )
    rows = session.exec(
        select(HazardEvent, Person.name)
        .join(
            latest,
            (latest.c.hazard_id == HazardEvent.hazard_id) & (latest.c.number == HazardEvent.number),
        )
        .join(Person, col(Person.id) == HazardEvent.person_id)
    )
    return {
        str(event.hazard_id): StepCard(event.step, name, event.at.isoformat(), event.note)
        for event, name in rows
    }
