"""Which grids a desk page offers to go to: any number may lie in reach, a choice holds hundreds."""

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.grids.service import grid_by_code, grids_in_scope
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused

SMALL = 3
MOST_OFFERED = 700
"""More grids than a street has, and as many as a choice may hold."""


def grids_to_open(session: Session, actor: Actor, action: Action) -> list[Grid]:
    """Counties, streets and communities where the actor may do `action`, the highest first; for a
    head or member of small grids those."""
    return grids_in_scope(session, actor, action, lowest=SMALL - 1) or grids_in_scope(
        session, actor, action
    )


def to_open(
    session: Session, actor: Actor, action: Action, code: str, *, highest: int = 0
) -> tuple[Grid, list[Grid]]:
    """The grid a page is opened for (the first in reach without a code) and those it offers, from
    the level `highest` down.

    Where more than `MOST_OFFERED` are in reach these are the larger ones and the small ones of the
    community that is open: through it one comes to every grid. A page of small grids alone opens
    the first of a community.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    reach = grids_in_scope(session, actor, action, highest=highest, limit=MOST_OFFERED + 1)
    if not reach:
        raise Refused("access.not_allowed")
    grid = grid_by_code(session, actor, code or reach[0].code, action)
    if grid.level < highest:
        grid = _first_below(session, grid, highest)
    if len(reach) <= MOST_OFFERED:
        return grid, reach
    larger = grids_in_scope(
        session, actor, action, highest=min(highest, SMALL - 1), lowest=SMALL - 1
    )
    found = [*larger, *small_beside(session, actor, action, grid)]
    return grid, sorted(found, key=lambda one: one.path)


def small_beside(session: Session, actor: Actor, action: Action, grid: Grid) -> list[Grid]:
    """The small grids in the same community as this one, or in this community, where the actor may
    do `action`."""
    community = grid.parent_id if grid.level == SMALL else grid.id
    query = (
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(Grid.parent_id == community, Grid.level == SMALL, col(Grid.valid_to).is_(None))
        .order_by(col(Grid.path))
    )
    return [one for one in session.exec(query) if actor.may(action, one.path)]


def _first_below(session: Session, grid: Grid, level: int) -> Grid:
    """The first grid of a level below one; the grid itself where there is none."""
    below = (
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(
            Grid.level == level,
            col(Grid.path).startswith(grid.path, autoescape=True),
            col(Grid.valid_to).is_(None),
        )
        .order_by(col(Grid.path))
        .limit(1)
    )
    return session.exec(below).first() or grid
