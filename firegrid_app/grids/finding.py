"""The server's side of "which grid is this": an index over the outlines, kept in memory."""

from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import shape
from sqlmodel import Session, col, func, select

from firegrid_app.grids.cards import GridHere
from firegrid_app.grids.tables import Grid, GridChange, PastOutline
from firegrid_app.grids.whereabouts import DEGREE_M, grids_here, reach_of
from firegrid_app.refusals import Refused

SMALL = 3


@dataclass(frozen=True)
class GridIndex:
    """Small grids by place. `key` says of which state of the tree."""

    key: tuple[object, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    outlines: tuple[dict[str, Any], ...]
    tree: STRtree

    def near(self, lat: float, lon: float, accuracy_m: float | None) -> list[GridHere]:
        """The grids that hold a point, then those within reach of its accuracy."""
        up = reach_of(accuracy_m) / DEGREE_M
        aside = up / max(0.1, float(np.cos(np.radians(lat))))
        window = shapely.box(lon - aside, lat - up, lon + aside, lat + up)
        some = {self.codes[at]: at for at in self.tree.query(window).tolist()}
        found = grids_here(
            ((code, self.outlines[at]) for code, at in some.items()), lat, lon, accuracy_m
        )
        return [GridHere(one.code, self.names[some[one.code]], one.metres) for one in found]


_kept: list[GridIndex] = []
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
    return index(session).near(lat, lon, accuracy_m)


def index(session: Session) -> GridIndex:
    """The index of the tree as it stands, made anew when a grid came, went or was drawn anew."""
    key = _state_of_tree(session)
    with _lock:
        if not _kept or _kept[0].key != key:
            _kept[:] = [_build(session, key)]
        return _kept[0]


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
        select(Grid.code, Grid.name, Grid.outline)
        .where(Grid.level == SMALL, col(Grid.valid_to).is_(None))
        .order_by(col(Grid.path))
    ).all()
    drawn = [(code, name, dict(outline)) for code, name, outline in rows if outline]
    return GridIndex(
        key=key,
        codes=tuple(code for code, _, _ in drawn),
        names=tuple(name for _, name, _ in drawn),
        outlines=tuple(outline for _, _, outline in drawn),
        tree=STRtree([shape(outline) for _, _, outline in drawn]),
    )
