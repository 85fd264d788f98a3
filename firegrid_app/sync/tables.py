"""What has come in from phones, so that the same item is applied once."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class ReceivedItem(SQLModel, table=True):
    """One accepted item; who sent what when, by both clocks. The trail of field work."""

    __tablename__ = "received_item"

    id: UUID = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    session_id: int
    kind: str = Field(max_length=30)
    version: int
    body_hash: str = Field(max_length=64)
    body: dict[str, Any] = Field(sa_type=sa.JSON)
    captured_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    sent_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    clock_offset_ms: int | None = Field(default=None, sa_type=sa.BigInteger)
    """How far the server's clock was ahead of the phone's at the shutter, if the phone knows."""
    received_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    handed_in_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who handed it in from a file; none when the phone sent it itself."""


class Unaccepted(SQLModel, table=True):
    """A record the server said no to: that its maker's phone keeps it, not what it says."""

    __tablename__ = "unaccepted_record"
    __table_args__ = (sa.Index(None, "since_at"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    id: UUID = Field(primary_key=True)
    """The record's own id. Another person may name it too: that is another note."""
    kind: str = Field(max_length=30)
    code: str = Field(max_length=60)
    """The refusal's; the last, when it was said more than once."""
    since_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
