"""Fire equipment, and what was found whenever somebody looked at it or tested it."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.records import FieldRecord


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


class EquipmentCheck(FieldRecord, table=True):
    """Somebody looked at a piece or tested it, by phone or at the desk. Never changed; the latest
    says how the piece stands."""

    __tablename__ = "equipment_check"
    __table_args__ = (sa.Index(None, "grid_id"), sa.Index(None, "equipment_id", "checked_on"))

    equipment_id: int = Field(foreign_key="equipment.id")
    checked_on: date
    """The day it counts for: a desk notes tests of days before."""
    tested: bool
    """A test, from which the next one follows; else only looked at."""
    found: str = Field(max_length=10)
    """`rules.Found`."""
    note: str = Field(default="", max_length=300)
    hazard_id: UUID | None = None
    """The hazard reported for it: named when the fault is noted, it may come later, or never."""
