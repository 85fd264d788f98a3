"""Loads what the items of a batch will ask for: a query a table, not several an item."""

from collections.abc import Iterable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from firegrid_app.grids.service import grids_ahead
from firegrid_app.patrols.tables import Patrol
from firegrid_app.places.calls import calls_ahead
from firegrid_app.points.tables import CheckPoint
from firegrid_app.presence.service import places_ahead
from firegrid_app.sync.kinds import KINDS
from firegrid_app.sync.kinds.kind import Ahead, Body
from firegrid_app.visits.tables import Household

_Row = TypeVar("_Row", bound=SQLModel)


def load_ahead(session: Session, records: Iterable[tuple[str, Body]]) -> list[SQLModel]:
    """The rows the services are about to look up, each service still through its own checks.

    A record is the name of its kind and its body in the newest version.
    Hold on to them until the items are applied: a session lets go of rows nobody holds.
    """
    ahead = Ahead()
    for kind, body in records:
        if patrol := getattr(body, "patrol", None):
            ahead.patrols.add(patrol)
        KINDS[kind].ahead(body, ahead)
    places_ahead(session, ahead.walks)
    arrived = _rows(session, _POINTS, ahead.points)
    knocked = _rows(session, _DOORS, ahead.doors)
    walked = _rows(session, _WALKS, ahead.patrols)
    calls_ahead(session, {row.place_id for row in arrived if row.place_id is not None})
    grid_ids = {row.grid_id for row in arrived} | {row.grid_id for row in knocked}
    return [*arrived, *knocked, *walked, *grids_ahead(session, ahead.codes, grid_ids)]


def _by_id(table: type[_Row], key: Any) -> sa.Select[_Row]:
    return sa.select(table).where(col(key).in_(sa.bindparam("ids", expanding=True)))


_POINTS = _by_id(CheckPoint, CheckPoint.id)
_DOORS = _by_id(Household, Household.id)
_WALKS = _by_id(Patrol, Patrol.id)


def _rows(session: Session, query: sa.Select[_Row], wanted: set[Any]) -> list[_Row]:
    return list(session.scalars(query, {"ids": list(wanted)})) if wanted else []
