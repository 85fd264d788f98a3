"""What every test stands on: a clean database, a stopped clock, the cast, a door to the API.

Database tests run on SQLite and on PostgreSQL (`FIREGRID_TEST_POSTGRES_URL`, else a server on
127.0.0.1 that lets us in). Without a server they are skipped aloud; in CI (`CI` set) they fail.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
import structlog
from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session
from starlette.testclient import TestClient

from firegrid_app import clock as app_clock
from firegrid_app import database as app_database
from firegrid_app.access import passwords
from firegrid_app.access.session import COOKIE
from firegrid_app.api import front, make_api, short_way
from firegrid_app.photos import store as photo_store
from firegrid_app.settings import settings
from tests.cast import MONDAY_MORNING, Cast
from tests.houses import LASTING, PostgresHouse, SqliteHouse, postgres_server

DATABASES = ("sqlite", "postgresql")

# A loaded machine may take long over an example; in CI the examples are the same every time.
hypothesis.settings.register_profile(
    "ours",
    hypothesis.settings.get_profile("ci" if os.environ.get("CI") else "default"),
    deadline=None,
)
hypothesis.settings.load_profile("ours")

# Nothing is printed: structlog's own way of showing a traceback takes seconds. A test that is
# about a log line looks with `structlog.testing.capture_logs`.
structlog.configure(processors=[], logger_factory=structlog.ReturnLoggerFactory())


class Clock:
    """The app's clock, standing still until a test moves it."""

    def __init__(self) -> None:
        self.moment = MONDAY_MORNING

    def now(self) -> datetime:
        """What `firegrid_app.clock.now` says."""
        return self.moment

    def forward(self, **span: float) -> datetime:
        """Let time pass: `clock.forward(minutes=5)`."""
        self.moment += timedelta(**span)
        return self.moment


def forget() -> None:
    """Let go of the engine, the settings and the photo store: the next one asked for is new."""
    if app_database.engine.cache_info().currsize and app_database.engine() not in LASTING:
        app_database.engine().dispose()
    app_database.engine.cache_clear()
    settings.cache_clear()
    photo_store.store.cache_clear()


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No setting of the developer's shell reaches a test, and no test's reaches the next."""
    for name in list(os.environ):
        if name.startswith("FIREGRID_") and not name.startswith("FIREGRID_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("FIREGRID_DATA_DIR", str(tmp_path))
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A Monday in November, ten in the morning on the street."""
    stopped = Clock()
    monkeypatch.setattr(app_clock, "now", stopped.now)
    return stopped


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with the least work it takes: a real one costs a tenth of a second a log-in."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr(passwords, "_hasher", lambda: quick)
    passwords._nobody.cache_clear()


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteHouse:
    return SqliteHouse(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def fresh_postgres() -> Iterator[Callable[[str], str]]:
    """Makes an empty PostgreSQL database of this test process; its address comes back."""
    server: list[sa.Engine] = []
    made: list[str] = []

    def make(purpose: str) -> str:
        url = postgres_server()
        if not server:
            server.append(sa.create_engine(url, isolation_level="AUTOCOMMIT"))
        name = f"firegrid_test_{purpose}_{os.getpid()}"
        with server[0].connect() as connection:
            connection.exec_driver_sql(f"drop database if exists {name} with (force)")
            connection.exec_driver_sql(f"create database {name}")
        made.append(name)
        return url.set(database=name).render_as_string(hide_password=False)

    yield make
    for engine in server:
        with engine.connect() as connection:
            for name in made:
                connection.exec_driver_sql(f"drop database if exists {name} with (force)")
        engine.dispose()


@pytest.fixture(scope="session")
def _postgres(fresh_postgres: Callable[[str], str]) -> Iterator[PostgresHouse]:
    house = PostgresHouse(fresh_postgres)
    yield house
    house.close()


@pytest.fixture(params=DATABASES)
def database(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    _own_settings: None,
    _sqlite: SqliteHouse,
    _postgres: PostgresHouse,
) -> str:
    """An empty database with all tables that the app's `engine()` speaks to; yields its kind."""
    kind: str = request.param
    if kind == "sqlite":
        shutil.copyfile(_sqlite.empty, tmp_path / "firegrid.db")
        return kind
    monkeypatch.setenv("FIREGRID_DATABASE_URL", _postgres.empty())
    settings.cache_clear()
    # Its connections outlive a test: making new ones would cost more than most tests do.
    monkeypatch.setattr(app_database, "make_engine", lambda url: _postgres.engine)
    return kind


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """A session on the test's database; nothing is committed unless the test does.

    Looking alone takes no lock; to see what others wrote after a first look, `rollback()` first.
    """
    with Session(app_database.engine().execution_options(writes=False)) as opened:
        yield opened


@pytest.fixture
def cast(database: str, tmp_path: Path, _sqlite: SqliteHouse, _postgres: PostgresHouse) -> Cast:
    """The small county with everybody in it, committed. Ask for it before opening a session."""
    if database == "sqlite":
        return _sqlite.bring_cast(tmp_path / "firegrid.db")
    return _postgres.bring_cast()


@pytest.fixture(scope="session")
def _api() -> FastAPI:
    return make_api()


@pytest.fixture
def make_client(_api: FastAPI) -> Callable[[str | None], TestClient]:
    """A client with its own cookies; with a token it is logged in."""

    def make(token: str | None = None) -> TestClient:
        # Errors come back as the answers a phone would get, not as exceptions of the test.
        client = TestClient(short_way(front(_api)), raise_server_exceptions=False)
        if token is not None:
            client.cookies.set(COOKIE, token)
        return client

    return make


@pytest.fixture
def client(database: str, make_client: Callable[[str | None], TestClient]) -> TestClient:
    """Somebody who is not logged in."""
    return make_client(None)


@pytest.fixture
def door(
    cast: Cast, make_client: Callable[[str | None], TestClient]
) -> Callable[[str], TestClient]:
    """`door("member_a")`: the API as that member of the cast, logged in."""
    return lambda name: make_client(cast.tokens[name])
