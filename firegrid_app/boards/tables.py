"""Contacts posted for the public, apart from the people who log in (privacy E.4)."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class PublicContact(SQLModel, table=True):
    """One line on a grid's board. Nothing is shown without a basis and dates in force."""

    __tablename__ = "public_contact"
    __table_args__ = (sa.UniqueConstraint("grid_id", "person_id", "role", "starts_on"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    role: str = Field(max_length=30)
    display_name: str = Field(max_length=40)
    work_phone: str = Field(default="", max_length=20)
    publish_name: bool = True
    publish_phone: bool = False
    basis: str = Field(max_length=80)
    """`duty` with a document number, or `consent` with a date."""
    starts_on: date
    ends_on: date | None = None
    houses: list[list[str]] = Field(
        default_factory=list, sa_type=sa.JSON, sa_column_kwargs={"server_default": "[]"}
    )
    """What this person keeps (YC-71): each a building and its unit (单元), empty for all of the
    building. Empty for who serves the whole grid. Set anew, never changed in place."""
