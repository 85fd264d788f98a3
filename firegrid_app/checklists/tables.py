"""A street's own checklists, version by version."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class ChecklistVersion(SQLModel, table=True):
    """One list as a street has it from a moment on. Never changed: the next version follows it.

    An item's code stands for its words for ever, so an arrival of last year still says what it
    found, whatever became of the list since.
    """

    __tablename__ = "checklist_version"
    __table_args__ = (sa.UniqueConstraint("grid_id", "checklist", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    checklist: str = Field(max_length=30)
    number: int
    items: list[dict[str, Any]] = Field(sa_type=sa.JSON)  # type: ignore[call-overload]
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
