"""A walk: `patrol.start`, `patrol.arrive` at a point or elsewhere, `patrol.word`, `patrol.end`."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.patrols import service as patrols
from firegrid_app.patrols import tables
from firegrid_app.points.tables import CheckPoint
from firegrid_app.records import Stamp
from firegrid_app.sync.fields import NO_NUL, Code, Moment, Note, RowId, Short
from firegrid_app.sync.kinds.kind import Ahead, Body, Kind, by_code, by_row

MOST_FAULTS = 60
"""Items of one checklist; the longest shipped has sixteen."""


class PatrolStart(Body):
    """`patrol.start`: begin walking a grid."""

    grid: Code


class PatrolArriveV1(Body):
    """`patrol.arrive` 1: arrived at a check point of the list."""

    patrol: UUID
    check_point: RowId
    all_fine: bool = True
    note: Note = ""


class PatrolArriveV2(Body):
    """`patrol.arrive` 2: arrived at a check point, or elsewhere on the walk, said in words."""

    patrol: UUID
    check_point: RowId | None = None
    where: Short = ""
    all_fine: bool = True
    note: Note = ""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.check_point is None and not self.where.strip():
            raise PydanticCustomError("nowhere", "neither a check point nor words for the place")
        return self


class Fault(Body):
    """An item of a checklist that is not as it should be, and the hazard reported for it."""

    item: Code
    hazard: UUID | None = None


class PatrolArriveV3(PatrolArriveV2):
    """`patrol.arrive` 3: the same, with the code scanned there and what its checklist found."""

    tag: Annotated[str, StringConstraints(max_length=40, pattern=NO_NUL)] = ""
    """The printed code as scanned; empty when the point was tapped in the list."""
    checklist: Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)] = ""
    faults: Annotated[tuple[Fault, ...], Field(max_length=MOST_FAULTS)] = ()
    not_applicable: Annotated[tuple[Code, ...], Field(max_length=MOST_FAULTS)] = ()

    @model_validator(mode="after")
    def _fine_or_faulty(self) -> Self:
        if self.all_fine and self.faults:
            raise PydanticCustomError("fine_with_faults", "all fine, and yet there are faults")
        return self


class PatrolArrive(PatrolArriveV3):
    """`patrol.arrive` 4: the same; at premises also what came of the call (locked, moved, …)."""

    call: Annotated[str, StringConstraints(max_length=20, pattern=NO_NUL)] = ""


class PatrolEndV1(Body):
    """`patrol.end` 1: the walk is over now."""

    patrol: UUID
    note: Note = ""


class PatrolEnd(PatrolEndV1):
    """`patrol.end` 2: the same; if it was over before it is said, since when."""

    ended_at: Moment | None = None
    """By the phone's clock, as `captured_at`."""


class PatrolWord(Body):
    """`patrol.word`: "I was walking" from one moment to another, without a record in between."""

    patrol: UUID
    since: Moment
    until: Moment
    note: Note = ""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.until <= self.since:
            raise PydanticCustomError("not_forward", "it ends before it begins")
        return self


def _start(session: Session, actor: Actor, stamp: Stamp, body: PatrolStart, now: datetime) -> None:
    patrols.start(session, actor, stamp, grid_code=body.grid, now=now)


def _start_ahead(body: PatrolStart, ahead: Ahead) -> None:
    ahead.codes.add(body.grid)


def _arrive(
    session: Session, actor: Actor, stamp: Stamp, body: PatrolArrive, now: datetime
) -> None:
    patrols.arrive(
        session,
        actor,
        stamp,
        patrol_id=body.patrol,
        check_point_id=body.check_point,
        where_words=body.where,
        tag=body.tag,
        checklist=body.checklist,
        findings=_findings(body),
        all_fine=body.all_fine,
        outcome=body.call,
        note=body.note,
        now=now,
    )


def _findings(body: PatrolArrive) -> dict[str, Any] | None:
    if not body.faults and not body.not_applicable:
        return None
    return {
        "faults": [fault.model_dump(mode="json") for fault in body.faults],
        "not_applicable": list(body.not_applicable),
    }


def _arrive_ahead(body: PatrolArrive, ahead: Ahead) -> None:
    ahead.walks.add(body.patrol)
    if body.check_point is not None:
        ahead.points.add(body.check_point)


def _end(session: Session, actor: Actor, stamp: Stamp, body: PatrolEnd, now: datetime) -> None:
    patrols.end(
        session,
        actor,
        stamp,
        patrol_id=body.patrol,
        ended_at=body.ended_at,
        note=body.note,
        now=now,
    )


def _word(session: Session, actor: Actor, stamp: Stamp, body: PatrolWord, now: datetime) -> None:
    patrols.say_walking(
        session,
        actor,
        stamp,
        patrol_id=body.patrol,
        since=body.since,
        until=body.until,
        note=body.note,
        now=now,
    )


_by_walk = by_row(tables.Patrol, "patrol", "patrols.unknown")
_by_point = by_row(CheckPoint, "check_point", "patrols.unknown_check_point")


def _by_point_or_walk(session: Session, body: PatrolArrive) -> int | str | None:
    return (_by_walk if body.check_point is None else _by_point)(session, body)


KINDS = (
    Kind("patrol.start", (PatrolStart,), _start, by_code, tables.Patrol, _start_ahead),
    Kind(
        "patrol.arrive",
        (PatrolArriveV1, PatrolArriveV2, PatrolArriveV3, PatrolArrive),
        _arrive,
        _by_point_or_walk,
        tables.Arrival,
        _arrive_ahead,
    ),
    Kind("patrol.end", (PatrolEndV1, PatrolEnd), _end, _by_walk, row=None),
    Kind("patrol.word", (PatrolWord,), _word, _by_walk, tables.PatrolWord),
)
