"""Files handed in on a screen: changes and mistakes are told first, written when confirmed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.duties.keeping import keeps_calendar
from firegrid_app.duties.making import make_anew
from firegrid_app.duties.tables import CalendarDay
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.cards import DeskChange, DeskFileCard, DeskProblem
from firegrid_app.importing.files import read_bytes
from firegrid_app.importing.printing import harmless, notice_words, together
from firegrid_app.importing.rules.calendar import DayItem, check_calendar
from firegrid_app.importing.rules.columns import OF_MAPS, FileKind, Header
from firegrid_app.importing.rules.problems import BadFile, Problem, Warned
from firegrid_app.importing.rules.rota import Known, check_rota, plain_name
from firegrid_app.importing.rules.rows import Table
from firegrid_app.importing.service.run import calendar_years
from firegrid_app.importing.service.write_calendar import write_calendar
from firegrid_app.refusals import Refused
from firegrid_app.rota.filing import Filed, compare, days_in_reach, file_list
from firegrid_app.rota.people import candidates, shifts_of
from firegrid_app.rota.service import names_of
from firegrid_app.settings import settings
from firegrid_app.texts import say

MOST_UNPACKED = 30 * 1024 * 1024
"""Of a workbook somebody hands in on a screen; a year of shifts is well below one."""
MOST_SHOWN = 200


def refuse_stranger(session: Session, actor: Actor, kind: FileKind, code: str) -> None:
    """Who may hand in such a file is known before any of it is read.

    Refuses `duties.calendar_of_all`, `grids.unknown`, `access.outside_grid`.
    """
    if kind is FileKind.CALENDAR:
        if not keeps_calendar(session, actor):
            raise Refused("duties.calendar_of_all")
    elif kind is FileKind.EQUIPMENT:
        grid_by_code(session, actor, code, Action.KEEP_PLACES)
    elif kind in OF_MAPS:
        grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    elif kind is FileKind.ORDERS:
        grid_by_code(session, actor, code, Action.MODERATE)
    else:
        grid_by_code(session, actor, code, Action.SET_ROTA)


def read_upload(kind: FileKind, data: bytes) -> Table:
    """The table in a file handed in; one that cannot be read is a table with that one problem."""
    try:
        return read_bytes(kind, data, lambda _: None, MOST_UNPACKED)
    except BadFile as bad:
        return Table(Header((), ()), problems=[bad.problem])


def take_calendar(
    session: Session, actor: Actor, table: Table, language: str, confirm: bool, now: datetime
) -> DeskFileCard:
    """The year's days off: what changes and all mistakes; with `confirm` and no mistake, written.

    Refuses `duties.calendar_of_all`.
    """
    refuse_stranger(session, actor, FileKind.CALENDAR, "")
    today = local_day(now, settings().zone)
    checked = check_calendar(table, calendar_years(today))
    problems = [*table.problems, *checked.problems]
    changes, same = _calendar_changes(session, checked.items, language)
    write = confirm and not problems
    if write and changes:
        counts = write_calendar(session, checked.items)
        audit(
            session,
            actor.person_id,
            "import",
            f"{FileKind.CALENDAR}:+{counts.created}~{counts.updated}",
            now,
        )
        make_anew(session, today)
        session.flush()
    return card_of(table, problems, changes, same, language, written=write)


def _calendar_changes(
    session: Session, items: Sequence[DayItem], language: str
) -> tuple[list[DeskChange], int]:
    days = [item.day for item in items]
    rows = session.exec(select(CalendarDay).where(col(CalendarDay.day).in_(days)))
    stored = {row.day: (row.is_workday, row.name) for row in rows}
    changes, same = [], 0
    for item in sorted(items, key=lambda one: one.day):
        wanted = (item.is_workday, item.name)
        old = stored.get(item.day)
        if old == wanted:
            same += 1
            continue
        words = f"{item.day} {_day_words(wanted, language)}"
        if old is not None:
            words += say("importing.desk.was", language, words=_day_words(old, language))
        changes.append(DeskChange("new" if old is None else "changed", words))
    return changes, same


def _day_words(day: tuple[bool, str], language: str) -> str:
    is_workday, name = day
    kind = say(f"importing.desk.{'work' if is_workday else 'off'}", language)
    return " ".join(filter(None, (kind, name)))


def take_rota(
    session: Session,
    actor: Actor,
    table: Table,
    code: str,
    language: str,
    confirm: bool,
    now: datetime,
) -> DeskFileCard:
    """A grid's duty list: for every day the file names, it stands in place of what stood there.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    grid = grid_by_code(session, actor, code, Action.SET_ROTA)
    zone = settings().zone
    reach = days_in_reach(now)
    checked = check_rota(table, _known(session, grid, reach), reach, zone)
    problems = [*table.problems, *checked.problems]
    wanted = [(item.person, item.hours.on(item.day, zone)) for item in checked.items]
    write = confirm and not problems
    filed = (
        file_list(session, actor, grid, wanted, now)
        if write
        else compare(session, grid, wanted, now)
    )
    changes = _rota_changes(session, filed)
    table.warnings += checked.warnings
    return card_of(table, problems, changes, filed.same, language, written=write)


def _known(session: Session, grid: Grid, reach: tuple[date, date]) -> dict[str, list[Known]]:
    zone = settings().zone
    people = candidates(session, grid, *reach)
    first, last = day_bounds(reach[0], zone)[0], day_bounds(reach[1] + timedelta(days=1), zone)[1]
    busy = shifts_of(session, set(people), first, last)
    found: dict[str, list[Known]] = defaultdict(list)
    for one in people.values():
        elsewhere = [row for row in busy[one.id] if row.grid_id != grid.id]
        moments = tuple((row.starts_at, row.ends_at) for row in elsewhere)
        found[plain_name(one.name)].append(
            Known(one.id, one.name, one.phone, one.spans, moments, one.away)
        )
    return found


def _rota_changes(session: Session, filed: Filed) -> list[DeskChange]:
    names = names_of(
        session, {person for person, _ in filed.fresh} | {one.person_id for one in filed.gone}
    )
    lines = [(moments, "new", names[person]) for person, moments in filed.fresh]
    lines += [((one.starts_at, one.ends_at), "gone", names[one.person_id]) for one in filed.gone]
    zone = settings().zone
    return [
        DeskChange(
            sort,
            f"{moments[0].astimezone(zone):%Y-%m-%d %H:%M}–{moments[1].astimezone(zone):%H:%M}"
            f" {name}",
        )
        for moments, sort, name in sorted(lines)
    ]


def card_of(
    table: Table,
    problems: Sequence[Problem],
    changes: Sequence[DeskChange],
    same: int,
    language: str,
    *,
    written: bool,
) -> DeskFileCard:
    """What a file handed in would do, or has done, as the desk shows it."""
    lines = together(problems, language)
    return DeskFileCard(
        rows=len(table.rows),
        problems=tuple(DeskProblem(*line) for line in lines[:MOST_SHOWN]),
        problem_count=len(problems),
        problems_left_out=max(0, len(lines) - MOST_SHOWN),
        warnings=tuple(_warned(one, language) for one in table.warnings),
        changes=tuple(changes[:MOST_SHOWN]),
        change_count=len(changes),
        same=same,
        written=written,
    )


def _warned(one: Warned, language: str) -> str:
    return harmless(notice_words(one, language), 400)
