"""Patrols and the points arrived at."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord

_JSON = sa.JSON(none_as_null=True)


class Patrol(FieldRecord, table=True):
    """A walk the person starts and ends; `happened_at` is the start."""

    __table_args__ = (
        sa.Index(None, "grid_id", "happened_at"),
        sa.Index(None, "person_id", "happened_at"),
    )

    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    last_record_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    """The latest thing recorded in it: an open patrol counts up to here and no further."""
    note: str = Field(default="", max_length=500)


class PatrolWord(FieldRecord, table=True):
    """The person's word about a stretch of the own patrol without records: "I was walking"."""

    __tablename__ = "patrol_word"
    __table_args__ = (sa.Index(None, "patrol_id"),)

    since_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    until_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    note: str = Field(default="", max_length=500)


class Arrival(FieldRecord, table=True):
    """Arrived at a check point during a patrol, or elsewhere in the grid, said in words."""

    __table_args__ = (
        sa.Index(None, "grid_id", "happened_at"),
        sa.Index(None, "patrol_id", "happened_at"),
    )

    check_point_id: int | None = Field(default=None, foreign_key="check_point.id")
    where_words: str = Field(default="", max_length=120)
    how: str = Field(default="tap", max_length=10)
    """`qr` when the point's own printed code was scanned, `tap` from the list. No judgement."""
    checklist: str = Field(default="", max_length=60)
    findings: dict[str, Any] | None = Field(default=None, sa_type=_JSON)  # type: ignore[call-overload]
    """`{"faults": [{"item", "hazard"}], "not_applicable": [item]}`; None: nothing was ticked."""
    all_fine: bool = Field(default=True)
    outcome: str = Field(default="", max_length=20)
    """At premises: what came of the call (`places/rules.Outcome`); empty elsewhere."""
    note: str = Field(default="", max_length=500)
