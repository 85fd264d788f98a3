"""Drawing up the list of a month: by a pattern that goes round, or as the month before was."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.duties.service import workdays
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.rota.cards import DrawnCard, PatternCard
from firegrid_app.rota.people import candidates, hold, shifts_of
from firegrid_app.rota.rules import (
    MOST_AT_ONCE,
    MOST_PEOPLE,
    MOST_SHIFTS,
    Days,
    Hours,
    Moments,
    Pattern,
    Turn,
    copied_from,
    days_wanted,
    draw,
    hours_of,
    is_near,
    month_days,
    month_of,
    other_month,
    overlaps_any,
    whose_turn,
)
from firegrid_app.rota.service import month_bounds, shifts_between
from firegrid_app.rota.tables import RotaSetting, Shift, ShiftChange
from firegrid_app.settings import settings


def pattern_of(
    people: Sequence[int], hours: Sequence[tuple[str, str]], days: str, turn: str, at_once: int
) -> Pattern:
    """A pattern as a form says it.

    Refuses `rota.no_people`, `rota.bad_hours`, `rota.bad_pattern`.
    """
    people = list(dict.fromkeys(people))
    if not people:
        raise Refused("rota.no_people")
    found = [hours_of(starts, ends) for starts, ends in hours]
    if not found or None in found:
        raise Refused("rota.bad_hours")
    if (
        len(people) > MOST_PEOPLE
        or len(found) > MOST_SHIFTS
        or days not in Days.__members__.values()
        or turn not in Turn.__members__.values()
        or not 1 <= at_once <= MOST_AT_ONCE
    ):
        raise Refused("rota.bad_pattern")
    return Pattern(
        tuple(people), tuple(one for one in found if one), Days(days), Turn(turn), at_once
    )


def draw_up(
    session: Session,
    actor: Actor,
    code: str,
    month: str,
    pattern: Pattern,
    *,
    first: int = 0,
    replace: bool = False,
    now: datetime,
) -> DrawnCard:
    """Draw up the list of a month by a pattern; `first` is who begins, 0 goes on in turn.

    Shifts that have begun stay; with `replace` the others give way, else the month must be empty.
    Refuses `grids.unknown`, `access.outside_grid`, `rota.bad_month`, `rota.not_here`,
    `rota.there_already`, `rota.over`.
    """
    grid, days = _to_draw(session, actor, code, month, now)
    known = candidates(session, grid, days[0], days[-1], only=set(pattern.people))
    lacking = [one for one in pattern.people if one not in known]
    if lacking:
        raise Refused("rota.not_here", name="?", day=month)
    hold(session, set(pattern.people))
    replaced = _make_room(session, actor, grid, days, replace, now)
    zone = settings().zone
    busy = _busy(session, set(pattern.people), days)
    calendar = workdays(session, days[0], days[-1])
    wanted = days_wanted(days, pattern.days, calendar.__contains__)
    place = (
        pattern.people.index(first)
        if first in pattern.people
        else whose_turn(pattern, days[0], _last(session, grid, pattern, days[0], now))
    )
    drawn, empty = draw(
        pattern,
        wanted,
        place,
        zone,
        lambda person, day, moments: (
            moments[0] > now
            and known[person].is_here(day)
            and not overlaps_any(moments, busy[person])
        ),
    )
    made = [(one.person, one.hours.on(one.day, zone)) for one in drawn]
    _keep(session, actor, grid, made, now)
    _remember(session, actor, grid, pattern, now)
    # Today's hours that have passed are nobody's fault.
    left = [one for one in empty if one[1].on(one[0], zone)[0] > now]
    said = f"{grid.code} {month} +{len(made)} -{replaced}"
    audit(session, actor.person_id, "draw_rota", said, now)
    session.flush()
    return DrawnCard(len(made), replaced, len(left))


def copy_month(
    session: Session, actor: Actor, code: str, month: str, *, replace: bool = False, now: datetime
) -> DrawnCard:
    """The month before once more, weekday by weekday: who was on on Mondays is on on Mondays.

    Where the month before had workdays only, days off stay empty. Who has left meanwhile, or is on
    duty elsewhere then, is left out and counted. Refuses what `draw_up` refuses, and
    `rota.nothing_to_copy`.
    """
    grid, days = _to_draw(session, actor, code, month, now)
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
    replaced = _make_room(session, actor, grid, days, replace, now)
    busy = _busy(session, people, days)
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
    _keep(session, actor, grid, made, now)
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


def _to_draw(
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


def _make_room(
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
        session.add(
            ShiftChange(
                shift_id=shift.id or 0,
                at=now,
                by_id=actor.person_id,
                what="dropped",
                from_id=shift.person_id,
            )
        )
    session.flush()
    return len(coming)


def _busy(session: Session, people: set[int], days: list[date]) -> dict[int, list[Moments]]:
    zone = settings().zone
    # A shift of the last day may reach into the day after.
    first, last = day_bounds(days[0], zone)[0], day_bounds(days[-1] + timedelta(days=1), zone)[1]
    found = shifts_of(session, people, first, last)
    return {
        person: [(one.starts_at, one.ends_at) for one in some] for person, some in found.items()
    }


def _last(
    session: Session, grid: Grid, pattern: Pattern, day: date, now: datetime
) -> tuple[int, date] | None:
    """Who of the pattern was on duty last before `day`, or before now when that is later."""
    zone = settings().zone
    before = max(day_bounds(day, zone)[0], now)
    row = session.exec(
        select(Shift)
        .where(
            Shift.grid_id == grid.id,
            Shift.starts_at < before,
            col(Shift.person_id).in_(pattern.people),
            col(Shift.dropped_at).is_(None),
        )
        .order_by(col(Shift.starts_at).desc(), col(Shift.id).desc())
        .limit(1)
    ).first()
    return (row.person_id, local_day(row.starts_at, zone)) if row else None


def _keep(
    session: Session, actor: Actor, grid: Grid, made: list[tuple[int, Moments]], now: datetime
) -> None:
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


def _remember(session: Session, actor: Actor, grid: Grid, pattern: Pattern, now: datetime) -> None:
    kept = {
        "people": list(pattern.people),
        "hours": [[f"{one.starts:%H:%M}", f"{one.ends:%H:%M}"] for one in pattern.hours],
        "days": pattern.days.value,
        "turn": pattern.turn.value,
        "at_once": pattern.at_once,
    }
    setting_of(session, grid, actor, now).pattern = kept


def setting_of(session: Session, grid: Grid, actor: Actor, now: datetime) -> RotaSetting:
    """How this grid keeps its list, to be changed."""
    row = session.get(RotaSetting, grid.id)
    if row is None:
        row = RotaSetting(grid_id=grid.id or 0, changed_at=now)
        session.add(row)
    row.changed_by_id, row.changed_at = actor.person_id, now
    return row


def drawn_last(
    session: Session, grid: Grid, day: date, now: datetime
) -> tuple[PatternCard, list[int]]:
    """The pattern a form begins with, and its people in their order; none where it never was."""
    row = session.get(RotaSetting, grid.id)
    if row is None or row.pattern is None:
        return PatternCard(), []
    kept = row.pattern
    pattern = pattern_of(
        kept["people"],
        [(one[0], one[1]) for one in kept["hours"]],
        kept["days"],
        kept["turn"],
        kept["at_once"],
    )
    place = whose_turn(pattern, day, _last(session, grid, pattern, day, now))
    card = PatternCard(
        hours=[list(one) for one in kept["hours"]],
        days=pattern.days.value,
        turn=pattern.turn.value,
        at_once=pattern.at_once,
        first=pattern.people[place],
    )
    return card, list(pattern.people)
