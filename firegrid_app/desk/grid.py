"""One small grid in full: holders, a week of minutes, open hazards, knocks and shouts today."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session, select

from firegrid_app import routes
from firegrid_app.access.posts import holders_of
from firegrid_app.access.rules import DAILY_TARGET_MINUTES, Action, Actor, Role
from firegrid_app.clock import local_day
from firegrid_app.desk.cards import DayMinutes, GridDetail, HazardLine, KnockLine
from firegrid_app.desk.rules import standing
from firegrid_app.desk.showing import day_of, moment_of, shout_line, when_of
from firegrid_app.duties.service import is_workday
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.cards import HazardCard, HazardCounts, StepCard
from firegrid_app.hazards.lists import counts_by_grid, open_hazards
from firegrid_app.hazards.moves import last_steps, steps_open_to
from firegrid_app.patrols.days import last_patrols, minutes_by_grid
from firegrid_app.refusals import Refused
from firegrid_app.rota.away import WALKERS, days_without
from firegrid_app.settings import settings
from firegrid_app.shouts.service import shouts_of_day
from firegrid_app.visits.service import knocks_by_grid, knocks_of_day

WEEK = 7
MOST_HAZARDS = MOST_RECORDS = 30
"""Shown at a time, the most overdue first; the count above them is of all."""
_FULL_DAY = DAILY_TARGET_MINUTES[Role.GRID_MEMBER]


def grid_detail(session: Session, actor: Actor, code: str, now: datetime) -> GridDetail:
    """One small grid as it stands. Refuses `grids.unknown` and `access.outside_grid`."""
    grid = grid_by_code(session, actor, code, Action.SEE_GRID)
    if grid.level != 3 or grid.id is None:
        raise Refused("grids.unknown", code=code[:30])
    zone = settings().zone
    today = local_day(now, zone)
    days = tuple(
        _day(session, grid.id, today - timedelta(days=ago)) for ago in reversed(range(WEEK))
    )
    counts = counts_by_grid(session, [grid.id], today).get(grid.id, HazardCounts())
    minutes = minutes_by_grid(session, [grid.id], today).get(grid.id)
    away = days_without(session, [grid.id], WALKERS, today, today)
    target = _FULL_DAY if days[-1].is_workday and not away else 0
    parent = session.exec(select(Grid.name).where(Grid.id == grid.parent_id)).first()
    return GridDetail(
        code=grid.code,
        name=grid.name,
        parent=parent or "",
        standing=standing(minutes, target, counts.overdue),
        minutes=minutes or 0,
        target=target,
        walked=when_of(last_patrols(session, [grid.id]).get(grid.id), now, zone),
        holders=tuple(holders_of(session, actor, [grid], now).get(grid.id, ())),
        days=days,
        open=counts.open,
        overdue=counts.overdue,
        hazards=_hazards(session, actor, grid, today, now),
        knocked_doors=knocks_by_grid(session, [grid.id], today).get(grid.id, 0),
        knocks=tuple(
            KnockLine(
                building=knock.building,
                door=knock.door,
                outcome=knock.outcome,
                person_name=knock.person_name,
                at=when_of(moment_of(knock.at), now, zone),
                off_register=knock.off_register,
            )
            for knock in knocks_of_day(session, actor, grid, today, limit=MOST_RECORDS)
        ),
        shouts=tuple(
            shout_line(shout, now, zone)
            for shout in shouts_of_day(session, grid, today, limit=MOST_RECORDS)
        ),
        board=routes.board(grid.code),
    )


def _day(session: Session, grid_id: int, day: date) -> DayMinutes:
    minutes = minutes_by_grid(session, [grid_id], day).get(grid_id, 0)
    return DayMinutes(
        day=day_of(day),
        is_workday=is_workday(session, day),
        minutes=minutes,
        share=min(100, round(100 * minutes / _FULL_DAY)),
    )


def _hazards(
    session: Session, actor: Actor, grid: Grid, today: date, now: datetime
) -> tuple[HazardLine, ...]:
    cards = open_hazards(session, [grid.id], today, reader=actor, limit=MOST_HAZARDS)
    steps = last_steps(session, actor, grid.path, [UUID(card.id) for card in cards])
    return tuple(
        _hazard(card, steps[card.id], steps_open_to(actor, grid.path, card.status), now)
        for card in cards
    )


def _hazard(card: HazardCard, last: StepCard, steps: tuple[str, ...], now: datetime) -> HazardLine:
    zone = settings().zone
    return HazardLine(
        id=card.id,
        category=card.category,
        severity=card.severity,
        urgent=card.urgent,
        words=card.words,
        where_words=card.where_words,
        status=card.status,
        due=day_of(date.fromisoformat(card.due_on)),
        overdue=card.overdue,
        found=when_of(moment_of(card.happened_at), now, zone),
        owner_name=card.owner_name,
        rung=card.rung,
        step_ups=card.step_ups,
        urges_open=card.urges_open,
        reporter_name=card.reporter_name,
        photos=card.photos,
        photos_awaited=card.photos_awaited,
        steps=steps,
        last_step=last.step,
        last_person=last.person_name,
        last_note=last.note,
        last=when_of(moment_of(last.at), now, zone),
    )
