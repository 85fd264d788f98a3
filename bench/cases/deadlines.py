"""M17, M21: the scan of deadlines over a million open hazards, its workers killed at random."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from bench.cases import Run
from bench.figures import Check, Figure
from bench.rig.databases import alchemy_url, postgres_databases, wait_until_alone
from bench.rig.firegrid import Home
from bench.rig.machine import ROOT, say
from firegrid_app.access.rules import Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards import keeping
from firegrid_app.settings import settings
from firegrid_app.tables import metadata

NAME = "deadlines"
GRIDS = 300
WORKERS = 2
_ROUND = "from firegrid_app.serving.ready_database import run_after_hazards; run_after_hazards()"
_FILL = """
insert into hazard (id, grid_id, person_id, happened_at, received_at, position_source, category,
  severity, words, where_words, urgent, status, owner_id, rung, due_on, look_on, step_ups, urges,
  urges_open, listing, transferred_to, sheltered, merged_from, steps)
select lpad(to_hex(i * 7919::bigint), 32, '0')::uuid, {first} + i %% {grids}, {member}, {at}, {at},
  'none', 'route_blocked', 'general', '楼道堆满纸箱', '', i %% 2 = 0, 'open', {head}, 'grid_head',
  case when i > {due} then {today} + 30 when i %% 2 = 0 then {today} - 5 else {today} + 1 end,
  case when i > {due} then {today} + 10 else {today} end,
  0, 0, 0, '', '', false, '', 1 from generate_series(1, {size}) as n(i)
"""
_FIRST_STEPS = """
insert into hazard_event (hazard_id, number, step, person_id, at, note, facts, hash)
select id, 1, 'reported', person_id, happened_at, '', '', repeat('0', 64) from hazard
where look_on <= {today}
"""
_DONE = "select hazard_id, count(*) from hazard_event where number > 1 group by hazard_id"
_TOLD = (
    "select hazard_id, number, person_id from hazard_notice group by 1, 2, 3 having count(*) > 1"
)


def measure(run: Run) -> None:
    """Half of what is due steps up, half is reminded of; everything else is left alone."""
    size, due = (20_000, 800) if run.quick else (1_000_000, 10_000)
    with postgres_databases(NAME) as made:
        url = alchemy_url(made[NAME])
        home = Home(run.room(NAME), made[NAME])
        engine = make_engine(url)
        metadata.create_all(engine)
        _fill(engine, size, due)
        say(f"{NAME}: {size:,} open, {due:,} of them due")
        where = f"{size:,} open hazards on PostgreSQL"
        idle = _idle(engine, run)
        deaths, spent = _run_after(run, engine, home, due)
        what = f"{where}: a look when nothing is due, p50"
        run.report.figures += [
            Figure(NAME, what, "ms", "less", idle),
            Figure(NAME, f"{where}: done, two workers killed {deaths} times", "/s", "more", spent),
        ]
        _check(run, engine, due, deaths)
        engine.dispose()


def _fill(engine: sa.Engine, size: int, due: int) -> None:
    """One street, its communities and small grids, and somebody with each post."""
    now = datetime.now(UTC)
    begins = date(2026, 1, 1)
    with Session(engine) as session:
        people = [Person(phone=f"1390000000{n}", name=f"{n}", created_at=now) for n in range(4)]
        street = Grid(code="1", name="南大街街道", level=1, path="1/", valid_from=begins)
        session.add_all([*people, street])
        session.flush()
        head, member, secretary, officer = (one.id or 0 for one in people)
        community = Grid(
            code="11", name="社区", level=2, parent_id=street.id, path="1/11/", valid_from=begins
        )
        session.add(community)
        session.flush()
        small = [
            Grid(
                code=f"1{number:03}",
                name=f"第{number}网格",
                level=3,
                parent_id=community.id,
                path=f"1/11/1{number:03}/",
                valid_from=begins,
            )
            for number in range(GRIDS)
        ]
        session.add_all(small)
        session.flush()
        held = [(one.id, head, Role.GRID_HEAD) for one in small]
        held += [(one.id, member, Role.GRID_MEMBER) for one in small]
        held += [(community.id, secretary, Role.COMMUNITY_SECRETARY)]
        held += [(street.id, officer, Role.STREET_OFFICER)]
        session.add_all(
            Post(person_id=who, grid_id=grid or 0, role=role, starts_on=begins)
            for grid, who, role in held
        )
        first = small[0].id
        session.commit()
    today = f"date '{local_day(now, settings().zone).isoformat()}'"
    at = f"timestamptz '{(now - timedelta(days=20)).isoformat()}'"
    gaps = {"first": first, "grids": GRIDS, "member": member, "head": head}
    with engine.begin() as connection:
        fill = _FILL.format(today=today, at=at, due=due, size=size, **gaps)
        connection.exec_driver_sql(fill)
        connection.exec_driver_sql(_FIRST_STEPS.format(today=today))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("vacuum analyze")


def _idle(engine: sa.Engine, run: Run) -> list[float]:
    """What the keeper asks hour by hour when there is nothing to do: as if it were a week ago."""
    times = []
    then = datetime.now(UTC) - timedelta(days=7)
    for _ in range(3 if run.quick else 5):
        with Session(engine.execution_options(writes=False)) as session:
            began = time.perf_counter()
            keeping.left_behind(session, then)
            keeping.some_are_due(session, then)
            times.append((time.perf_counter() - began) * 1000)
    return times


def _run_after(run: Run, engine: sa.Engine, home: Home, due: int) -> tuple[int, list[float]]:
    """Rounds of two workers until all is done, one of them killed every second or so."""
    chance = random.Random(17)
    deaths, most = 0, 4 if run.quick else 12
    began = time.perf_counter()
    workers = [_worker(home) for _ in range(WORKERS)]
    while True:
        victim = chance.randrange(WORKERS)
        if deaths < most:
            time.sleep(chance.uniform(2, 8))
            if workers[victim].poll() is None:
                os.kill(workers[victim].pid, signal.SIGKILL)
                deaths += 1
            workers[victim].wait()
            workers[victim] = _worker(home)
            continue
        for worker in workers:
            worker.wait()
        if _still_due(engine) == 0:
            break
        workers = [_worker(home) for _ in range(WORKERS)]
    spent = time.perf_counter() - began
    wait_until_alone(str(engine.url.render_as_string(hide_password=False)))
    # Once more, when all is done: nothing may happen again.
    _worker(home).wait()
    return deaths, [due / spent]


def _worker(home: Home) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", _ROUND], cwd=ROOT, env=home.environment())


def _still_due(engine: sa.Engine) -> int:
    today = local_day(datetime.now(UTC), settings().zone).isoformat()
    with engine.connect() as connection:
        query = sa.text("select count(*) from hazard where look_on <= :today and status = 'open'")
        return int(connection.execute(query, {"today": today}).scalar_one())


def _check(run: Run, engine: sa.Engine, due: int, deaths: int) -> None:
    with engine.connect() as connection:
        done = connection.execute(sa.text(_DONE)).all()
        told = connection.execute(sa.text(_TOLD)).all()
        wrong = connection.execute(
            sa.text(
                "select count(*) from hazard_event join hazard on hazard.id = hazard_id where"
                " number > 1 and step <> case when urgent then 'stepped_up' else 'reminded' end"
            )
        ).scalar_one()
    once = sum(count == 1 for _, count in done)
    seen = f"{once:,} of {due:,} once, {len(done) - once} more often, {wrong} otherwise"
    what = f"what was due happened once, workers killed {deaths} times"
    good = once == len(done) == due and not wrong
    run.report.checks.append(Check(NAME, what, good, seen))
    run.report.checks.append(Check(NAME, "nobody was told twice", not told, f"{len(told)}"))
    run.report.checks.append(Check(NAME, "the rig bites: workers were killed", deaths > 0, ""))
