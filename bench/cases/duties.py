"""A year of duties for 24 streets: made in whole sets, beside one row at a time."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial

from sqlmodel import Session, col, delete, func, select

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.databases import alchemy_url, postgres_databases
from bench.rig.machine import CannotMeasure, say
from firegrid_app.database import make_engine
from firegrid_app.duties.choosing import row_of
from firegrid_app.duties.making import make_between, obligation_of
from firegrid_app.duties.presets import presets
from firegrid_app.duties.rules.periods import periods_between
from firegrid_app.duties.service import workdays
from firegrid_app.duties.tables import Duty, ObligationRule
from firegrid_app.grids.tables import Grid
from firegrid_app.tables import metadata

STREETS, COMMUNITIES, SMALL = 24, 3, 1096
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
PEER = "a row at a time (SQLModel)"
PEER_GRIDS = 4
"""Small grids the peer makes duties for; a whole county would take it minutes. Its time is scaled
by rows, which flatters it: its index stays small."""


def measure(run: Run) -> None:
    """On SQLite, and on PostgreSQL where there is one."""
    _measure(run, "SQLite", f"sqlite:///{run.room('duties')}/duties.db")
    try:
        with postgres_databases("duties") as found:
            _measure(run, "PostgreSQL", alchemy_url(found["duties"]))
    except CannotMeasure as reason:
        run.report.skipped.append(f"duties on PostgreSQL: {reason}")


def _measure(run: Run, name: str, url: str) -> None:
    engine = make_engine(url)
    ours, again, peer, rows = [], [], [], 0
    for _ in range(run.rounds):
        metadata.drop_all(engine)
        metadata.create_all(engine)
        with Session(engine) as session:
            rules = _county(session)
            session.commit()
            make = partial(make_between, session, rules, FIRST, LAST)
            seconds, rows = _timed(session, make)
            ours.append(seconds)
            seconds, doubled = _timed(session, make)
            again.append(seconds)
            kept = session.scalar(select(func.count()).select_from(Duty)) or 0
            whole = doubled == 0 and kept == rows
            said = f"{kept} rows, {doubled} made again"
            run.report.checks.append(Check("duty", f"{name}: none twice", whole, said))
            session.execute(delete(Duty))
            session.commit()
            seconds, made = _timed(session, partial(_one_by_one, session, rules))
            peer.append(seconds * rows / made)
        say(f"  {name}: {rows} rows in {ours[-1]:.1f} s, one by one {peer[-1]:.0f} s")
    engine.dispose()
    what = f"a year of duties, 24 streets, {name}"
    goals = (Goal(0.25, PEER),)
    run.report.figures += [
        Figure("duty", what, "s", "less", ours, {PEER: peer}, goals),
        Figure("duty", f"the same again, {name}", "s", "less", again),
        Figure("duty", f"rows touched, {name}", "", "less", [rows]),
    ]


def _timed(session: Session, work: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    found = work()
    session.commit()
    return time.perf_counter() - began, found


def _county(session: Session) -> list[ObligationRule]:
    county = _grid(session, None, "5", 0)
    streets = [_grid(session, county, f"5{number:02}", 1) for number in range(STREETS)]
    communities = [
        _grid(session, street, f"{street.code}{number}", 2)
        for street in streets
        for number in range(COMMUNITIES)
    ]
    for number in range(SMALL):
        above = communities[number % len(communities)]
        _grid(session, above, f"{above.code}{number:04}", 3)
    assert county.id is not None
    rules = [
        row_of(rule, county.id, "chongqing_2021", None, FIRST)
        for rule in presets()["chongqing_2021"]
    ]
    session.add_all(rules)
    session.flush()
    return rules


def _grid(session: Session, above: Grid | None, code: str, level: int) -> Grid:
    grid = Grid(
        code=code,
        name=code,
        level=level,
        parent_id=above.id if above else None,
        path=f"{above.path if above else ''}{code}/",
        valid_from=FIRST,
    )
    session.add(grid)
    session.flush()
    return grid


def _one_by_one(session: Session, rules: list[ObligationRule]) -> int:
    """As one writes it first: for every grid and period look whether it is there, then add it."""
    days = workdays(session, FIRST, LAST)
    made = 0
    for rule in rules:
        periods = periods_between(obligation_of(rule), FIRST, LAST, days)
        grids = session.exec(
            select(Grid.id).where(Grid.level == rule.level).order_by(col(Grid.id)).limit(PEER_GRIDS)
        ).all()
        for grid_id in grids:
            for period in periods:
                key = (rule.id, grid_id, period.first, period.number)
                if session.get(Duty, key) is None:
                    session.add(
                        Duty(
                            rule_id=key[0],
                            grid_id=grid_id,
                            first_on=period.first,
                            number=period.number,
                            last_on=period.last,
                            due_on=period.due,
                        )
                    )
                    made += 1
    return made
