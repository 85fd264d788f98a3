"""Puts a backup into a database with nothing in it, SQLite or PostgreSQL, wherever it came from."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from firegrid_app.backup import files
from firegrid_app.backup.lines import read_into, revision_of
from firegrid_app.database import engine, make_engine
from firegrid_app.photos.store import store

Upgrade = Callable[[sa.Connection, str], None]
"""Brings the database of a connection to a revision, and commits."""


class NotEmpty(Exception):
    """The database has tables already; what is in them is not ours to replace."""


@dataclass(frozen=True)
class Restored:
    """What came of it."""

    rows: int
    photos: int
    missing: int
    """Files of photos that belong to the backup and are not in its folder any more."""


def restore(
    folder: Path, name: str, *, upgrade: Upgrade, note: Callable[[str], None] = lambda _: None
) -> Restored:
    """Put the backup `name` of this folder into our database and photo store.

    The tables are made as they were, filled, and then brought to today's. Raises `NotEmpty`,
    `Broken`, and what `upgrade` raises for a revision it does not know; then the database is as
    empty as before.
    """
    if sa.inspect(engine()).get_table_names():
        raise NotEmpty
    here, there = files.photos_in(folder), store()
    photos = missing = 0
    for key, size in files.read_photos(files.photos_file(folder, name)):
        # Where only the database is another, the photos are where they were.
        if files.has(there, key, size) or files.copy(here, there, key):
            photos += 1
        else:
            missing += 1
        note(f"{photos:,} 个照片文件 / files of photos")
    with gzip.open(files.records_file(folder, name)) as lines, _new_database() as connection:
        note("写入记录 / Writing the records")
        upgrade(connection, revision_of(lines))
        rows = read_into(connection, lines)
        connection.commit()
        upgrade(connection, "head")
    return Restored(rows, photos, missing)


@contextmanager
def _new_database() -> Iterator[sa.Connection]:
    """A connection to fill our empty database by; what goes wrong leaves it empty."""
    ours = engine()
    if ours.dialect.name == "sqlite":
        with _beside(Path(str(ours.url.database))) as connection:
            yield connection
        return
    with ours.connect() as connection:
        try:
            yield connection
        except BaseException:
            connection.rollback()
            made = sa.MetaData()
            made.reflect(connection)
            made.drop_all(connection)
            connection.commit()
            raise


@contextmanager
def _beside(file: Path) -> Iterator[sa.Connection]:
    """A file of another name, which takes the place of `file` only when it is whole."""
    engine().dispose()
    new = file.with_name(file.name + ".restoring")
    _remove(new)
    filling = make_engine(f"sqlite:///{new}")
    try:
        with filling.connect() as connection:
            yield connection
        # The last connection that closes brings the log into the file.
        filling.dispose()
        _remove(file)
        new.rename(file)
    finally:
        filling.dispose()
        _remove(new)


def _remove(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)
