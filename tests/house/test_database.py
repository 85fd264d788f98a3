"""The database: aware times, real transactions, foreign keys, names for every constraint."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry, Person, Post
from firegrid_app.database import engine, make_engine, reading, transaction
from firegrid_app.tables import metadata
from tests.cast import MONDAY_MORNING


def person(phone="13800001111", **changes):
    return Person(phone=phone, name="某人", created_at=MONDAY_MORNING, **changes)


def people():
    with reading() as session:
        return len(session.exec(select(Person)).all())


def test_a_moment_comes_back_aware_in_utc_whatever_zone_it_was_given_in(database):
    given = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with transaction() as session:
        session.add(AuditEntry(at=given, action="x"))
    with reading() as session:
        kept = session.exec(select(AuditEntry.at)).one()
    assert kept == given
    assert kept.tzinfo is UTC
    assert kept.isoformat() == "2026-11-23T02:00:00.123456+00:00"


def test_moments_are_compared_as_moments(database):
    shanghai = timezone(timedelta(hours=8))
    with transaction() as session:
        session.add(AuditEntry(at=datetime(2026, 11, 23, 1, 30, tzinfo=UTC), action="x"))
    later = datetime(2026, 11, 23, 9, 0, tzinfo=shanghai)
    with reading() as session:
        assert len(session.exec(select(AuditEntry).where(AuditEntry.at > later)).all()) == 1


def test_a_naive_moment_is_a_programming_error(database):
    with (
        pytest.raises(sa.exc.StatementError, match="naive"),
        transaction() as session,
    ):
        session.add(AuditEntry(at=datetime(2026, 11, 23, 10), action="x"))  # noqa: DTZ001


def test_a_transaction_commits_when_its_block_ends(database):
    with transaction() as session:
        session.add(person())
    assert people() == 1


def test_a_transaction_that_raises_leaves_nothing(database):
    def fails_late():
        with transaction() as session:
            session.add(person())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_late()
    assert people() == 0


def test_reading_keeps_nothing(database):
    with reading() as session:
        session.add(person())
        session.flush()
    assert people() == 0


def test_a_row_pointing_nowhere_is_refused(database):
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.add(Post(person_id=99, grid_id=99, role="grid_head", starts_on=date(2026, 1, 1)))


def test_an_error_of_the_database_names_no_values_of_people(database):
    with transaction() as session:
        session.add(person())
    with pytest.raises(sa.exc.IntegrityError) as caught, transaction() as session:
        session.add(person(password_hash="kept-secret"))
    assert "kept-secret" not in str(caught.value)


def test_whoever_reads_waits_for_no_writer(database):
    with transaction() as writing:
        writing.add(person())
        writing.flush()
        assert people() == 0
    assert people() == 1


def test_two_who_read_then_write_wait_for_each_other_instead_of_failing(database):
    """On SQLite a reader that turns writer would fail with "database is locked"."""
    together, failed = threading.Barrier(4), []

    def one(number):
        try:
            together.wait(10)
            for step in range(5):
                with transaction() as session:
                    session.exec(select(Person)).all()
                    session.add(person(f"1380000{number}{step:03}"))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert people() == 20


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_is_durable_and_strict(database):
    with engine().connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_paths_are_compared_byte_by_byte_so_that_a_subtree_is_an_index_range(database):
    query = sa.text(
        "select collation_name from information_schema.columns"
        " where table_schema = 'public' and table_name = 'grid' and column_name = 'path'"
    )
    with engine().connect() as connection:
        assert connection.execute(query).scalar_one() == "C"


def test_a_folder_that_is_missing_is_made(tmp_path):
    made = make_engine(f"sqlite:///{tmp_path}/new/deep/firegrid.db")
    with made.connect() as connection:
        assert connection.exec_driver_sql("select 1").scalar_one() == 1
    made.dispose()
    assert (tmp_path / "new/deep").is_dir()


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_constraint_and_index_has_a_name(table):
    for constraint in table.constraints:
        assert constraint.name, constraint
        assert str(constraint.name).startswith(("pk_", "fk_", "uq_", "ck_"))
    for index in table.indexes:
        assert str(index.name).startswith("ix_")


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_moment_is_aware_and_every_text_has_an_end(table):
    for column in table.columns:
        kind = column.type
        if isinstance(kind, sa.types.TypeDecorator):
            kind = kind.impl
        if isinstance(kind, sa.DateTime):
            assert kind.timezone, column
            assert column.name.endswith(("_at", "_until")) or column.name == "at"
        elif isinstance(kind, sa.String) and not isinstance(kind, sa.Enum):
            assert kind.length, column
