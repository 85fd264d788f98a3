"""One hazard in full, as the desk shows it, and who several could be given to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.desk.showing import when_of
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.cards import Assignee
from firegrid_app.hazards.departments import departments_over
from firegrid_app.hazards.ladder import assignees_over
from firegrid_app.hazards.listing import rows_of
from firegrid_app.hazards.lists import HIDDEN, cards_of, may_know
from firegrid_app.hazards.major import listings_of
from firegrid_app.hazards.merging import cards, children_of, followed, twins_of
from firegrid_app.hazards.moves import grid_of, may_take
from firegrid_app.hazards.one_cards import DissuasionCard, HazardDetail, TrailLine
from firegrid_app.hazards.rules import dissuasion
from firegrid_app.hazards.rules.kinds import Severity
from firegrid_app.hazards.rules.steps import MOVES, Status, Step, next_status
from firegrid_app.hazards.rules.trail import read
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.hazards.whistles import steps_for_departments, whistles_of
from firegrid_app.hazards.writing import number_of
from firegrid_app.places.tables import Place
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def hazard_detail(session: Session, actor: Actor, hazard_id: UUID, now: datetime) -> HazardDetail:
    """One hazard in full, with its trail and the steps the reader may take.

    Whoever has it or found it sees it too. Refuses `hazards.unknown` and `access.outside_grid`.
    """
    hazard = session.get(Hazard, hazard_id)
    if hazard is None:
        raise Refused("hazards.unknown")
    grid = grid_of(session, hazard)
    if not may_take(actor, Step.COMMENTED, hazard, grid.path):
        raise Refused("access.outside_grid")
    today = local_day(now, settings().zone)
    (row,) = rows_of(session, actor, [hazard], now)
    (card,) = cards_of(session, [hazard], {grid.id: (grid.code, grid.name)}, today, actor)
    events = trail(session, hazard.id)
    steps = _steps_for(session, actor, hazard, grid)
    names = _names(session, events)
    place = session.get(Place, hazard.place_id) if hazard.place_id else None
    if not may_know(hazard, actor, grid.path):
        names[hazard.person_id] = HIDDEN
    return HazardDetail(
        row=row,
        number=number_of(hazard),
        place_name=place.name if place else "",
        reporter_name=card.reporter_name,
        photos=card.photos,
        photos_awaited=card.photos_awaited,
        steps=steps,
        needs_another=_needs_another(actor, hazard, grid),
        assignees=tuple(assignees_over(session, grid.path, today))
        if Step.ASSIGNED in steps
        else (),
        trail=tuple(_line(event, names, now) for event in events),
        listings=listings_of(session, hazard.id),
        transferred_to=hazard.transferred_to,
        departments=tuple(departments_over(session, grid.path, today))
        if Step.WHISTLED in steps
        else (),
        whistles=whistles_of(session, hazard.id, now),
        parent=cards(session, [followed(session, hazard)], now) if hazard.parent_id else (),
        children=children_of(session, hazard, now),
        twins=twins_of(session, actor, hazard, now) if Step.MERGED in steps else (),
        may_publish=actor.may(Action.MODERATE, grid.path),
        whole=faults(hazard, events) == (),
    )


def _steps_for(session: Session, actor: Actor, hazard: Hazard, grid: Grid) -> tuple[str, ...]:
    found = [
        step
        for step in MOVES
        if next_status(Status(hazard.status), step) is not None
        and may_take(actor, step, hazard, grid.path)
    ]
    called = steps_for_departments(session, actor, hazard)
    useless = {
        Step.CHECKED_IN: Step.CHECKED_IN not in called,
        Step.REPLIED: Step.REPLIED not in called,
        Step.URGED: hazard.owner_id == actor.person_id,
        Step.ANSWERED: hazard.urges_open == 0,
        Step.CLOSED: hazard.corrected_by_id == actor.person_id or hazard.listing != "",
        Step.LISTED: hazard.severity != Severity.MAJOR or hazard.listing != "",
        Step.DELISTED: not hazard.listing or hazard.corrected_by_id == actor.person_id,
        Step.GRADED: hazard.listing != "",
        # On the spot, by a phone.
        Step.DISSUADED: True,
    }
    return tuple(step.value for step in found if not useless.get(step, False))


def _needs_another(actor: Actor, hazard: Hazard, grid: Grid) -> bool:
    """Is its end kept from the reader only because it was them who put it right?"""
    return (
        hazard.status == Status.CORRECTED
        and hazard.corrected_by_id == actor.person_id
        and may_take(actor, Step.DELISTED if hazard.listing else Step.CLOSED, hazard, grid.path)
    )


def _names(session: Session, events: Sequence[HazardEvent]) -> dict[int | None, str]:
    ids = {event.person_id for event in events} | {
        read(event.facts).get("owner_id") for event in events
    }
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids - {None})))
    return dict(rows.all())


def _line(event: HazardEvent, names: dict[int | None, str], now: datetime) -> TrailLine:
    facts = read(event.facts)
    given = event.step not in (Step.REPORTED, Step.RELEASED)
    return TrailLine(
        number=event.number,
        step=event.step,
        person_name=names.get(event.person_id, ""),
        given_to=names.get(facts.get("owner_id"), "") if given else "",
        note=event.note,
        dissuasion=_talk(facts),
        at=when_of(event.at, now, settings().zone),
    )


def _talk(facts: dict[str, Any]) -> DissuasionCard:
    told = dissuasion.read(facts.get("dissuasion"))
    if told is None:
        return DissuasionCard()
    return DissuasionCard(
        said=told.said,
        whom=told.to,
        outcome=told.outcome,
        by=told.by.isoformat() if told.by else "",
        warned=told.warned,
        moved=told.moved,
    )


def common_assignees(
    session: Session, actor: Actor, ids: Sequence[UUID], now: datetime
) -> list[Assignee]:
    """Who can be given all of these hazards. Refuses `hazards.unknown`, `access.outside_grid`."""
    today = local_day(now, settings().zone)
    grids: dict[int, Grid] = {}
    for hazard in session.exec(select(Hazard).where(col(Hazard.id).in_(ids))):
        grids[hazard.grid_id] = grid_of(session, hazard)
    if not grids:
        raise Refused("hazards.unknown")
    for grid in grids.values():
        if not actor.may(Action.CLOSE_HAZARD, grid.path):
            raise Refused("access.outside_grid")
    lists = [assignees_over(session, grid.path, today) for grid in grids.values()]
    in_all = set.intersection(*({one.person_id for one in some} for some in lists))
    return [one for one in lists[0] if one.person_id in in_all]
