"""The desk's list and map of hazards: narrowed, searched and turned, in a street of a million."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.databases import alchemy_url, postgres_databases
from bench.rig.machine import say
from firegrid_app.access.rules import Actor, Held, Role
from firegrid_app.access.tables import Person
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.cards import HazardAsk
from firegrid_app.hazards.listing import hazards_view
from firegrid_app.maps.service import map_today
from firegrid_app.tables import metadata

NAME = "hazards"
GRIDS = 300
ANCHOR = 558
"""Milliseconds at the 95th percentile: what others publish for a list of 100,000."""
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
ASKS: dict[str, HazardAsk] = {
    "all open": HazardAsk(which="all"),
    "closed": HazardAsk(which="closed"),
    "two characters": HazardAsk(which="all", words="飞线"),
    "four characters": HazardAsk(which="all", words="堆满纸箱"),
    "found once": HazardAsk(which="all", words="第4701处"),
    "nothing": HazardAsk(which="all", words="长颈鹿"),
    "two words, a kind, days": HazardAsk(
        which="overdue", words="楼道 纸箱", category="route_blocked", found_from="2026-01-01"
    ),
}
_ID = {
    "sqlite": "printf('%032x', i * 7919)",
    "postgresql": "lpad(to_hex(i * 7919::bigint), 32, '0')::uuid",
}
_AT = {
    "sqlite": "datetime('2026-11-22', '-' || (i % 700) || ' hours') || '.000000'",
    "postgresql": "timestamptz '2026-11-22' - (i % 700) * interval '1 hour'",
}
_DUE = {
    "sqlite": "date('2026-11-22', (i % 40 - 20) || ' days')",
    "postgresql": "date '2026-11-22' + (i % 40 - 20)",
}
_SERIES = {
    "sqlite": "(with recursive n(i) as (select 1 union all select i + 1 from n where i < {most})"
    " select i from n)",
    "postgresql": "generate_series(1, {most}) as n(i)",
}
_WORDS = (
    "case i % 5 when 0 then '楼道堆满纸箱，第' when 1 then '飞线充电四辆，第' when 2 then"
    " '灭火器压力不足，第' when 3 then '防火门常开未关闭，第' else '通道停放电动车，第' end"
    " || i || '处，已当面告知，限期清理'"
)


def measure(run: Run) -> None:
    """PostgreSQL at three sizes, SQLite at the middle one."""
    sizes = (1_000, 10_000) if run.quick else (1_000, 100_000, 1_000_000)
    with postgres_databases(*(str(size) for size in sizes)) as made:
        for size in sizes:
            _at(run, f"PostgreSQL, {size:,}", alchemy_url(made[str(size)]), size)
    size = sizes[1]
    _at(run, f"SQLite, {size:,}", f"sqlite:///{run.room(NAME) / 'firegrid.db'}", size)


def _at(run: Run, where: str, url: str, size: int) -> None:
    say(f"{NAME}: {where}")
    engine = make_engine(url)
    metadata.create_all(engine)
    actor = _fill(engine, size)
    goal = (Goal(ANCHOR),) if size <= 100_000 else ()
    worst = 0.0
    calls: dict[str, Callable[[Session], int]] = {
        name: lambda session, ask=ask: _ask(session, actor, ask)  # type: ignore[misc]
        for name, ask in ASKS.items()
    }
    calls["the map, with every grid's figures"] = lambda session: _map(session, actor)
    for name, call in calls.items():
        found, spent = _spent(engine, call, run)
        worst = max(worst, spent[1])
        run.report.figures += [
            Figure(NAME, f"{where}: {name} ({found} found), p50", "ms", "less", [spent[0]]),
            Figure(NAME, f"{where}: {name}, p95", "ms", "less", [spent[1]], {}, goal),
        ]
    run.report.checks.append(
        Check(NAME, f"{where}: nothing above {ANCHOR} ms at p95", worst < ANCHOR, f"{worst:.0f}")
    )
    engine.dispose()


def _ask(session: Session, actor: Actor, ask: HazardAsk) -> int:
    return hazards_view(session, actor, ask, NOW).matches


def _map(session: Session, actor: Actor) -> int:
    return sum(map_today(session, actor, "1", NOW).open_hazards)


def _spent(
    engine: sa.Engine, call: Callable[[Session], int], run: Run
) -> tuple[int, tuple[float, float]]:
    """What it found, and milliseconds at p50 and p95 of calls with a session of their own."""
    times = []
    for _ in range(5 if run.quick else 20):
        with Session(engine.execution_options(writes=False)) as session:
            began = time.perf_counter()
            found = call(session)
            times.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return found, (statistics.median(times), cuts[-1])


def _fill(engine: sa.Engine, size: int) -> Actor:
    """One street of many grids; of ten hazards nine are closed, as after some years."""
    kind = engine.dialect.name
    with Session(engine) as session:
        person = Person(phone="13900000000", name="曹英", created_at=datetime.now(UTC))
        street = Grid(code="1", name="南大街街道", level=1, path="1/", valid_from=date(2026, 1, 1))
        session.add_all([person, street])
        session.flush()
        small = [
            Grid(
                code=f"1{number:03}",
                name=f"第{number}网格",
                level=3,
                parent_id=street.id,
                path=f"1/1{number:03}/",
                valid_from=date(2026, 1, 1),
            )
            for number in range(GRIDS)
        ]
        session.add_all(small)
        session.flush()
        first, who, top = small[0].id or 0, person.id or 0, street.id or 0
        session.commit()
    rows = _SERIES[kind].format(most=size)
    hazard = (
        "insert into hazard (id, grid_id, person_id, happened_at, received_at, position_source,"
        " category, severity, words, where_words, urgent, status, owner_id, rung, due_on,"
        " closed_at, step_ups, urges, urges_open, listing, transferred_to, sheltered, merged_from,"
        f" steps) select {_ID[kind]}, {first} + i % {GRIDS}, {who}, {_AT[kind]}, {_AT[kind]},"
        " 'none', case i % 3 when 0 then 'route_blocked' else 'smoking' end, 'general',"
        f" {_WORDS}, (i % 30) || '栋' || (i % 18) || '层', false,"
        " case when i / 5 % 10 = 0 then 'open' else 'closed' end,"
        f" {who}, 'grid_head', {_DUE[kind]},"
        f" case when i / 5 % 10 = 0 then null else {_AT[kind]} end,"
        f" 0, 0, 0, '', '', false, '', 1 from {rows}"
    )
    text = (
        "insert into hazard_text (hazard_id, text)"
        " select id, words || char_ || where_words from hazard".replace(
            "char_", "char(10)" if kind == "sqlite" else "chr(10)"
        )
    )
    with engine.begin() as connection:
        connection.execute(sa.text(hazard))
        connection.execute(sa.text(text))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("analyze" if kind == "sqlite" else "vacuum analyze")
    return Actor(who, "曹英", 1, (Held(Role.STREET_OFFICER, top, "1/", 1),))
