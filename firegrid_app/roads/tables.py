"""A road: its name, its kind, its lines."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class Road(SQLModel, table=True):
    """All lines of one name and kind that were brought in for a grid; WGS-84."""

    __tablename__ = "road"
    __table_args__ = (sa.UniqueConstraint("grid_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    """Where it was brought in: who manages this grid may take it away."""
    key: str = Field(max_length=80)
    """Kind and name, or of a nameless one its lines: how it is known when it comes again."""
    name: str = Field(default="", max_length=60)
    kind: str = Field(max_length=20)
    line: dict[str, Any] = Field(sa_type=sa.JSON)
    """A GeoJSON MultiLineString."""
    west: float
    south: float
    east: float
    north: float
    changed_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
