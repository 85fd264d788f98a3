"""Who has a hazard next, who hears of it, and when the house looks again."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.clock import local_day
from firegrid_app.hazards.deadlines import calendar_around, terms_of
from firegrid_app.hazards.ladder import assignees_over, holders_over
from firegrid_app.hazards.moves import grid_of
from firegrid_app.hazards.rules.deadlines import first_look, nth_workday, presses
from firegrid_app.hazards.rules.ladder import Rung, next_up, passed_over, skip_to
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take
from firegrid_app.messages import urgent
from firegrid_app.messages.rules import Purpose
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def assign(
    session: Session, actor: Actor, hazard: Hazard, person_id: int, note: str, now: datetime
) -> HazardEvent:
    """Give a hazard to somebody who works over its grid (YC-50). The deadline stays what it was.

    Refuses `hazards.unknown_assignee`, `hazards.has_it_already`, `hazards.already_closed`.
    """
    today = local_day(now, settings().zone)
    people = {
        one.person_id: one for one in assignees_over(session, grid_of(session, hazard).path, today)
    }
    chosen = people.get(person_id)
    if chosen is None:
        raise Refused("hazards.unknown_assignee")
    if hazard.owner_id == person_id:
        raise Refused("hazards.has_it_already")
    before = hazard.owner_id
    event = take(
        session,
        hazard,
        Step.ASSIGNED,
        actor.person_id,
        now,
        note,
        facts={"owner_id": person_id, "rung": chosen.rung},
    )
    if before is None or hazard.look_on is None:
        look_anew(session, hazard, now)
    tell(session, hazard, event, [person_id], Why.YOURS, now)
    tell(session, hazard, event, [before], Why.PASSED_ON, now, besides=[person_id])
    return event


def step_up(
    session: Session, person_id: int | None, hazard: Hazard, note: str, now: datetime
) -> HazardEvent | None:
    """Bring a hazard one level higher, by a person or by the house; None: nobody is above."""
    today = local_day(now, settings().zone)
    holders = holders_over(session, grid_of(session, hazard).path, today)
    higher = next_up(holders, Rung(hazard.rung), hazard.owner_id)
    if higher is None:
        return None
    rung, owner = higher
    before = hazard.owner_id
    event = take(
        session,
        hazard,
        Step.STEPPED_UP,
        person_id,
        now,
        note,
        facts={"owner_id": owner, "rung": rung.value},
    )
    look_anew(session, hazard, now)
    tell(session, hazard, event, holders[rung], Why.YOURS, now)
    tell(session, hazard, event, [before], Why.PASSED_ON, now, besides=holders[rung])
    if presses(hazard.severity, hazard.urgent):
        _send_word(session, hazard, event, owner, now)
    return event


def _send_word(
    session: Session, hazard: Hazard, event: HazardEvent, to: int, now: datetime
) -> None:
    """What presses goes out at once, by whatever line there is; the rest is in the digest."""
    about = f"{hazard.id}:{event.number}"
    urgent.tell(session, Purpose.STEP_UP, {to}, grid_of(session, hazard), about=about, now=now)


def look_anew(session: Session, hazard: Hazard, now: datetime) -> None:
    """Who has it now has its own workdays before it goes on; one not yet late has its time."""
    today = local_day(now, settings().zone)
    terms, calendar = terms_of(session, hazard), calendar_around(session, today)
    if hazard.due_on >= today:
        hazard.look_on = first_look(
            terms,
            hazard.due_on,
            today,
            calendar,
            assigned=hazard.owner_id is not None,
            pressing=presses(hazard.severity, hazard.urgent),
        )
    else:
        hazard.look_on = nth_workday(terms.step, today, calendar)


def step_up_by_person(
    session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, now: datetime
) -> HazardEvent:
    """One level higher, because whoever has it cannot (YC-51). Refuses `hazards.nobody_above`."""
    event = step_up(session, actor.person_id, hazard, note, now)
    if event is None:
        raise Refused("hazards.nobody_above")
    return event


def skip(
    session: Session, actor: Actor, hazard: Hazard, step: Step, note: str, now: datetime
) -> HazardEvent:
    """Straight to the street; who was passed over is told as well (YC-58).

    Refuses `hazards.nobody_above`.
    """
    today = local_day(now, settings().zone)
    holders = holders_over(session, grid_of(session, hazard).path, today)
    rung = Rung(hazard.rung)
    higher = skip_to(holders, rung, hazard.owner_id)
    if higher is None:
        raise Refused("hazards.nobody_above")
    to, owner = higher
    between = (*passed_over(holders, rung, to), hazard.owner_id)
    facts: dict[str, Any] = {"owner_id": owner, "rung": to.value}
    event = take(session, hazard, step, actor.person_id, now, note, facts=facts)
    look_anew(session, hazard, now)
    tell(session, hazard, event, holders[to], Why.YOURS, now)
    tell(session, hazard, event, between, Why.PASSED_OVER, now, besides=holders[to])
    _send_word(session, hazard, event, owner, now)
    return event
