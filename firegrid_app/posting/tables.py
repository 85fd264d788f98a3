"""What the public may see of a person, staff photos, printed papers and badges (privacy E.4)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.points.rules import new_tag


class PostingDecision(SQLModel, table=True):
    """Somebody decided that a field of a contact is shown, or no longer. Never changed: the latest
    one counts, and before any the contact's own flags do."""

    __tablename__ = "posting_decision"

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="public_contact.id", index=True)
    field: str = Field(max_length=10)
    shown: bool
    basis: str = Field(default="", max_length=10)
    """`duty` or `consent`; empty where it is taken off."""
    basis_words: str = Field(default="", max_length=80)
    """The document's number, or how the consent was given."""
    basis_on: date | None = None
    ends_on: date | None = None
    """Last day it is shown."""
    decided_by_id: int = Field(foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]


class Face(SQLModel, table=True):
    """The photo of a person for badge and board; its bytes lie in the photo store."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    sha256: str = Field(max_length=64)
    kept_by_id: int = Field(foreign_key="person.id")
    kept_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]


class Edition(SQLModel, table=True):
    """A paper as it was printed: the same content has the same edition, other content another."""

    __table_args__ = (
        sa.UniqueConstraint("tag"),
        sa.Index(None, "grid_id", "kind", "subject"),
    )

    id: int | None = Field(default=None, primary_key=True)
    tag: str = Field(default_factory=new_tag, max_length=10)
    """In the QR code of the paper."""
    kind: str = Field(max_length=10)
    grid_id: int = Field(foreign_key="grid.id")
    subject: str = Field(default="", max_length=40)
    """The building, the place or the contact; empty for the grid itself."""
    languages: str = Field(max_length=20)
    fingerprint: str = Field(max_length=16)
    """Of what stands on it about people (`rules.fingerprint`)."""
    drawn: str = Field(default="", max_length=16, sa_column_kwargs={"server_default": ""})
    """Of what its map draws (`rules.outline_print`); empty where it has none, or was printed before
    this was noted."""
    printed_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    """The last time."""
    printed_by_id: int = Field(foreign_key="person.id")
    hangs_at: str = Field(default="", max_length=80)
    hung_on: date | None = None
    gone_on: date | None = None
    """Taken down, thrown away or never hung."""


class Badge(SQLModel, table=True):
    """A badge that was issued (YC-63); genuine while in date, not withdrawn, and the post held."""

    __table_args__ = (sa.UniqueConstraint("tag"), sa.UniqueConstraint("number"))

    id: int | None = Field(default=None, primary_key=True)
    tag: str = Field(default_factory=new_tag, max_length=10)
    number: str = Field(max_length=20)
    person_id: int = Field(foreign_key="person.id", index=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    role: str = Field(max_length=30)
    issued_on: date
    ends_on: date
    issued_by_id: int = Field(foreign_key="person.id")
    withdrawn_on: date | None = None
