"""Schemes of rewards, never changed once set, and the reward of each report. Nobody's name."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class RewardScheme(SQLModel, table=True):
    """What a street or county gives from a moment on; the newest of a grid is in force."""

    __tablename__ = "reward_scheme"

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    is_on: bool
    """Off: nothing is given here, whatever the county above gives."""
    minor_least: int = 0
    minor_most: int = 0
    general_least: int = 0
    general_most: int = 0
    major_least: int = 0
    major_most: int = 0
    """Whole yuan."""
    asks_name: bool = False
    """Only who left a name or number; else number and secret code do."""
    claim_days: int = 30
    collect_at: str = Field(default="", max_length=120)
    """Where it is collected, in words."""
    set_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    set_by_id: int = Field(foreign_key="person.id")


class Reward(SQLModel, table=True):
    """The reward of a report that was taken on under a scheme. Every decision is in the audit log
    as well; this is how it stands."""

    __tablename__ = "reward"
    __table_args__ = (sa.Index(None, "stage"),)

    report_id: UUID = Field(primary_key=True, foreign_key="resident_report.id")
    scheme_id: int = Field(foreign_key="reward_scheme.id")
    stage: str = Field(default="open", max_length=10)
    opened_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    severity: str = Field(default="", max_length=20)
    """The grade it was granted for."""
    amount: int = 0
    """Whole yuan."""
    words: str = Field(default="", max_length=300)
    """Why nothing is given; its reporter reads it."""
    reason: str = Field(default="", max_length=20)
    """What the rule said when it was declined."""
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    claim_until: date | None = None
    paid_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    paid_by_id: int | None = Field(default=None, foreign_key="person.id")
    paid_how: str = Field(default="", max_length=10)
    voucher: str = Field(default="", max_length=60)
