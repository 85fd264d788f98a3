"""M17: the server killed at work and in a migration; PostgreSQL and Redis gone and back."""

import random
import re
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.cases import Run
from bench.cases.contenders import FASTAPI, peer
from bench.cases.kept import check_kept
from bench.figures import Check, Figure, Goal
from bench.rig.fieldwork import (
    History,
    at_work,
    checking_in,
    hand_in,
    photographing,
    shouting,
)
from bench.rig.firegrid import COMMAND, Home, fill, firegrid, run_command
from bench.rig.machine import ROOT, CannotMeasure, say
from bench.rig.members import Walker, many_members, shout_of
from bench.rig.services import own_postgres, own_redis

M17 = "M17"
ROWS = 1_000_000
_BACK_WITHIN = 30.0
_ROWS = """
insert into received_item
  (id, person_id, session_id, kind, version, body_hash, body, captured_at, sent_at, received_at)
with recursive counted(n) as (select 1 union all select n + 1 from counted where n < :rows)
select lower(hex(randomblob(16))), :person, 0, 'shout.log', 1, lower(hex(randomblob(32))), '{}',
  '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00' from counted
"""
Ask = Callable[[HTTPConnection], str]


def measure(run: Run) -> None:
    """Our own deaths; then those of what we stand on."""
    _killed_at_work(run)
    _killed_in_migration(run)
    try:
        _services_restarted(run)
    except CannotMeasure as missing:
        run.report.skipped.append(f"M17 with PostgreSQL and Redis: {missing}")


def _killed_at_work(run: Run) -> None:
    kills, rows = (2, 1000) if run.quick else (10, ROWS)
    folder = run.room("killed")
    home = fill(Home(folder / "data"))
    walkers = many_members(home, 8)
    with closing(sqlite3.connect(home.folder / "firegrid.db")) as database:
        database.execute(_ROWS, {"rows": rows, "person": walkers[0].person_id})
        database.commit()
    floor = peer(FASTAPI, "fastapi_sqlmodel", f"sqlite:///{folder}/floor.db", [], folder)
    jobs = [shouting(one) for one in walkers[:4]] + [photographing(one) for one in walkers[4:]]
    history, chance = History(), random.Random(17)
    ours, theirs = [], []
    for number in range(kills):
        say(f"restarts: killed at work, {number + 1} of {kills}")
        began = time.monotonic()
        with firegrid(home) as server:
            _until_honest(server.port, lambda line: _shout(line, walkers[0]))
            ours.append(time.monotonic() - began)
            with at_work(server.port, jobs, history):
                time.sleep(chance.uniform(0.3, 2))
                server.kill()
        began = time.monotonic()
        with floor.start(()) as server:
            _until_honest(server.port, _check_in)
            theirs.append(time.monotonic() - began)
            server.kill()
    what = f"first honest answer after kill -9, {rows:,} records there"
    run.report.figures.append(
        Figure(M17, what, "s", "less", [max(ours)], {FASTAPI: [max(theirs)]}, (Goal(3),))
    )
    check_kept(run, M17, f"killed {kills} times at work", home, history)


def _killed_in_migration(run: Run) -> None:
    """An empty database migrated, killed at any point: the next try makes it whole."""
    kills = 3 if run.quick else 12
    folder = run.room("migration")
    whole = Home(folder / "whole")
    whole.folder.mkdir()
    with _migrating(whole) as migration:
        began = time.monotonic()
        migration.wait()
    lasts, wanted = time.monotonic() - began, _schema(whole.folder)
    half_done, broken = 0, []
    for number in range(kills):
        say(f"restarts: killed in a migration, {number + 1} of {kills}")
        home = Home(folder / f"{number}")
        home.folder.mkdir()
        with _migrating(home) as migration:
            time.sleep(lasts * (number + 0.5) / kills)
            migration.kill()
        half_done += 0 < len(_schema(home.folder)) < len(wanted)
        try:
            run_command(home, "migrate")
        except CannotMeasure as error:
            broken.append(str(error))
        if _schema(home.folder) != wanted:
            broken.append("the schema is not that of a migration in one go")
    seen = f"{half_done} of {kills} were killed half-way" + "".join(broken[:1])
    what = "a migration killed at any point is made whole by the next"
    run.report.checks.append(Check(M17, what, not broken, "".join(broken[:1])))
    what = "the rig bites: kills strike in the middle of it"
    seen = f"{half_done} of {kills}"
    run.report.checks.append(Check(M17, what, half_done > 0, seen))


@contextmanager
def _migrating(home: Home) -> "Iterator[subprocess.Popen[bytes]]":
    """A migration that has just begun to write; it is over when the block is."""
    migration = subprocess.Popen(
        [*COMMAND, "migrate"],
        cwd=ROOT,
        env=home.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    database = home.folder / "firegrid.db"
    while migration.poll() is None and not (database.exists() and database.stat().st_size):
        time.sleep(0.005)
    try:
        yield migration
    finally:
        migration.wait()


def _schema(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "firegrid.db")) as database:
        rows = database.execute("select sql from sqlite_master where sql is not null")
        # A table made anew names its constraints in any order.
        return sorted("\n".join(sorted(re.split(r",?\s*\n\t?", one))) for (one,) in rows)


def _services_restarted(run: Run) -> None:
    deaths = 1 if run.quick else 5
    folder = run.room("services")
    with own_postgres(folder / "postgres") as postgres, own_redis(folder / "redis") as redis:
        base = postgres.url.removesuffix("/postgres")
        home = fill(Home(folder / "data", f"{base}/firegrid", redis.url))
        walkers = many_members(home, 8)
        jobs = [shouting(one) for one in walkers[:4]] + [photographing(one) for one in walkers[4:]]
        floor = peer(FASTAPI, "fastapi_sqlmodel", f"{base}/peer", [], folder)
        history, others = History(), History()
        after_postgres: dict[str, list[float]] = {"FireGrid": [], FASTAPI: []}
        after_redis = []
        with firegrid(home) as server, floor.start(()) as other:

            def ask(line: HTTPConnection) -> str:
                return _shout(line, walkers[0])

            with (
                at_work(server.port, jobs, history),
                at_work(other.port, [checking_in] * 4, others),
            ):
                for number in range(deaths):
                    say(f"restarts: PostgreSQL and Redis, {number + 1} of {deaths}")
                    time.sleep(1)
                    postgres.crash()
                    time.sleep(1)
                    postgres.start()
                    after_postgres["FireGrid"].append(_until_honest(server.port, ask))
                    after_postgres[FASTAPI].append(_until_honest(other.port, _check_in))
                    time.sleep(1)
                    redis.crash()
                    time.sleep(0.5)
                    after_redis.append(_until_honest(server.port, ask))
                    redis.start()
                    after_redis.append(_until_honest(server.port, ask))
        ours = [max(after_postgres.pop("FireGrid"))]
        theirs = {name: [max(seen)] for name, seen in after_postgres.items()}
        add = run.report.figures.append
        what = "first honest answer once PostgreSQL is back"
        add(Figure(M17, what, "s", "less", ours, theirs, (Goal(5),)))
        what = "honest answer without Redis, and with it again"
        add(Figure(M17, what, "s", "less", [max(after_redis)], {}, (Goal(5),)))
        what = f"PostgreSQL and Redis killed {deaths} times"
        check_kept(run, M17, what, home, history)


def _until_honest(port: int, ask: Ask) -> float:
    """Seconds until somebody is told that a record is kept."""
    began = time.monotonic()
    told = ""
    while (waited := time.monotonic() - began) < _BACK_WITHIN:
        line = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            told = ask(line)
            if told == "created":
                return time.monotonic() - began
        except (OSError, HTTPException) as error:
            told = str(error)
        finally:
            line.close()
        time.sleep(0.05)
    raise CannotMeasure(f"no honest answer in {waited:.0f} s: {told}")


def _shout(line: HTTPConnection, walker: Walker) -> str:
    return hand_in(line, walker, shout_of(walker))


def _check_in(line: HTTPConnection) -> str:
    history = History()
    checking_in(line, history)
    return "created" if history.acknowledged else ", ".join(history.wrong)
