"""M16, M17 and M18: power cuts, kills, restarts, full and broken disks under real work."""

import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from bench.cases import Run, full_disk, restarts
from bench.cases.kept import photos_kept
from bench.figures import Check, Figure, Goal
from bench.rig.disks import Disk, ext4_disk
from bench.rig.fieldwork import History, Job, at_work, checking_in, photographing, shouting
from bench.rig.firegrid import Home, fill, firegrid
from bench.rig.machine import CannotMeasure, bare_environment, free_port, say
from bench.rig.members import many_members
from bench.rig.processes import Server, served

Look = Callable[[Path, History, "Cuts"], None]
M16 = "M16"
NORMAL = "Starlette + sqlite3, synchronous=NORMAL"
_IMAGE_MB = 256
_SETTLE = 0.2
"""Seconds for answers that were sent before the cut to be read."""


@dataclass
class Cuts:
    """What was lost, over all cuts."""

    acknowledged: int = 0
    lost: int = 0
    photos: int = 0
    photos_lost: int = 0
    rows_without_photo: int = 0
    broken: int = 0
    """Databases that were not whole."""
    unflushed_kept: int = 0


def measure(run: Run) -> None:
    """Each part by itself: what one needs may be missing where another can be measured."""
    for name, part in (("M16", _power_cuts), ("M17", restarts.measure), ("M18", full_disk.measure)):
        try:
            part(run)
        except CannotMeasure as missing:
            run.report.skipped.append(f"{name}: {missing}")


def _power_cuts(run: Run) -> None:
    cuts = 2 if run.quick else 20
    folder = run.room("power")
    with ext4_disk(run.room("power/ours"), _IMAGE_MB) as disk:
        home = fill(Home(disk.mount / "data"))
        walkers = many_members(home, 8)
        jobs = [shouting(one) for one in walkers[:4]] + [photographing(one) for one in walkers[4:]]
        with firegrid(home) as server:
            ours = _cut(server, disk, jobs, cuts, folder, _look_at_ours)
    with ext4_disk(run.room("power/peer"), _IMAGE_MB) as disk, _normal(disk.mount) as server:
        peer = _cut(server, disk, [checking_in] * 8, cuts, folder, _look_at_peer)
    add, check = run.report.figures.append, run.report.checks.append
    what = f"acknowledged records lost by {cuts} power cuts"
    add(Figure(M16, what, "", "less", [ours.lost], {NORMAL: [peer.lost]}, (Goal(0),)))
    what = f"acknowledged photos not there after a cut ({ours.photos:,} made)"
    add(Figure(M16, what, "", "less", [ours.photos_lost], {}, (Goal(0),)))
    what = "rows that say kept without their three files"
    add(Figure(M16, what, "", "less", [ours.rows_without_photo], {}, (Goal(0),)))
    seen = f"{ours.acknowledged:,} records and {ours.photos:,} photos acknowledged"
    check(Check(M16, "the database is whole after each cut", not ours.broken, seen))
    seen = f"{peer.lost:,} of {peer.acknowledged:,}"
    check(Check(M16, "the rig bites: synchronous=NORMAL loses commits", peer.lost > 0, seen))
    what = "the rig bites: a file written without a flush is gone"
    check(Check(M16, what, not ours.unflushed_kept, f"{ours.unflushed_kept} of {cuts} there"))
    run.report.details[M16] = {"FireGrid": vars(ours), NORMAL: vars(peer)}


def _cut(server: Server, disk: Disk, jobs: list[Job], cuts: int, folder: Path, look: Look) -> Cuts:
    seen, history, chance = Cuts(), History(), random.Random(16)
    with at_work(server.port, jobs, history):
        for number in range(cuts):
            say(f"power: cut {number + 1} of {cuts}")
            time.sleep(chance.uniform(0.5, 2))
            unflushed = f"unflushed-{number}"
            (disk.mount / unflushed).write_bytes(b"x" * 4096)
            with server.paused():
                time.sleep(_SETTLE)
                known = history.copy()
                with disk.after_power_cut(folder) as found:
                    there = found / unflushed
                    seen.unflushed_kept += there.exists() and there.stat().st_size > 0
                    look(found, known, seen)
    seen.acknowledged, seen.photos = len(history.acknowledged), len(history.photos)
    if not history.acknowledged:
        raise CannotMeasure(f"nothing was acknowledged: {history.refused} {history.wrong[:2]}")
    return seen


def _look_at_ours(found: Path, known: History, seen: Cuts) -> None:
    data = found / "data"
    with closing(sqlite3.connect(data / "firegrid.db")) as database:
        seen.broken += database.execute("pragma integrity_check").fetchone() != ("ok",)
        rows = {str(UUID(one)) for (one,) in database.execute("select id from received_item")}
        said = [
            (str(UUID(photo)), digest)
            for photo, digest in database.execute(
                "select id, kept_sha256 from photo where stored_at is not null"
            )
        ]
    seen.lost += len(set(known.acknowledged) - rows)
    kept = photos_kept(said, data / "photos")
    seen.rows_without_photo += kept.without_files
    seen.photos_lost += len(set(known.photos) - kept.whole)


def _look_at_peer(found: Path, known: History, seen: Cuts) -> None:
    with closing(sqlite3.connect(found / "normal.db")) as database:
        seen.broken += database.execute("pragma integrity_check").fetchone() != ("ok",)
        # Without a flush even the table may be gone.
        tables = database.execute("select 1 from sqlite_master where name = 'check_in'")
        query = "select record_id from check_in" if tables.fetchone() else "select 0 where 0"
        rows = {one for (one,) in database.execute(query)}
    seen.lost += len(set(known.acknowledged) - rows)


@contextmanager
def _normal(folder: Path) -> Iterator[Server]:
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws"]
    granian += ["--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]
    environment = bare_environment(
        BENCH_DATABASE_URL=f"sqlite:///{folder}/normal.db", BENCH_SYNCHRONOUS="normal"
    )
    command = [*granian, "bench.peers.starlette_sqlite:app"]
    opened: AbstractContextManager[Server] = served(
        command, port, environment, folder, answers=("/ping", b"pong")
    )
    with opened as server:
        yield server
