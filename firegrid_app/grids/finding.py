"""The server's side of "which grid is this": an index over the outlines, kept in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import shapely
from shapely import STRtree
from sqlmodel import Session, col, func, select

from firegrid_app.database import mark, reading
from firegrid_app.grids.cards import GridHere
from firegrid_app.grids.tables import Grid, GridChange, PastOutline
from firegrid_app.grids.whereabouts import DEGREE_M, Here, grids_here, reach_of, rings_of
from firegrid_app.refusals import Refused

SMALL = 3


@dataclass(frozen=True)
class GridIndex:
    """Small grids by place. `key` says of which state of the tree."""

    key: tuple[object, ...]
    codes: tuple[str, ...]
    outlines: tuple[dict[str, Any], ...]
    tree: STRtree

    def near(self, lat: float, lon: float, accuracy_m: float | None) -> list[Here]:
        """The grids that hold a point, then those within reach of its accuracy."""
        up = reach_of(accuracy_m) / DEGREE_M
        aside = up / max(0.1, float(np.cos(np.radians(lat))))
        window = shapely.box(lon - aside, lat - up, lon + aside, lat + up)
        some = [(self.codes[at], self.outlines[at]) for at in self.tree.query(window).tolist()]
        return grids_here(some, lat, lon, accuracy_m)


@dataclass
class _Kept:
    """The last index made, and the content of the database it was last known to be true for."""

    index: GridIndex | None = None
    mark: str = ""


_kept = _Kept()
_lock = Lock()


def grids_at(
    session: Session, lat: float, lon: float, accuracy_m: float | None = None
) -> list[GridHere]:
    """The small grids in force at a place (WGS-84): first that it is in, then near by.

    Names and codes are on public boards: nobody's right is asked. Refuses `grids.no_place` for
    degrees that are none.
    """
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Refused("grids.no_place")
    found = index(session).near(lat, lon, accuracy_m)
    # An import may call a grid otherwise and leave its outline: names are asked for every time.
    codes = [one.code for one in found]
    names = dict(session.exec(select(Grid.code, Grid.name).where(col(Grid.code).in_(codes))).all())
    return [GridHere(one.code, names.get(one.code, one.code), one.metres) for one in found]


def index(session: Session) -> GridIndex:
    """The index of the tree as it stands, made anew when a grid came, went or was drawn anew.

    Who only looks is answered from what is committed: while nobody writes, nothing is asked of
    the tables. Who writes is answered from what their own transaction sees.
    """
    if session.get_bind().get_execution_options().get("writes", True):
        return _of(session)
    now = mark()
    with _lock:
        if _kept.index is not None and _kept.mark == now:
            return _kept.index
    # Read after the mark was asked for: what the caller sees may be older than it.
    with reading() as fresh:
        found = _of(fresh)
    with _lock:
        if _kept.index is found:
            _kept.mark = now
    return found


def _of(session: Session) -> GridIndex:
    key = _state_of_tree(session)
    with _lock:
        if _kept.index is None or _kept.index.key != key:
            _kept.index, _kept.mark = _build(session, key), ""
        return _kept.index


def _state_of_tree(session: Session) -> tuple[object, ...]:
    tree = session.execute(
        select(  # type: ignore[call-overload]
            func.count(),
            func.count(col(Grid.valid_to)),
            func.max(Grid.id),
            func.sum(Grid.label_lat),
            func.sum(Grid.label_lon),
        ).where(Grid.level == SMALL)
    ).one()
    drawn = session.exec(select(func.max(PastOutline.id))).one()
    changed = session.exec(select(func.max(GridChange.id))).one()
    done = session.exec(select(func.max(GridChange.applied_at))).one()
    return (str(session.get_bind().engine.url), *tree, drawn, changed, done)


def _build(session: Session, key: tuple[object, ...]) -> GridIndex:
    rows = session.exec(
        select(Grid.code, Grid.outline)
        .where(Grid.level == SMALL, col(Grid.valid_to).is_(None))
        .order_by(col(Grid.path))
    ).all()
    drawn = [(code, dict(outline)) for code, outline in rows if outline]
    return GridIndex(
        key=key,
        codes=tuple(code for code, _ in drawn),
        outlines=tuple(outline for _, outline in drawn),
        tree=STRtree(shapely.box(*_boxes(outline for _, outline in drawn))),
    )


def _boxes(outlines: Iterable[dict[str, Any]]) -> Any:
    """West, south, east and north of each outline: the tree needs no more, `near` looks closely."""
    boxes = [
        _box([corner for ring in rings_of(outline) for corner in ring]) for outline in outlines
    ]
    return np.array(boxes, dtype=float).reshape(-1, 4).T


def _box(corners: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    across = [corner[0] for corner in corners]
    up = [corner[1] for corner in corners]
    return min(across), min(up), max(across), max(up)
