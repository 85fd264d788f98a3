"""M18: a backup of 100,000 records and 1,000 photos, made and put back on either database."""

import gzip
import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.community import FULL, make_community
from bench.rig.databases import postgres_databases
from bench.rig.firegrid import Home, fill, run_command
from bench.rig.machine import CannotMeasure, say

M18 = "M18"
COMMUNITIES, PHOTOS = 6, 1_000
SIZES = {"original": 350_000, "screen": 150_000, "thumbnail": 20_000}
"""Bytes of a photo of 12 megapixels as a phone shrinks it, and of what is made of it."""
BARE = "SQLite's own copy, photos copied"
LONGEST = 60.0


def measure(run: Run) -> None:
    """Made beside a bare copy, made again, and put back on SQLite and PostgreSQL."""
    folder = run.room("backup")
    home = fill(Home(folder / "data"))
    communities, photos = (1, 50) if run.quick else (COMMUNITIES, PHOTOS)
    say(f"backup: {communities} communities, {photos} photos")
    for _ in range(communities):
        make_community(home, FULL)
    _photos(home.folder / "photos", photos)
    made, again, bare, back = [], [], [], []
    for number in range(run.rounds):
        say(f"backup: round {number + 1}")
        kept = folder / f"kept-{number}"
        made.append(_seconds(run_command, home, "backup", str(kept)))
        again.append(_seconds(run_command, home, "backup", str(kept)))
        bare.append(_seconds(_bare_copy, home, folder / f"bare-{number}"))
        new = Home(folder / f"restored-{number}")
        back.append(_seconds(run_command, new, "restore", str(kept)))
    what = f"{photos:,} photos"
    rows = _same(run, "SQLite", home, new, kept)
    run.report.figures += [
        Figure(M18, f"backup of {rows:,} rows, {what}", "s", "less", made, {BARE: bare}),
        Figure(M18, "backup again, nothing new", "s", "less", again),
        Figure(M18, f"restored on SQLite, {rows:,} rows, {what}", "s", "less", back,
               goals=(Goal(LONGEST),)),
    ]  # fmt: skip
    try:
        with postgres_databases("restored") as found:
            there = Home(folder / "postgres", postgres=found["restored"])
            there.folder.mkdir()
            seconds = _seconds(run_command, there, "restore", str(kept))
            _same(run, "PostgreSQL", home, there, kept)
    except CannotMeasure as reason:
        run.report.skipped.append(f"restored on PostgreSQL: {reason}")
        return
    what = f"restored on PostgreSQL, {rows:,} rows, {what}"
    run.report.figures.append(Figure(M18, what, "s", "less", [seconds], goals=(Goal(LONGEST),)))


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began


def _photos(folder: Path, count: int) -> None:
    for number in range(count):
        digest = hashlib.sha256(f"photo {number}".encode()).hexdigest()
        place = folder / digest[:2]
        place.mkdir(parents=True, exist_ok=True)
        for size, length in SIZES.items():
            (place / f"{digest}-{size}.jpg").write_bytes(os.urandom(length))


def _bare_copy(home: Home, target: Path) -> None:
    """What an administrator types who knows SQLite: its online copy, and the folder of photos."""
    target.mkdir()
    source, copy = (
        sqlite3.connect(home.folder / "firegrid.db"),
        sqlite3.connect(target / "firegrid.db"),
    )
    source.backup(copy)
    source.close()
    copy.close()
    shutil.copytree(home.folder / "photos", target / "photos")
    os.sync()


def _same(run: Run, name: str, before: Home, after: Home, kept: Path) -> int:
    """Row by row and photo by photo; how many rows. A backup of each says what is in it."""
    rows = _rows(before, kept.with_name(f"rows-before-{name}"))
    others = _rows(after, kept.with_name(f"rows-after-{name}"))
    said = f"restored on {name}: every row equal"
    seen = f"{len(rows):,} and {len(others):,}"
    run.report.checks.append(Check(M18, said, rows == others, seen))
    photos, copies = _files(before.folder / "photos"), _files(after.folder / "photos")
    said = f"restored on {name}: every photo byte for byte"
    run.report.checks.append(Check(M18, said, photos == copies, f"{len(copies):,} files"))
    return sum(line.startswith(b"[") for line in rows)


def _rows(home: Home, folder: Path) -> list[bytes]:
    run_command(home, "backup", str(folder), "--no-photos")
    newest = max(folder.glob("*.records.jsonl.gz"))
    # The first line says when it was made.
    return gzip.decompress(newest.read_bytes()).splitlines()[1:]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).digest()
        for file in folder.rglob("*.jpg")
    }
