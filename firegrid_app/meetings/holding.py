"""Use cases of a meeting being held: who came, and what was decided."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, select

from firegrid_app.access.rules import Action, Actor, is_in_force
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.duties.asking import how_asked_stand, take_back
from firegrid_app.grids.service import grid_by_id
from firegrid_app.hazards.tables import Hazard
from firegrid_app.meetings.decisions import decide_duty, decide_hazard
from firegrid_app.meetings.doors import being_minuted, day_of, planned
from firegrid_app.meetings.figures import figures_of, frozen
from firegrid_app.meetings.lasting import kept, last_time
from firegrid_app.meetings.tables import (
    Decision,
    Invitee,
    Meeting,
)
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def hold(
    session: Session,
    actor: Actor,
    meeting_id: UUID,
    *,
    came: Collection[int],
    guests: str,
    now: datetime,
) -> Meeting:
    """It was held, and these people came. Figures and earlier decisions are kept as they stand now.

    From here on it does the duty of its grid and period (`duties/evidence.py`). Refuses
    `meetings.not_yet`, `meetings.nobody_came`, `meetings.not_invited`, `meetings.left_before`
    (who held the post no more on that day), and what `planned` refuses.
    """
    meeting, grid = planned(session, actor, meeting_id)
    day = day_of(meeting)
    if day > local_day(now, settings().zone):
        raise Refused("meetings.not_yet", day=day.isoformat())
    _note_who_came(session, meeting, came, day)
    meeting.guests = " ".join(guests.split())[:300]
    meeting.held_at, meeting.held_by_id = now, actor.person_id
    figures = figures_of(session, actor, grid, meeting.first_on, meeting.last_on, now)
    meeting.figures = frozen(figures)
    meeting.last_time = kept(last_time(session, meeting, now))
    audit(session, actor.person_id, "hold_meeting", f"meeting:{meeting.id}", now)
    session.flush()
    return meeting


def note_who_came(
    session: Session,
    actor: Actor,
    meeting_id: UUID,
    *,
    came: Collection[int],
    guests: str,
    now: datetime,
) -> Meeting:
    """Put right who came, until the minutes are confirmed. Refuses as `hold` does."""
    meeting, _ = being_minuted(session, actor, meeting_id)
    _note_who_came(session, meeting, came, day_of(meeting))
    meeting.guests = " ".join(guests.split())[:300]
    audit(session, actor.person_id, "note_who_came", f"meeting:{meeting.id}", now)
    session.flush()
    return meeting


def decide(
    session: Session,
    actor: Actor,
    meeting_id: UUID,
    *,
    words: str,
    person_id: int | None,
    due_on: date | None,
    hazard_id: UUID | None,
    now: datetime,
) -> Decision:
    """What was decided: about an open hazard below, or for somebody asked to come, by a day.

    Refuses `meetings.no_owner`, `meetings.no_due`, and what `decide_duty` and `decide_hazard`
    refuse.
    """
    meeting, grid = being_minuted(session, actor, meeting_id)
    assert grid.id is not None
    audit(session, actor.person_id, "decide", f"meeting:{meeting.id}", now)
    if hazard_id is not None:
        hazard = session.get(Hazard, hazard_id)
        if hazard is None:
            raise Refused("hazards.unknown")
        found_in = grid_by_id(session, actor, hazard.grid_id, Action.SEE_GRID)
        if not found_in.path.startswith(grid.path):
            raise Refused("access.outside_grid")
        return decide_hazard(
            session,
            hazard,
            words=words,
            decided_in_id=grid.id,
            decided_by_id=actor.person_id,
            meeting_id=meeting.id,
            now=now,
        )
    owner = session.get(Invitee, (meeting.id, person_id)) if person_id is not None else None
    if owner is None:
        raise Refused("meetings.no_owner")
    if due_on is None:
        raise Refused("meetings.no_due")
    return decide_duty(
        session,
        words=words,
        person_id=owner.person_id,
        grid_id=owner.grid_id,
        role=owner.role,
        due_on=due_on,
        earliest=day_of(meeting),
        decided_in_id=grid.id,
        decided_by_id=actor.person_id,
        meeting_id=meeting.id,
        now=now,
    )


def drop_decision(
    session: Session, actor: Actor, meeting_id: UUID, decision_id: int, now: datetime
) -> None:
    """It was not decided so after all: its duty is taken back, until the minutes are confirmed.

    Refuses `meetings.unknown_decision` and `meetings.done_already`.
    """
    meeting, _ = being_minuted(session, actor, meeting_id)
    decision = session.get(Decision, decision_id)
    if decision is None or decision.meeting_id != meeting.id:
        raise Refused("meetings.unknown_decision")
    rule_id = decision.rule_id
    if rule_id is not None and how_asked_stand(session, [rule_id])[rule_id].done_on is not None:
        raise Refused("meetings.done_already")
    session.delete(decision)
    session.flush()
    if rule_id is not None:
        take_back(session, rule_id, local_day(now, settings().zone))
    audit(session, actor.person_id, "drop_decision", f"meeting:{meeting.id} {decision_id}", now)
    session.flush()


def _note_who_came(session: Session, meeting: Meeting, came: Collection[int], day: date) -> None:
    invitees = session.exec(select(Invitee).where(Invitee.meeting_id == meeting.id)).all()
    known = {one.person_id for one in invitees}
    if not came:
        raise Refused("meetings.nobody_came")
    if not set(came) <= known:
        raise Refused("meetings.not_invited")
    for one in invitees:
        # Who came at all needs no look at posts; of the others nothing is said.
        one.came = one.person_id in came and _held_then(session, one, day)


def _held_then(session: Session, one: Invitee, day: date) -> bool:
    posts = session.exec(
        select(Post).where(
            Post.person_id == one.person_id, Post.grid_id == one.grid_id, Post.role == one.role
        )
    )
    if not any(is_in_force(post.starts_on, post.ends_on, day) for post in posts):
        person = session.get(Person, one.person_id)
        raise Refused("meetings.left_before", name=person.name if person else "")
    return True
