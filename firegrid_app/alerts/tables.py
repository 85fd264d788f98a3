"""Warnings and notices, the grids they are for, their trail, who opened them, who may send them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord, LetIn


class Alert(SQLModel, table=True):
    """A warning or notice from above (YC-46, YB-59). Its grids never change: for others another is
    issued. A correction that has to be passed on anew raises `edition`; receipts name theirs."""

    __table_args__ = (sa.Index(None, "ends_at", "lifted_at"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    """The grid it was issued in: who may correct and lift it follows from this."""
    kind: str = Field(max_length=20)
    weather: str = Field(default="", max_length=20)
    colour: str = Field(default="", max_length=10)
    title: str = Field(max_length=60)
    words: str = Field(max_length=300)
    issuer: str = Field(default="", max_length=60)
    number: str = Field(default="", max_length=60)
    starts_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    ends_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    deadline_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    to_residents: bool = True
    edition: int = 1
    issued_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    issued_by_id: int | None = Field(default=None, foreign_key="person.id")
    """None: another system sent it."""
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    sender_id: int | None = Field(default=None, foreign_key="alert_sender.id")


class AlertTarget(SQLModel, table=True):
    """A grid it is for, with everything below it."""

    __tablename__ = "alert_target"

    alert_id: int = Field(primary_key=True, foreign_key="alert.id")
    grid_id: int = Field(primary_key=True, foreign_key="grid.id")


class AlertEvent(SQLModel, table=True):
    """The trail: issued, corrected, lifted; by whom, when, and what was changed. Append-only."""

    __tablename__ = "alert_event"

    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    what: str = Field(max_length=20)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    note: str = Field(default="", max_length=200)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    """Field to what stood in it before."""


class AlertSeen(FieldRecord, table=True):
    """Somebody opened it on the phone. The first of a grid counts, later ones stay."""

    __tablename__ = "alert_seen"
    __table_args__ = (sa.Index(None, "alert_id", "grid_id"),)

    alert_id: int = Field(foreign_key="alert.id")
    edition: int = 1


class AlertSender(LetIn, table=True):
    """Another system that may send warnings (YB-60)."""

    __tablename__ = "alert_sender"
    __table_args__ = (sa.UniqueConstraint("token_hash"),)

    token_hash: str = Field(max_length=64)


class AlertMessage(SQLModel, table=True):
    """A message another system sent, by the name it gave it: the same again is nothing new."""

    __tablename__ = "alert_message"

    sender_id: int = Field(primary_key=True, foreign_key="alert_sender.id")
    identifier: str = Field(primary_key=True, max_length=120)
    body_hash: str = Field(max_length=64)
    alert_id: int = Field(foreign_key="alert.id")
    received_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
