"""Databases that keep what they acknowledge: a PostgreSQL that is refused with fsync off."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import sqlalchemy as sa
from services import Missing, postgres_server  # scripts/, as the tests do

from bench.rig.machine import CannotMeasure, say


@contextmanager
def postgres_databases(*purposes: str) -> Iterator[dict[str, str]]:
    """Empty databases of this run's own, by purpose; gone afterwards."""
    try:
        with postgres_server(durable=True) as server:
            _refuse_forgetful(server)
            with psycopg.connect(server, autocommit=True) as admin:
                made = {name: f"firegrid_bench_{name}_{secrets.token_hex(3)}" for name in purposes}
                for name in made.values():
                    admin.execute(f"create database {name}".encode())
                try:
                    yield {
                        purpose: f"{server.rsplit('/', 1)[0]}/{name}"
                        for purpose, name in made.items()
                    }
                finally:
                    for name in made.values():
                        admin.execute(f"drop database if exists {name} with (force)".encode())
    except Missing as missing:
        raise CannotMeasure(str(missing)) from None


def _refuse_forgetful(server: str) -> None:
    with psycopg.connect(server) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            row = connection.execute(f"show {setting}".encode()).fetchone()
            if row is None or row[0] not in ("on", "local", "remote_apply", "remote_write"):
                raise CannotMeasure(f"this PostgreSQL runs with {setting} off: nothing is durable")


def alchemy_url(url: str) -> str:
    """The address for SQLAlchemy, with the driver we install."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def looking(url: str) -> Iterator[sa.Connection]:
    """A connection of our own, past the server that was measured."""
    engine = sa.create_engine(alchemy_url(url))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def ids(connection: sa.Connection, table: str, column: str) -> list[str]:
    """Every id of a table, as often as it is there; SQLite keeps UUIDs without their hyphens."""
    rows = connection.execute(sa.text(f"select {column} from {table}"))
    return [str(UUID(str(row[0]))) for row in rows]


def wait_until_alone(url: str) -> None:
    """Until PostgreSQL has noticed that a killed server's connections are gone."""
    if not url.startswith("postgresql"):
        return
    query = sa.text(
        "select count(*) from pg_stat_activity where datname = current_database()"
        " and pid <> pg_backend_pid() and backend_type = 'client backend'"
    )
    with looking(url) as connection:
        for _ in range(100):
            if connection.execute(query).scalar_one() == 0:
                return
            connection.execute(sa.text("select pg_sleep(0.1)"))
            connection.rollback()
    say("PostgreSQL still has connections of the killed server")
