"""Shifts, what was changed about them, swaps, hand-over notes, who is away, how a list is kept."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord

_JSON = sa.JSON(none_as_null=True)


class Shift(SQLModel, table=True):
    """One person on duty in one grid from one moment to another.

    Never deleted, for notes refer to it: one taken off the list has `dropped_at`.
    """

    __table_args__ = (
        sa.Index(None, "grid_id", "starts_at"),
        sa.Index(None, "person_id", "starts_at"),
        sa.CheckConstraint("ends_at > starts_at", name="length"),
    )

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    person_id: int = Field(foreign_key="person.id")
    starts_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    ends_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class ShiftChange(SQLModel, table=True):
    """Who changed what about a shift after it was drawn up, and when. Only ever added to."""

    __tablename__ = "shift_change"

    id: int | None = Field(default=None, primary_key=True)
    shift_id: int = Field(foreign_key="shift.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    by_id: int | None = Field(default=None, foreign_key="person.id")
    what: str = Field(max_length=10)
    """given, swapped, dropped."""
    from_id: int = Field(foreign_key="person.id")
    to_id: int | None = Field(default=None, foreign_key="person.id")


class ShiftSwap(SQLModel, table=True):
    """One person asks another to take a shift, or to exchange it for one of theirs (换班、替班)."""

    __tablename__ = "shift_swap"

    id: int | None = Field(default=None, primary_key=True)
    shift_id: int = Field(foreign_key="shift.id", index=True)
    other_shift_id: int | None = Field(default=None, foreign_key="shift.id", index=True)
    """The shift given in return; None where the other only takes one over."""
    asked_by_id: int = Field(foreign_key="person.id", index=True)
    asked_of_id: int = Field(foreign_key="person.id", index=True)
    words: str = Field(default="", max_length=200)
    asked_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    answer: str = Field(default="", max_length=10)
    """yes, no, withdrawn, or empty as long as it stands."""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class ShiftNote(FieldRecord, table=True):
    """What the one going leaves for the next one (交接班记录)."""

    __tablename__ = "shift_note"
    __table_args__ = (sa.Index(None, "grid_id", "happened_at"),)

    shift_id: int = Field(foreign_key="shift.id", index=True)
    words: str = Field(max_length=1000)


class ShiftTaken(FieldRecord, table=True):
    """The next one has read what was left and has taken over."""

    __tablename__ = "shift_taken"
    __table_args__ = (sa.Index(None, "grid_id", "happened_at"),)

    shift_id: int = Field(foreign_key="shift.id", index=True)
    notes: list[str] = Field(default_factory=list, sa_type=_JSON)  # type: ignore[call-overload]
    """Ids of the notes that were read."""


class RotaSetting(SQLModel, table=True):
    """How a grid keeps its list: the pattern drawn up last; on a street, do boards show it."""

    __tablename__ = "rota_setting"

    grid_id: int = Field(primary_key=True, foreign_key="grid.id")
    pattern: dict[str, Any] | None = Field(default=None, sa_type=_JSON)  # type: ignore[call-overload]
    on_board: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    changed_by_id: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]


class Absence(SQLModel, table=True):
    """Days on which somebody is not in the field, both ends included (YC-75). Never deleted: one
    taken back before it began ends before it begins."""

    __table_args__ = (sa.Index(None, "person_id", "last_on"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    why: str = Field(max_length=10)
    """`rules.Why`."""
    words: str = Field(default="", max_length=60)
    """Where to; only of who was sent elsewhere."""
    first_on: date
    last_on: date = Field(index=True)
    noted_by_id: int = Field(foreign_key="person.id")
    noted_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]

    def holds(self, day: date) -> bool:
        """Away that day?"""
        return self.first_on <= day <= self.last_on
