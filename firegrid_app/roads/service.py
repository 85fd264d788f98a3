"""Use cases of roads: those around grids, for the map, the phone and paper; taken away again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import shapely
import sqlalchemy as sa
from sqlmodel import Session, col, delete, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.grids.service import grid_by_code, is_below
from firegrid_app.grids.tables import Grid
from firegrid_app.roads.cards import RoadsHere
from firegrid_app.roads.kept import kept
from firegrid_app.roads.rules import (
    METRE,
    NO_LINES,
    Box,
    Kind,
    Line,
    Lines,
    around,
    clipped,
    packed,
    widened,
)
from firegrid_app.roads.tables import Road

MOST_ON_MAP = 600_000
"""Bytes of JSON for a desk's map."""
MOST_ON_PHONE = 40_000
"""Bytes of JSON in a day pack: it is kept on cheap phones and read at each start."""
MOST_READ = 20_000
"""Roads read for one drawing, the most important first: the rest would find no room."""
_RANK = sa.case({str(kind): rank for rank, kind in enumerate(Kind)}, value=col(Road.kind))
_BEYOND_M = 1500
_PHONE_SHARE, _PHONE_LEAST_M = 0.3, 150


def state_of(session: Session) -> tuple[int, datetime | None]:
    """The same as long as no road came, changed or went."""
    count, latest = session.exec(select(func.count(), func.max(Road.changed_at))).one()
    return count, latest


def roads_in(
    session: Session, box: Box, most: int | None = MOST_READ
) -> list[tuple[str, str, dict[str, Any]]]:
    """Name, kind and GeoJSON of the roads that reach into a box of degrees, the most important
    first; of all of them for `most` None."""
    rows = session.exec(
        select(Road.name, Road.kind, Road.line)
        .where(Road.west <= box[2], Road.east >= box[0], Road.south <= box[3], Road.north >= box[1])
        .order_by(_RANK, col(Road.id))
        .limit(most)
    )
    return [(name, kind, dict(line)) for name, kind, line in rows]


def roads_for_map(session: Session, actor: Actor, code: str) -> Lines:
    """The roads around the grids below one, as fine as its whole picture can show them.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    box = reach(session, top)
    state = state_of(session)
    if box is None or not state[0]:
        return NO_LINES
    tolerance = max(1.0, max(box[2] - box[0], box[3] - box[1]) / METRE / 8000)

    def cut() -> Lines:
        return packed(clipped(roads_in(session, box), shapely.box(*box), tolerance), MOST_ON_MAP)

    return kept((state, box), cut)


def roads_for_phone(session: Session, grids: Sequence[Grid]) -> Lines:
    """The roads in and around a member's own grids (their outlines are read already)."""
    state = state_of(session)
    if not state[0] or not any(grid.outline for grid in grids):
        return NO_LINES
    ground = around((grid.outline for grid in grids), _PHONE_SHARE, _PHONE_LEAST_M)

    def cut() -> Lines:
        return packed(clipped(roads_in(session, ground.bounds), ground, 1.5), MOST_ON_PHONE)

    return kept((state, ground.wkb), cut)


def roads_on_paper(session: Session, outline: dict[str, Any] | None, share: float) -> list[Line]:
    """The roads of a drawing that shows so much ground beside an outline."""
    if not outline or not state_of(session)[0]:
        return []
    ground = around([outline], share, 300)
    return clipped(roads_in(session, ground.bounds), ground, 2)


def roads_here(session: Session, actor: Actor, code: str) -> RoadsHere:
    """How many roads were brought in for a grid, and the names among them, for who manages it.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    brought_in = select(func.count()).select_from(Road).where(Road.grid_id == top.id)
    count = session.exec(brought_in).one()
    names = session.exec(
        select(Road.name)
        .where(Road.grid_id == top.id, Road.name != "")
        .distinct()
        .order_by(Road.name)
        .limit(300)
    )
    return RoadsHere(count, tuple(names))


def take_away(session: Session, actor: Actor, code: str, name: str, now: datetime) -> int:
    """Take the roads of this name that were brought in for a grid off every map, all of them for an
    empty name; how many went. Twice is fine.

    Refuses `grids.unknown`, `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    gone = delete(Road).where(col(Road.grid_id) == top.id)
    if name:
        gone = gone.where(col(Road.name) == name)
    count: int = session.execute(gone).rowcount  # type: ignore[attr-defined]
    if count:
        audit(session, actor.person_id, "roads", f"take away {top.code} {count}", now)
        session.flush()
    return count


def reach(session: Session, top: Grid) -> Box | None:
    """How far the grids below one reach, with some ground beside; None where none is drawn."""
    lon, lat = col(Grid.label_lon), col(Grid.label_lat)
    ends = session.exec(
        select(func.min(lon), func.min(lat), func.max(lon), func.max(lat)).where(*is_below(top))
    ).one()
    if ends[0] is None:
        return None
    west, south, east, north = (one or 0.0 for one in ends)
    share = max(east - west, north - south) / METRE * 0.15
    return widened((west, south, east, north), _BEYOND_M + share)
