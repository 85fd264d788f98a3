"""The log of safety words called out, and the scripts that streets worded themselves."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord


class Shout(FieldRecord, table=True):
    """One shout: which script, by which means, how many people reached (YC-36)."""

    __table_args__ = (
        sa.Index(None, "grid_id", "happened_at"),
        sa.Index(None, "patrol_id"),
        sa.Index(None, "alert_id"),
    )

    script: str = Field(max_length=40)
    means: str = Field(max_length=20)
    people_reached: int = 0
    where_words: str = Field(default="", max_length=120)
    seconds: int = 0
    """How long it was called out, as the phone counted while it played; 0: nobody counted."""
    alert_id: int | None = Field(default=None, foreign_key="alert.id")
    """The warning called out: this shout is the receipt that it was passed on (YC-46)."""
    alert_edition: int = 0
    place_id: int | None = Field(default=None, foreign_key="place.id")
    """The premises it was called out at, where it was said."""
    leaflets: int = 0
    cards: int = 0
    """Contact cards (联系卡) handed out."""


class ShoutScript(SQLModel, table=True):
    """A script of a street's own. Its words never change: other words are another script, so that
    the log of last year still says what was called out."""

    __tablename__ = "shout_script"

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    title: str = Field(max_length=30)
    words: str = Field(max_length=300)
    language: str = Field(max_length=10)
    dialect: str = Field(default="", max_length=20)
    """Whose way of speaking it is, where not everybody's: 延边话, 永川话."""
    first_day: str = Field(default="", max_length=5)
    last_day: str = Field(default="", max_length=5)
    """The days of a year it is for, `11-15` to `03-15`; empty: all year."""
    kinds: list[Any] = Field(default_factory=list, sa_type=sa.JSON)  # type: ignore[call-overload]
    """Kinds of premises it comes first at (`places/rules.KINDS`); empty: none before others."""
    audience: str = Field(default="all", max_length=20)
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class ShoutRecording(SQLModel, table=True):
    """A script as somebody of a grid spoke it, for that grid and all below it."""

    __tablename__ = "shout_recording"
    __table_args__ = (sa.Index(None, "grid_id"), sa.Index(None, "sha256"))

    id: UUID = Field(primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    script: str = Field(max_length=40)
    """The script's code, shipped (`rules.SCRIPTS`) or a street's own."""
    dialect: str = Field(default="", max_length=20)
    """What it is called in the choice: 延边话, 조선말, 石书记."""
    sha256: str = Field(max_length=64)
    """Hash of its bytes, named here before the file is written: a file that no row names is
    nobody's (`photos/orphans.py`)."""
    bytes: int
    seconds: int
    """Rounded up."""
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    stored_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    """None while its bytes are being put away."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
