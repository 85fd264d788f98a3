"""Use cases of printed codes: the sheet to print, and what a scanned code tells a passer-by."""

from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, ids_below, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.points.cards import NoticeCard, SheetCard, SheetGrid, SheetHouse, SheetPoint
from firegrid_app.points.rules import is_open, is_tag, storey_order
from firegrid_app.points.tables import CheckPoint
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

MOST_PRINTED = 2000
"""Codes in one sheet: a community has about a thousand, a street would be a book."""


def sheet(session: Session, actor: Actor, code: str, building: str, now: datetime) -> SheetCard:
    """The codes of all points in a grid, or of one building of it, to be printed and put up.

    Refuses `grids.unknown`, `access.outside_grid`, `points.nothing_to_print`, `points.too_many`.
    """
    top = grid_by_code(session, actor, code, Action.MANAGE_POINTS)
    today = local_day(now, settings().zone)
    grids = {grid.id: grid for grid in subtree(session, top)}
    query = select(CheckPoint).where(col(CheckPoint.grid_id).in_(ids_below(top)))
    if building:
        query = query.where(CheckPoint.building == building)
    rows = session.exec(query.limit(MOST_PRINTED + 1)).all()
    if len(rows) > MOST_PRINTED:
        raise Refused("points.too_many", limit=MOST_PRINTED)
    points = [point for point in rows if is_open(point.ends_on, today)]
    if not points:
        raise Refused("points.nothing_to_print")
    return SheetCard(
        name=top.name,
        building=building,
        count=len(points),
        grids=tuple(
            SheetGrid(grid.name, _houses([one for one in points if one.grid_id == grid_id]))
            for grid_id, grid in grids.items()
            if any(one.grid_id == grid_id for one in points)
        ),
    )


def _houses(points: list[CheckPoint]) -> tuple[SheetHouse, ...]:
    houses: dict[str, list[CheckPoint]] = {}
    for point in sorted(points, key=lambda one: (not one.building, one.building, one.unit)):
        houses.setdefault(point.building, []).append(point)
    return tuple(
        SheetHouse(
            building,
            tuple(
                SheetPoint(point.name, point.kind, point.tag)
                for point in sorted(
                    some, key=lambda one: (one.unit, storey_order(one.kind, one.floor))
                )
            ),
        )
        for building, some in houses.items()
    )


def notice(session: Session, tag: str, now: datetime, reader: Actor | None = None) -> NoticeCard:
    """What the code on a wall stands for, for everybody; refuses `points.unknown_code`."""
    tag = tag.upper()
    found = (
        session.exec(
            select(CheckPoint, Grid)
            .select_from(CheckPoint)
            .join(Grid, col(Grid.id) == col(CheckPoint.grid_id))
            .where(CheckPoint.tag == tag)
        ).first()
        if is_tag(tag)
        else None
    )
    if found is None:
        raise Refused("points.unknown_code")
    point, grid = found
    above = session.exec(
        select(Grid.name)
        .where(col(Grid.code).in_(grid.path.strip("/").split("/")[:-1]), Grid.level >= 1)
        .order_by(col(Grid.level))
    )
    return NoticeCard(
        tag=tag,
        name=point.name,
        kind=point.kind,
        grid=grid.code,
        grid_name=grid.name,
        above=tuple(above),
        is_open=is_open(point.ends_on, local_day(now, settings().zone)),
        for_app=reader is not None and reader.may(Action.RECORD, grid.path),
    )
