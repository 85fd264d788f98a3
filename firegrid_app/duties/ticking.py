"""A person says that a duty is done, on the phone or at the desk."""

from datetime import date, datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.clock import local_day
from firegrid_app.duties.evidence import Dated, key_of, progress_of
from firegrid_app.duties.rules.obligations import BY_WORK, Kind
from firegrid_app.duties.tables import Duty, DutyTick, ObligationRule
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def tick(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    rule_id: int,
    grid_code: str,
    first_on: date,
    number: int,
    note: str,
    now: datetime,
) -> DutyTick:
    """Say that a duty of one's own post is done. A second tick is kept and changes nothing.

    Refuses `grids.unknown`, `duties.not_yours` (another grid's or another post's),
    `duties.grid_closed`, `duties.unknown`, `duties.not_yet`, and `duties.note_needed`: what records
    count, and what is overdue, needs a word about how it was done.
    """
    grid = session.exec(select(Grid).options(WITHOUT_OUTLINE).where(Grid.code == grid_code)).first()
    if grid is None or grid.id is None:
        raise Refused("grids.unknown", code=grid_code[:30])
    rule = session.get(ObligationRule, rule_id)
    if rule is None:
        if not any(grid.path.startswith(post.grid_path) for post in actor.posts):
            raise Refused("duties.not_yours")
        raise Refused("duties.unknown")
    if not any(
        post.role == rule.role and grid.path.startswith(post.grid_path) for post in actor.posts
    ):
        raise Refused("duties.not_yours")
    if grid.valid_to is not None and grid.valid_to < first_on:
        raise Refused("duties.grid_closed", name=grid.name)
    duty = session.get(Duty, (rule_id, grid.id, first_on, number))
    if duty is None:
        raise Refused("duties.unknown")
    day = local_day(stamp.happened_at, settings().zone)
    if day < duty.first_on:
        raise Refused("duties.not_yet", day=duty.first_on.isoformat())
    note = note.strip()
    if not note and _needs_note(session, Dated(duty, rule, grid.path), day):
        raise Refused("duties.note_needed")
    made = DutyTick(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=grid.id,
        person_id=actor.person_id,
        rule_id=rule_id,
        first_on=first_on,
        number=number,
        note=note[:500],
    )
    session.add(made)
    return made


def _needs_note(session: Session, dated: Dated, day: date) -> bool:
    if day > dated.duty.due_on:
        return True
    if Kind(dated.rule.kind) not in BY_WORK:
        return False
    # A sweep of a grid with nothing on the register can only be ticked.
    return progress_of(session, [dated])[key_of(dated.duty)].wanted > 0


def tick_at_desk(
    session: Session,
    actor: Actor,
    *,
    rule_id: int,
    grid_code: str,
    first_on: date,
    number: int,
    note: str,
    now: datetime,
) -> DutyTick:
    """The same from the desk, now and without a place. Refuses what `tick` refuses."""
    made = tick(
        session,
        actor,
        Stamp(id=uuid4(), happened_at=now),
        rule_id=rule_id,
        grid_code=grid_code,
        first_on=first_on,
        number=number,
        note=note,
        now=now,
    )
    session.flush()
    return made


def ticks_of(session: Session, duty: Duty) -> list[DutyTick]:
    """All ticks of a duty, the first one first."""
    return list(
        session.exec(
            select(DutyTick)
            .where(
                DutyTick.rule_id == duty.rule_id,
                DutyTick.grid_id == duty.grid_id,
                DutyTick.first_on == duty.first_on,
                DutyTick.number == duty.number,
            )
            .order_by(col(DutyTick.happened_at), col(DutyTick.id))
        )
    )
