"""Changing single shifts: one more, another person, one off; and whether boards show the list."""

from datetime import date, datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.refusals import Refused
from firegrid_app.rota.patterns import setting_of
from firegrid_app.rota.people import refuse_unfit
from firegrid_app.rota.rules import hours_of, is_near
from firegrid_app.rota.service import STREET, first_day, settable_shift
from firegrid_app.rota.tables import Shift, ShiftChange
from firegrid_app.settings import settings


def add_shift(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    day: date,
    starts: str,
    ends: str,
    person_id: int,
    now: datetime,
) -> Shift:
    """Put somebody on the list of one day.

    Refuses `grids.unknown`, `access.outside_grid`, `rota.bad_hours`, `rota.bad_month`, `rota.over`,
    `rota.not_here`, `rota.overlap`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.SET_ROTA)
    hours = hours_of(starts, ends)
    if hours is None:
        raise Refused("rota.bad_hours")
    zone = settings().zone
    moments = hours.on(day, zone)
    if moments[1] <= now:
        raise Refused("rota.over")
    if not is_near(max(day, local_day(now, zone)).replace(day=1), local_day(now, zone)):
        raise Refused("rota.bad_month")
    person = refuse_unfit(session, grid, person_id, day, moments)
    shift = Shift(
        grid_id=grid.id or 0,
        person_id=person.id,
        starts_at=moments[0],
        ends_at=moments[1],
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(shift)
    session.flush()
    return shift


def give_shift(
    session: Session, actor: Actor, shift_id: int, person_id: int, now: datetime
) -> Shift:
    """Another person is on duty; also when the shift has begun, for people fall ill.

    Refuses `rota.unknown`, `access.outside_grid`, `rota.over`, `rota.not_here`, `rota.overlap`.
    """
    shift, grid = settable_shift(session, actor, shift_id)
    _refuse_over(shift, now)
    if shift.person_id == person_id:
        return shift
    moments = (shift.starts_at, shift.ends_at)
    refuse_unfit(session, grid, person_id, first_day(shift), moments)
    note_change(session, shift, actor.person_id, "given", person_id, now)
    shift.person_id = person_id
    session.flush()
    return shift


def drop_shift(session: Session, actor: Actor, shift_id: int, now: datetime) -> Shift:
    """Nobody is on duty then. Refuses `rota.unknown`, `access.outside_grid`, `rota.over`."""
    shift, _ = settable_shift(session, actor, shift_id)
    _refuse_over(shift, now)
    note_change(session, shift, actor.person_id, "dropped", None, now)
    shift.dropped_at = now
    session.flush()
    return shift


def note_change(
    session: Session, shift: Shift, by_id: int, what: str, to_id: int | None, now: datetime
) -> None:
    """Write down who changed what about a shift, before it is changed."""
    session.add(
        ShiftChange(
            shift_id=shift.id or 0,
            at=now,
            by_id=by_id,
            what=what,
            from_id=shift.person_id,
            to_id=to_id,
        )
    )


def show_on_boards(session: Session, actor: Actor, code: str, shown: bool, now: datetime) -> bool:
    """Let the boards of a street's grids say who is on duty today, or not.

    Refuses `grids.unknown`, `access.outside_grid`, `rota.street_only`.
    """
    grid = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    if grid.level != STREET:
        raise Refused("rota.street_only")
    setting_of(session, grid, actor, now).on_board = shown
    audit(session, actor.person_id, "rota_on_board", f"{grid.code} {shown}", now)
    session.flush()
    return True


def _refuse_over(shift: Shift, now: datetime) -> None:
    if shift.ends_at <= now:
        raise Refused("rota.over")
