"""Databases for tests: made once a test process, emptied and filled in a blink."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from firegrid_app import database as app_database
from firegrid_app.tables import metadata
from tests.cast import Cast, bring_cast

LASTING: list[sa.Engine] = []
"""Engines that outlive a test."""


class SqliteHouse:
    """SQLite files to be copied: one with tables only, one with the cast in it."""

    def __init__(self, folder: Path) -> None:
        self.empty, self._full = folder / "empty.db", folder / "cast.db"
        engine = app_database.make_engine(f"sqlite:///{self.empty}")
        metadata.create_all(engine)
        engine.dispose()
        self._cast: Cast | None = None

    def bring_cast(self, target: Path) -> Cast:
        """Put the cast into the test's file."""
        if self._cast is None:
            shutil.copyfile(self.empty, self._full)
            engine = app_database.make_engine(f"sqlite:///{self._full}")
            with Session(engine) as opened:
                self._cast = bring_cast(opened)
                opened.commit()
            engine.dispose()
        app_database.engine().dispose()
        shutil.copyfile(self._full, target)
        return self._cast


class PostgresHouse:
    """The PostgreSQL database of this test process, made when first asked for."""

    def __init__(self, fresh: Callable[[str], str]) -> None:
        self._fresh, self._url = fresh, ""
        self._engine: sa.Engine | None = None
        self._cast: Cast | None = None

    @property
    def engine(self) -> sa.Engine:
        """Its engine."""
        assert self._engine is not None
        return self._engine

    def empty(self) -> str:
        """Its address; all tables are there and empty."""
        if self._engine is None:
            self._url = self._fresh("rooms")
            self._engine = app_database.make_engine(self._url)
            LASTING.append(self._engine)
            metadata.create_all(self._engine)
        else:
            # Five times quicker than TRUNCATE while the tables are small.
            tables = [f'"{table.name}"' for table in reversed(metadata.sorted_tables)]
            self._run(self._engine, *(f"delete from {table}" for table in tables))
        return self._url

    def bring_cast(self) -> Cast:
        """Put the cast in: by the ORM once, then from copies of its rows."""
        tables = [f'"{table.name}"' for table in metadata.sorted_tables]
        if self._cast is None:
            with Session(self.engine) as opened:
                self._cast = bring_cast(opened)
                opened.commit()
            copies = (f"create table kept.{name} as table public.{name}" for name in tables)
            self._run(self.engine, "create schema kept", *copies)
        else:
            self._run(self.engine, *(f"insert into {name} table kept.{name}" for name in tables))
        return self._cast

    def close(self) -> None:
        """Let go of the server."""
        if self._engine is not None:
            self._engine.dispose()

    @staticmethod
    def _run(engine: sa.Engine, *statements: str) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("set local synchronous_commit = off")
            connection.exec_driver_sql("; ".join(statements))


def postgres_server() -> sa.URL:
    """The server to make test databases on; skips (in CI: fails) when there is none."""
    named = os.environ.get("FIREGRID_TEST_POSTGRES_URL", "")
    url = sa.make_url(named or "postgresql://127.0.0.1/postgres")
    url = url.set(drivername="postgresql+psycopg", database=url.database or "postgres")
    engine = sa.create_engine(url, connect_args={"connect_timeout": 2})
    try:
        engine.connect().close()
    except sa.exc.OperationalError as error:
        reason = f"no PostgreSQL at {url.host}:{url.port or 5432} ({type(error.orig).__name__})"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}; in CI the database tests must run on PostgreSQL too")
        pytest.skip(f"{reason}; set FIREGRID_TEST_POSTGRES_URL to run these tests on it")
    finally:
        engine.dispose()
    return url
