"""`duty.done`: a duty ticked."""

from datetime import datetime

from pydantic import Field
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.duties import ticking
from firegrid_app.duties.tables import DutyTick
from firegrid_app.records import Stamp
from firegrid_app.sync.fields import Code, Day, Note, RowId
from firegrid_app.sync.kinds.kind import Body, Kind, by_code


class DutyDone(Body):
    """`duty.done`: a duty ticked. It is named by what never changes, not by a row's id."""

    rule: RowId
    grid: Code
    first: Day
    number: int = Field(default=1, ge=1, le=31)
    note: Note = ""


def _tick(session: Session, actor: Actor, stamp: Stamp, body: DutyDone, now: datetime) -> None:
    ticking.tick(
        session,
        actor,
        stamp,
        rule_id=body.rule,
        grid_code=body.grid,
        first_on=body.first,
        number=body.number,
        note=body.note,
        now=now,
    )


KINDS = (Kind("duty.done", (DutyDone,), _tick, by_code, DutyTick),)
