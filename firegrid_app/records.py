"""What records carry: those from the field, as the phone saw it; other systems that are let in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Field as Column
from sqlmodel import SQLModel

from firegrid_app.database import UtcDateTime

PositionSource = Literal["gps", "manual", "qr", "place", "none"]


class Position(BaseModel):
    """One fix in WGS-84 degrees; `accuracy_m` is the 95 % radius in metres as the phone gave it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    accuracy_m: float = Field(ge=0, le=1_000_000)
    source: PositionSource = "gps"
    fixed_at: datetime | None = None


@dataclass(frozen=True)
class Stamp:
    """Identity, moment and place of one field record, made on the phone at the shutter."""

    id: UUID
    happened_at: datetime
    """The moment it counts for: the phone's own, righted where its clock was off."""
    position: Position | None = None
    righted_by: timedelta = timedelta(0)
    """How much was added to the phone's own time: photos of the record were taken by it, too."""


class FieldRecord(SQLModel):
    """Columns shared by everything a member records in the field. The id is made on the phone."""

    id: UUID = Column(primary_key=True)
    grid_id: int = Column(foreign_key="grid.id")
    person_id: int = Column(foreign_key="person.id")
    patrol_id: UUID | None = None
    happened_at: datetime = Column(sa_type=UtcDateTime)  # type: ignore[call-overload]
    received_at: datetime = Column(sa_type=UtcDateTime)  # type: ignore[call-overload]
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    position_source: str = Column(default="none", max_length=10)

    if not TYPE_CHECKING:  # The checker knows the columns; this takes any.

        def __init__(self, **values: Any) -> None:
            """A new row with these columns and its defaults; other names are not taken up.

            SQLModel sets a row column by column, each three times over, for validation and history
            that a new row has no use for: it cost more than to write the row.
            """
            names, defaults = _columns(type(self))
            row = self.__dict__
            for name, field in defaults.items():
                if name not in values:
                    row[name] = field.get_default(call_default_factory=True)
            for name in values.keys() & names:
                row[name] = values[name]


class LetIn(SQLModel):
    """Columns of another system that may send into a grid and all below, until it is shut out.

    Of its key only the hash is kept, in a column of each table's own.
    """

    id: int | None = Column(default=None, primary_key=True)
    grid_id: int = Column(foreign_key="grid.id", index=True)
    name: str = Column(max_length=60)
    made_at: datetime = Column(sa_type=UtcDateTime)  # type: ignore[call-overload]
    made_by_id: int = Column(foreign_key="person.id")
    used_at: datetime | None = Column(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    ended_at: datetime | None = Column(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


@cache
def _columns(table: type[SQLModel]) -> tuple[frozenset[str], dict[str, Any]]:
    """All column names of a table, and the fields among them that have a default."""
    fields = table.model_fields
    optional = {name: field for name, field in fields.items() if not field.is_required()}
    return frozenset(fields), optional


def stamped(stamp: Stamp, received_at: datetime) -> dict[str, object]:
    """The stamp as column values. Coordinates keep five decimals, about a metre (privacy E.3)."""
    position = stamp.position
    return {
        "id": stamp.id,
        "happened_at": stamp.happened_at,
        "received_at": received_at,
        "lat": None if position is None else round(position.lat, 5),
        "lon": None if position is None else round(position.lon, 5),
        "accuracy_m": None if position is None else round(position.accuracy_m, 1),
        "position_source": "none" if position is None else position.source,
    }
