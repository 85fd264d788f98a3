"""Use cases of whistles: call departments to a hazard, report in, say what was done (YB-49)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.clock import local_day
from firegrid_app.hazards.departments import departments_over
from firegrid_app.hazards.moves import grid_of
from firegrid_app.hazards.one_cards import WhistleLine
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.rules.whistles import HOURS, standing_of
from firegrid_app.hazards.service import hazard_for
from firegrid_app.hazards.tables import Department, DepartmentPerson, Hazard, Whistle
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def whistle(
    session: Session,
    actor: Actor,
    hazard_id: UUID,
    departments: Sequence[int],
    hours: int,
    note: str,
    now: datetime,
) -> Hazard:
    """Call these departments; each has so many hours to report in.

    Refuses `hazards.unknown_department`, `hazards.unknown_limit`, `hazards.called_already`,
    `hazards.already_closed`, and what the door refuses.
    """
    hazard = hazard_for(session, actor, hazard_id, Step.WHISTLED)
    there = {
        one.id: one
        for one in departments_over(
            session, grid_of(session, hazard).path, local_day(now, settings().zone)
        )
    }
    wanted = list(dict.fromkeys(departments))
    if not wanted or any(one not in there for one in wanted):
        raise Refused("hazards.unknown_department")
    if hours not in HOURS:
        raise Refused("hazards.unknown_limit")
    called = {one.department_id for one in _open(session, hazard)}
    if twice := called.intersection(wanted):
        raise Refused("hazards.called_already", name=there[min(twice)].name)
    words = "：".join(filter(None, ("、".join(there[one].name for one in wanted), note.strip())))
    event = take(session, hazard, Step.WHISTLED, actor.person_id, now, words[:1000])
    for one in wanted:
        session.add(
            Whistle(
                hazard_id=hazard.id,
                department_id=one,
                called_by_id=actor.person_id,
                called_at=now,
                check_in_until=now + timedelta(hours=hours),
            )
        )
    people = session.exec(
        select(DepartmentPerson.person_id).where(col(DepartmentPerson.department_id).in_(wanted))
    ).all()
    tell(session, hazard, event, people, Why.WHISTLED, now)
    session.flush()
    return hazard


def report_in(session: Session, actor: Actor, hazard_id: UUID, note: str, now: datetime) -> Hazard:
    """Whoever acts for a department called here is here (报到); late is kept as late.

    Refuses `hazards.not_called`, `hazards.already_closed`, and what the door refuses.
    """
    hazard = hazard_for(session, actor, hazard_id, Step.CHECKED_IN)
    mine = [one for one in _mine(session, actor, hazard) if one.checked_in_at is None]
    if not mine:
        raise Refused("hazards.not_called")
    words = "：".join(filter(None, (_names(session, mine), note.strip())))
    event = take(session, hazard, Step.CHECKED_IN, actor.person_id, now, words[:1000])
    for one in mine:
        one.checked_in_at, one.checked_in_by_id = now, actor.person_id
    told = [*(one.called_by_id for one in mine), hazard.owner_id]
    tell(session, hazard, event, told, Why.CHECKED_IN, now)
    session.flush()
    return hazard


def reply(session: Session, actor: Actor, hazard_id: UUID, note: str, now: datetime) -> Hazard:
    """Say what the department did. It has to have reported in first.

    Refuses `hazards.not_called`, `hazards.not_here_yet`, `hazards.say_why`,
    `hazards.already_closed`, and what the door refuses.
    """
    hazard = hazard_for(session, actor, hazard_id, Step.REPLIED)
    mine = _mine(session, actor, hazard)
    if not mine:
        raise Refused("hazards.not_called")
    if any(one.checked_in_at is None for one in mine):
        raise Refused("hazards.not_here_yet")
    note = note.strip()[:900]
    if not note:
        raise Refused("hazards.say_why")
    words = f"{_names(session, mine)}：{note}"
    event = take(session, hazard, Step.REPLIED, actor.person_id, now, words[:1000])
    for one in mine:
        one.done_at, one.done_words = now, note
    told = [*(one.called_by_id for one in mine), hazard.owner_id]
    tell(session, hazard, event, told, Why.RESULT, now)
    session.flush()
    return hazard


def _open(session: Session, hazard: Hazard) -> list[Whistle]:
    query = select(Whistle).where(Whistle.hazard_id == hazard.id, col(Whistle.done_at).is_(None))
    return list(session.exec(query.order_by(col(Whistle.id))))


def _mine(session: Session, actor: Actor, hazard: Hazard) -> list[Whistle]:
    """Whistles of this hazard not done that are for a department the actor acts for."""
    acting = set(
        session.exec(
            select(DepartmentPerson.department_id).where(
                DepartmentPerson.person_id == actor.person_id
            )
        )
    )
    return [one for one in _open(session, hazard) if one.department_id in acting]


def steps_for_departments(session: Session, actor: Actor, hazard: Hazard) -> set[Step]:
    """What the reader may do for a department called here."""
    mine = _mine(session, actor, hazard)
    if not mine:
        return set()
    waiting = any(one.checked_in_at is None for one in mine)
    return {Step.CHECKED_IN} if waiting else {Step.REPLIED}


def _names(session: Session, whistles: Sequence[Whistle]) -> str:
    ids = [one.department_id for one in whistles]
    query = select(Department.name).where(col(Department.id).in_(ids)).order_by(col(Department.id))
    return "、".join(session.exec(query))


def whistles_of(session: Session, hazard_id: UUID, now: datetime) -> tuple[WhistleLine, ...]:
    """The departments called to a hazard, in order. The caller has checked who asks."""
    rows = session.exec(
        select(Whistle, Department.name)
        .join(Department, col(Department.id) == Whistle.department_id)
        .where(Whistle.hazard_id == hazard_id)
        .order_by(col(Whistle.id))
    )
    zone = settings().zone
    return tuple(
        WhistleLine(
            id=one.id or 0,
            department=name,
            standing=standing_of(one.check_in_until, one.checked_in_at, one.done_at, now).value,
            by=f"{one.check_in_until.astimezone(zone):%m-%d %H:%M}",
            checked_in=f"{one.checked_in_at.astimezone(zone):%m-%d %H:%M}"
            if one.checked_in_at
            else "",
            words=one.done_words,
        )
        for one, name in rows
    )
