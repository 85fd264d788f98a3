"""Messages waiting, gone or given up; what each person chose; which days' digests are made."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class Message(SQLModel, table=True):
    """One message to one person. No number stands here: it is read when the message goes."""

    __table_args__ = (sa.UniqueConstraint("key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=100)
    """Purpose, person and day or subject: what is put in twice goes once."""
    purpose: str = Field(max_length=20)
    person_id: int = Field(foreign_key="person.id")
    grid_id: int = Field(foreign_key="grid.id", index=True)
    """What it is about, or where its reader works: whose desk sees it, which group gets it."""
    channel: str = Field(max_length=10)
    text: str = Field(max_length=500)
    gaps: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)  # type: ignore[call-overload]
    not_after_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    next_try_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)  # type: ignore[call-overload]
    """None: sent, or given up. Whoever takes it sets this ahead: nobody else takes it meanwhile."""
    tries: int = 0
    reason: str = Field(default="", max_length=20)
    """Why it has not gone so far."""
    said: str = Field(default="", max_length=60)
    """The provider's own code for that."""
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    receipt: str = Field(default="", max_length=60)


class MessageChoice(SQLModel, table=True):
    """How a person wants to be told; without a row by the usual line, digest included."""

    __tablename__ = "message_choice"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    digest: bool = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
    channel: str = Field(default="", max_length=10)
    """Empty is the usual line, also when that changes."""
    language: str = Field(max_length=10)
    chosen_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]


class DigestDay(SQLModel, table=True):
    """A day whose digests one of the workers is making, or has made."""

    __tablename__ = "digest_day"

    day: date = Field(primary_key=True)
    begun_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
