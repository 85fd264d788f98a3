"""The tree of grids; the path of codes from the root is the scope of every right."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Field, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

from firegrid_app.database import UtcDateTime, path_type

_OUTLINE = sa.JSON(none_as_null=True)


class Grid(SQLModel, table=True):
    """One grid: level 0 county, 1 street, 2 community or village, 3 small grid (A.1.1)."""

    __table_args__ = (
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("path"),
        sa.CheckConstraint("level between 0 and 3", name="level"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=30)
    name: str = Field(max_length=60)
    level: int
    parent_id: int | None = Field(default=None, foreign_key="grid.id", index=True)
    path: str = Field(sa_type=path_type())  # type: ignore[call-overload]
    """Codes from the root down, each followed by a slash: `500118/500118003/`."""
    kind: str = Field(default="", max_length=20)
    """urban, town or village; empty at levels 0 and 1."""
    outline: dict[str, Any] | None = Field(default=None, sa_type=_OUTLINE)  # type: ignore[call-overload]
    """GeoJSON Polygon or MultiPolygon in WGS-84; None for a grid known by name only (LY-07)."""
    label_lat: float | None = None
    label_lon: float | None = None
    """A point inside the outline, for the name."""
    supervision_phone: str = Field(default="", max_length=20)
    valid_from: date
    valid_to: date | None = None


class PastOutline(SQLModel, table=True):
    """How a grid was drawn up to and with a day: what was recorded until then lies under it."""

    __tablename__ = "past_outline"
    __table_args__ = (sa.UniqueConstraint("grid_id", "ended_on"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    ended_on: date
    """The last day it was in force; it began where the one before ended, or with the grid."""
    outline: dict[str, Any] | None = Field(default=None, sa_type=_OUTLINE)  # type: ignore[call-overload]
    label_lat: float | None = None
    label_lon: float | None = None


class PastName(SQLModel, table=True):
    """What a grid or premises was called before: people go on looking for it by that name."""

    __tablename__ = "past_name"
    __table_args__ = (
        sa.CheckConstraint("(grid_id is null) <> (place_id is null)", name="one_thing"),
    )

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int | None = Field(default=None, foreign_key="grid.id", index=True)
    place_id: int | None = Field(default=None, foreign_key="place.id", index=True)
    name: str = Field(max_length=80)
    ended_on: date
    """The day it got another."""


class GridChange(SQLModel, table=True):
    """Grids drawn anew, split, merged or ended from a day on (动态管理, LY-12), and who did it."""

    __tablename__ = "grid_change"
    __table_args__ = (sa.Index(None, "grid_id"), sa.Index(None, "applied_at", "from_on"))

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    """The grid above those that change: who may manage it may plan and drop the change."""
    kind: str = Field(max_length=10)
    body: dict[str, Any] = Field(sa_type=sa.JSON)
    """What `changes.Wanted` reads."""
    from_on: date
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    applied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    """Taken back before its day, or found impossible on it."""
    refused: str = Field(default="", max_length=60)
    """Why it could not be done on its day: a refusal's code."""


GridIds = Collection[int | None] | SelectOfScalar[Any]
"""Which grids: some ids, or a query of them (`grids.service.ids_below`), where a street has any
number: a statement takes 65,535 values at most. Either is what `in_` takes."""

WITHOUT_OUTLINE = defer(Grid.outline)  # type: ignore[arg-type]
"""Load option for whoever needs the tree and not the shapes: reading one costs a millisecond."""
