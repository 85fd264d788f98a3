"""What there is to say of a kind of record; each file beside this one says it of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, SQLModel

from firegrid_app.access.rules import Actor
from firegrid_app.records import Stamp
from firegrid_app.refusals import Refused


class Body(BaseModel):
    """A body refuses fields it does not know: a typing error must not lose a value silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def from_former(cls, former: "Body") -> Self:
        """What a body of the version before says, in this one: new fields stand at their defaults.

        A version that calls something otherwise, or lacks a default, says here how it goes over.
        """
        return cls(**former.model_dump())


@dataclass
class Ahead:
    """What the records of a batch will look up, read in one query a table (`sync/ahead.py`).

    The walk a body names in `patrol` is read for every kind.
    """

    codes: set[str] = field(default_factory=set)
    """Of grids."""
    points: set[int] = field(default_factory=set)
    doors: set[int] = field(default_factory=set)
    patrols: set[UUID] = field(default_factory=set)
    walks: set[UUID] = field(default_factory=set)
    """Those walks whose earlier places and premises matter, too."""


def _nothing_ahead(body: Any, ahead: Ahead) -> None:
    return


Apply = Callable[[Session, Actor, Stamp, Any, datetime], None]
GridOf = Callable[[Session, Any], int | str | None]


@dataclass(frozen=True)
class Kind:
    """A kind of record: what it says in each version, and what the server does with it."""

    name: str
    versions: tuple[type[Body], ...]
    """Of its body, the oldest first. One once shipped stays, as it is, where it is: phones in the
    field hold records of it (tests/sync/test_versions.py)."""
    apply: Apply
    """Calls the same service as every other door, with a body of the newest version."""
    grid_of: GridOf
    """The grid it concerns, by id or code; None when that is where its maker works."""
    row: type[SQLModel] | None
    """The table of the row it leaves, under its own id; it has the place. None: it leaves none."""
    ahead: Callable[[Any, Ahead], None] = _nothing_ahead
    """Says what applying it will look up."""


def by_code(session: Session, body: Any) -> str:
    """For bodies that name their grid (`GridOf`)."""
    code: str = body.grid
    return code


class InAGrid(Protocol):
    """A row that belongs to a grid."""

    grid_id: int


def by_row(table: type[InAGrid], name: str, unknown: str) -> GridOf:
    """For bodies that name, in the field `name`, a row of a grid; refuses `unknown` (`GridOf`)."""

    def grid_of(session: Session, body: Any) -> int:
        row = session.get(table, getattr(body, name))
        if row is None:
            raise Refused(unknown)
        return row.grid_id

    return grid_of
