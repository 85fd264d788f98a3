"""A list from an office's file: for each day it names it stands in place of what stood there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.rota.changing import note_change
from firegrid_app.rota.month_to_fill import keep_shifts
from firegrid_app.rota.people import hold
from firegrid_app.rota.rules import MONTHS_AHEAD, Moments, other_month
from firegrid_app.rota.service import shifts_between
from firegrid_app.rota.tables import Shift
from firegrid_app.settings import settings


@dataclass(frozen=True)
class Filed:
    """What a file changes: shifts that come, that give way, and how many stand already."""

    fresh: tuple[tuple[int, Moments], ...]
    gone: tuple[Shift, ...]
    same: int


def days_in_reach(now: datetime) -> tuple[date, date]:
    """The first and last day a file may speak of: today, and the end of a year ahead."""
    today = local_day(now, settings().zone)
    beyond = other_month(today.replace(day=1), MONTHS_AHEAD + 1)
    return today, beyond - timedelta(days=1)


def compare(
    session: Session, grid: Grid, wanted: Sequence[tuple[int, Moments]], now: datetime
) -> Filed:
    """What would change. What has begun stays, and what is said of it is not made any more."""
    zone = settings().zone
    days = {local_day(moments[0], zone) for _, moments in wanted}
    if not days:
        return Filed((), (), 0)
    first, last = day_bounds(min(days), zone)[0], day_bounds(max(days), zone)[1]
    standing = [
        shift
        for shift in shifts_between(session, {grid.id or 0}, first, last)
        if local_day(shift.starts_at, zone) in days
    ]
    there = {(one.person_id, (one.starts_at, one.ends_at)) for one in standing}
    asked = {(person, moments) for person, moments in wanted}
    return Filed(
        fresh=tuple(one for one in wanted if one not in there and one[1][0] > now),
        gone=tuple(
            one
            for one in standing
            if one.starts_at > now and (one.person_id, (one.starts_at, one.ends_at)) not in asked
        ),
        same=sum(one in there for one in wanted),
    )


def file_list(
    session: Session,
    actor: Actor,
    grid: Grid,
    wanted: Sequence[tuple[int, Moments]],
    now: datetime,
) -> Filed:
    """Make it so. The caller has checked the grid, the people and their other shifts."""
    hold(session, {person for person, _ in wanted})
    filed = compare(session, grid, wanted, now)
    for shift in filed.gone:
        note_change(session, shift, actor.person_id, "dropped", None, now)
        shift.dropped_at = now
    keep_shifts(session, actor, grid, list(filed.fresh), now)
    if filed.fresh or filed.gone:
        said = f"{grid.code} +{len(filed.fresh)} -{len(filed.gone)}"
        audit(session, actor.person_id, "file_rota", said, now)
    session.flush()
    return filed
