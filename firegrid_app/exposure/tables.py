"""What was proposed for the exposure board, who approved it, and when it ended."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class Exposure(SQLModel, table=True):
    """A hazard on its way to the board, on it, or off it again. The name shown is the premises' own
    as it was approved."""

    __table_args__ = (sa.Index(None, "hazard_id"), sa.Index(None, "ends_on"))

    id: int | None = Field(default=None, primary_key=True)
    hazard_id: UUID = Field(foreign_key="hazard.id")
    name: str = Field(max_length=80)
    ends_on: date
    """The last day it is shown."""
    proposed_by_id: int = Field(foreign_key="person.id")
    proposed_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    taken_down_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    taken_down_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", max_length=300)
    """Why it was taken down by hand."""


class ExposureApproval(SQLModel, table=True):
    """One yes; two of different people are needed."""

    __tablename__ = "exposure_approval"

    exposure_id: int = Field(primary_key=True, foreign_key="exposure.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    approved_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
