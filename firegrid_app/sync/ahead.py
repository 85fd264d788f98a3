"""Loads what the items of a batch will ask for: a query a table, not several an item."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from firegrid_app.grids.service import grids_ahead
from firegrid_app.patrols.tables import Patrol
from firegrid_app.places.calls import calls_ahead
from firegrid_app.points.tables import CheckPoint
from firegrid_app.presence.service import places_ahead
from firegrid_app.sync.bodies import (
    Body,
    HazardReport,
    PatrolArrive,
    PatrolStart,
    ShoutLog,
    VisitLog,
)
from firegrid_app.visits.tables import Household

_Row = TypeVar("_Row", bound=SQLModel)


def load_ahead(session: Session, bodies: Iterable[Body]) -> list[SQLModel]:
    """The rows the services are about to look up, each service still through its own checks.

    Hold on to them until the items are applied: a session lets go of rows nobody holds.
    """
    codes: set[str] = set()
    points: set[int] = set()
    doors: set[int] = set()
    patrols: set[UUID] = set()
    walks: set[UUID] = set()
    for body in bodies:
        if isinstance(body, PatrolStart | HazardReport | ShoutLog):
            codes.add(body.grid)
        if patrol := getattr(body, "patrol", None):
            patrols.add(patrol)
        if isinstance(body, PatrolArrive):
            walks.add(body.patrol)
            if body.check_point is not None:
                points.add(body.check_point)
        if isinstance(body, VisitLog):
            doors.add(body.door)
    places_ahead(session, walks)
    arrived = _rows(session, _POINTS, points)
    knocked = _rows(session, _DOORS, doors)
    walked = _rows(session, _WALKS, patrols)
    calls_ahead(session, {row.place_id for row in arrived if row.place_id is not None})
    grid_ids = {row.grid_id for row in arrived} | {row.grid_id for row in knocked}
    return [*arrived, *knocked, *walked, *grids_ahead(session, codes, grid_ids)]


def _by_id(table: type[_Row], key: Any) -> sa.Select[_Row]:
    return sa.select(table).where(col(key).in_(sa.bindparam("ids", expanding=True)))


_POINTS = _by_id(CheckPoint, CheckPoint.id)
_DOORS = _by_id(Household, Household.id)
_WALKS = _by_id(Patrol, Patrol.id)


def _rows(session: Session, query: sa.Select[_Row], wanted: set[Any]) -> list[_Row]:
    return list(session.scalars(query, {"ids": list(wanted)})) if wanted else []
