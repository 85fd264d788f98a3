"""Courses and who was there, certificates of persons, drills and the faults they found."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class Course(SQLModel, table=True):
    """One course or session of a grid."""

    __table_args__ = (sa.Index(None, "grid_id", "held_on"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    kind: str = Field(max_length=30)
    subject: str = Field(max_length=20)
    title: str = Field(default="", max_length=80)
    audience: str = Field(max_length=20)
    held_on: date
    minutes: int
    trainer: str = Field(default="", max_length=80)
    """Who taught, as an office."""
    place: str = Field(default="", max_length=80)
    others: int = 0
    """People without an account who were there: counted, not named."""
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    noted_by_id: int | None = Field(default=None, foreign_key="person.id")
    noted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    """When it was said who was there; before that it is only planned."""


class Attendance(SQLModel, table=True):
    """Somebody was there, in the post they held then."""

    course_id: int = Field(primary_key=True, foreign_key="course.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    grid_id: int = Field(foreign_key="grid.id")
    role: str = Field(max_length=30)


class Certificate(SQLModel, table=True):
    """A certificate of a person: kind and number, no scan, no number of an identity card."""

    __table_args__ = (sa.UniqueConstraint("kind", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(max_length=30)
    number: str = Field(max_length=40)
    issuer: str = Field(default="", max_length=80)
    issued_on: date
    expires_on: date | None = Field(default=None, index=True)
    """None: for good."""
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    """None: from a file."""
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    ended_on: date | None = None
    """Taken off the register: renewed under another number, or entered by mistake."""


class Drill(SQLModel, table=True):
    """One drill, from its plan to what it showed."""

    __table_args__ = (sa.Index(None, "grid_id", "held_on"),)

    id: UUID = Field(primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    kind: str = Field(max_length=20)
    place: str = Field(default="", max_length=80)
    scenario: str = Field(max_length=500)
    held_on: date
    forces: str = Field(default="", max_length=200)
    """Who took part, as offices and teams."""
    people: int = 0
    arrived_after: int | None = None
    """Minutes from the alarm to the arrival (YB-37)."""
    went_well: str = Field(default="", max_length=2000)
    went_wrong: str = Field(default="", max_length=2000)
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    noted_by_id: int | None = Field(default=None, foreign_key="person.id")
    noted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class DrillFault(SQLModel, table=True):
    """What a drill found to be wrong became: a hazard, or a duty of somebody."""

    __tablename__ = "drill_fault"

    id: int | None = Field(default=None, primary_key=True)
    drill_id: UUID = Field(foreign_key="drill.id", index=True)
    hazard_id: UUID | None = Field(default=None, foreign_key="hazard.id")
    decision_id: int | None = Field(default=None, foreign_key="decision.id")


class PrePostRule(SQLModel, table=True):
    """From which day on a street asks for the training before the post. Rows are added, never
    changed; the newest of a grid counts."""

    __tablename__ = "pre_post_rule"

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    since_on: date | None = None
    """None: it is asked for no more."""
    set_by: int = Field(foreign_key="person.id")
    set_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
