"""Doors and the knocks at them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord

_JSON = sa.JSON(none_as_null=True)


class Household(SQLModel, table=True):
    """One door. No names are kept here; the care mark is coarse (privacy E.3)."""

    __table_args__ = (sa.UniqueConstraint("grid_id", "building", "unit", "floor", "room"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    building: str = Field(default="", max_length=30)
    unit: str = Field(default="", max_length=30)
    floor: int = 1
    room: str = Field(max_length=30)
    care_mark: str = Field(default="", max_length=30)
    care_basis: str = Field(default="", max_length=20, sa_column_kwargs={"server_default": ""})
    """Why the mark may be kept: `consent`, `guardian`, or `duty` of the committee."""
    care_agreed_on: date | None = None
    """The day of the consent."""
    care_days: int | None = None
    """How often somebody calls, in days; None: the usual rhythm."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    """Off the register since; the row stays, for the knocks that name it."""
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    """What was known of the people was erased; what came in later is counted from here."""


class Visit(FieldRecord, table=True):
    """One knock at one door, and how it ended."""

    __table_args__ = (
        sa.Index(None, "grid_id", "happened_at"),
        sa.Index(None, "patrol_id"),
        # Covers the count of a campaign: door and outcome are read from it alone.
        sa.Index(None, "campaign_id", "household_id", "outcome"),
    )

    household_id: int = Field(foreign_key="household.id", index=True)
    outcome: str = Field(max_length=20)
    note: str = Field(default="", max_length=500)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    edition: int | None = None
    """Of the campaign's questions, the one that was answered."""
    answers: dict[str, Any] | None = Field(default=None, sa_type=_JSON)  # type: ignore[call-overload]
    """By question: a choice's code, several codes, a number, or words."""
    faults: list[dict[str, Any]] | None = Field(default=None, sa_type=_JSON)  # type: ignore[call-overload]
    """Questions answered with a fault, each with the hazard reported for it, if one was."""
