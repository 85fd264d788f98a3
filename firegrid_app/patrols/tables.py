"""Patrols, the points arrived at, and the check points of a grid."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord


class CheckPoint(SQLModel, table=True):
    """Somewhere worth arriving at: a stairwell, a place, a village lane."""

    __tablename__ = "check_point"
    __table_args__ = (sa.UniqueConstraint("code"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    name: str = Field(max_length=80)
    kind: str = Field(max_length=20)
    """stairwell, place, lane."""
    place_id: int | None = Field(default=None, foreign_key="place.id")


class Patrol(FieldRecord, table=True):
    """A walk the person starts and ends; `happened_at` is the start."""

    __table_args__ = (
        sa.Index(None, "grid_id", "happened_at"),
        sa.Index(None, "person_id", "happened_at"),
    )

    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    last_record_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    """The latest thing recorded in it: an open patrol counts up to here and no further."""
    note: str = Field(default="", max_length=500)


class Arrival(FieldRecord, table=True):
    """Arrived at a check point during a patrol."""

    __table_args__ = (sa.Index(None, "grid_id", "happened_at"), sa.Index(None, "patrol_id"))

    check_point_id: int = Field(foreign_key="check_point.id")
    all_fine: bool = Field(default=True)
    note: str = Field(default="", max_length=500)
