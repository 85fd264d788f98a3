"""Unannounced checks."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class SpotCheck(SQLModel, table=True):
    """A superior went and looked, unannounced (四不两直, HZ-58), and compared with the record."""

    __tablename__ = "spot_check"
    __table_args__ = (sa.Index(None, "grid_id", "made_at"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    person_id: int = Field(foreign_key="person.id")
    """Who went."""
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    patrol_id: UUID | None = None
    """The walk it was compared with; None where there was none to compare."""
    kind: str = Field(default="unannounced", max_length=20)
    agrees: bool = True
    found: str = Field(default="", max_length=1000)
