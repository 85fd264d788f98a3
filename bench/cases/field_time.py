"""A month of field time, for 339 members and for 1,121: what it costs, how it grows, rows read.

Per grid, as the desk and a meeting's figures ask for it, and for one member's day, as every phone
asks for it. Every member walks a grid of their own twice a workday, with what is recorded there.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, insert

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.databases import alchemy_url, postgres_databases
from bench.rig.machine import CannotMeasure, say
from firegrid_app.access.rules import Actor
from firegrid_app.access.tables import Person
from firegrid_app.database import make_engine
from firegrid_app.duties.service import workdays
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.days import walks_of_day
from firegrid_app.patrols.reached import minutes_between
from firegrid_app.patrols.tables import Arrival, Patrol, PatrolWord
from firegrid_app.tables import metadata

METRIC = "field"
SMALL, LARGE = 339, 1121
"""Members of the pilot street, and of the small grids and posts beside it (YC-02, YC-29)."""
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
LAST_DAY = date(2026, 10, 30)
"""A workday in it."""
WALKS = ((1, 0), (6, 30))
"""When the day's two walks begin, UTC hours and minutes."""
ARRIVALS, EVERY = 7, timedelta(minutes=9)
"""Seven points, nine minutes apart; one longer pause a day that is vouched for."""
PAUSE = timedelta(minutes=75)
LINEAR = 1.15
"""Growth beyond the growth of the members that would still pass for noise."""
GOALS = {SMALL: 2.0, LARGE: 6.0}
"""Seconds for a month: what a person at a desk still waits for, once."""


def measure(run: Run) -> None:
    """On SQLite, and on PostgreSQL where there is one."""
    _measure(run, "SQLite", lambda size: f"sqlite:///{run.room('field')}/{size}.db")
    try:
        with postgres_databases(*(f"field{size}" for size in (SMALL, LARGE))) as found:
            _measure(run, "PostgreSQL", lambda size: alchemy_url(found[f"field{size}"]))
    except CannotMeasure as reason:
        run.report.skipped.append(f"field time on PostgreSQL: {reason}")


def _measure(run: Run, name: str, url: Callable[[int], str]) -> None:
    engines = {size: make_engine(url(size)) for size in (SMALL, LARGE)}
    expected = {size: _prepared(engine, size) for size, engine in engines.items()}
    months: dict[int, list[float]] = {size: [] for size in engines}
    days: dict[int, list[float]] = {size: [] for size in engines}
    rows: dict[int, int] = {}
    # Side by side in every round: a machine drifts.
    for _ in range(run.rounds):
        for size, engine in engines.items():
            with Session(engine) as session:
                ids = list(session.scalars(sa.select(col(Grid.id))))
                with _asked(engine) as asked:
                    seconds, found = _timed(partial(minutes_between, session, ids, FIRST, LAST))
                rows[size] = _rows(session, asked)
                months[size].append(seconds)
            with Session(engine) as session:
                member = Actor(person_id=size // 2, name="", session_id=0, posts=())
                seconds, (cards, _) = _timed(partial(walks_of_day, session, member, LAST_DAY))
                days[size].append(seconds * 1000)
            right = len(found) == size and set(found.values()) == {expected[size]}
            right = right and len(cards) == len(WALKS)
            said = f"{name}, {size}: every grid has the minutes it must"
            run.report.checks.append(Check(METRIC, said, right))
    for size, engine in engines.items():
        engine.dispose()
        say(f"  {name}: {size} members, {months[size][-1]:.2f} s, {rows[size]} rows")
        goals = (Goal(GOALS[size]),)
        month, day = f"a month, {size} members, {name}", f"a member's day among {size}, {name}"
        run.report.figures += [
            Figure(METRIC, month, "s", "less", months[size], goals=goals),
            Figure(METRIC, f"rows read for it, {size}, {name}", "", "less", [rows[size]]),
            Figure(METRIC, day, "ms", "less", days[size]),
        ]
    members = LARGE / SMALL
    grew = [large / small / members for small, large in zip(*months.values(), strict=True)]
    what = f"growth of a month to that of its members, {name}"
    run.report.figures.append(Figure(METRIC, what, "×", "less", grew, goals=(Goal(LINEAR),)))


def _prepared(engine: sa.Engine, size: int) -> int:
    metadata.create_all(engine)
    with Session(engine) as session:
        minutes = _fill(session, size)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("analyze"))
    return minutes


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


@contextmanager
def _asked(engine: sa.Engine) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that goes to the database meanwhile, with what fills it."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.lstrip().lower().startswith(("select", "with")):
            asked.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def _rows(session: Session, asked: list[tuple[str, Any]]) -> int:
    """How many rows these questions are answered with."""
    connection = session.connection()
    return sum(
        connection.exec_driver_sql(f"select count(*) from ({statement}) as asked", given).scalar()
        or 0
        for statement, given in asked
    )


def _fill(session: Session, size: int) -> int:
    """So many members, each walking a grid of their own; minutes of the month in every grid."""
    at = datetime(2026, 9, 1, tzinfo=UTC)
    session.execute(
        insert(Person),
        [
            {"id": one, "phone": f"1{one:010}", "name": str(one), "created_at": at}
            for one in range(1, size + 1)
        ],
    )
    session.execute(
        insert(Grid),
        [
            {"id": one, "code": f"g{one}", "name": f"g{one}", "level": 3, "path": f"g{one}/"}
            | {"valid_from": FIRST}
            for one in range(1, size + 1)
        ],
    )
    minutes = 0
    days = workdays(session, FIRST, LAST)
    month = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    for day in month:
        if day not in days:
            continue
        rows: dict[Any, list[dict[str, Any]]] = {Patrol: [], Arrival: [], PatrolWord: []}
        for one in range(1, size + 1):
            minutes_of_day = _walk_a_day(rows, one, day)
        minutes += minutes_of_day
        for table, some in rows.items():
            session.execute(insert(table), some)
    session.commit()
    return minutes


def _walk_a_day(rows: dict[Any, list[dict[str, Any]]], one: int, day: date) -> int:
    minutes = 0
    for number, (hour, minute) in enumerate(WALKS):
        began = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
        end = began + EVERY * (ARRIVALS + 1) + (PAUSE if number else timedelta(0))
        patrol = uuid4()
        who = {"grid_id": one, "person_id": one, "patrol_id": patrol, "received_at": end}
        rows[Patrol].append(
            who | {"id": patrol, "happened_at": began, "ended_at": end, "last_record_at": end}
        )
        for stop in range(1, ARRIVALS + 1):
            rows[Arrival].append(who | {"id": uuid4(), "happened_at": began + EVERY * stop})
        if number:
            since = began + EVERY * ARRIVALS
            rows[PatrolWord].append(
                who | {"id": uuid4(), "happened_at": end, "since_at": since, "until_at": end}
            )
        minutes += int((end - began).total_seconds() // 60)
    return minutes
