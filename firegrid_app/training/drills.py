"""Use cases of drills: plan one, say how it went, and make of each fault a hazard or a duty.

Drills live beside courses because the plans put both under training (LY-84, YB-37) and both are a
day on which people came; what is found goes the ways there are: hazards, and decisions as meetings
make them, which the grid's next meeting asks about.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id, grids_in_scope, picks_of, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.service import report
from firegrid_app.hazards.tables import Hazard
from firegrid_app.meetings.decisions import decide_duty, decision_cards
from firegrid_app.meetings.tables import Decision
from firegrid_app.photos.service import forget_photos_of, photos_of
from firegrid_app.records import Stamp
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.training.cards import (
    DrillCard,
    DrillHazard,
    DrillLine,
    DrillsView,
    PostPick,
    SmallGrid,
)
from firegrid_app.training.courses import refuse_far_off, whole_number
from firegrid_app.training.people import posts_on
from firegrid_app.training.rules import DrillKind
from firegrid_app.training.tables import Drill, DrillFault

MOST_LISTED = 60
LONGEST_WAY = 24 * 60
SMALL = 3


def plan_drill(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    kind: str,
    place: str,
    scenario: str,
    day: date,
    now: datetime,
) -> Drill:
    """Put a drill on the plan: what is assumed to have happened, and where.

    Refuses `training.unknown_drill_kind`, `training.no_scenario`, `training.day_far_off`,
    `training.drill_there_already` and what the grid's door refuses.
    """
    grid = grid_by_code(session, actor, grid_code, Action.HOLD_MEETINGS)
    if kind not in tuple(DrillKind):
        raise Refused("training.unknown_drill_kind")
    scenario = scenario.strip()
    if not 2 <= len(scenario) <= 500:
        raise Refused("training.no_scenario")
    refuse_far_off(day, now)
    place = " ".join(place.split())[:80]
    twin = select(Drill.id).where(
        Drill.grid_id == grid.id, Drill.kind == kind, Drill.held_on == day, Drill.place == place
    )
    if session.exec(twin).first() is not None:
        raise Refused("training.drill_there_already")
    drill = Drill(
        id=uuid4(),
        grid_id=grid.id or 0,
        kind=kind,
        place=place,
        scenario=scenario,
        held_on=day,
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(drill)
    audit(session, actor.person_id, "plan_drill", f"grid:{grid.code} {kind} {day}", now)
    session.flush()
    return drill


def note_drill(
    session: Session,
    actor: Actor,
    drill_id: UUID,
    *,
    people: str,
    forces: str,
    arrived_after: str,
    went_well: str,
    went_wrong: str,
    now: datetime,
) -> Drill:
    """How it went; said again, it puts that right. From here on it does the grid's drill duty.

    Refuses `training.not_yet`, `training.bad_count`, `training.nobody_came`,
    `training.bad_minutes`, `training.no_account`.
    """
    drill, _ = own_drill(session, actor, drill_id)
    if drill.held_on > local_day(now, settings().zone):
        raise Refused("training.not_yet", day=drill.held_on.isoformat())
    number = whole_number(people)
    if number == 0:
        raise Refused("training.nobody_came")
    if not went_well.strip() and not went_wrong.strip():
        raise Refused("training.no_account")
    drill.people = number
    drill.forces = " ".join(forces.split())[:200]
    drill.arrived_after = _minutes(arrived_after)
    drill.went_well, drill.went_wrong = went_well.strip()[:2000], went_wrong.strip()[:2000]
    drill.noted_at, drill.noted_by_id = now, actor.person_id
    audit(session, actor.person_id, "note_drill", f"drill:{drill.id}", now)
    session.flush()
    return drill


def drop_drill(session: Session, actor: Actor, drill_id: UUID, now: datetime) -> None:
    """Take a drill off the plan. Refuses `training.held_already`: what was held stays."""
    drill, _ = own_drill(session, actor, drill_id)
    if drill.noted_at is not None:
        raise Refused("training.held_already")
    forget_photos_of(session, drill.id)
    session.delete(drill)
    audit(session, actor.person_id, "drop_drill", f"drill:{drill_id}", now)
    session.flush()


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


def own_drill(session: Session, actor: Actor, drill_id: UUID) -> tuple[Drill, Grid]:
    """The one door to a drill. Refuses `training.unknown_drill` and `access.outside_grid`."""
    drill = session.get(Drill, drill_id, with_for_update=True)
    if drill is None:
        raise Refused("training.unknown_drill")
    return drill, grid_by_id(session, actor, drill.grid_id, Action.HOLD_MEETINGS)


def _noted(session: Session, actor: Actor, drill_id: UUID) -> tuple[Drill, Grid]:
    drill, grid = own_drill(session, actor, drill_id)
    if drill.noted_at is None:
        raise Refused("training.not_noted")
    return drill, grid


def _minutes(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= LONGEST_WAY):
        raise Refused("training.bad_minutes")
    return int(text)


def drills_view(session: Session, actor: Actor, code: str, now: datetime) -> DrillsView:
    """The drills of a grid one leads, the latest first.

    Refuses `access.not_allowed` for who leads none, `grids.unknown` and `access.outside_grid`.
    """
    grids = grids_in_scope(session, actor, Action.HOLD_MEETINGS)
    picks = [grid for grid in grids if grid.level < SMALL] or grids
    if not picks:
        raise Refused("access.not_allowed")
    grid = grid_by_code(session, actor, code or picks[0].code, Action.HOLD_MEETINGS)
    today = local_day(now, settings().zone)
    return DrillsView(
        code=grid.code,
        name=grid.name,
        picks=tuple(picks_of(picks)),
        drills=drill_lines(session, grid, today),
        today=today.isoformat(),
    )


def drill_lines(session: Session, grid: Grid, today: date) -> tuple[DrillLine, ...]:
    """Drills of a grid. The caller has checked the grid."""
    rows = session.exec(
        select(Drill)
        .where(Drill.grid_id == grid.id)
        .order_by(col(Drill.held_on).desc(), col(Drill.made_at).desc())
        .limit(MOST_LISTED)
    )
    return tuple(_line(row, today) for row in rows)


def _line(row: Drill, today: date) -> DrillLine:
    return DrillLine(
        id=str(row.id),
        kind=row.kind,
        place=row.place,
        scenario=row.scenario,
        day=row.held_on.isoformat(),
        noted=row.noted_at is not None,
        missed=row.noted_at is None and row.held_on < today,
        people=row.people,
        arrived_after="" if row.arrived_after is None else str(row.arrived_after),
        forces=row.forces,
        went_well=row.went_well,
        went_wrong=row.went_wrong,
    )


def drill_card(session: Session, actor: Actor, drill_id: UUID, now: datetime) -> DrillCard:
    """One drill in full: how it went, and what became of its faults."""
    drill, grid = own_drill(session, actor, drill_id)
    today = local_day(now, settings().zone)
    faults = session.exec(select(DrillFault).where(DrillFault.drill_id == drill.id)).all()
    hazards = session.exec(
        select(Hazard)
        .where(col(Hazard.id).in_({one.hazard_id for one in faults if one.hazard_id}))
        .order_by(col(Hazard.happened_at))
    ).all()
    decisions = session.exec(
        select(Decision)
        .where(col(Decision.id).in_({one.decision_id for one in faults if one.decision_id}))
        .order_by(col(Decision.id))
    ).all()
    return DrillCard(
        id=str(drill.id),
        line=_line(drill, today),
        photos=photos_of(session, drill.id),
        may_attach=drill.held_on <= today,
        hazards=tuple(
            DrillHazard(str(one.id), one.category, one.status, one.words, one.where_words)
            for one in hazards
        ),
        decisions=decision_cards(session, decisions, now),
        # The desk counts what lies in small grids: a fault is reported in one of them.
        grids=tuple(SmallGrid(one.code, one.name) for one in subtree(session, grid, level=SMALL)),
        people=tuple(
            PostPick(person.id or 0, person.name, post.role, place.name)
            for person, post, place in posts_on(session, grid, today)
        ),
        today=today.isoformat(),
    )
