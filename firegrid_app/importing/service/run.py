"""One import from files to counts: read, check against each other and the database, write."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.duties.making import make_anew
from firegrid_app.importing.cards import Counts, FileCard, ImportCard
from firegrid_app.importing.files import read_file
from firegrid_app.importing.rules.calendar import DayItem, check_calendar
from firegrid_app.importing.rules.columns import FileKind, Header
from firegrid_app.importing.rules.grids import GridItem, check_grids, grids_after
from firegrid_app.importing.rules.households import HouseholdItem, check_households
from firegrid_app.importing.rules.people import PersonItem, check_people
from firegrid_app.importing.rules.places import PlaceItem, check_places
from firegrid_app.importing.rules.points import PointItem, check_points
from firegrid_app.importing.rules.problems import FATAL, BadFile, Problem, Reason, Warned
from firegrid_app.importing.rules.roads import RoadItem, check_roads
from firegrid_app.importing.rules.rows import Checked, Grids, Table
from firegrid_app.importing.service.datums import suspicion, suspicion_of_roads
from firegrid_app.importing.service.known import (
    grid_ids,
    known_grids,
    switched_off_phones,
    top_grid,
)
from firegrid_app.importing.service.progress import Progress, Quiet
from firegrid_app.importing.service.write_calendar import write_calendar
from firegrid_app.importing.service.write_check_points import write_check_points, write_points
from firegrid_app.importing.service.write_grids import write_grids
from firegrid_app.importing.service.write_people import Accounts, write_people
from firegrid_app.importing.service.write_places import (
    told_floors,
    write_households,
    write_places,
)
from firegrid_app.importing.service.write_roads import write_roads
from firegrid_app.maps.rules.datum import Datum
from firegrid_app.settings import settings

Files = Mapping[FileKind, Path]
_ONE_AT_A_TIME = 20261122
"""Key of the PostgreSQL lock that keeps two imports apart; SQLite has one writer anyway."""


@dataclass
class Plan:
    """The good rows of all files and what is wrong with the others."""

    grids: list[GridItem] = field(default_factory=list)
    roads: list[RoadItem] = field(default_factory=list)
    people: list[PersonItem] = field(default_factory=list)
    places: list[PlaceItem] = field(default_factory=list)
    households: list[HouseholdItem] = field(default_factory=list)
    check_points: list[PointItem] = field(default_factory=list)
    calendar: list[DayItem] = field(default_factory=list)
    problems: dict[FileKind, list[Problem]] = field(default_factory=dict)
    warnings: dict[FileKind, list[Warned]] = field(default_factory=dict)

    @property
    def is_fatal(self) -> bool:
        """Is there a file that cannot be taken even in part?"""
        return any(p.reason in FATAL for some in self.problems.values() for p in some)

    def good(self, kind: FileKind) -> int:
        """Rows without a problem."""
        return len(getattr(self, kind.value))


def read_files(files: Files, progress: Progress | None = None) -> dict[FileKind, Table]:
    """Read every file; one that cannot be read comes back as a table with that one problem."""
    progress = progress or Quiet()
    tables = {}
    for kind in FileKind:
        if kind not in files:
            continue
        progress.begin(f"read.{kind}", None)
        try:
            tables[kind] = read_file(kind, files[kind], progress.at)
        except BadFile as bad:
            tables[kind] = Table(Header((), ()), problems=[bad.problem])
    return tables


def import_files(
    session: Session,
    files: Files,
    tables: Mapping[FileKind, Table],
    *,
    now: datetime,
    skip_bad_rows: bool = False,
    dry_run: bool = False,
    accounts: Accounts | None = None,
    progress: Progress | None = None,
    datum: Datum | None = None,
) -> ImportCard:
    """Check all files, then write all or nothing. The operator of the machine calls this.

    `datum` is what outlines are measured by; None takes WGS-84 unless they look shifted.
    With `dry_run` everything is written into the transaction too, and the caller rolls it back.
    """
    progress = progress or Quiet()
    if session.get_bind().dialect.name == "postgresql":
        lock = sa.text("select pg_advisory_xact_lock(:key)")
        session.connection().execute(lock, {"key": _ONE_AT_A_TIME})
    plan = _check(session, tables, now, progress, datum)
    counts: dict[FileKind, Counts] = {}
    points, contacts = Counts(), Counts()
    stop = plan.is_fatal or (any(plan.problems.values()) and not skip_bad_rows)
    if not stop:
        counts, contacts = _write(session, tables, plan, accounts or Accounts(), now, progress)
        if set(tables) - {FileKind.ROADS, FileKind.PEOPLE, FileKind.CALENDAR}:
            progress.begin("write.check_points", None)
            points = write_check_points(session)
        if FileKind.CHECK_POINTS in tables:
            # After the points that follow from the registers: a row may speak of one of those.
            kind = FileKind.CHECK_POINTS
            progress.begin(f"write.{kind}", plan.good(kind))
            counts[kind] = write_points(session, plan.check_points, grid_ids(session))
        if _moves_duties(counts):
            # New grids have duties from today on; a day off moves what was due on it.
            make_anew(session, local_day(now, settings().zone))
        _note(session, [*counts.values(), points, contacts], counts, now)
    cards = [
        FileCard(
            kind=kind,
            path=str(files[kind]),
            rows=len(table.rows) + _rows_unread(table),
            problems=plan.problems[kind],
            warnings=plan.warnings[kind],
            counts=counts.get(kind),
            skipped=0 if stop else len(table.rows) + _rows_unread(table) - plan.good(kind),
        )
        for kind, table in tables.items()
    ]
    return ImportCard(cards, stop, dry_run, points, contacts)


def _rows_unread(table: Table) -> int:
    """Rows that did not even become one: too many cells, or no feature."""
    return sum(p.row is not None and p.reason not in FATAL for p in table.problems)


def _check(
    session: Session,
    tables: Mapping[FileKind, Table],
    now: datetime,
    progress: Progress,
    datum: Datum | None,
) -> Plan:
    plan = Plan()
    known = known_grids(session)
    grids = Grids(known)
    for kind, table in tables.items():
        progress.begin(f"check.{kind}", len(table.rows))
        checked: Checked[GridItem] | Checked[PersonItem] | Checked[PlaceItem]
        checked_doors: Checked[HouseholdItem]
        if kind is FileKind.GRIDS:
            checked, bad = check_grids(table, known, datum or Datum.WGS84)
            plan.grids = checked.items
            if datum is None and (shifted := suspicion(session, plan.grids)):
                checked.problems.append(shifted)
            if any(problem.reason in FATAL for problem in table.problems):
                grids = Grids(known, complete=False)
            else:
                grids = grids_after(checked.items, bad, known)
            problems, warnings = checked.problems, checked.warnings
        elif kind is FileKind.ROADS:
            roads = check_roads(table, datum or Datum.WGS84)
            plan.roads, problems, warnings = roads.items, roads.problems, roads.warnings
            if datum is None and (shifted := suspicion_of_roads(session, plan.roads)):
                problems = [*problems, shifted]
            if top_grid(session) is None and not plan.grids:
                problems = [*problems, Problem(Reason.NO_GRIDS)]
        elif kind is FileKind.PEOPLE:
            people = check_people(table, grids, switched_off_phones(session))
            plan.people, problems, warnings = people.items, people.problems, people.warnings
        elif kind is FileKind.PLACES:
            places = check_places(table, grids)
            plan.places, problems, warnings = places.items, places.problems, places.warnings
        elif kind is FileKind.CHECK_POINTS:
            points = check_points(table, grids)
            plan.check_points, problems, warnings = points.items, points.problems, points.warnings
        elif kind is FileKind.CALENDAR:
            days = check_calendar(table, calendar_years(local_day(now, settings().zone)))
            plan.calendar, problems, warnings = days.items, days.problems, days.warnings
        else:
            checked_doors = check_households(table, grids)
            plan.households = checked_doors.items
            problems = checked_doors.problems
            floors = told_floors(session, checked_doors.items, grid_ids(session))
            warnings = [*checked_doors.warnings, *floors]
        plan.problems[kind] = [*table.problems, *problems]
        plan.warnings[kind] = [*table.warnings, *warnings]
        progress.at(len(table.rows))
    return plan


def _moves_duties(counts: Mapping[FileKind, Counts]) -> bool:
    some = [counts[kind] for kind in (FileKind.GRIDS, FileKind.CALENDAR) if kind in counts]
    return any(one.created or one.updated for one in some)


def calendar_years(today: date) -> range:
    """Years a calendar file may speak of: the notice of a year comes out the November before."""
    return range(today.year - 1, today.year + 3)


def _write(
    session: Session,
    tables: Mapping[FileKind, Table],
    plan: Plan,
    accounts: Accounts,
    now: datetime,
    progress: Progress,
) -> tuple[dict[FileKind, Counts], Counts]:
    counts: dict[FileKind, Counts] = {}
    contacts = Counts()
    today = local_day(now, settings().zone)
    for kind in tables:
        if kind is FileKind.CHECK_POINTS:
            continue
        progress.begin(f"write.{kind}", plan.good(kind))
        if kind is FileKind.GRIDS:
            counts[kind] = write_grids(session, plan.grids, today)
        elif kind is FileKind.ROADS:
            counts[kind] = write_roads(session, plan.roads, top_grid(session) or 0, now)
        elif kind is FileKind.PEOPLE:
            ids = grid_ids(session)
            counts[kind], contacts = write_people(session, plan.people, ids, accounts, now, today)
        elif kind is FileKind.PLACES:
            counts[kind] = write_places(session, plan.places, grid_ids(session), today)
        elif kind is FileKind.CALENDAR:
            counts[kind] = write_calendar(session, plan.calendar)
        else:
            counts[kind] = write_households(session, plan.households, grid_ids(session))
        progress.at(plan.good(kind))
    return counts, contacts


def _note(
    session: Session, all_counts: list[Counts], counts: Mapping[FileKind, Counts], now: datetime
) -> None:
    """A line in the audit log, if anything changed."""
    if any(some.created or some.updated for some in all_counts):
        said = " ".join(f"{kind}:+{c.created}~{c.updated}" for kind, c in counts.items())
        audit(session, None, "import", said, now)
