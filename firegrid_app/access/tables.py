"""People, their posts, log-in sessions, invitations, the guard against guessing, the audit log."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class Person(SQLModel, table=True):
    """Someone who can log in. Without a password hash the invitation has not been used yet."""

    __table_args__ = (sa.UniqueConstraint("phone"),)

    id: int | None = Field(default=None, primary_key=True)
    phone: str = Field(max_length=20)
    name: str = Field(max_length=40)
    password_hash: str | None = Field(default=None, max_length=200)
    pilot: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    switched_off_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class PersonKey(SQLModel, table=True):
    """What a person's phones seal unsent work with. Apart from `Person`: no list may carry it."""

    __tablename__ = "person_key"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    key: str = Field(max_length=64, repr=False)
    """32 random bytes in hex."""
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]


class Post(SQLModel, table=True):
    """A role held by a person in a grid between two dates (YC-13 to YC-17, LY-35)."""

    __table_args__ = (sa.UniqueConstraint("person_id", "grid_id", "role", "starts_on"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    grid_id: int = Field(foreign_key="grid.id", index=True)
    role: str = Field(max_length=30)
    starts_on: date
    ends_on: date | None = None


class LoginSession(SQLModel, table=True):
    """One device logged in. Only the token's hash is kept."""

    __tablename__ = "login_session"
    __table_args__ = (sa.UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    device: str = Field(max_length=120)
    created_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    last_seen_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    expires_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class Invitation(SQLModel, table=True):
    """A link that lets a person set the first password, once."""

    __table_args__ = (sa.UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    invited_by_id: int = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    expires_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class GuessGuard(SQLModel, table=True):
    """Wrong passwords counted per phone number and per address, both as hashes."""

    __tablename__ = "guess_guard"

    key: str = Field(primary_key=True, max_length=64)
    failures: int = 0
    last_failed_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class AuditEntry(SQLModel, table=True):
    """Append-only log of administrative and sensitive acts (privacy E.6)."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)  # type: ignore[call-overload]
    person_id: int | None = Field(default=None, foreign_key="person.id")
    action: str = Field(max_length=40)
    subject: str = Field(default="", max_length=120)
    """What was acted on, e.g. `person:12`; never a phone number or a token."""
