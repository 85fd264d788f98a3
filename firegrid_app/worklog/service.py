"""Use case of the work record: what a grid and those below it recorded in a month, day by day.

Nobody writes it: it is drawn up from walks, arrivals, knocks, shouts, hazards, ticks and meetings,
with what people said about them. Minutes are the grid's, as on the desk; nobody's own stand in it
(国办函〔2026〕12号: no ranking). Of a street it has a row a community, in tree order, each with the
way to its own record: what an inspection from above asks for (逐级检查).
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.duties.service import workdays
from firegrid_app.duties.tables import DutyTick, ObligationRule
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.tables import Patrol
from firegrid_app.refusals import Refused
from firegrid_app.rota.rules import month_days, month_of
from firegrid_app.settings import settings
from firegrid_app.worklog.cards import (
    DoneLine,
    LogCard,
    LogDay,
    Numbers,
    StreetLog,
    StreetRow,
    WalkLine,
)
from firegrid_app.worklog.counting import Span, added, counted
from firegrid_app.worklog.held import held_in

HIGHEST = 1
"""A street: a county's inspection goes street by street."""
BY_DAY = 2
"""From a community down day by day: of hundreds of grids that would be nobody's to read."""


def work_log(
    session: Session, actor: Actor, code: str, month: str, now: datetime
) -> LogCard | StreetLog:
    """The record of a month (`2026-11`; empty for this one), up to today.

    Day by day of a small grid or a community, a row a community of a street.

    Refuses `grids.unknown`, `access.outside_grid`, `worklog.too_wide`, `worklog.bad_month`.
    """
    grid = grid_by_code(session, actor, code, Action.SEE_GRID)
    if grid.level < HIGHEST:
        raise Refused("worklog.too_wide")
    today = local_day(now, settings().zone)
    first = month_of(month or f"{today:%Y-%m}")
    if first is None or first > today:
        raise Refused("worklog.bad_month")
    days = [day for day in month_days(first) if day <= today]
    grids = {one.id: one for one in subtree(session, grid) if one.id is not None}
    span = day_bounds(days[0], settings().zone)[0], day_bounds(days[-1], settings().zone)[1]
    before = f"{first - timedelta(days=1):%Y-%m}"
    after = "" if days[-1] == today else f"{days[-1] + timedelta(days=1):%Y-%m}"
    if grid.level < BY_DAY:
        return _of_street(session, grid, grids, days, span, (before, after), today)
    figures = counted(session, dict.fromkeys(grids, grid.code), days, span)
    numbers = {day: figures[grid.code, day] for day in days}
    walks, done = _walks(session, grids, span), _done(session, list(grids), span)
    held = held_in(session, grid, days[0], days[-1])
    calendar = workdays(session, days[0], days[-1])
    return LogCard(
        code=grid.code,
        name=grid.name,
        year=first.year,
        month=first.month,
        days=tuple(
            LogDay(
                label=f"{day:%m-%d}",
                weekday=day.weekday(),
                is_workday=day in calendar,
                numbers=numbers[day],
                walks=tuple(walks[day]),
                done=tuple(done[day]),
                held=tuple(one for one in held if one.day == day.isoformat()),
            )
            for day in days
        ),
        total=added(numbers.values()),
        before=before,
        after=after,
        printed_on=today.isoformat(),
    )


def has_log(session: Session, code: str) -> bool:
    """Is there a work record of this grid? For the way to it; who may read it is asked there."""
    level = session.exec(select(Grid.level).where(Grid.code == code)).first()
    return level is not None and level >= HIGHEST


def _of_street(
    session: Session,
    grid: Grid,
    grids: dict[int, Grid],
    days: list[date],
    span: Span,
    around: tuple[str, str],
    today: date,
) -> StreetLog:
    """A row a community, then what the street itself held and did."""
    tops = [one for one in grids.values() if one.level == BY_DAY]
    group_of = dict.fromkeys(grids, grid.code)
    for top in tops:
        group_of |= {
            grid_id: top.code for grid_id, one in grids.items() if one.path.startswith(top.path)
        }
    figures = counted(session, group_of, days, span)
    sums = {code: added(figures[code, day] for day in days) for code in set(group_of.values())}
    # What was recorded of the street itself has a row only where there is some.
    shown = [one for one in (grid, *tops) if one in tops or sums[one.code] != Numbers()]
    done = _done(
        session, [grid_id for grid_id, code in group_of.items() if code == grid.code], span
    )
    return StreetLog(
        code=grid.code,
        name=grid.name,
        year=days[0].year,
        month=days[0].month,
        rows=tuple(StreetRow(one.code, one.name, one in tops, sums[one.code]) for one in shown),
        total=added(sums.values()),
        held=tuple(held_in(session, grid, days[0], days[-1])),
        done=tuple((f"{day:%m-%d}", one) for day in days for one in done[day]),
        shown=f"{days[0]:%Y-%m}",
        before=around[0],
        after=around[1],
        printed_on=today.isoformat(),
    )


def _walks(session: Session, grids: dict[int, Grid], span: Span) -> dict[date, list[WalkLine]]:
    rows = session.exec(
        select(Patrol, Person.name)
        .join(Person, col(Person.id) == col(Patrol.person_id))
        .where(
            col(Patrol.grid_id).in_(grids),
            Patrol.happened_at >= span[0],
            Patrol.happened_at < span[1],
        )
        .order_by(col(Patrol.happened_at), col(Patrol.id))
    )
    zone = settings().zone
    found: dict[date, list[WalkLine]] = defaultdict(list)
    for patrol, name in rows:
        began = patrol.happened_at.astimezone(zone)
        until = (patrol.ended_at or patrol.last_record_at).astimezone(zone)
        found[began.date()].append(
            WalkLine(
                hours=f"{began:%H:%M}–{until:%H:%M}",
                is_open=patrol.ended_at is None,
                name=name,
                grid_name=grids[patrol.grid_id].name if len(grids) > 1 else "",
                note=patrol.note,
            )
        )
    return found


def _done(session: Session, ids: list[int], span: Span) -> dict[date, list[DoneLine]]:
    rows = session.exec(
        select(DutyTick, ObligationRule, Person.name)
        .join(ObligationRule, col(ObligationRule.id) == col(DutyTick.rule_id))
        .join(Person, col(Person.id) == col(DutyTick.person_id))
        .where(
            col(DutyTick.grid_id).in_(ids),
            DutyTick.happened_at >= span[0],
            DutyTick.happened_at < span[1],
        )
        .order_by(col(DutyTick.happened_at), col(DutyTick.id))
    )
    found: dict[date, list[DoneLine]] = defaultdict(list)
    for tick, rule, name in rows:
        day = local_day(tick.happened_at, settings().zone)
        found[day].append(DoneLine(rule.kind, rule.words, name, tick.note))
    return found
