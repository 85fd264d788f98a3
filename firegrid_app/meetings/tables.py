"""Meetings, their agenda, who was asked and who came, what was decided, what was corrected."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime

_JSON = sa.JSON(none_as_null=True)


class Meeting(SQLModel, table=True):
    """One meeting of a grid, from its plan to its confirmed minutes."""

    __table_args__ = (sa.Index(None, "grid_id", "starts_at"),)

    id: UUID = Field(primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    kind: str = Field(max_length=30)
    title: str = Field(default="", max_length=80)
    """Empty where the kind's name says it."""
    place: str = Field(default="", max_length=80)
    starts_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    first_on: date
    last_on: date
    """The period its figures are of."""
    guests: str = Field(default="", max_length=300)
    """Who else was there, as offices: nobody with an account."""
    planned_by_id: int = Field(foreign_key="person.id")
    planned_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    held_by_id: int | None = Field(default=None, foreign_key="person.id")
    held_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    """When it was said to have been held."""
    figures: dict[str, Any] | None = Field(default=None, sa_type=_JSON)  # type: ignore[call-overload]
    """The figures as they stood then; later records change them no more."""
    last_time: list[dict[str, Any]] | None = Field(default=None, sa_type=_JSON)  # type: ignore[call-overload]
    """What was decided before, as it stood then."""
    confirmed_by_id: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    cancelled_why: str = Field(default="", max_length=200)


class AgendaItem(SQLModel, table=True):
    """One item, and what was said about it."""

    __tablename__ = "agenda_item"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id")
    number: int
    kind: str = Field(max_length=20)
    tag: str = Field(default="", max_length=20)
    title: str = Field(default="", max_length=120)
    minutes: str = Field(default="", max_length=4000)


class Invitee(SQLModel, table=True):
    """Somebody asked to come, in the post they were asked for."""

    __tablename__ = "meeting_invitee"

    meeting_id: UUID = Field(primary_key=True, foreign_key="meeting.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    grid_id: int = Field(foreign_key="grid.id")
    role: str = Field(max_length=30)
    came: bool = Field(default=False)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    """When somebody who was absent opened the minutes."""


class Decision(SQLModel, table=True):
    """What was decided: by a meeting, or after a drill. A duty of a post, or about a hazard."""

    __table_args__ = (sa.Index(None, "meeting_id"), sa.Index(None, "decided_in_id"))

    id: int | None = Field(default=None, primary_key=True)
    decided_in_id: int = Field(foreign_key="grid.id")
    """The grid whose meeting or drill it was: its next meeting asks about it."""
    meeting_id: UUID | None = Field(default=None, foreign_key="meeting.id")
    """None after a drill."""
    words: str = Field(max_length=120)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who held the post then. The duty stays with the post when it changes hands; a hazard that
    nobody has yet names nobody."""
    grid_id: int = Field(foreign_key="grid.id")
    role: str = Field(max_length=30)
    due_on: date
    rule_id: int | None = Field(default=None, foreign_key="obligation_rule.id")
    hazard_id: UUID | None = Field(default=None, foreign_key="hazard.id")
    """Done when this hazard is closed; then there is no duty to tick beside it."""
    decided_by_id: int = Field(foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]


class MinutesCorrection(SQLModel, table=True):
    """A change to confirmed minutes: what stood there before, and why. Never changed."""

    __tablename__ = "minutes_correction"
    __table_args__ = (sa.Index(None, "meeting_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id")
    item_id: int = Field(foreign_key="agenda_item.id")
    before: str = Field(max_length=4000)
    after: str = Field(max_length=4000)
    why: str = Field(max_length=200)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
