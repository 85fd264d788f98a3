"""From an empty database to the newest revision; production and the pilot do not meet."""

from collections.abc import Callable
from datetime import date
from typing import NoReturn

import pytest
import sqlalchemy as sa
from sqlmodel import select

from firegrid_app.access.tables import Person
from firegrid_app.database import engine, reading, transaction
from firegrid_app.duties.tables import CalendarDay
from firegrid_app.serving import ready_database
from firegrid_app.serving.words import Stop
from firegrid_app.settings import settings


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    fresh_postgres: Callable[[str], str],
) -> str:
    """A database without a single table."""
    if request.param == "postgresql":
        monkeypatch.setenv("FIREGRID_DATABASE_URL", fresh_postgres("running"))
        settings.cache_clear()
    return request.param


def production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIREGRID_MODE", "production")
    monkeypatch.setenv("FIREGRID_PUBLIC_URL", "https://firegrid.example.cn")
    settings.cache_clear()


def test_an_empty_database_is_migrated_once(empty: str) -> None:
    assert not ready_database.is_migrated()
    assert ready_database.migrate()
    assert ready_database.is_migrated()
    assert not ready_database.migrate()


def test_a_database_of_a_newer_version_is_refused(empty: str) -> None:
    ready_database.migrate()
    with engine().begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = 'from_the_future'"))
    with pytest.raises(Stop) as stopped:
        ready_database.migrate()
    assert stopped.value.code == "newer_database"


def test_a_database_out_of_reach_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FIREGRID_DATABASE_URL", "postgresql://a:secret-word@127.0.0.1:1/x")
    settings.cache_clear()
    with pytest.raises(Stop) as stopped:
        ready_database.migrate()
    assert stopped.value.code == "no_database"
    assert "secret-word" not in str(stopped.value)


def test_production_does_not_start_with_a_pilot_account(
    cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    production(monkeypatch)
    ready_database.refuse_pilot_in_production()
    with transaction() as session:
        session.get(Person, cast.people["member_a"]).pilot = True
    with pytest.raises(Stop, match="1 pilot account"):
        ready_database.refuse_pilot_in_production()


def test_a_pilot_starts_with_pilot_accounts(cast) -> None:
    with transaction() as session:
        session.get(Person, cast.people["member_a"]).pilot = True
    ready_database.refuse_pilot_in_production()


def test_pilot_data_is_not_added_to_people_s_own(cast) -> None:
    assert not ready_database.load_pilot_if_empty()
    with pytest.raises(Stop) as stopped:
        ready_database.load_pilot()
    assert stopped.value.code == "database_not_empty"


def test_production_loads_no_pilot(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    production(monkeypatch)
    assert not ready_database.load_pilot_if_empty()
    with pytest.raises(Stop) as stopped:
        ready_database.load_pilot()
    assert stopped.value.code == "pilot_not_in_production"


def test_the_shipped_calendar_is_there_after_migrating_and_again_when_days_are_lacking(
    empty: str,
) -> None:
    ready_database.migrate()
    with transaction() as session:
        kept = len(session.exec(select(CalendarDay)).all())
        session.delete(session.get(CalendarDay, date(2026, 10, 1)))
        session.get(CalendarDay, date(2026, 10, 2)).name = "改过"
    assert kept > 40
    assert not ready_database.migrate()
    with reading() as session:
        assert len(session.exec(select(CalendarDay)).all()) == kept
        assert session.get(CalendarDay, date(2026, 10, 2)).name == "改过"
    assert ready_database.load_calendar() == 0


def test_a_server_that_starts_takes_no_lock_where_calendar_and_duties_are_there(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_database.migrate()
    ready_database.make_duties()

    def locked() -> NoReturn:
        pytest.fail("asked to write")

    monkeypatch.setattr(ready_database, "transaction", locked)
    assert ready_database.load_calendar() == 0
    assert ready_database.make_duties() == 0
