"""Campaigns, the grids they cover, and their questions edition by edition."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.campaigns.rules import LONGEST_LEAFLET
from firegrid_app.database import UtcDateTime

_NONE_YET = {"server_default": ""}


class Campaign(SQLModel, table=True):
    """One campaign of a grid and some or all grids below it."""

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    name: str = Field(max_length=60)
    purpose: str = Field(default="", max_length=300)
    starts_on: date
    ends_on: date
    done_outcomes: list[str] = Field(sa_type=sa.JSON)  # type: ignore[call-overload]
    """Outcomes after which a door is done."""
    edition: int = 1
    """Of its questions, the newest."""
    leaflet: str = Field(default="", max_length=LONGEST_LEAFLET, sa_column_kwargs=_NONE_YET)
    """Words shown and handed to who was met, line by line; empty: none."""
    leaflet_picture: str = Field(default="", max_length=64, sa_column_kwargs=_NONE_YET)
    """Hash its picture lies under in the photo store; empty: none."""
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    """Ended by a person before its time. What is on its way from phones is kept all the same."""


class CampaignArea(SQLModel, table=True):
    """A grid the campaign covers, with all below it."""

    __tablename__ = "campaign_area"

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", primary_key=True)


class CampaignEdition(SQLModel, table=True):
    """The questions as they were asked from a moment on. Never changed: the next edition follows.

    A phone answers the edition it has; the answers are read by that one for ever.
    """

    __tablename__ = "campaign_edition"
    __table_args__ = (sa.UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    questions: list[dict[str, Any]] = Field(sa_type=sa.JSON)  # type: ignore[call-overload]
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
