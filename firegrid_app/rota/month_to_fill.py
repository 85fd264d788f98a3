"""What drawing up and copying share: the days to fill, room on them, who is busy, shifts kept."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.rota.changing import note_change
from firegrid_app.rota.people import shifts_of
from firegrid_app.rota.rules import Moments, is_near, month_days, month_of
from firegrid_app.rota.service import month_bounds, shifts_between
from firegrid_app.rota.tables import Shift
from firegrid_app.settings import settings


def days_to_fill(
    session: Session, actor: Actor, code: str, month: str, now: datetime
) -> tuple[Grid, list[date]]:
    """The grid, and the days of the month from today on."""
    grid = grid_by_code(session, actor, code, Action.SET_ROTA)
    first, today = month_of(month), local_day(now, settings().zone)
    if first is None:
        raise Refused("rota.bad_month")
    if not is_near(first, today):
        raise Refused("rota.over" if first < today else "rota.bad_month")
    return grid, [day for day in month_days(first) if day >= today]


def make_room(
    session: Session, actor: Actor, grid: Grid, days: list[date], replace: bool, now: datetime
) -> int:
    """Take what has not begun yet off the month. Refuses `rota.there_already`."""
    zone = settings().zone
    first, last = month_bounds(days[0].replace(day=1), zone)
    rows = shifts_between(session, {grid.id or 0}, first, last)
    coming = [one for one in rows if one.starts_at > now]
    if coming and not replace:
        raise Refused("rota.there_already", count=len(coming))
    for shift in coming:
        shift.dropped_at = now
        note_change(session, shift, actor.person_id, "dropped", None, now)
    session.flush()
    return len(coming)


def busy_with(session: Session, people: set[int], days: list[date]) -> dict[int, list[Moments]]:
    """Hours these people are on duty anywhere on these days."""
    zone = settings().zone
    # A shift of the last day may reach into the day after.
    first, last = day_bounds(days[0], zone)[0], day_bounds(days[-1] + timedelta(days=1), zone)[1]
    found = shifts_of(session, people, first, last)
    return {
        person: [(one.starts_at, one.ends_at) for one in some] for person, some in found.items()
    }


def keep_shifts(
    session: Session, actor: Actor, grid: Grid, made: list[tuple[int, Moments]], now: datetime
) -> None:
    """Write shifts, each by its person and hours. The caller has checked."""
    session.add_all(
        Shift(
            grid_id=grid.id or 0,
            person_id=person,
            starts_at=starts,
            ends_at=ends,
            made_by_id=actor.person_id,
            made_at=now,
        )
        for person, (starts, ends) in made
    )
