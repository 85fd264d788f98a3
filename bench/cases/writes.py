"""M7: durable check-ins a second by the real route, beside a bare insert, on both databases."""

import shutil
import sys
from collections.abc import Iterable
from dataclasses import asdict
from http.client import HTTPConnection
from pathlib import Path

from bench.cases import Run
from bench.cases.contenders import FASTAPI, FORGETFUL, STARLETTE, Contender, ours, peer
from bench.figures import Check, Figure, Goal
from bench.rig.databases import postgres_databases, wait_until_alone
from bench.rig.firegrid import Home, fill, log_in_members
from bench.rig.load import request
from bench.rig.loading import Seen, drive
from bench.rig.machine import SERVER_CORE, CannotMeasure, bare_environment, free_port, say
from bench.rig.processes import served

PHONES = 50
M7 = "M7"
SLOW_DISK = (
    *("strace", "-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync"),
    *("-e", "inject=fdatasync,fsync:delay_exit=5000"),
)
"""Every flush takes 5 ms longer, as on a cheap server; ours takes 0.1."""
Rounds = dict[str, list[Seen]]


def measure(run: Run) -> None:
    """Floors, SQLite, SQLite on a slow disk, PostgreSQL."""
    folder = run.room("writes")
    say("writes: the load generator alone")
    ceiling = _ceiling(folder, run.seconds)
    fastest = _on_sqlite(run, folder)
    try:
        with postgres_databases("firegrid", "peer") as databases:
            _on_postgres(run, folder, databases)
    except CannotMeasure as missing:
        run.report.skipped.append(f"M7 on PostgreSQL: {missing}")
    run.report.checks.append(
        Check(
            M7,
            "the load generator is not what was measured",
            ceiling > 1.3 * fastest,
            f"it drives {ceiling:,.0f}/s, the fastest server took {fastest:,.0f}/s",
        )
    )


def _ceiling(folder: Path, seconds: float) -> float:
    port = free_port()
    command = [sys.executable, "-m", "bench.peers.nothing", str(port)]
    phones = [request("127.0.0.1", "/", '{"id":"@id@"}')] * PHONES
    with served(command, port, bare_environment(), folder, core=SERVER_CORE) as server:
        return drive(server, phones, folder, seconds=seconds).per_second


def _on_sqlite(run: Run, folder: Path) -> float:
    home = fill(Home(folder / "sqlite"))
    members = log_in_members(home, PHONES)
    us = ours(home, members)
    floor = peer(FASTAPI, "fastapi_sqlmodel", f"sqlite:///{folder}/floor.db", members, folder)
    bare = peer(STARLETTE, "starlette_sqlite", f"sqlite:///{folder}/bare.db", members, folder)
    forgetful = peer(
        FORGETFUL,
        "starlette_sqlite",
        f"sqlite:///{folder}/forgetful.db",
        members,
        folder,
        BENCH_FORGETFUL="1",
    )
    everybody = (us, floor, bare)
    many = _rounds(run, folder, everybody, PHONES, "SQLite FULL")
    one = _rounds(run, folder, everybody, 1, "SQLite FULL")
    _figures(run, "SQLite FULL", many, one, (Goal(2, FASTAPI), Goal(0.3, STARLETTE)))
    if shutil.which("strace"):
        slow = _rounds(run, folder, everybody, PHONES, "slow disk", SLOW_DISK)
        _throughput(run, "SQLite FULL, flush + 5 ms", slow, (Goal(8, STARLETTE),))
    else:
        run.report.skipped.append("M7 with a slow disk: no strace here")
    _drive_one(run, folder, forgetful, PHONES)
    _check_kept(run, "SQLite", everybody)
    lost = forgetful.fates()["check_in"].lost
    run.report.checks.append(
        Check(
            M7, "the rig bites: who answers before writing loses records", lost > 0, f"{lost} lost"
        )
    )
    _check_sent_twice(run, "SQLite", us, floor)
    return max(seen.per_second for rounds in many.values() for seen in rounds)


def _on_postgres(run: Run, folder: Path, databases: dict[str, str]) -> None:
    home = fill(Home(folder / "postgres", databases["firegrid"]))
    members = log_in_members(home, PHONES)
    us = ours(home, members)
    floor = peer(FASTAPI, "fastapi_sqlmodel", databases["peer"], members, folder)
    many = _rounds(run, folder, (us, floor), PHONES, "PostgreSQL")
    one = _rounds(run, folder, (us, floor), 1, "PostgreSQL")
    _figures(run, "PostgreSQL", many, one, (Goal(2, FASTAPI),))
    _check_kept(run, "PostgreSQL", (us, floor))
    _check_sent_twice(run, "PostgreSQL", us, floor)


def _rounds(
    run: Run,
    folder: Path,
    contenders: Iterable[Contender],
    phones: int,
    where: str,
    before: tuple[str, ...] = (),
) -> Rounds:
    """Everybody in turn, then again: what drifts, drifts for all."""
    seen: Rounds = {}
    for number in range(run.rounds):
        for one in contenders:
            say(f"writes: {where}, {phones} phones, round {number + 1}, {one.name}")
            seen.setdefault(one.name, []).append(_drive_one(run, folder, one, phones, before))
    return seen


def _drive_one(
    run: Run, folder: Path, one: Contender, phones: int, before: tuple[str, ...] = ()
) -> Seen:
    with one.start(before) as server:
        seen = drive(server, one.phones[:phones], folder, seconds=run.seconds)
    wait_until_alone(one.database)
    one.acknowledged += seen.acknowledged
    one.sent |= seen.sent
    return seen


def _figures(run: Run, where: str, many: Rounds, one: Rounds, goals: tuple[Goal, ...]) -> None:
    _throughput(run, where, many, goals)
    add = run.report.figures.append
    ms = ("ms", "less")
    work = {name: [seen.processor_ms for seen in rounds] for name, rounds in many.items()}
    add(Figure(M7, f"server's work a check-in, {where}, 50 phones", *ms, *_split(work)))
    p99 = {name: [seen.p99 for seen in rounds] for name, rounds in many.items()}
    add(Figure(M7, f"check-in p99, {where}, 50 phones", *ms, *_split(p99), (Goal(100),)))
    p50 = {name: [seen.p50 for seen in rounds] for name, rounds in many.items()}
    add(Figure(M7, f"check-in p50, {where}, 50 phones", *ms, *_split(p50)))
    alone = {name: [seen.p50 for seen in rounds] for name, rounds in one.items()}
    add(Figure(M7, f"check-in p50, {where}, 1 phone", *ms, *_split(alone)))


def _throughput(run: Run, where: str, many: Rounds, goals: tuple[Goal, ...]) -> None:
    rates = {name: [seen.per_second for seen in rounds] for name, rounds in many.items()}
    run.report.figures.append(
        Figure(M7, f"check-ins, {where}, 50 phones", "1/s", "more", *_split(rates), goals)
    )


def _split(values: dict[str, list[float]]) -> tuple[list[float], dict[str, list[float]]]:
    return values["FireGrid"], {name: v for name, v in values.items() if name != "FireGrid"}


def _check_kept(run: Run, where: str, contenders: Iterable[Contender]) -> None:
    for one in contenders:
        fates = one.fates()
        kept = all(not (fate.lost or fate.double or fate.foreign) for fate in fates.values())
        first = next(iter(fates.values()))
        run.report.checks.append(
            Check(
                M7,
                f"{one.name} on {where}, killed in each load: nothing lost, nothing double",
                kept,
                f"{first.acknowledged:,} acknowledged, {first.lost} lost, {first.double} double,"
                f" {first.unanswered} kept unanswered",
            )
        )
        run.report.details[f"M7 {one.name} {where}"] = {t: asdict(f) for t, f in fates.items()}


def _check_sent_twice(run: Run, where: str, us: Contender, floor: Contender) -> None:
    """As after a cut answer: the same bytes again. Ours keeps one; the floor keeps both."""
    for one, wanted in ((us, 0), (floor, 20)):
        _send_twice(one, 20)
        double = sum(fate.double for fate in one.fates().values())
        what = (
            "a record sent twice is kept once"
            if one is us
            else "the rig bites: the floor keeps twice what is sent twice"
        )
        run.report.checks.append(
            Check(M7, f"{what} ({where})", double == wanted, f"{double} double of 20")
        )


def _send_twice(one: Contender, records: int) -> None:
    from uuid import uuid4

    before, after = one.phones[0]
    with one.start(()) as server:
        for _ in range(records):
            record_id = str(uuid4())
            one.sent.add(record_id)
            for _ in range(2):
                connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
                connection.connect()
                connection.sock.sendall(f"{before}{record_id}{after}".encode())
                _read_answer(connection)
    wait_until_alone(one.database)


def _read_answer(connection: HTTPConnection) -> None:
    answer = connection.response_class(connection.sock, method="POST")
    answer.begin()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise CannotMeasure(f"a record sent again was answered {answer.status}")
