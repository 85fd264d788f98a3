"""The outlines of a map: read as columns, packed once, and kept for all who may look at them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
import orjson
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.answers import Body
from firegrid_app.boards.kept import Shelf
from firegrid_app.clock import local_day
from firegrid_app.database import MANY, reading
from firegrid_app.desk.cards import TODAY, Asked
from firegrid_app.desk.service import days_asked
from firegrid_app.grids.history import drawings_on
from firegrid_app.grids.service import grid_by_code, ids_below, is_below
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid, PastOutline
from firegrid_app.maps.cards import MapAreas, MapGrids, MapOutlines
from firegrid_app.maps.rules import UNITS_PER_DEGREE
from firegrid_app.maps.rules.beginnings import without
from firegrid_app.maps.rules.packing import (
    Outlines,
    outlines_of,
    packed,
    simplified,
    step_for,
)
from firegrid_app.maps.service import tree_tag
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

_SHELF = Shelf(most_bytes=64 * 1024 * 1024)
"""A street of 100,000 grids takes 10 MB for its first look; a community near by 40 kB."""
_SMALL, _GROUP = 3, 2


@dataclass(frozen=True)
class Wanted:
    """A map somebody may see: the path of its grid, the day if that is over, whole or not."""

    path: str
    on: date | None
    near: bool


def wanted(
    session: Session, actor: Actor, code: str, now: datetime, asked: Asked, *, near: bool
) -> Wanted:
    """The map asked for, if this actor may see it: `map_grids`, or `map_outlines` from `near`.

    Refuses `grids.unknown`, `access.outside_grid` and `desk.no_such_day`.
    """
    top, on = _asked(session, actor, code, now, asked)
    return Wanted(top.path, on, near)


def body_of(one: Wanted) -> Body:
    """Its answer, packed once for all who look, while no grid in it changes.

    To be asked for without a session: many may wait for one who makes it.
    """

    def make() -> bytes:
        with reading() as session:
            read = _outlines if one.near else _grids
            return orjson.dumps(read(session, _top(session, one.path), one.on))

    def state() -> bytes:
        with reading() as session:
            return _state(session, _top(session, one.path), one.on)

    return _SHELF.page(one, None, make, state)


def _top(session: Session, path: str) -> Grid:
    top = session.exec(select(Grid).options(WITHOUT_OUTLINE).where(Grid.path == path)).first()
    if top is None:
        raise Refused("grids.unknown", code="")
    return top


def map_grids(
    session: Session, actor: Actor, code: str, now: datetime, asked: Asked = TODAY
) -> MapGrids:
    """Outlines and names below the grid with this code, as on the last of the days asked about.

    Of very many grids simplified, no finer than the first look at all of them shows. Refuses
    `grids.unknown`, `access.outside_grid` and `desk.no_such_day`.
    """
    return _grids(session, *_asked(session, actor, code, now, asked))


def map_outlines(
    session: Session, actor: Actor, code: str, now: datetime, asked: Asked = TODAY
) -> MapOutlines:
    """The outlines of a community (or of one small grid) whole, for who looks nearer. Refuses the
    same."""
    return _outlines(session, *_asked(session, actor, code, now, asked))


def _asked(
    session: Session, actor: Actor, code: str, now: datetime, asked: Asked
) -> tuple[Grid, date | None]:
    """The grid, and the day if it is over."""
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    day = days_asked(asked, now).last
    return top, None if day == local_day(now, settings().zone) else day


def _grids(session: Session, top: Grid, on: date | None) -> MapGrids:
    small, outlines = _read(session, top, on, _SMALL)
    groups, borders = _read(session, top, on, _GROUP)
    step = step_for(outlines)
    place: dict[int | None, int] = {group.id: number for number, group in enumerate(groups)}
    parents = tuple(place.get(one.parent_id, -1) for one in small)
    above = [groups[parent] if parent >= 0 else _NOBODY for parent in parents]
    grids = _areas(small, outlines, step)
    return MapGrids(
        tree=tree_tag((one.code, one.name) for one in small),
        units=UNITS_PER_DEGREE // step,
        whole=step == 1,
        codes=without((group.code for group in above), (one.code for one in small)),
        parents=parents,
        group_codes=tuple(group.code for group in groups),
        grids=replace(grids, names=without((group.name for group in above), grids.names)),
        groups=_areas(groups, borders, step),
    )


def _outlines(session: Session, top: Grid, on: date | None) -> MapOutlines:
    small, outlines = _read(session, top, on, _SMALL)
    return MapOutlines(
        units=UNITS_PER_DEGREE,
        codes=tuple(one.code for one in small),
        grids=packed(outlines),
        groups=packed(_read(session, top, on, _GROUP)[1]),
    )


class _Named(NamedTuple):
    """A row of the tree without its outline."""

    id: int
    parent_id: int | None
    code: str
    name: str
    label_lat: float | None
    label_lon: float | None


_NOBODY = _Named(0, None, "", "", None, None)


def _read(
    session: Session, top: Grid, on: date | None, level: int
) -> tuple[list[_Named], Outlines]:
    """The grids of one level in tree order, and how each is drawn."""
    rows: list[_Named] = []
    then = drawings_on(session, ids_below(top, level=level, on=on), on) if on else {}

    def drawn() -> Iterator[dict[str, Any] | None]:
        for row in _rows(session, top, on, level):
            named, text = _Named._make(row[:-1]), row[-1]
            if past := then.get(named.id):
                named = named._replace(label_lat=past.label_lat, label_lon=past.label_lon)
            rows.append(named)
            yield past.outline if past else orjson.loads(text or "null")

    outlines = outlines_of(drawn())
    return rows, outlines


def _areas(rows: list[_Named], outlines: Outlines, step: int) -> MapAreas:
    degrees = [
        (0, 0) if None in (one.label_lon, one.label_lat) else (one.label_lon, one.label_lat)
        for one in rows
    ]
    labels = np.rint(np.array(degrees, dtype=float).ravel() * UNITS_PER_DEGREE / step)
    return MapAreas(
        names=tuple(one.name for one in rows),
        labels=tuple(labels.astype(int).tolist()),
        shapes=packed(simplified(outlines, step)),
    )


def _state(session: Session, top: Grid, on: date | None) -> bytes:
    """Differs whenever what a map of these grids shows does: read, but neither parsed nor kept."""
    told = hashlib.sha256()
    for level in (_SMALL, _GROUP):
        for some in _rows(session, top, on, level).partitions():
            told.update(orjson.dumps([tuple(row) for row in some]))
    if on:
        # A drawing that is over is never changed: another day gets another row.
        past = select(func.max(PastOutline.id)).where(
            col(PastOutline.grid_id).in_(ids_below(top, on=on))
        )
        told.update(orjson.dumps(session.exec(past).one()))
    return told.digest()


def _rows(session: Session, top: Grid, on: date | None, level: int) -> sa.Result[Any]:
    """Columns and no objects, the outline as the text it is kept as."""
    query = (
        sa.select(
            col(Grid.id),
            col(Grid.parent_id),
            col(Grid.code),
            col(Grid.name),
            col(Grid.label_lat),
            col(Grid.label_lon),
            sa.cast(col(Grid.outline), sa.Text),
        )
        .where(*is_below(top, level=level, on=on))
        .order_by(col(Grid.path))
    )
    return session.execute(query, execution_options={"yield_per": MANY})
