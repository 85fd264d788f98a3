"""Drills as the desk shows them: those of a grid, and one in full with its faults."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.grids.picking import grids_to_open
from firegrid_app.grids.service import grid_by_code, picks_of, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.tables import Hazard
from firegrid_app.meetings.decisions import decision_cards
from firegrid_app.meetings.tables import Decision
from firegrid_app.photos.service import photos_of
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
from firegrid_app.training.drills import own_drill
from firegrid_app.training.people import posts_on
from firegrid_app.training.tables import Drill, DrillFault

MOST_LISTED = 60
SMALL = 3


def drills_view(session: Session, actor: Actor, code: str, now: datetime) -> DrillsView:
    """The drills of a grid one leads, the latest first.

    Refuses `access.not_allowed` for who leads none, `grids.unknown` and `access.outside_grid`.
    """
    picks = grids_to_open(session, actor, Action.HOLD_MEETINGS)
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
