"""Hazards and their append-only trail."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, Relationship, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.hazards.rules.search import LONGEST_TEXT
from firegrid_app.records import FieldRecord


class DeadlineRule(SQLModel, table=True):
    """By when hazards of a grade have to be put right in a grid and all below it. Never changed: it
    ends and another begins, and hazards keep the one they were given."""

    __tablename__ = "deadline_rule"
    __table_args__ = (sa.Index(None, "grid_id", "ends_on"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    severity: str = Field(max_length=20)
    category: str = Field(default="", max_length=40)
    """Empty for every category of the grade."""
    days: int
    remind: int
    step: int
    after_photo: bool
    starts_on: date
    ends_on: date | None = None
    made_by_id: int = Field(foreign_key="person.id")


_CLOSED = sa.text("status = 'closed'")
_NOT_CLOSED = sa.text("status <> 'closed'")


class Hazard(FieldRecord, table=True):
    """A fire hazard. `status` is the fold of its trail, kept here for queries."""

    __table_args__ = (
        # What the desk counts and narrows its list by, in the list's order: of a street's years
        # only what is not closed is read, and of that no whole row.
        sa.Index(
            "ix_hazard_not_closed",
            "due_on",
            "happened_at",
            "id",
            "grid_id",
            "status",
            "owner_id",
            "corrected_by_id",
            "step_ups",
            "urges_open",
            "listing",
            "category",
            "severity",
            sqlite_where=_NOT_CLOSED,
            postgresql_where=_NOT_CLOSED,
        ),
        sa.Index(
            "ix_hazard_closed",
            "closed_at",
            "id",
            "grid_id",
            sqlite_where=_CLOSED,
            postgresql_where=_CLOSED,
        ),
        sa.Index(None, "grid_id", "status"),
        sa.Index(None, "grid_id", "happened_at"),
        sa.Index(None, "patrol_id"),
        sa.Index(None, "parent_id"),
    )

    category: str = Field(max_length=40)
    severity: str = Field(max_length=20)
    words: str = Field(default="", max_length=1000)
    where_words: str = Field(default="", max_length=120)
    """Where in the grid, in words: building, floor, shop."""
    place_id: int | None = Field(default=None, foreign_key="place.id")
    urgent: bool = False
    status: str = Field(max_length=20)
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    """Who has to see to it now; None where nobody could be found: it is run after all the same."""
    rung: str = Field(default="grid_head", max_length=20)
    """The level that sees to it now, also while nobody is there."""
    due_on: date
    rule_id: int | None = Field(default=None, foreign_key="deadline_rule.id")
    """The terms it was given; they stay when the street sets others. None: the shipped ones."""
    look_on: date | None = Field(default=None, index=True)
    """When the house next does something about it by itself; None: no more."""
    corrected_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who said it is put right: somebody else closes it."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    step_ups: int = 0
    urges: int = 0
    urges_open: int = 0
    listing: str = Field(default="", max_length=40)
    source: str = Field(default="", max_length=10, sa_column_kwargs={"server_default": ""})
    """`resident`: reported without an account, and taken on by whoever `person_id` names. Empty:
    recorded by that person."""
    transferred_to: str = Field(default="", max_length=60)
    sheltered: bool = False
    """Reported by a building or unit leader as a whistleblower (YB-48): the name is only for those
    who must know."""
    parent_id: UUID | None = Field(default=None, foreign_key="hazard.id")
    """The hazard it is the same as, and follows."""
    merged_from: str = Field(default="", max_length=20)
    """What it stood at before; it does again when they are taken apart."""
    steps: int = 0
    """Steps of its trail; the number of the last one."""


class HazardEvent(SQLModel, table=True):
    """One step in a hazard's life: who, when, why. Never changed, never deleted: in a migrated
    database triggers refuse both, whoever asks."""

    __tablename__ = "hazard_event"
    __table_args__ = (sa.UniqueConstraint("hazard_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    hazard_id: UUID = Field(foreign_key="hazard.id")
    number: int
    """1, 2, 3 … within the hazard."""
    step: str = Field(max_length=30)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """None: the house itself, by its rules."""
    at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    note: str = Field(default="", max_length=1000)
    facts: str = Field(default="", max_length=2000)
    """What the step set beside the status, as JSON (`rules/trail.py`); empty for nothing."""
    hash: str = Field(max_length=64)
    """SHA-256 over this step and the hash before it: a changed or missing step shows."""
    hazard: Hazard = Relationship(sa_relationship_kwargs={"lazy": "raise"})
    """Never read: it makes one flush write the hazard before its steps. Without it SQLAlchemy
    goes by the names of the classes."""


class HazardText(SQLModel, table=True):
    """What can be searched of a hazard, folded (`rules/search.py`); `writing.py` keeps it."""

    __tablename__ = "hazard_text"
    __table_args__ = (sa.UniqueConstraint("hazard_id"),)

    id: int | None = Field(default=None, primary_key=True)
    """The row's number in SQLite's index: it must never change."""
    hazard_id: UUID = Field(foreign_key="hazard.id")
    text: str = Field(max_length=LONGEST_TEXT)
    hazard: Hazard = Relationship(sa_relationship_kwargs={"lazy": "raise"})
    """Never read, as that of `HazardEvent`."""


class SavedFilter(SQLModel, table=True):
    """What one person looks for again and again in the list of hazards."""

    __tablename__ = "saved_filter"
    __table_args__ = (sa.UniqueConstraint("person_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    name: str = Field(max_length=30)
    ask: str = Field(max_length=500)
    """What it asks for, as JSON."""


class HazardListing(SQLModel, table=True):
    """A major hazard under listed supervision (挂牌督办, YB-12): the notice, and its end."""

    __tablename__ = "hazard_listing"
    __table_args__ = (sa.UniqueConstraint("hazard_id", "number"), sa.Index(None, "number"))

    id: int | None = Field(default=None, primary_key=True)
    hazard_id: UUID = Field(foreign_key="hazard.id")
    number: str = Field(max_length=40)
    listed_on: date
    due_on: date
    responsible: str = Field(max_length=80)
    """Who answers for putting it right: the unit and its person."""
    decided_by: str = Field(default="", max_length=80)
    """Which government or authority listed it."""
    listed_by_id: int = Field(foreign_key="person.id")
    delisted_on: date | None = None
    delisted_by_id: int | None = Field(default=None, foreign_key="person.id")


class Department(SQLModel, table=True):
    """A department a county or street can call (网格吹哨、部门报到, YB-49)."""

    __table_args__ = (sa.UniqueConstraint("grid_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    name: str = Field(max_length=40)
    ended_on: date | None = None


class DepartmentPerson(SQLModel, table=True):
    """Somebody who reports in for a department; the post is what lets them see the grid."""

    __tablename__ = "department_person"

    department_id: int = Field(primary_key=True, foreign_key="department.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")


class Whistle(SQLModel, table=True):
    """A department was called to a hazard: by when to report in, when it did, what it did."""

    __table_args__ = (sa.Index(None, "hazard_id"), sa.Index(None, "department_id", "done_at"))

    id: int | None = Field(default=None, primary_key=True)
    hazard_id: UUID = Field(foreign_key="hazard.id")
    department_id: int = Field(foreign_key="department.id")
    called_by_id: int = Field(foreign_key="person.id")
    called_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    check_in_until: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    checked_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    checked_in_by_id: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    done_words: str = Field(default="", max_length=1000)


class HazardMove(FieldRecord, table=True):
    """A step taken on the spot, as a phone recorded it: the trail has the step, this the place."""

    __tablename__ = "hazard_move"
    __table_args__ = (sa.Index(None, "hazard_id"), sa.Index(None, "patrol_id"))

    hazard_id: UUID = Field(foreign_key="hazard.id")
    number: int
    """Which step of the trail it became."""
    step: str = Field(max_length=30)


class HazardNotice(SQLModel, table=True):
    """Somebody has to know of a step. Made with the step, once a person and step."""

    __tablename__ = "hazard_notice"
    __table_args__ = (
        sa.UniqueConstraint("hazard_id", "number", "person_id"),
        sa.Index(None, "person_id", "seen_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hazard_id: UUID = Field(foreign_key="hazard.id")
    number: int
    """Which step."""
    person_id: int = Field(foreign_key="person.id")
    why: str = Field(max_length=20)
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
