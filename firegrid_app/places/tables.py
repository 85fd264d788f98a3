"""Premises on the register (nine-small places, farm stays, …) and the papers of their files."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord


class Place(SQLModel, table=True):
    """One premises with the people who answer for it (户籍化, LY-71)."""

    __table_args__ = (sa.UniqueConstraint("code"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=80)
    category: str = Field(max_length=40)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    lat: float | None = None
    lon: float | None = None
    responsible_person: str = Field(default="", max_length=40)
    phone: str = Field(default="", max_length=20)
    manager: str = Field(default="", max_length=40)
    """Who manages fire safety day by day (消防安全管理人, LY-72)."""
    manager_phone: str = Field(default="", max_length=20)
    address: str = Field(default="", max_length=120)
    area_m2: int | None = None
    capacity: int | None = None
    """Seats, beds, pupils or staff, as its kind is measured (C.5.1)."""
    standing: str = Field(default="", max_length=20)
    """Key unit or high-risk unit (`rules.Standing`)."""
    standing_reason: str = Field(default="", max_length=120)
    facilities: str = Field(default="", max_length=300)
    """Fire facilities in words: hydrant boxes, sprinklers, alarm, separate exit."""
    outcome: str = Field(default="", max_length=20)
    """Of the last call; with the two moments the fold of its arrivals, kept here for lists."""
    called_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class PlacePaper(SQLModel, table=True):
    """A paper in a place's file: responsibility letter, self-assessment, assessment by an agency.

    Never changed: one entered wrongly is taken out and entered again.
    """

    __tablename__ = "place_paper"

    id: int | None = Field(default=None, primary_key=True)
    place_id: int = Field(foreign_key="place.id", index=True)
    kind: str = Field(max_length=20)
    party: str = Field(default="", max_length=20)
    """Of a letter: which of the six parties signed (HZ-06)."""
    signed_by: str = Field(default="", max_length=40)
    signed_on: date
    expires_on: date
    abilities: str = Field(default="", max_length=4)
    """Of a self-assessment: the four abilities in order, y(es), p(artly) or n(o) each (LY-40)."""
    note: str = Field(default="", max_length=300)
    entered_by_id: int = Field(foreign_key="person.id")
    entered_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    taken_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class StreetLetter(SQLModel, table=True):
    """What the premises of a street sign, in the street's own words, instead of the letter that
    ships. Its words never change: other words are another row, and what was signed stays."""

    __tablename__ = "street_letter"

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    words: dict[str, Any] = Field(sa_type=sa.JSON)  # type: ignore[call-overload]
    """By language its lines, the title first; always in Chinese."""
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class SignedLetter(FieldRecord, table=True):
    """A responsibility letter signed on a member's phone: the record behind the paper in the file.

    Its pictures (the name written, or the sheet signed by hand) are photos of this record.
    """

    __tablename__ = "signed_letter"
    __table_args__ = (sa.UniqueConstraint("paper_id"), sa.Index(None, "grid_id"))

    paper_id: int = Field(foreign_key="place_paper.id")
    edition: int
    """Of the words that were shown (`letter_words.py`); 0: they were the street's own."""
    street_letter_id: int | None = Field(default=None, foreign_key="street_letter.id")
    language: str = Field(max_length=5)
    """In which they were shown."""


class PlaceFocus(SQLModel, table=True):
    """A place on the office's own list of those to be watched (HZ-11): why, who wanted it, who
    agreed, until when. Seen by offices only; to post it anywhere needs a law of its own."""

    __tablename__ = "place_focus"

    id: int | None = Field(default=None, primary_key=True)
    place_id: int = Field(foreign_key="place.id", index=True)
    reason: str = Field(max_length=300)
    proposed_by_id: int = Field(foreign_key="person.id")
    proposed_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    ends_on: date
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    agreed: bool | None = None
    """None: nobody has decided yet."""
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    lifted_by_id: int | None = Field(default=None, foreign_key="person.id")
