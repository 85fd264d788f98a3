"""Fire equipment and its tests."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class Equipment(SQLModel, table=True):
    """One piece, or several of a kind that hang together. Never deleted: it has a last day."""

    __table_args__ = (sa.UniqueConstraint("code"), sa.Index(None, "grid_id", "next_on"))

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=40)
    kind: str = Field(max_length=20)
    name: str = Field(max_length=80)
    grid_id: int = Field(foreign_key="grid.id")
    place_id: int | None = Field(default=None, foreign_key="place.id")
    check_point_id: int | None = Field(default=None, foreign_key="check_point.id")
    where_words: str = Field(default="", max_length=120)
    lat: float | None = None
    lon: float | None = None
    amount: int = 1
    keeper: str = Field(default="", max_length=40)
    """Who keeps it: a person, a property firm, the street."""
    keeper_phone: str = Field(default="", max_length=20)
    tested_on: date | None = None
    every_months: int
    next_on: date | None = None
    """Follows from the two above (`rules.next_test`), kept here for lists."""
    ends_on: date | None = None
    """The day it was taken away."""


class EquipmentTest(SQLModel, table=True):
    """One test. Never changed."""

    __tablename__ = "equipment_test"

    id: int | None = Field(default=None, primary_key=True)
    equipment_id: int = Field(foreign_key="equipment.id", index=True)
    tested_on: date
    fine: bool
    note: str = Field(default="", max_length=300)
    noted_by_id: int = Field(foreign_key="person.id")
    noted_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
