"""The one query set behind the desk's list, its map and its figures: they cannot disagree."""

from collections import Counter
from datetime import datetime

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import DAILY_TARGET_MINUTES, Action, Actor, Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.desk.cards import GridToday, Overview, Tally
from firegrid_app.desk.rules import Standing, standing
from firegrid_app.duties.service import is_workday
from firegrid_app.grids.service import grid_by_code, grids_in_scope, subtree
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.cards import HazardCounts
from firegrid_app.hazards.lists import counts_by_grid
from firegrid_app.patrols.service import last_patrols, minutes_by_grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.shouts.service import shouts_by_grid
from firegrid_app.visits.service import knocks_by_grid


def desk_grids(session: Session, actor: Actor) -> list[Grid]:
    """Grids the desk can be opened for: streets and communities in scope, the highest first.

    A head or member of small grids gets those. Refuses `access.not_allowed` when there are none.
    """
    grids = grids_in_scope(session, actor, Action.SEE_GRID)
    if not grids:
        raise Refused("access.not_allowed")
    return [grid for grid in grids if grid.level < 3] or grids


def overview(session: Session, actor: Actor, code: str, now: datetime) -> Overview:
    """All small grids below the grid with this code, as they stand today.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    grids = subtree(session, top, level=3)
    ids = [grid.id for grid in grids if grid.id is not None]
    today = local_day(now, settings().zone)
    workday = is_workday(session, today)
    target = DAILY_TARGET_MINUTES[Role.GRID_MEMBER] if workday else 0
    minutes = minutes_by_grid(session, ids, today)
    knocks = knocks_by_grid(session, ids, today)
    shouts = shouts_by_grid(session, ids, today)
    hazards = counts_by_grid(session, ids, today)
    walked = last_patrols(session, ids)
    holders = _holders(session, ids, now)
    parents = {
        grid.id: grid.name
        for grid in session.exec(
            select(Grid)
            .options(WITHOUT_OUTLINE)
            .where(col(Grid.id).in_({grid.parent_id for grid in grids}))
        )
    }
    rows = []
    for grid in grids:
        assert grid.id is not None
        counts = hazards.get(grid.id, HazardCounts())
        spent = minutes.get(grid.id)
        rows.append(
            GridToday(
                id=grid.id,
                code=grid.code,
                name=grid.name,
                parent_name=parents.get(grid.parent_id, ""),
                standing=standing(spent, target, counts.overdue),
                minutes=spent or 0,
                target=target,
                knocks=knocks.get(grid.id, 0),
                shouts=shouts.get(grid.id, 0),
                open_hazards=counts.open,
                overdue_hazards=counts.overdue,
                last_patrol=walked[grid.id].isoformat() if grid.id in walked else "",
                holders=holders.get(grid.id, ""),
            )
        )
    tally = Counter(row.standing for row in rows)
    return Overview(
        code=top.code,
        name=top.name,
        day=today.isoformat(),
        is_workday=workday,
        rows=tuple(rows),
        tallies=tuple(Tally(one, tally[one]) for one in Standing if tally[one]),
        minutes=sum(row.minutes for row in rows),
        knocks=sum(row.knocks for row in rows),
        shouts=sum(row.shouts for row in rows),
        open_hazards=sum(row.open_hazards for row in rows),
        overdue_hazards=sum(row.overdue_hazards for row in rows),
    )


def _holders(session: Session, grid_ids: list[int], now: datetime) -> dict[int, str]:
    today = local_day(now, settings().zone)
    rows = session.exec(
        select(Post.grid_id, Post.role, Person.name)
        .join(Person, col(Person.id) == Post.person_id)
        .where(
            col(Post.grid_id).in_(grid_ids),
            col(Post.role).in_([Role.GRID_HEAD, Role.GRID_MEMBER]),
            Post.starts_on <= today,
            or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today),
            # As on the board: who can no longer log in does not walk this grid.
            col(Person.switched_off_at).is_(None),
        )
        .order_by(col(Post.role), col(Post.id))
    )
    names: dict[int, list[str]] = {}
    for grid_id, _, name in rows:
        names.setdefault(grid_id, []).append(name)
    return {grid_id: "、".join(dict.fromkeys(found)) for grid_id, found in names.items()}
