"""Use case of the work record: what a grid and those below it recorded in a month, day by day.

Nobody writes it: it is drawn up from walks, arrivals, knocks, shouts, hazards, ticks and meetings,
with what people said about them. Minutes are the grid's, as on the desk; nobody's own stand in it
(国办函〔2026〕12号: no ranking).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.duties.service import workdays
from firegrid_app.duties.tables import DutyTick, ObligationRule
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.patrols.reached import minutes_between
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.records import FieldRecord
from firegrid_app.refusals import Refused
from firegrid_app.rota.rules import month_days, month_of
from firegrid_app.settings import settings
from firegrid_app.shouts.tables import Shout
from firegrid_app.visits.tables import Visit
from firegrid_app.worklog.cards import DoneLine, LogCard, LogDay, Numbers, WalkLine
from firegrid_app.worklog.held import held_in

HIGHEST = 2
"""A community: of a street with hundreds of grids such a list would be nobody's to read."""

Span = tuple[datetime, datetime]


def work_log(session: Session, actor: Actor, code: str, month: str, now: datetime) -> LogCard:
    """The record of a month (`2026-11`; empty for this one), up to today.

    Refuses `grids.unknown`, `access.outside_grid`, `worklog.too_wide`, `worklog.bad_month`.
    """
    grid = grid_by_code(session, actor, code, Action.SEE_GRID)
    if grid.level < HIGHEST:
        raise Refused("worklog.too_wide")
    today = local_day(now, settings().zone)
    first = month_of(month or f"{today:%Y-%m}")
    if first is None or first > today:
        raise Refused("worklog.bad_month")
    days = [day for day in month_days(first) if day <= today]
    grids = {one.id: one for one in subtree(session, grid) if one.id is not None}
    span = day_bounds(days[0], settings().zone)[0], day_bounds(days[-1], settings().zone)[1]
    numbers = _numbers(session, list(grids), days, span)
    walks, done = _walks(session, grids, span), _done(session, list(grids), span)
    held = held_in(session, grid, days[0], days[-1])
    calendar = workdays(session, days[0], days[-1])
    return LogCard(
        code=grid.code,
        name=grid.name,
        year=first.year,
        month=first.month,
        days=tuple(
            LogDay(
                label=f"{day:%m-%d}",
                weekday=day.weekday(),
                is_workday=day in calendar,
                numbers=numbers[day],
                walks=tuple(walks[day]),
                done=tuple(done[day]),
                held=tuple(one for one in held if one.day == day.isoformat()),
            )
            for day in days
        ),
        total=Numbers(*map(sum, zip(*map(astuple, numbers.values()), strict=True))),
        before=f"{first - timedelta(days=1):%Y-%m}",
        after="" if days[-1] == today else f"{days[-1] + timedelta(days=1):%Y-%m}",
        printed_on=today.isoformat(),
    )


def _numbers(session: Session, ids: list[int], days: list[date], span: Span) -> dict[date, Numbers]:
    def of_span(table: type[FieldRecord], *columns: Any) -> Iterable[tuple[Any, ...]]:
        query = sa.select(col(table.happened_at), *columns).where(
            col(table.grid_id).in_(ids),
            col(table.happened_at) >= span[0],
            col(table.happened_at) < span[1],
        )
        return (tuple(row) for row in session.execute(query))

    zone = settings().zone
    points: dict[date, set[object]] = defaultdict(set)
    for at, point, where in of_span(Arrival, Arrival.check_point_id, Arrival.where_words):
        points[local_day(at, zone)].add(point or where)
    doors: dict[date, set[object]] = defaultdict(set)
    for at, door in of_span(Visit, Visit.household_id):
        doors[local_day(at, zone)].add(door)
    shouts: dict[date, list[int]] = defaultdict(list)
    for at, reached in of_span(Shout, Shout.people_reached):
        shouts[local_day(at, zone)].append(reached)
    found: dict[date, int] = defaultdict(int)
    for at, _ in of_span(Hazard, Hazard.id):
        found[local_day(at, zone)] += 1
    closed: dict[date, int] = defaultdict(int)
    for at in session.exec(
        select(Hazard.closed_at).where(
            col(Hazard.grid_id).in_(ids),
            Hazard.status == Status.CLOSED,
            col(Hazard.closed_at) >= span[0],
            col(Hazard.closed_at) < span[1],
        )
    ):
        if at is not None:
            closed[local_day(at, zone)] += 1
    return {
        day: Numbers(
            minutes=sum(minutes_between(session, ids, day, day).values()),
            points=len(points[day]),
            doors=len(doors[day]),
            shouts=len(shouts[day]),
            people_reached=sum(shouts[day]),
            found=found[day],
            closed=closed[day],
        )
        for day in days
    }


def _walks(session: Session, grids: dict[int, Grid], span: Span) -> dict[date, list[WalkLine]]:
    rows = session.exec(
        select(Patrol, Person.name)
        .join(Person, col(Person.id) == col(Patrol.person_id))
        .where(
            col(Patrol.grid_id).in_(grids),
            Patrol.happened_at >= span[0],
            Patrol.happened_at < span[1],
        )
        .order_by(col(Patrol.happened_at), col(Patrol.id))
    )
    zone = settings().zone
    found: dict[date, list[WalkLine]] = defaultdict(list)
    for patrol, name in rows:
        began = patrol.happened_at.astimezone(zone)
        until = (patrol.ended_at or patrol.last_record_at).astimezone(zone)
        found[began.date()].append(
            WalkLine(
                hours=f"{began:%H:%M}–{until:%H:%M}",
                is_open=patrol.ended_at is None,
                name=name,
                grid_name=grids[patrol.grid_id].name if len(grids) > 1 else "",
                note=patrol.note,
            )
        )
    return found


def _done(session: Session, ids: list[int], span: Span) -> dict[date, list[DoneLine]]:
    rows = session.exec(
        select(DutyTick, ObligationRule, Person.name)
        .join(ObligationRule, col(ObligationRule.id) == col(DutyTick.rule_id))
        .join(Person, col(Person.id) == col(DutyTick.person_id))
        .where(
            col(DutyTick.grid_id).in_(ids),
            DutyTick.happened_at >= span[0],
            DutyTick.happened_at < span[1],
        )
        .order_by(col(DutyTick.happened_at), col(DutyTick.id))
    )
    found: dict[date, list[DoneLine]] = defaultdict(list)
    for tick, rule, name in rows:
        day = local_day(tick.happened_at, settings().zone)
        found[day].append(DoneLine(rule.kind, rule.words, name, tick.note))
    return found
