"""The engine, `transaction()` and `reading()`, and the column types every table uses."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Dialect, Engine
from sqlmodel import Session, SQLModel

from firegrid_app.settings import settings

MANY = 2_000
"""Rows fetched at a time where there may be very many: memory does not grow with the table."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment; stored in UTC, given back in UTC. A naive value is a programming error."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite, which keeps no zone, gets the bare UTC reading."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime reached the database")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again, in UTC."""
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """SQLite's text is read as the UTC it is, in one step: an answer may have 100,000."""
        if dialect.name == "sqlite":
            return _of_text
        return super().result_processor(dialect, coltype)


def _of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def path_type() -> sa.String:
    """A grid path, compared byte by byte so that a subtree is one index range on both databases."""
    return sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")  # type: ignore[return-value]


def make_engine(url: str) -> Engine:
    """An engine for `url`. SQLite gets WAL, FULL synchronous and foreign keys (docs/decisions).

    Its errors name no values: they go to the log, and values are people's (privacy E.5).
    """
    if not url.startswith("sqlite"):
        return _of_postgres(url)
    target = sa.make_url(url).database
    if target and target != ":memory:":
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url, connect_args={"timeout": 15, "check_same_thread": False}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _: Any) -> None:
        # The driver must not begin transactions by itself: `_begin` below does.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A writer that began as a reader would fail with "database is locked" instead of waiting.
        writes = connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _of_postgres(url: str) -> Engine:
    engine = sa.create_engine(
        url, pool_pre_ping=True, pool_size=10, max_overflow=10, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        # Compiling a statement anew each time takes longer than any of ours runs: a list of a
        # million hazards spent a second on it, and 0.4 on the hazards.
        connection.execute("select set_config('jit', 'off', false)")
        connection.commit()

    return engine


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process."""
    return make_engine(settings().database)


def mark() -> str:
    """Names the content of the database as it is now: while it is the same, so is all content.

    It costs microseconds on SQLite and one short question on PostgreSQL. Ask for it before what is
    to be kept under it is read. Whatever anybody commits changes it, also in another process.
    """
    if engine().dialect.name == "sqlite":
        return _sqlite_mark(engine())
    # The transactions that are visible: the same ones, the same content.
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return str(connection.execute(sa.text("select pg_current_snapshot()::text")).scalar_one())


_watching = Lock()
_watch: tuple[Engine, sqlite3.Connection, str] | None = None


def _sqlite_mark(of: Engine) -> str:
    """SQLite tells a connection whether others have committed; this one only ever asks."""
    global _watch
    if of.url.database in (None, "", ":memory:"):
        # Nobody else can look into it: nothing is known, so nothing is the same as before.
        return token_hex(8)
    with _watching:
        if _watch is None or _watch[0] is not of:
            if _watch is not None:
                _watch[1].close()
            target = sqlite3.connect(str(of.url.database), check_same_thread=False, timeout=15)
            # Its numbers mean something to this connection alone.
            _watch = of, target, token_hex(8)
        _, watch, name = _watch
        (version,) = watch.execute("PRAGMA data_version").fetchone()
    return f"{name}:{version}"


@contextmanager
def transaction() -> Iterator[Session]:
    """A session that commits when the block ends and rolls back when it raises."""
    with Session(engine()) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def reading() -> Iterator[Session]:
    """A session for looking only; on SQLite it takes no write lock. Nothing is committed."""
    with Session(engine().execution_options(writes=False)) as session:
        yield session
        session.rollback()
