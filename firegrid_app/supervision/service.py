"""Use cases of the leader's view: the walks of today by grid, a week as a strip."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from firegrid_app.access.rules import DAILY_TARGET_MINUTES, Action, Actor, Role
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.duties.service import is_workday
from firegrid_app.grids.service import grid_by_code, grids_in_scope, subtree
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.patrols.service import minutes_by_grid
from firegrid_app.patrols.tables import Patrol
from firegrid_app.presence.modes import STREET, modes_of
from firegrid_app.presence.service import open_flags
from firegrid_app.refusals import Refused
from firegrid_app.rota.away import WALKERS, away_by_grid, days_without
from firegrid_app.rota.cards import AwayToday, OnDuty
from firegrid_app.rota.service import first_of_day
from firegrid_app.settings import settings
from firegrid_app.supervision.cards import (
    DueCall,
    FlagLine,
    ProgressTally,
    StripDay,
    WalkRow,
    WalksView,
)
from firegrid_app.supervision.checks import last_checks
from firegrid_app.supervision.rules import Progress, due_by_habit, progress, usual_start
from firegrid_app.sync.unaccepted import to_help_with

WEEK = 7
USUAL_DAYS = 14
MOST_ROWS = 60
"""Rows sent at a time; the tallies are of all."""
FULL_DAY = DAILY_TARGET_MINUTES[Role.GRID_MEMBER]


@dataclass
class _Walked:
    """What the last fortnight's walks say of one grid."""

    first: dict[date, datetime] = field(default_factory=dict)
    walkers: list[int] = field(default_factory=list)
    """Person ids of today."""
    walking: bool = False


def viewable(session: Session, actor: Actor) -> list[Grid]:
    """Grids the view can be opened for, the highest first. Refuses `access.not_allowed`."""
    grids = grids_in_scope(session, actor, Action.SEE_GRID)
    if not grids or not any(actor.may(Action.CLOSE_HAZARD, grid.path) for grid in grids):
        raise Refused("access.not_allowed")
    return [grid for grid in grids if grid.level < 3] or grids


def walks_view(session: Session, actor: Actor, code: str, chosen: str, now: datetime) -> WalksView:
    """The walks of today below a grid (the first in reach when `code` is empty).

    `chosen` narrows the rows to one progress; the tallies are always of all.
    Refuses `access.not_allowed`, `grids.unknown` and `access.outside_grid`.
    """
    picks = viewable(session, actor)
    top = grid_by_code(session, actor, code or picks[0].code, Action.SEE_GRID)
    grids = subtree(session, top, level=3)
    zone = settings().zone
    rows = _rows(session, actor, grids, now, zone)
    tally = Counter(row.progress for row in rows)
    order = {one.value: place for place, one in enumerate(Progress)}
    found = sorted(
        (row for row in rows if not chosen or row.progress == chosen),
        key=lambda row: order[row.progress],
    )
    supervises = actor.may(Action.SUPERVISE, top.path)
    helps = actor.may(Action.TAKE_IN, top.path)
    unaccepted, unaccepted_count = to_help_with(session, actor, top, now) if helps else ([], 0)
    flags, flag_count = open_flags(session, actor, top.code) if supervises else ([], 0)
    return WalksView(
        code=top.code,
        name=top.name,
        as_of=f"{now.astimezone(zone):%H:%M}",
        is_workday=is_workday(session, local_day(now, zone)),
        may_supervise=supervises,
        picks=[(grid.code, grid.name) for grid in picks],
        rows=found[:MOST_ROWS],
        matches=len(found),
        tallies=[ProgressTally(one.value, tally[one]) for one in Progress if tally[one]],
        flags=[
            FlagLine(
                id=flag.id,
                grid_name=flag.grid_name,
                person_name=flag.person_name,
                reason=flag.reason,
                amount=flag.amount,
                point_name=flag.point_name,
                at=f"{datetime.fromisoformat(flag.at).astimezone(zone):%m-%d %H:%M}",
                own=flag.own,
            )
            for flag in flags
        ],
        flag_count=flag_count,
        unaccepted=unaccepted,
        unaccepted_count=unaccepted_count,
        checks=last_checks(session, actor, top) if supervises else [],
        may_set_mode=top.level == STREET and actor.may(Action.MANAGE_GRIDS, top.path),
        mode=modes_of(session, [top], local_day(now, zone))[top.id or 0],
    )


def _rows(
    session: Session, actor: Actor, grids: Sequence[Grid], now: datetime, zone: ZoneInfo
) -> list[WalkRow]:
    today = local_day(now, zone)
    ids = [grid.id for grid in grids if grid.id is not None]
    walked = _walked(session, ids, today, zone)
    days = [today - timedelta(days=ago) for ago in reversed(range(WEEK))]
    minutes = {day: minutes_by_grid(session, ids, day) for day in days}
    workdays = {day: is_workday(session, day) for day in days}
    names = _names(session, walked)
    parents = {
        grid.id: grid.name
        for grid in session.exec(
            select(Grid)
            .options(WITHOUT_OUTLINE)
            .where(col(Grid.id).in_({grid.parent_id for grid in grids}))
        )
    }
    away = days_without(session, ids, WALKERS, today, today)
    gone = away_by_grid(session, ids, WALKERS, today)
    begins, listed = first_of_day(session, ids, today)
    rows = []
    for grid in grids:
        assert grid.id is not None
        told = walked.get(grid.id, _Walked())
        usual = _usual(told, today, zone)
        first = begins.get(grid.id, [])
        by_list = datetime.fromisoformat(first[0].starts_at).astimezone(zone) if first else None
        begun = told.first.get(today)
        spent = minutes[today].get(grid.id, 0)
        target = FULL_DAY if workdays[today] and grid.id not in away else 0
        rows.append(
            WalkRow(
                code=grid.code,
                name=grid.name,
                parent=parents.get(grid.parent_id, ""),
                progress=progress(
                    spent,
                    target,
                    started=begun is not None,
                    walking=told.walking,
                    now=now.astimezone(zone),
                    due=by_list
                    if grid.id in listed
                    else due_by_habit(now.astimezone(zone), usual, target),
                    away=grid.id in away,
                ).value,
                minutes=spent,
                target=target,
                started=f"{begun.astimezone(zone):%H:%M}" if begun else "",
                usual=f"{by_list or usual:%H:%M}",
                listed=grid.id in listed,
                due=_calls(first, shown=actor.may(Action.SEE_PHONES, grid.path)),
                walkers="、".join(names[one] for one in dict.fromkeys(told.walkers)),
                away=_away(gone.get(grid.id, []), why=actor.may(Action.SET_ROTA, grid.path)),
                nobody_left=not first and any(one.listed for one in gone.get(grid.id, [])),
                days=[
                    StripDay(
                        label=f"{day:%m-%d}",
                        weekday=day.weekday(),
                        minutes=minutes[day].get(grid.id, 0),
                        share=min(100, round(100 * minutes[day].get(grid.id, 0) / FULL_DAY)),
                        is_workday=workdays[day],
                    )
                    for day in days
                ],
            )
        )
    return rows


def _calls(first: list[OnDuty], *, shown: bool) -> list[DueCall]:
    return [DueCall(one.name, one.phone if shown else "") for one in first]


def _away(gone: list[AwayToday], *, why: bool) -> list[AwayToday]:
    return gone if why else [replace(one, why="", words="") for one in gone]


def _usual(told: _Walked, today: date, zone: ZoneInfo) -> time:
    before = [at.astimezone(zone).time() for day, at in told.first.items() if day != today]
    return usual_start(before)


def _walked(session: Session, ids: list[int], today: date, zone: ZoneInfo) -> dict[int, _Walked]:
    since, _ = day_bounds(today - timedelta(days=USUAL_DAYS), zone)
    _, until = day_bounds(today, zone)
    rows = session.exec(
        select(Patrol.grid_id, Patrol.person_id, Patrol.happened_at, Patrol.ended_at)
        .where(col(Patrol.grid_id).in_(ids))
        .where(Patrol.happened_at >= since, Patrol.happened_at < until)
        .order_by(col(Patrol.happened_at))
    )
    found: dict[int, _Walked] = defaultdict(_Walked)
    for grid_id, person_id, began, ended in rows:
        one, day = found[grid_id], local_day(began, zone)
        one.first.setdefault(day, began)
        if day == today:
            one.walkers.append(person_id)
            one.walking = one.walking or ended is None
    return dict(found)


def _names(session: Session, walked: dict[int, _Walked]) -> dict[int, str]:
    people = {person for one in walked.values() for person in one.walkers}
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(people)))
    return {person_id: name for person_id, name in rows if person_id is not None}
