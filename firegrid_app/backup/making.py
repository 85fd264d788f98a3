"""Makes a backup: the records of one moment, and each photo that the folder has not got yet."""

import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa

from firegrid_app.backup import files
from firegrid_app.backup.lines import written
from firegrid_app.database import engine
from firegrid_app.photos.store import flush, store

_LISTED = 500
_QUICK = 3
"""How hard gzip tries: rows shrink to a sixth, and a harder try costs more time than room."""


@dataclass(frozen=True)
class Made:
    """What came of it."""

    name: str
    rows: int
    photos: int
    """Files of photos and recordings that belong to it, in all sizes."""
    copied: int
    """Those of them that the folder had not got."""
    dropped: int
    """Older backups that were let go."""


def make(
    folder: Path,
    *,
    now: datetime,
    revision: str,
    keep: int,
    with_photos: bool = True,
    note: Callable[[str], None] = lambda _: None,
) -> Made:
    """Write a backup of the database, which is at `revision`; the `keep` newest stay.

    Raises `files.Busy`. Whatever stops it, the folder holds whole backups only.
    """
    with files.alone(folder, "lock"):
        name = files.name_of(now)
        records, photos = files.records_file(folder, name), files.photos_file(folder, name)
        try:
            rows = _write_records(_part(records), revision, now, note)
            seen = copied = 0
            if with_photos:
                seen, copied = _copy_photos(folder, _part(photos), note)
                # One flush for what may be thousands of files.
                os.sync()
                _part(photos).rename(photos)
            _part(records).rename(records)
            flush(folder)
        finally:
            for file in (records, photos):
                _part(file).unlink(missing_ok=True)
        return Made(name, rows, seen, copied, _let_go(folder, keep))


def _part(file: Path) -> Path:
    return file.with_name(file.name + ".part")


@contextmanager
def _moment() -> Iterator[sa.Connection]:
    """The database as it is at one moment; nobody who writes waits for it."""
    if engine().dialect.name == "sqlite":
        with engine().execution_options(writes=False).connect() as connection:
            yield connection
        return
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine().connect().execution_options(**options) as connection:
        yield connection


def _write_records(file: Path, revision: str, now: datetime, note: Callable[[str], None]) -> int:
    count = 0
    with _private(file) as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=_QUICK) as out:
        with _moment() as connection:
            for line in written(connection, revision, now):
                out.write(line)
                count += line.startswith(b"[")
                if count % 10_000 == 0:
                    note(f"{count:,} 条 / rows")
        out.flush()
        os.fsync(raw.fileno())
    return count


@contextmanager
def _private(file: Path) -> Iterator[BinaryIO]:
    """A new file that only we may read: it holds what everybody told the grid."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        yield opened


def _copy_photos(folder: Path, listed: Path, note: Callable[[str], None]) -> tuple[int, int]:
    here, there = store(), files.photos_in(folder)
    seen = copied = 0

    def copying() -> Iterator[tuple[str, int]]:
        nonlocal seen, copied
        for some in here.list(chunk_size=_LISTED):
            for one in some:
                key, size = one["path"], one["size"]
                if not files.has(there, key, size):
                    if not files.copy(here, there, key):
                        # Erased since it was listed.
                        continue
                    copied += 1
                seen += 1
                yield key, size
            note(f"{seen:,} 个照片文件 / files of photos")

    files.write_photos(listed, copying())
    return seen, copied


def _let_go(folder: Path, keep: int) -> int:
    """The oldest leave, and the photos that only they had: what was erased is erased in the end."""
    names = files.names_in(folder)
    old, kept = names[:-keep], names[-keep:]
    if not old:
        return 0
    leaving = {key for name in old for key, _ in files.read_photos(files.photos_file(folder, name))}
    for name in kept:
        leaving -= {key for key, _ in files.read_photos(files.photos_file(folder, name))}
    for name in old:
        files.records_file(folder, name).unlink()
        files.photos_file(folder, name).unlink(missing_ok=True)
    photos = files.photos_in(folder)
    for key in leaving:
        photos.delete(key)
    return len(old)
