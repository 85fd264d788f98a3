"""A fault a drill showed becomes a hazard, or a duty of somebody: the ways that are there."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.service import report
from firegrid_app.hazards.tables import Hazard
from firegrid_app.meetings.decisions import decide_duty
from firegrid_app.meetings.tables import Decision
from firegrid_app.records import Stamp
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.training.drills import own_drill
from firegrid_app.training.people import posts_on
from firegrid_app.training.tables import Drill, DrillFault


def fault_is_hazard(
    session: Session,
    actor: Actor,
    drill_id: UUID,
    *,
    grid_code: str,
    category: str,
    severity: str,
    words: str,
    where_words: str,
    now: datetime,
) -> Hazard:
    """A fault the drill showed becomes a hazard, found today, with its own deadline and trail.

    Refuses `training.not_noted`, `access.outside_grid` (not below the drill's grid) and what
    reporting a hazard refuses.
    """
    drill, grid = _noted(session, actor, drill_id)
    found_in = grid_by_code(session, actor, grid_code, Action.REPORT_HAZARD)
    if not found_in.path.startswith(grid.path):
        raise Refused("access.outside_grid")
    hazard = report(
        session,
        actor,
        Stamp(id=uuid4(), happened_at=now),
        grid_code=grid_code,
        patrol_id=None,
        category=category,
        severity=severity,
        words=words[:1000],
        where_words=where_words[:120],
        place_id=None,
        urgent=False,
        fixed_on_spot=False,
        now=now,
    )
    session.flush()
    session.add(DrillFault(drill_id=drill.id, hazard_id=hazard.id))
    session.flush()
    return hazard


def fault_is_duty(
    session: Session,
    actor: Actor,
    drill_id: UUID,
    *,
    words: str,
    person_id: int,
    due_on: date,
    now: datetime,
) -> Decision:
    """A fault becomes a dated duty of somebody with a post in the drill's grid or below.

    Refuses `training.not_noted`, `meetings.no_owner`, and what `decide_duty` refuses.
    """
    drill, grid = _noted(session, actor, drill_id)
    today = local_day(now, settings().zone)
    mine = [
        (post, place)
        for person, post, place in posts_on(session, grid, today)
        if person.id == person_id
    ]
    if not mine:
        raise Refused("meetings.no_owner")
    post, place = mine[0]
    assert grid.id is not None
    assert place.id is not None
    decision = decide_duty(
        session,
        words=words,
        person_id=person_id,
        grid_id=place.id,
        role=post.role,
        due_on=due_on,
        earliest=drill.held_on,
        decided_in_id=grid.id,
        decided_by_id=actor.person_id,
        meeting_id=None,
        now=now,
    )
    session.add(DrillFault(drill_id=drill.id, decision_id=decision.id))
    audit(session, actor.person_id, "decide", f"drill:{drill.id}", now)
    session.flush()
    return decision


def _noted(session: Session, actor: Actor, drill_id: UUID) -> tuple[Drill, Grid]:
    drill, grid = own_drill(session, actor, drill_id)
    if drill.noted_at is None:
        raise Refused("training.not_noted")
    return drill, grid
