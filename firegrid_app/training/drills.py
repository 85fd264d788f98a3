"""Use cases of drills: plan one, say how it went, take it off the plan.

Drills live beside courses because the plans put both under training (LY-84, YB-37) and both are a
day on which people came; what is found goes the ways there are (`drill_faults.py`): hazards, and
decisions as meetings make them, which the grid's next meeting asks about.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.photos.service import forget_photos_of
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.training.courses import refuse_far_off, whole_number
from firegrid_app.training.rules import DrillKind
from firegrid_app.training.tables import Drill

LONGEST_WAY = 24 * 60


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


def own_drill(session: Session, actor: Actor, drill_id: UUID) -> tuple[Drill, Grid]:
    """The one door to a drill. Refuses `training.unknown_drill` and `access.outside_grid`."""
    drill = session.get(Drill, drill_id, with_for_update=True)
    if drill is None:
        raise Refused("training.unknown_drill")
    return drill, grid_by_id(session, actor, drill.grid_id, Action.HOLD_MEETINGS)


def _minutes(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= LONGEST_WAY):
        raise Refused("training.bad_minutes")
    return int(text)
