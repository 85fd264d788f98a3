"""M18: a disk that is full, and one that fails now and then, under real work."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.cases import Run
from bench.cases.kept import check_kept
from bench.figures import Check, Figure, Goal
from bench.rig.databases import ids, looking
from bench.rig.disks import enlarge, free_bytes, small_disk
from bench.rig.fieldwork import History, at_work, checking_in, photographing, shouting
from bench.rig.firegrid import Home, fill, firegrid
from bench.rig.machine import CannotMeasure, bare_environment, free_port, say
from bench.rig.members import many_members
from bench.rig.processes import Server, served

M18 = "M18"
_ROOM_MB, _MORE_MB, _PEER_MB = 6, 64, 2
_FULL = 100_000
"""Bytes free that no longer hold a record, its trail and its photo."""
_FILLED_WITHIN = 120.0
_FAULTS = (
    ("flush fails (EIO)", "fdatasync,fsync", "EIO", "40+7"),
    ("write finds no room (ENOSPC)", "pwrite64", "ENOSPC", "300+41"),
)


def measure(run: Run) -> None:
    """Full, then enlarged; then single calls that fail."""
    _full(run)
    _check_bites(run)
    if not shutil.which("strace"):
        run.report.skipped.append("M18 with failing calls: no strace here")
        return
    for what, calls, error, when in _FAULTS:
        _failing(run, what, calls, error, when)


def _full(run: Run) -> None:
    filled = fill(Home(run.room("full") / "filled"))
    walkers = many_members(filled, 8)
    jobs = [shouting(one) for one in walkers[:4]] + [photographing(one) for one in walkers[4:]]
    weight = sum(file.stat().st_size for file in filled.folder.rglob("*") if file.is_file())
    megabytes = (weight >> 20) + _ROOM_MB
    history = History()
    with small_disk(run.room("full/disk"), megabytes) as disk:
        home = Home(disk / "data")
        shutil.copytree(filled.folder, home.folder)
        with firegrid(home) as server, at_work(server.port, jobs, history):
            say(f"full disk: working until {megabytes} MB are full")
            deadline = time.monotonic() + _FILLED_WITHIN
            while not (history.refused or history.wrong):
                if time.monotonic() > deadline:
                    raise CannotMeasure(f"the disk is not full: {free_bytes(disk)} bytes free")
                time.sleep(0.1)
            time.sleep(2)
            before, reasons = len(history.acknowledged), dict(history.refused)
            enlarge(disk, megabytes + _MORE_MB)
            began = time.monotonic()
            while len(history.acknowledged) < before + 20 and time.monotonic() < began + 30:
                time.sleep(0.02)
            again = time.monotonic() - began
            time.sleep(1)
        what = "room on a full disk to the next 20 kept, no restart"
        run.report.figures.append(Figure(M18, what, "s", "less", [again], {}, (Goal(30),)))
        check_kept(run, M18, "disk full", home, history)
        what = "who found the disk full was told so"
        run.report.checks.append(Check(M18, what, bool(reasons), str(reasons)))


def _failing(run: Run, what: str, calls: str, error: str, when: str) -> None:
    folder = run.room(f"failing-{error}")
    home = fill(Home(folder / "data"))
    walkers = many_members(home, 8)
    jobs = [shouting(one) for one in walkers[:4]] + [photographing(one) for one in walkers[4:]]
    trace = folder / "strace.txt"
    inject = f"inject={calls}:error={error}:when={when}"
    before = ("strace", "-f", "--seccomp-bpf", "-qqq", "-o", str(trace))
    before += ("-e", f"trace={calls}", "-e", inject)
    points = 5 if run.quick else 50
    history = History()
    say(f"full disk: {what}")
    with firegrid(home, before=before) as server, at_work(server.port, jobs, history):
        deadline = time.monotonic() + _FILLED_WITHIN
        while (struck := _struck(trace)) < points and time.monotonic() < deadline:
            time.sleep(0.2)
        at_the_last = len(history.acknowledged)
        time.sleep(2)
    check_kept(run, M18, what, home, history)
    went_on = len(history.acknowledged) - at_the_last
    run.report.checks.append(
        Check(
            M18,
            f"{what} at {points} points: it writes on without a restart",
            struck >= points and went_on > 0,
            f"{struck} calls failed, {went_on} records kept after the last point",
        )
    )


def _struck(trace: Path) -> int:
    return trace.read_text(errors="replace").count("(INJECTED)") if trace.exists() else 0


def _check_bites(run: Run) -> None:
    """Who answers before it writes loses what the full disk does not take."""
    history = History()
    with small_disk(run.room("full/peer"), _PEER_MB) as disk, _forgetful(disk) as server:
        with at_work(server.port, [checking_in] * 4, history):
            deadline = time.monotonic() + _FILLED_WITHIN
            while free_bytes(disk) > _FULL and time.monotonic() < deadline:
                time.sleep(0.1)
            time.sleep(2)
        server.kill()
        with looking(f"sqlite:///{disk}/peer.db") as connection:
            there = set(ids(connection, "check_in", "record_id"))
    lost = len(set(history.acknowledged) - there)
    what = "the rig bites: who answers before writing loses records on a full disk"
    seen = f"{lost:,} of {len(history.acknowledged):,}"
    run.report.checks.append(Check(M18, what, lost > 0, seen))


@contextmanager
def _forgetful(disk: Path) -> Iterator[Server]:
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws"]
    granian += ["--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]
    environment = bare_environment(
        BENCH_DATABASE_URL=f"sqlite:///{disk}/peer.db", BENCH_FORGETFUL="1"
    )
    command = [*granian, "bench.peers.starlette_sqlite:app"]
    with served(command, port, environment, disk, answers=("/ping", b"pong")) as server:
        yield server
