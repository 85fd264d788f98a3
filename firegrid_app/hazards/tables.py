"""Hazards and their append-only trail."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, Relationship, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord


class Hazard(FieldRecord, table=True):
    """A fire hazard. `status` is the fold of its trail, kept here for queries."""

    __table_args__ = (
        sa.Index(None, "grid_id", "status"),
        sa.Index(None, "grid_id", "happened_at"),
    )

    category: str = Field(max_length=40)
    severity: str = Field(max_length=20)
    words: str = Field(default="", max_length=1000)
    where_words: str = Field(default="", max_length=120)
    """Where in the grid, in words: building, floor, shop."""
    place_id: int | None = Field(default=None, foreign_key="place.id")
    urgent: bool = False
    status: str = Field(max_length=20)
    owner_id: int = Field(foreign_key="person.id")
    """Who has to see to it now."""
    due_on: date
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class HazardEvent(SQLModel, table=True):
    """One step in a hazard's life: who, when, why. Never changed, never deleted."""

    __tablename__ = "hazard_event"
    __table_args__ = (sa.UniqueConstraint("hazard_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    hazard_id: UUID = Field(foreign_key="hazard.id")
    number: int
    """1, 2, 3 … within the hazard."""
    step: str = Field(max_length=30)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    note: str = Field(default="", max_length=1000)
    hash: str = Field(max_length=64)
    """SHA-256 over this step and the hash before it: a changed or missing step shows."""
    hazard: Hazard = Relationship(sa_relationship_kwargs={"lazy": "raise"})
    """Never read: it makes one flush write the hazard before its steps. Without it SQLAlchemy
    goes by the names of the classes."""
