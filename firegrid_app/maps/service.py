"""Use cases of the map: who may see which, its outlines, its figures (the desk's, unchanged)."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.desk.cards import TODAY, Asked
from firegrid_app.desk.rules import Standing
from firegrid_app.desk.service import overview
from firegrid_app.grids.service import grid_by_code
from firegrid_app.maps.cards import MapToday
from firegrid_app.settings import settings

_STANDINGS = tuple(Standing)
_SUMS = (
    "open_hazards",
    "overdue_hazards",
    "doors",
    "doors_left",
    "shouts",
    "points",
    "points_left",
)


def map_title(session: Session, actor: Actor, code: str, action: Action = Action.SEE_GRID) -> str:
    """The name of the grid a map is opened for. Refuses `grids.unknown`, `access.outside_grid`."""
    return grid_by_code(session, actor, code, action).name


def map_today(
    session: Session, actor: Actor, code: str, now: datetime, asked: Asked = TODAY
) -> MapToday:
    """The desk's overview as columns.

    Refuses `grids.unknown`, `access.outside_grid` and `desk.no_such_day`.
    """
    seen = overview(session, actor, code, now, asked)
    return MapToday(
        tree=tree_tag((row.code, row.name) for row in seen.rows),
        first=seen.first,
        day=seen.day,
        is_now=seen.day == local_day(now, settings().zone).isoformat(),
        is_workday=seen.is_workday,
        standing=tuple(_STANDINGS.index(Standing(row.standing)) for row in seen.rows),
        standings=_STANDINGS,
        minutes=tuple(row.minutes for row in seen.rows),
        targets=tuple(row.target for row in seen.rows),
        open_hazards=tuple(row.open_hazards for row in seen.rows),
        overdue_hazards=tuple(row.overdue_hazards for row in seen.rows),
        doors_left=tuple(row.doors_left for row in seen.rows),
        shouts=tuple(row.shouts for row in seen.rows),
        points_left=tuple(row.points_left for row in seen.rows),
        sums={name: getattr(seen, name) for name in _SUMS},
        tallies=tuple((tally.standing, tally.grids) for tally in seen.tallies),
    )


def tree_tag(grids: Iterable[tuple[str, str]]) -> str:
    """Differs when a grid comes, goes or gets another name: code and name of each, in order."""
    told = hashlib.sha256()
    for code, name in grids:
        told.update(f"{code}\t{name}\n".encode())
    return told.hexdigest()[:16]
