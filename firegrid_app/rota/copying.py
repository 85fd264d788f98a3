"""The list of a month as the month before was, weekday by weekday."""

from datetime import date, datetime, time

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.access.service import audit
from firegrid_app.duties.service import workdays
from firegrid_app.refusals import Refused
from firegrid_app.rota.cards import DrawnCard
from firegrid_app.rota.month_to_fill import busy_with, days_to_fill, keep_shifts, make_room
from firegrid_app.rota.people import candidates, hold
from firegrid_app.rota.rules import Hours, Moments, copied_from, other_month, overlaps_any
from firegrid_app.rota.service import month_bounds, shifts_between
from firegrid_app.settings import settings


def copy_month(
    session: Session, actor: Actor, code: str, month: str, *, replace: bool = False, now: datetime
) -> DrawnCard:
    """The month before once more, weekday by weekday: who was on on Mondays is on on Mondays.

    Where the month before had workdays only, days off stay empty. Who has left meanwhile, or is on
    duty elsewhere then, is left out and counted. Refuses what `draw_up` refuses, and
    `rota.nothing_to_copy`.
    """
    grid, days = days_to_fill(session, actor, code, month, now)
    zone = settings().zone
    first = days[0].replace(day=1)
    before = other_month(first, -1)
    rows = shifts_between(session, {grid.id or 0}, *month_bounds(before, zone))
    if not rows:
        raise Refused("rota.nothing_to_copy", month=f"{before:%Y-%m}")
    by_day: dict[date, list[tuple[int, Hours]]] = {}
    for row in rows:
        starts, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        hours = Hours(_minute(starts), _minute(ends))
        by_day.setdefault(starts.date(), []).append((row.person_id, hours))
    calendar = workdays(session, before, days[-1])
    only_work = all(day in calendar for day in by_day)
    people = {row.person_id for row in rows}
    known = candidates(session, grid, days[0], days[-1], only=people)
    hold(session, people)
    replaced = make_room(session, actor, grid, days, replace, now)
    busy = busy_with(session, people, days)
    made: list[tuple[int, Moments]] = []
    empty = 0
    for day in days:
        if only_work and day not in calendar:
            continue
        for person, hours in by_day.get(copied_from(day), ()):
            moments = hours.on(day, zone)
            if moments[0] <= now:
                continue
            free = person in known and known[person].is_here(day)
            if not free or overlaps_any(moments, busy[person]):
                empty += 1
                continue
            busy[person].append(moments)
            made.append((person, moments))
    keep_shifts(session, actor, grid, made, now)
    audit(
        session,
        actor.person_id,
        "copy_rota",
        f"{grid.code} {month} +{len(made)} -{replaced}",
        now,
    )
    session.flush()
    return DrawnCard(len(made), replaced, empty)


def _minute(at: datetime) -> time:
    return time(at.hour, at.minute)
