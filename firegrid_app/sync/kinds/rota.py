"""`shift.note`, `shift.taken`: words left for who is on duty next, and the shift taken over."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.records import Stamp
from firegrid_app.rota import notes, tables
from firegrid_app.sync.fields import RowId, Words
from firegrid_app.sync.kinds.kind import Body, Kind, by_row

MOST_NOTES = 50
"""Notes read at one hand-over; a shift leaves one or two."""


class ShiftNote(Body):
    """`shift.note`: words for who is on duty next."""

    shift: RowId
    words: Words


class ShiftTaken(Body):
    """`shift.taken`: taken over, having read these notes."""

    shift: RowId
    notes: Annotated[tuple[UUID, ...], Field(max_length=MOST_NOTES)] = ()


def _note(session: Session, actor: Actor, stamp: Stamp, body: ShiftNote, now: datetime) -> None:
    notes.leave_note(session, actor, stamp, shift_id=body.shift, words=body.words, now=now)


def _taken(session: Session, actor: Actor, stamp: Stamp, body: ShiftTaken, now: datetime) -> None:
    notes.take_over(session, actor, stamp, shift_id=body.shift, notes=list(body.notes), now=now)


_by_shift = by_row(tables.Shift, "shift", "rota.unknown")
KINDS = (
    Kind("shift.note", (ShiftNote,), _note, _by_shift, tables.ShiftNote),
    Kind("shift.taken", (ShiftTaken,), _taken, _by_shift, tables.ShiftTaken),
)
