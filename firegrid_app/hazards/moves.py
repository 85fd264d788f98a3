"""Which steps a person may take with a hazard now, and the last step taken with each."""

from uuid import UUID

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Actor
from firegrid_app.access.tables import Person
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.cards import StepCard
from firegrid_app.hazards.lists import HIDDEN, may_know
from firegrid_app.hazards.rules.steps import MOVES, Status, Step, next_status
from firegrid_app.hazards.tables import Hazard, HazardEvent

STEPS_AFTER_REPORT = (Step.CORRECTED, Step.CLOSED, Step.REOPENED)
"""What can be done with a hazard from a desk; reporting belongs to the field."""


def grid_of(session: Session, hazard: Hazard) -> Grid:
    """The grid a hazard lies in."""
    grid = session.get(Grid, hazard.grid_id, options=[WITHOUT_OUTLINE])
    assert grid is not None
    return grid


def may_take(actor: Actor, step: Step, hazard: Hazard, grid_path: str) -> bool:
    """May this person take this step with this hazard, wherever it stands?"""
    move = MOVES[step]
    return move.right is not None and (
        actor.may(move.right, grid_path)
        or (move.owner and hazard.owner_id == actor.person_id)
        or (move.finder and hazard.person_id == actor.person_id)
    )


def steps_open_to(actor: Actor, grid_path: str, status: str) -> tuple[str, ...]:
    """Steps this person may take from this status by right; the second pair of eyes is not asked
    here, so that the refusal can be said in words.
    """
    found = []
    for step in STEPS_AFTER_REPORT:
        right = MOVES[step].right
        if next_status(Status(status), step) and right and actor.may(right, grid_path):
            found.append(step.value)
    return tuple(found)


def last_steps(
    session: Session, reader: Actor, grid_path: str, hazard_ids: list[UUID]
) -> dict[str, StepCard]:
    """The latest step of each of a grid's hazards, by the hazard's id as text."""
    latest = (
        select(col(HazardEvent.hazard_id), func.max(HazardEvent.number).label("number"))
        .where(col(HazardEvent.hazard_id).in_(hazard_ids))
        .group_by(col(HazardEvent.hazard_id))
        .subquery()
    )
    rows = session.exec(
        select(HazardEvent, Person.name, Hazard)
        .join(
            latest,
            (latest.c.hazard_id == HazardEvent.hazard_id) & (latest.c.number == HazardEvent.number),
        )
        .join(Hazard, col(Hazard.id) == HazardEvent.hazard_id)
        .outerjoin(Person, col(Person.id) == HazardEvent.person_id)
    )
    return {
        str(event.hazard_id): StepCard(
            event.step,
            HIDDEN
            if event.person_id == hazard.person_id and not may_know(hazard, reader, grid_path)
            else name or "",
            event.at.isoformat(),
            event.note,
        )
        for event, name, hazard in rows
    }
