"""Use cases of the map: who may see which, its outlines, its figures (the desk's, unchanged)."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.desk.cards import TODAY, Asked
from firegrid_app.desk.rules import Standing
from firegrid_app.desk.service import days_asked, overview
from firegrid_app.grids.history import drawing_of, drawings_on
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.grids.shapes import Drawing
from firegrid_app.grids.tables import Grid
from firegrid_app.maps.cards import MapAreas, MapGrids, MapToday
from firegrid_app.maps.rules import UNITS_PER_DEGREE, pack, units
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


def map_grids(
    session: Session, actor: Actor, code: str, now: datetime, asked: Asked = TODAY
) -> MapGrids:
    """Outlines and names below the grid with this code, as on the last of the days asked about.

    Refuses `grids.unknown`, `access.outside_grid` and `desk.no_such_day`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    day = days_asked(asked, now).last
    is_now = day == local_day(now, settings().zone)
    below = subtree(session, top, with_outlines=True, on=None if is_now else day)
    grids = [grid for grid in below if grid.level == 3]
    groups = [grid for grid in below if grid.level == 2]
    place = {grid.id: number for number, grid in enumerate(groups)}
    then = {} if is_now else drawings_on(session, [grid.id or 0 for grid in below], day)
    return MapGrids(
        tree=tree_tag((grid.code, grid.name) for grid in grids),
        units=UNITS_PER_DEGREE,
        codes=tuple(grid.code for grid in grids),
        parents=tuple(place.get(grid.parent_id, -1) for grid in grids),
        grids=_areas(grids, then),
        groups=_areas(groups, then),
    )


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


def _areas(grids: list[Grid], then: dict[int, Drawing]) -> MapAreas:
    labels: list[int] = []
    drawings = [then.get(grid.id or 0) or drawing_of(grid) for grid in grids]
    for drawn in drawings:
        if drawn.label_lon is None or drawn.label_lat is None:
            labels += (0, 0)
        else:
            labels += (units(drawn.label_lon), units(drawn.label_lat))
    return MapAreas(
        names=tuple(grid.name for grid in grids),
        labels=tuple(labels),
        shapes=pack(drawn.outline for drawn in drawings),
    )
