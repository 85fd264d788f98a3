"""The duty list of a month as the desk shows it, and the sheet for the wall."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor, Role
from firegrid_app.clock import local_day
from firegrid_app.duties.rules.periods import Workdays
from firegrid_app.duties.service import workdays, year_is_known
from firegrid_app.grids.picking import to_open
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.rota.away import absences, away_lines
from firegrid_app.rota.cards import (
    DayLine,
    PatternCard,
    RotaPerson,
    RotaView,
    SheetCard,
    SheetDay,
    SheetShift,
    ShiftLine,
    SwapLine,
)
from firegrid_app.rota.notes import note_lines
from firegrid_app.rota.patterns import drawn_last
from firegrid_app.rota.people import Candidate, candidates
from firegrid_app.rota.rules import MOST_PEOPLE, is_near, month_days, month_of, other_month
from firegrid_app.rota.service import (
    STREET,
    hours_words,
    month_bounds,
    names_of,
    shift_words,
    shifts_between,
)
from firegrid_app.rota.swapping import pair_of, standing_of
from firegrid_app.rota.tables import RotaSetting, Shift, ShiftChange, ShiftSwap
from firegrid_app.routes import rota_sheet
from firegrid_app.settings import settings


def rota_view(session: Session, actor: Actor, code: str, month: str, now: datetime) -> RotaView:
    """The list of a grid (the first in reach when `code` is empty) in a month, else in this one.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    grid, picks = to_open(session, actor, Action.SEE_GRID, code)
    zone = settings().zone
    today = local_day(now, zone)
    first = month_of(month) or today.replace(day=1)
    days = month_days(first)
    bounds = month_bounds(first, zone)
    rows = shifts_between(session, {grid.id or 0}, *bounds)
    may_set = actor.may(Action.SET_ROTA, grid.path)
    view = RotaView(
        code=grid.code,
        name=grid.name,
        month=f"{first:%Y-%m}",
        before=f"{other_month(first, -1):%Y-%m}",
        after=f"{other_month(first, 1):%Y-%m}",
        picks=[(one.code, one.name) for one in picks],
        days=_days(session, grid, days, rows, today, now),
        count=len(rows),
        is_near=is_near(first, today),
        calendar_known=year_is_known(session, first.year),
    )
    if not may_set:
        return view
    known = candidates(session, grid, max(days[0], min(today, days[-1])), days[-1])
    pattern, order = drawn_last(session, grid, max(days[0], min(today, days[-1])), now)
    people, left_out = _people(grid, known, order, rows)
    may_show = grid.level == STREET and actor.may(Action.MANAGE_GRIDS, grid.path)
    setting = session.get(RotaSetting, grid.id)
    return replace(
        view,
        may_set=True,
        people=people,
        left_out=left_out,
        pattern=pattern if order else PatternCard(first=people[0].id if people else 0),
        swaps=_swaps(session, rows, now),
        away=away_lines(session, known, days[0], days[-1], shifts=rows, now=now),
        sheet=rota_sheet(grid.code, f"{first:%Y-%m}"),
        may_show=may_show,
        on_board=may_show and setting is not None and setting.on_board,
    )


def _people(
    grid: Grid, known: dict[int, Candidate], order: list[int], rows: list[Shift]
) -> tuple[list[RotaPerson], int]:
    """Those to choose from: who is on the list already, then posts of the grid and just below."""
    had = Counter(row.person_id for row in rows)
    listed = [known[one] for one in order if one in known]
    chosen = {one.id for one in listed}
    near = [one for one in known.values() if one.id not in chosen and one.level <= grid.level + 1]
    near.sort(key=lambda one: (had[one.id] == 0, one.level))
    found = [*listed, *near]
    people = [
        RotaPerson(
            one.id,
            one.name,
            one.role,
            had[one.id],
            one.id in chosen if order else _is_likely(grid, one),
        )
        for one in found[:MOST_PEOPLE]
    ]
    return people, len(found) - len(people)


def _is_likely(grid: Grid, one: Candidate) -> bool:
    """Whom a first list begins with: the grid's own posts, without neighbours who help out."""
    return one.level == grid.level and one.role != Role.BUILDING_LEADER


def _days(
    session: Session,
    grid: Grid,
    days: list[date],
    rows: list[Shift],
    today: date,
    now: datetime,
) -> list[DayLine]:
    zone = settings().zone
    calendar: Workdays = workdays(session, days[0], days[-1])
    changes = _changes(session, rows)
    names = names_of(
        session, {row.person_id for row in rows} | {one.by_id or 0 for one in changes.values()}
    )
    notes = note_lines(session, {grid.id or 0}, *month_bounds(days[0], zone))
    marks = absences(session, {row.person_id for row in rows}, days[0], days[-1])
    by_day: dict[date, list[ShiftLine]] = {}
    for row in rows:
        change = changes.get(row.id or 0)
        by_day.setdefault(local_day(row.starts_at, zone), []).append(
            ShiftLine(
                id=row.id or 0,
                person=row.person_id,
                name=names[row.person_id],
                hours=hours_words(row, zone),
                is_over=row.ends_at <= now,
                has_begun=row.starts_at <= now,
                changed=change.what if change else "",
                changed_by=(
                    f"{names.get(change.by_id or 0, '')} {change.at.astimezone(zone):%m-%d %H:%M}"
                    if change
                    else ""
                ),
                away=any(
                    one.person_id == row.person_id and one.holds(local_day(row.starts_at, zone))
                    for one, _ in marks
                ),
                notes=notes.get(row.id or 0, []),
            )
        )
    return [
        DayLine(
            day=day.isoformat(),
            label=f"{day:%m-%d}",
            weekday=day.weekday(),
            is_workday=day in calendar,
            is_today=day == today,
            is_past=day < today,
            shifts=by_day.get(day, []),
        )
        for day in days
    ]


def _changes(session: Session, rows: list[Shift]) -> dict[int, ShiftChange]:
    """The last change of each shift."""
    found = session.exec(
        select(ShiftChange)
        .where(col(ShiftChange.shift_id).in_({row.id for row in rows}))
        .order_by(col(ShiftChange.id))
    )
    return {one.shift_id: one for one in found}


def _swaps(session: Session, rows: list[Shift], now: datetime) -> list[SwapLine]:
    ids = {row.id for row in rows}
    found = session.exec(
        select(ShiftSwap)
        .where(col(ShiftSwap.shift_id).in_(ids))
        .order_by(col(ShiftSwap.asked_at).desc(), col(ShiftSwap.id).desc())
    ).all()
    names = names_of(session, {one.asked_by_id for one in found} | {s.asked_of_id for s in found})
    zone = settings().zone
    lines = []
    for swap in found:
        shift, other = pair_of(session, swap)
        lines.append(
            SwapLine(
                id=swap.id or 0,
                asked_by=names[swap.asked_by_id],
                asked_of=names[swap.asked_of_id],
                shift=shift_words(shift, zone),
                other=shift_words(other, zone) if other else "",
                words=swap.words,
                answer=standing_of(swap, shift, other, now),
            )
        )
    return lines


def sheet(session: Session, actor: Actor, code: str, month: str, now: datetime) -> SheetCard:
    """The list of a month for the wall, with numbers, for who keeps it.

    Refuses `grids.unknown`, `access.outside_grid`, `rota.bad_month`, `rota.nothing_to_print`.
    """
    grid = grid_by_code(session, actor, code, Action.SET_ROTA)
    zone = settings().zone
    first = month_of(month)
    if first is None:
        raise Refused("rota.bad_month")
    rows = shifts_between(session, {grid.id or 0}, *month_bounds(first, zone))
    if not rows:
        raise Refused("rota.nothing_to_print")
    days = month_days(first)
    calendar = workdays(session, days[0], days[-1])
    people = candidates(session, grid, days[0], days[-1], only={row.person_id for row in rows})
    names = names_of(session, {row.person_id for row in rows})
    by_day: dict[date, list[SheetShift]] = {}
    for row in rows:
        # Who has no post here any more, or is shut out, is not called.
        phone = people[row.person_id].phone if row.person_id in people else ""
        by_day.setdefault(local_day(row.starts_at, zone), []).append(
            SheetShift(hours_words(row, zone), names[row.person_id], phone)
        )
    return SheetCard(
        name=grid.name,
        year=first.year,
        month=first.month,
        days=tuple(
            SheetDay(f"{day:%m-%d}", day.weekday(), day in calendar, tuple(by_day.get(day, ())))
            for day in days
        ),
        supervision_phone=grid.supervision_phone or settings().supervision_phone,
        printed_on=local_day(now, zone).isoformat(),
    )
