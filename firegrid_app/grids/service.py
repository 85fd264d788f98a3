"""Use cases over the tree of grids: the one door to a grid row, and lists of grids in scope."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import require
from firegrid_app.grids.cards import GridPick
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid, GridIds
from firegrid_app.refusals import Refused


def grids_ahead(session: Session, codes: set[str], grid_ids: set[int]) -> list[Grid]:
    """Grids the two doors below will be asked for, in one query. Opens no door by itself.

    Whoever asks holds on to them as long as they are to be found without another query.
    """
    if not codes and not grid_ids:
        return []
    found = list(session.scalars(_AHEAD, {"codes": list(codes), "ids": list(grid_ids)}))
    _met(session).update({grid.code: grid for grid in found})
    return found


_AHEAD = (
    select(Grid)
    .options(WITHOUT_OUTLINE)
    .where(
        or_(
            col(Grid.code).in_(sa.bindparam("codes", expanding=True)),
            col(Grid.id).in_(sa.bindparam("ids", expanding=True)),
        )
    )
)


def _met(session: Session) -> dict[str, Grid]:
    """Grids by code, for the transaction: a batch from one phone names one again and again."""
    met: dict[str, Grid] = session.info.setdefault("grids_by_code", {})
    return met


def picks_of(grids: Iterable[Grid]) -> list[GridPick]:
    """These grids as a page offers them to be chosen from; the caller has checked each."""
    return [GridPick(grid.code, grid.name, grid.level) for grid in grids]


def grid_by_code(session: Session, actor: Actor, code: str, action: Action) -> Grid:
    """The grid with this code, if the actor may do `action` there.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    met = _met(session)
    grid = met.get(code)
    if grid is None:
        grid = session.exec(select(Grid).options(WITHOUT_OUTLINE).where(Grid.code == code)).first()
        if grid is None:
            raise Refused("grids.unknown", code=code[:30])
        met[code] = grid
    require(actor, action, grid)
    return grid


def grid_by_id(session: Session, actor: Actor, grid_id: int, action: Action) -> Grid:
    """The same door by id, for grids named by another row."""
    grid = session.get(Grid, grid_id, options=[WITHOUT_OUTLINE])
    if grid is None:
        raise Refused("grids.unknown", code="")
    require(actor, action, grid)
    return grid


def grids_in_scope(
    session: Session,
    actor: Actor,
    action: Action,
    *,
    level: int | None = None,
    highest: int = 0,
    lowest: int = 3,
    limit: int | None = None,
) -> list[Grid]:
    """All grids where the actor may do `action`, in tree order; at one level if named, or from the
    level `highest` down to `lowest`. A county has a hundred thousand small ones: ask for those only
    with a limit (`picking.to_open`)."""
    scopes = actor.scopes(action)
    if not scopes:
        return []
    query = (
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(or_(*(col(Grid.path).startswith(path, autoescape=True) for path in scopes)))
        .where(col(Grid.valid_to).is_(None))
        .order_by(col(Grid.path))
        .limit(limit)
    )
    if level is not None:
        highest = lowest = level
    if (highest, lowest) != (0, 3):
        query = query.where(col(Grid.level).between(highest, lowest))
    return list(session.exec(query))


def subtree(
    session: Session,
    grid: Grid,
    *,
    level: int | None = None,
    with_outlines: bool = False,
    on: date | None = None,
) -> list[Grid]:
    """The grid itself and all below it, in tree order; only one level if named.

    Those in force now, or `on` a day. Outlines are read when asked for: those of a street cost more
    than the rest of its rows; they are today's.
    """
    query = (
        select(Grid)
        .options(*(() if with_outlines else (WITHOUT_OUTLINE,)))
        .where(*is_below(grid, level=level, on=on))
        .order_by(col(Grid.path))
    )
    return list(session.exec(query))


def ids_below(grid: Grid, *, level: int | None = None, on: date | None = None) -> GridIds:
    """The ids of what `subtree` gives, as a query to stand in another (`GridIds`)."""
    return select(Grid.id).where(*is_below(grid, level=level, on=on))


def grids_above(
    session: Session, grid: Grid, *, level: int | None = None, on: date | None = None
) -> dict[int | None, Grid]:
    """The grids right above those of `subtree`, by id; also the one above the grid itself."""
    parents = select(Grid.parent_id).where(*is_below(grid, level=level, on=on))
    query = select(Grid).options(WITHOUT_OUTLINE).where(col(Grid.id).in_(parents))
    return {one.id: one for one in session.exec(query)}


def is_below(
    grid: Grid, *, level: int | None = None, on: date | None = None
) -> list[sa.ColumnElement[bool]]:
    """What a row of `Grid` has to be to stand in `subtree`."""
    until = col(Grid.valid_to).is_(None)
    # A slash ends each code and "0" follows it: one range of the index on both databases.
    wanted = [col(Grid.path) >= grid.path, col(Grid.path) < f"{grid.path[:-1]}0"]
    if on is None:
        wanted.append(until)
    else:
        wanted += [col(Grid.valid_from) <= on, or_(until, col(Grid.valid_to) >= on)]
    if level is not None:
        wanted.append(col(Grid.level) == level)
    return wanted


def first_day(session: Session, code: str) -> date | None:
    """The first day of any small grid below this one; None where there is none."""
    path = select(Grid.path).where(Grid.code == code).scalar_subquery()
    query = select(func.min(Grid.valid_from)).where(
        col(Grid.level) == 3, func.substr(col(Grid.path), 1, func.length(path)) == path
    )
    return session.exec(query).one()


def may_change_below(session: Session, actor: Actor, code: str) -> bool:
    """May the actor draw, split and merge the grids right below this one?"""
    grid = session.exec(select(Grid).options(WITHOUT_OUTLINE).where(Grid.code == code)).first()
    return grid is not None and grid.level < 3 and actor.may(Action.MANAGE_GRIDS, grid.path)


def grid_codes(session: Session, grid_ids: set[int]) -> dict[int, str]:
    """Codes by id, for cards that name a grid."""
    rows = session.exec(select(Grid.id, Grid.code).where(col(Grid.id).in_(grid_ids)))
    return {grid_id: code for grid_id, code in rows if grid_id is not None}


def paths_over(path: str) -> list[str]:
    """The path of a grid and those of all grids above it, the root first."""
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]
