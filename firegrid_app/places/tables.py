"""Premises on the register (nine-small places, farm stays, …)."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Place(SQLModel, table=True):
    """One premises with the person who answers for it."""

    __table_args__ = (sa.UniqueConstraint("code"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=80)
    category: str = Field(max_length=40)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    lat: float | None = None
    lon: float | None = None
    responsible_person: str = Field(default="", max_length=40)
    phone: str = Field(default="", max_length=20)
