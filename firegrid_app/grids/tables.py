"""The tree of grids; the path of codes from the root is the scope of every right."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Field, SQLModel

from firegrid_app.database import path_type

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


WITHOUT_OUTLINE = defer(Grid.outline)  # type: ignore[arg-type]
"""Load option for whoever needs the tree and not the shapes: reading one costs a millisecond."""
