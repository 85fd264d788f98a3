"""Flags on records, each looked at by a person or waiting for one."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class PresenceFlag(SQLModel, table=True):
    """One odd thing about one arrival. The record itself is whole and counts as any other."""

    __tablename__ = "presence_flag"
    __table_args__ = (sa.Index(None, "grid_id", "looked_at"),)

    id: int | None = Field(default=None, primary_key=True)
    record_id: UUID = Field(index=True)
    """The arrival."""
    grid_id: int = Field(foreign_key="grid.id")
    person_id: int = Field(foreign_key="person.id")
    happened_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    reason: str = Field(max_length=20)
    amount: int = 0
    """Metres or minutes, by the reason."""
    point_name: str = Field(default="", max_length=120)
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    looked_by: int | None = Field(default=None, foreign_key="person.id")
    outcome: str = Field(default="", max_length=10)
    note: str = Field(default="", max_length=500)


class PresenceRule(SQLModel, table=True):
    """What a street asked for: by whom, why, from when to when. Rows are added, never changed."""

    __tablename__ = "presence_rule"

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    mode: str = Field(max_length=10)
    basis: str = Field(default="", max_length=200)
    starts_on: date | None = None
    ends_on: date | None = None
    set_by: int = Field(foreign_key="person.id")
    set_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
