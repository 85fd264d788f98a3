"""Use cases of the leader's view: the walks of today by grid, a week as a strip."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from firegrid_app.access.rules import DAILY_TARGET_MINUTES, Action, Actor, Role
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.duties.service import is_workday
from firegrid_app.grids.picking import grids_to_open
from firegrid_app.grids.service import grid_by_code, grids_above, ids_below, subtree
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.patrols.days import minutes_by_grid
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
    walkers: dict[int, str] = field(default_factory=dict)
    """Who walked today, by id."""
    walking: bool = False


_NEVER = _Walked()


def viewable(session: Session, actor: Actor) -> list[Grid]:
    """Grids the view can be opened for, the highest first. Refuses `access.not_allowed`."""
    grids = grids_to_open(session, actor, Action.SEE_GRID)
    if not grids or not any(actor.may(Action.CLOSE_HAZARD, grid.path) for grid in grids):
        raise Refused("access.not_allowed")
    return grids


def walks_view(session: Session, actor: Actor, code: str, chosen: str, now: datetime) -> WalksView:
    """The walks of today below a grid (the first in reach when `code` is empty).

    `chosen` narrows the rows to one progress; the tallies are always of all.
    Refuses `access.not_allowed`, `grids.unknown` and `access.outside_grid`.
    """
    picks = viewable(session, actor)
    top = grid_by_code(session, actor, code or picks[0].code, Action.SEE_GRID)
    zone = settings().zone
    day = _Day(session, top, now, zone)
    stands = [(day.progress_of(grid), grid) for grid in subtree(session, top, level=3)]
    tally = Counter(one for one, _ in stands)
    order = {one: place for place, one in enumerate(Progress)}
    found = sorted(
        ((one, grid) for one, grid in stands if not chosen or one == chosen),
        key=lambda pair: order[pair[0]],
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
        rows=[day.row_of(grid, one, actor) for one, grid in found[:MOST_ROWS]],
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


class _Day:
    """What is known of the walks below a grid today; read once for all its rows."""

    def __init__(self, session: Session, top: Grid, now: datetime, zone: ZoneInfo) -> None:
        self._now, self._zone, self._today = now.astimezone(zone), zone, local_day(now, zone)
        ids, today = ids_below(top, level=3), self._today
        days = [today - timedelta(days=ago) for ago in reversed(range(WEEK))]
        self._walked = _walked(session, ids, today, zone)
        self._minutes = {day: minutes_by_grid(session, ids, day) for day in days}
        self._workdays = {day: is_workday(session, day) for day in days}
        self._parents = grids_above(session, top, level=3)
        self._away = days_without(session, ids, WALKERS, today, today)
        self._gone = away_by_grid(session, ids, WALKERS, today)
        self._begins, self._listed = first_of_day(session, ids, today)

    def progress_of(self, grid: Grid) -> Progress:
        """How the day of this grid goes."""
        grid_id = grid.id or 0
        told, target = self._told(grid), self._target(grid)
        due = (
            self._by_list(grid)
            if grid_id in self._listed
            else due_by_habit(self._now, _usual(told, self._today, self._zone), target)
        )
        return progress(
            self._minutes[self._today].get(grid_id, 0),
            target,
            started=self._today in told.first,
            walking=told.walking,
            now=self._now,
            due=due,
            away=grid_id in self._away,
        )

    def row_of(self, grid: Grid, stands: Progress, actor: Actor) -> WalkRow:
        """The same with all there is to say, as far as the actor may know it."""
        told, grid_id = self._told(grid), grid.id or 0
        first, gone = self._begins.get(grid_id, []), self._gone.get(grid_id, [])
        begun, parent = told.first.get(self._today), self._parents.get(grid.parent_id)
        usual = self._by_list(grid) or _usual(told, self._today, self._zone)
        return WalkRow(
            code=grid.code,
            name=grid.name,
            parent=parent.name if parent else "",
            progress=stands.value,
            minutes=self._minutes[self._today].get(grid_id, 0),
            target=self._target(grid),
            started=f"{begun.astimezone(self._zone):%H:%M}" if begun else "",
            usual=f"{usual:%H:%M}",
            listed=grid_id in self._listed,
            due=_calls(first, shown=actor.may(Action.SEE_PHONES, grid.path)),
            walkers="、".join(told.walkers.values()),
            away=_away(gone, why=actor.may(Action.SET_ROTA, grid.path)),
            nobody_left=not first and any(one.listed for one in gone),
            days=[
                StripDay(
                    label=f"{day:%m-%d}",
                    weekday=day.weekday(),
                    minutes=minutes.get(grid_id, 0),
                    share=min(100, round(100 * minutes.get(grid_id, 0) / FULL_DAY)),
                    is_workday=self._workdays[day],
                )
                for day, minutes in self._minutes.items()
            ],
        )

    def _told(self, grid: Grid) -> _Walked:
        return self._walked.get(grid.id or 0, _NEVER)

    def _target(self, grid: Grid) -> int:
        return FULL_DAY if self._workdays[self._today] and grid.id not in self._away else 0

    def _by_list(self, grid: Grid) -> datetime | None:
        first = self._begins.get(grid.id or 0)
        return datetime.fromisoformat(first[0].starts_at).astimezone(self._zone) if first else None


def _calls(first: list[OnDuty], *, shown: bool) -> list[DueCall]:
    return [DueCall(one.name, one.phone if shown else "") for one in first]


def _away(gone: list[AwayToday], *, why: bool) -> list[AwayToday]:
    return gone if why else [replace(one, why="", words="") for one in gone]


def _usual(told: _Walked, today: date, zone: ZoneInfo) -> time:
    before = [at.astimezone(zone).time() for day, at in told.first.items() if day != today]
    return usual_start(before)


def _walked(session: Session, ids: GridIds, today: date, zone: ZoneInfo) -> dict[int, _Walked]:
    since, _ = day_bounds(today - timedelta(days=USUAL_DAYS), zone)
    _, until = day_bounds(today, zone)
    rows = session.exec(
        select(  # type: ignore[call-overload]
            Patrol.grid_id, Patrol.person_id, Person.name, Patrol.happened_at, Patrol.ended_at
        )
        .join(Person, col(Person.id) == col(Patrol.person_id))
        .where(col(Patrol.grid_id).in_(ids))
        .where(Patrol.happened_at >= since, Patrol.happened_at < until)
        .order_by(col(Patrol.happened_at))
    )
    found: dict[int, _Walked] = defaultdict(_Walked)
    for grid_id, person_id, name, began, ended in rows:
        one, day = found[grid_id], local_day(began, zone)
        one.first.setdefault(day, began)
        if day == today:
            one.walkers[person_id] = name
            one.walking = one.walking or ended is None
    return dict(found)
