"""Use cases of who manages check points at the desk: list, add, rename, close and open again."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.picking import to_open
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.points.cards import PointLine, PointsView
from firegrid_app.points.rules import PointKind, is_open, point_name, storey_order
from firegrid_app.points.tables import CheckPoint
from firegrid_app.refusals import Refused
from firegrid_app.routes import point_sheet
from firegrid_app.settings import settings

SMALL = 3
FLOORS = (-9, 200)
MADE_BY_HAND = tuple(kind.value for kind in PointKind if kind is not PointKind.PLACE)
"""Premises get their point by their file."""


def points_view(session: Session, actor: Actor, code: str, now: datetime) -> PointsView:
    """The points of a small grid (the first in reach when `code` is empty), closed ones too.

    Refuses `access.not_allowed`, `grids.unknown` and `access.outside_grid`.
    """
    grid, reach = to_open(session, actor, Action.MANAGE_POINTS, code, highest=SMALL)
    today = local_day(now, settings().zone)
    rows = session.exec(select(CheckPoint).where(CheckPoint.grid_id == grid.id)).all()
    rows = sorted(
        rows,
        key=lambda one: (
            not one.building,
            one.building,
            one.unit,
            storey_order(one.kind, one.floor),
            one.name,
        ),
    )
    return PointsView(
        code=grid.code,
        name=grid.name,
        picks=[(one.code, one.name) for one in reach],
        sheet=point_sheet(grid.code),
        points=[
            PointLine(
                id=one.id or 0,
                name=one.name,
                kind=one.kind,
                building=one.building,
                is_open=is_open(one.ends_on, today),
                ends_on=one.ends_on.isoformat() if one.ends_on else "",
            )
            for one in rows
        ],
    )


def add_point(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    kind: str,
    building: str,
    unit: str,
    floor: str,
    name: str,
    now: datetime,
) -> CheckPoint:
    """Add a point to a small grid. Without a name it is called as people say it.

    Refuses `grids.unknown`, `access.outside_grid`, `points.bad_kind`, `points.bad_floor`,
    `points.bad_name`, `points.there_already`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.MANAGE_POINTS)
    if kind not in MADE_BY_HAND:
        raise Refused("points.bad_kind")
    storey = _storey(floor)
    building, unit = " ".join(building.split())[:30], " ".join(unit.split())[:30]
    said = name.strip() or (
        point_name(building, unit, storey, PointKind(kind))
        if building or kind not in ("other", "lane")
        else ""
    )
    said = _checked(said)
    _refuse_twin(session, grid, said)
    point = CheckPoint(
        code=f"H.{uuid4().hex[:20]}",
        grid_id=grid.id or 0,
        name=said,
        kind=kind,
        building=building,
        unit=unit,
        floor=storey,
        kept_by_hand=True,
    )
    session.add(point)
    audit(session, actor.person_id, "add_point", f"{grid.code} {said}", now)
    session.flush()
    return point


def rename_point(
    session: Session, actor: Actor, point_id: int, name: str, now: datetime
) -> CheckPoint:
    """Give a point another name; its code stays, and registers leave the name alone from then on.

    Refuses `points.unknown`, `access.outside_grid`, `points.bad_name`, `points.there_already`.
    """
    point, grid = _own(session, actor, point_id)
    said = _checked(name)
    if said != point.name:
        _refuse_twin(session, grid, said)
        point.name, point.kept_by_hand = said, True
        audit(session, actor.person_id, "rename_point", f"{grid.code} {said}", now)
        session.flush()
    return point


def close_point(session: Session, actor: Actor, point_id: int, now: datetime) -> CheckPoint:
    """From today on nobody walks to it; arrivals recorded there stay. Closing twice is fine.

    Refuses `points.unknown` and `access.outside_grid`.
    """
    point, grid = _own(session, actor, point_id)
    today = local_day(now, settings().zone)
    if is_open(point.ends_on, today):
        point.ends_on, point.kept_by_hand = today - timedelta(days=1), True
        audit(session, actor.person_id, "close_point", f"{grid.code} {point.name}", now)
        session.flush()
    return point


def open_point(session: Session, actor: Actor, point_id: int, now: datetime) -> CheckPoint:
    """Walk to it again; the code on the wall is still its own.

    Refuses `points.unknown` and `access.outside_grid`.
    """
    point, grid = _own(session, actor, point_id)
    if point.ends_on is not None:
        point.ends_on, point.kept_by_hand = None, True
        audit(session, actor.person_id, "open_point", f"{grid.code} {point.name}", now)
        session.flush()
    return point


def _own(session: Session, actor: Actor, point_id: int) -> tuple[CheckPoint, Grid]:
    """The one door to a point for who manages it."""
    point = session.get(CheckPoint, point_id)
    if point is None:
        raise Refused("points.unknown")
    return point, grid_by_id(session, actor, point.grid_id, Action.MANAGE_POINTS)


def _storey(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    try:
        found = int(text)
    except ValueError:
        raise Refused("points.bad_floor") from None
    if not FLOORS[0] <= found <= FLOORS[1] or found == 0:
        raise Refused("points.bad_floor")
    return found


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not 2 <= len(name) <= 80 or not name.isprintable():
        raise Refused("points.bad_name")
    return name


def _refuse_twin(session: Session, grid: Grid, name: str) -> None:
    twin = select(CheckPoint.id).where(CheckPoint.grid_id == grid.id, CheckPoint.name == name)
    if session.exec(twin.where(col(CheckPoint.ends_on).is_(None))).first() is not None:
        raise Refused("points.there_already", name=name)
