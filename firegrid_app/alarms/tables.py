"""What was noted of alarms in homes, and how many came into stock."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord


class AlarmNote(FieldRecord, table=True):
    """One thing noted of an alarm behind one door. Notes are only added; the latest counts."""

    __tablename__ = "alarm_note"
    __table_args__ = (sa.Index(None, "grid_id"), sa.Index(None, "household_id", "kind"))

    household_id: int = Field(foreign_key="household.id")
    kind: str = Field(max_length=10)
    step: str = Field(max_length=10)
    maker: str = Field(default="", max_length=10)
    """Whose it is (`rules.MAKERS`), told when it is installed."""
    expires_on: date | None = None


class AlarmStock(SQLModel, table=True):
    """Alarms that came into a grid's stock, or left it otherwise than to a door (below 0)."""

    __tablename__ = "alarm_stock"

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    kind: str = Field(max_length=10)
    number: int
    words: str = Field(default="", max_length=60)
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
