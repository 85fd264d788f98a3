"""Reports of residents, and the secrets their makers follow them by."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class ResidentReport(SQLModel, table=True):
    """What somebody without an account reported. Nothing of it is public before it is taken on."""

    __tablename__ = "resident_report"
    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("digest"),
        sa.Index(None, "grid_id", "standing"),
        sa.Index(None, "hazard_id"),
    )

    id: UUID = Field(primary_key=True)
    number: str = Field(max_length=8)
    """What its maker calls it by; eight random digits."""
    grid_id: int = Field(foreign_key="grid.id")
    category: str = Field(max_length=40)
    where_words: str = Field(max_length=120)
    words: str = Field(default="", max_length=500)
    name: str = Field(default="", max_length=20)
    phone: str = Field(default="", max_length=12)
    """Both only if the maker wants to be asked; emptied in time (`keeping.py`)."""
    photos: int = 0
    """How many came with it."""
    received_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    answer_until: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    standing: str = Field(default="waiting", max_length=12)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", max_length=12)
    reason_words: str = Field(default="", max_length=300)
    hazard_id: UUID | None = Field(default=None, foreign_key="hazard.id")
    digest: str = Field(max_length=64)
    """Over what was sent and by whom, under a key no database has: the same sent twice is one."""


class ReportKey(SQLModel, table=True):
    """A secret that opens a report; only its hash is kept. Sent twice, a report has two."""

    __tablename__ = "report_key"

    id: int | None = Field(default=None, primary_key=True)
    report_id: UUID = Field(foreign_key="resident_report.id", index=True)
    secret_hash: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
