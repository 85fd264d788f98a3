"""The one query set behind the desk's list, its map and its figures: they cannot disagree."""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import DAILY_TARGET_MINUTES, Action, Actor, Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.desk.cards import TODAY, Asked, GridToday, Overview, Tally
from firegrid_app.desk.rules import Days, Standing, days_of, standing
from firegrid_app.duties.service import workdays
from firegrid_app.grids.picking import grids_to_open
from firegrid_app.grids.service import (
    grid_by_code,
    grids_above,
    ids_below,
    is_below,
)
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.hazards.cards import HazardCounts
from firegrid_app.hazards.lists import counts_at, counts_by_grid
from firegrid_app.patrols.days import last_patrols
from firegrid_app.patrols.reached import minutes_between, points_left
from firegrid_app.refusals import Refused
from firegrid_app.rota.away import WALKERS, days_without
from firegrid_app.settings import settings
from firegrid_app.shouts.counts import shouts_between
from firegrid_app.visits.counts import doors_between, doors_there
from firegrid_app.visits.rules import ROUND


def desk_grids(session: Session, actor: Actor) -> list[Grid]:
    """Grids the desk can be opened for: streets and communities in scope, the highest first.

    A head or member of small grids gets those. Refuses `access.not_allowed` when there are none.
    """
    grids = grids_to_open(session, actor, Action.SEE_GRID)
    if not grids:
        raise Refused("access.not_allowed")
    return grids


def days_asked(asked: Asked, now: datetime) -> Days:
    """The days to look at. Refuses `desk.no_such_day`, also for one still to come."""
    today = local_day(now, settings().zone)
    try:
        day = date.fromisoformat(asked.day) if asked.day else today
    except ValueError:
        raise Refused("desk.no_such_day") from None
    days = days_of(day, today, week=asked.week)
    if days is None:
        raise Refused("desk.no_such_day")
    return days


def overview(
    session: Session, actor: Actor, code: str, now: datetime, asked: Asked = TODAY
) -> Overview:
    """All small grids below the grid with this code, as they stand today or stood on other days.

    On a day that is over hazards count as they stood at its end, by the last day they have now.
    Refuses `grids.unknown`, `access.outside_grid`, `desk.no_such_day`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    days = days_asked(asked, now)
    zone = settings().zone
    today = local_day(now, zone)
    start_at, end_at = day_bounds(days.first, zone)[0], day_bounds(days.last, zone)[1]
    in_force = None if days.last == today else days.last
    # Columns and no objects: a county has a hundred thousand of them.
    grids = session.execute(
        select(Grid.id, Grid.code, Grid.name, Grid.parent_id)
        .where(*is_below(top, level=3, on=in_force))
        .order_by(col(Grid.path))
    ).all()
    ids = ids_below(top, level=3, on=in_force)
    calendar = workdays(session, days.first, days.last)
    length = (days.last - days.first).days + 1
    worked = sum(days.first + timedelta(days=day) in calendar for day in range(length))
    away = days_without(session, ids, WALKERS, days.first, days.last)
    minutes = minutes_between(session, ids, days.first, days.last)
    knocks = doors_between(session, ids, start_at, end_at)
    shouts = shouts_between(session, ids, start_at, end_at)
    if days.last == today:
        hazards = counts_by_grid(session, ids, today)
    else:
        hazards = counts_at(session, ids, end_at, days.last)
    walked = last_patrols(session, ids, end_at)
    there = doors_there(session, ids)
    knocked = doors_between(session, ids, end_at - ROUND, end_at)
    points = points_left(session, ids, start_at, end_at)
    holders = _holders(session, ids, days.last, end_at)
    above = grids_above(session, top, level=3, on=in_force)
    parents = {grid_id: grid.name for grid_id, grid in above.items()}
    full_day = DAILY_TARGET_MINUTES[Role.GRID_MEMBER]
    rows = []
    for grid_id, grid_code, name, parent_id in grids:
        counts = hazards.get(grid_id, _NO_HAZARDS)
        spent = minutes.get(grid_id)
        doors = there.get(grid_id, 0)
        all_points, left = points.get(grid_id, (0, 0))
        asked_on = (
            worked - sum(day in calendar for day in away[grid_id]) if grid_id in away else worked
        )
        target = full_day * asked_on
        rows.append(
            GridToday(
                id=grid_id,
                code=grid_code,
                name=name,
                parent_name=parents.get(parent_id, ""),
                standing=standing(spent, target, counts.overdue),
                minutes=spent or 0,
                target=target,
                knocks=knocks.get(grid_id, 0),
                shouts=shouts.get(grid_id, 0),
                open_hazards=counts.open,
                overdue_hazards=counts.overdue,
                doors=doors,
                # A door that moved to another grid since is knocked at there: never below none.
                doors_left=max(0, doors - knocked.get(grid_id, 0)),
                points=all_points,
                points_left=left,
                last_patrol=walked[grid_id].isoformat() if grid_id in walked else "",
                holders=holders.get(grid_id, ""),
            )
        )
    tally = Counter(row.standing for row in rows)
    return Overview(
        code=top.code,
        name=top.name,
        day=days.last.isoformat(),
        first=days.first.isoformat(),
        is_workday=worked > 0,
        rows=tuple(rows),
        tallies=tuple(Tally(one, tally[one]) for one in Standing if tally[one]),
        **{name: sum(getattr(row, name) for row in rows) for name in _SUMS},
    )


_NO_HAZARDS = HazardCounts()
_SUMS = (
    "minutes",
    "knocks",
    "shouts",
    "open_hazards",
    "overdue_hazards",
    "doors",
    "doors_left",
    "points",
    "points_left",
)


def _holders(session: Session, grid_ids: GridIds, day: date, end_at: datetime) -> dict[int, str]:
    rows = session.exec(
        select(Post.grid_id, Post.role, Person.name)
        .join(Person, col(Person.id) == Post.person_id)
        .where(
            col(Post.grid_id).in_(grid_ids),
            col(Post.role).in_([Role.GRID_HEAD, Role.GRID_MEMBER]),
            Post.starts_on <= day,
            or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= day),
            # As on the board: who can no longer log in does not walk this grid.
            or_(col(Person.switched_off_at).is_(None), col(Person.switched_off_at) >= end_at),
        )
        .order_by(col(Post.role), col(Post.id))
    )
    names: dict[int, list[str]] = {}
    for grid_id, _, name in rows:
        names.setdefault(grid_id, []).append(name)
    return {grid_id: "、".join(dict.fromkeys(found)) for grid_id, found in names.items()}
