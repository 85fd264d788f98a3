"""Migrations: from nothing to the newest revision, nothing left to migrate, and back to nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from firegrid_app.database import make_engine
from firegrid_app.tables import is_ours, metadata

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request, tmp_path, fresh_postgres: Callable[[str], str]):
    """An empty database."""
    sqlite = f"sqlite:///{tmp_path / 'migrated.db'}"
    engine = make_engine(fresh_postgres("alembic") if request.param == "postgresql" else sqlite)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def config(connection):
    made = Config(ROOT / "alembic.ini")
    made.attributes["connection"] = connection
    return made


def tables(connection):
    found = sa.inspect(connection).get_table_names()
    connection.rollback()
    return {name for name in found if is_ours(name, "table")}


def test_up_check_down_and_up_again(connection, config):
    wanted = {table.name for table in metadata.sorted_tables}
    command.upgrade(config, "head")
    assert tables(connection) == wanted | {"alembic_version"}
    command.check(config)
    command.downgrade(config, "base")
    assert tables(connection) <= {"alembic_version"}
    command.upgrade(config, "head")
    assert tables(connection) >= wanted


def test_a_missing_column_is_noticed(connection, config):
    command.upgrade(config, "head")
    connection.rollback()
    connection.exec_driver_sql("alter table audit_entry drop column subject")
    connection.commit()
    opts = {"compare_type": True, "include_name": is_ours}
    context = MigrationContext.configure(connection, opts=opts)
    found = [change[0] for change in compare_metadata(context, metadata)]
    connection.rollback()
    assert found == ["add_column"]


def shape(connection):
    """What the database says of itself, as far as both ways of making it must agree."""
    inspector = sa.inspect(connection)
    found = {}
    for table in metadata.sorted_tables:
        name = table.name
        found[name] = {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"])
                for column in inspector.get_columns(name)
            },
            "unique": {one["name"] for one in inspector.get_unique_constraints(name)},
            "foreign": {one["name"] for one in inspector.get_foreign_keys(name)},
            "checks": {one["name"] for one in inspector.get_check_constraints(name)},
            "indexes": {one["name"] for one in inspector.get_indexes(name)},
            "key": inspector.get_pk_constraint(name)["name"],
        }
    connection.rollback()
    return found


def test_migrated_and_made_anew_are_the_same(connection, config):
    command.upgrade(config, "head")
    migrated = shape(connection)
    command.downgrade(config, "base")
    connection.rollback()
    metadata.create_all(connection)
    connection.commit()
    assert migrated == shape(connection)


def test_there_is_one_line_of_revisions():
    assert len(ScriptDirectory.from_config(Config(ROOT / "alembic.ini")).get_heads()) == 1


def test_revisions_never_import_the_app():
    """A migration must do tomorrow what it does today."""
    for file in (ROOT / "alembic/versions").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "firegrid_app" not in text, file.name
        assert "sqlmodel" not in text, file.name


BEFORE_FACTS = "52c3c7975020"
"""The revision before steps of a trail carried facts."""


def fill(connection):
    """One hazard with two steps, reported by one person of one grid, as that revision kept it."""
    at = (
        "2026-11-22 02:00:00+00:00"
        if connection.dialect.name == "postgresql"
        else ("2026-11-22 02:00:00.000000")
    )
    one = "00000000000000000000000000000001"
    for statement in (
        "insert into person (id, phone, name, pilot, created_at) values"
        f" (1, '13800000001', '某人', false, '{at}')",
        "insert into grid (id, code, name, level, path, kind, supervision_phone, valid_from) values"
        " (1, '1', '一', 3, '1/', '', '', '2026-01-01')",
        "insert into hazard (id, grid_id, person_id, happened_at, received_at, position_source,"
        " category, severity, words, where_words, urgent, status, owner_id, due_on) values"
        f" ('{one}', 1, 1, '{at}', '{at}', 'none', 'other', 'minor', '', '', false,"
        " 'corrected', 1, '2026-11-22')",
        *(
            "insert into hazard_event (hazard_id, number, step, person_id, at, note, hash) values"
            f" ('{one}', {number}, '{step}', 1, '{at}', '', 'x')"
            for number, step in ((1, "reported"), (2, "corrected"))
        ),
    ):
        connection.exec_driver_sql(statement)
    connection.commit()


def test_hazards_in_the_field_come_along_and_their_trail_can_no_longer_be_touched(
    connection, config
):
    """Tables with rows pointing to them are made anew on SQLite: nothing may get lost there."""
    command.upgrade(config, BEFORE_FACTS)
    connection.rollback()
    fill(connection)
    command.upgrade(config, "head")
    connection.rollback()
    (row,) = connection.exec_driver_sql("select steps, corrected_by_id from hazard").fetchall()
    assert tuple(row) == (2, 1)
    for statement in ("update hazard_event set note = 'x'", "delete from hazard_event"):
        with pytest.raises(sa.exc.DatabaseError, match="never changed"):
            connection.exec_driver_sql(statement)
        connection.rollback()
    connection.exec_driver_sql(
        "insert into hazard_event (hazard_id, number, step, person_id, at, note, facts, hash)"
        " select hazard_id, 3, step, null, at, note, '', hash from hazard_event where number = 2"
    )
    connection.commit()
    if connection.dialect.name == "sqlite":
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        connection.rollback()


def test_the_way_back_with_rows_in_it(connection, config):
    command.upgrade(config, BEFORE_FACTS)
    connection.rollback()
    fill(connection)
    command.upgrade(config, "head")
    command.downgrade(config, BEFORE_FACTS)
    connection.rollback()
    assert connection.exec_driver_sql("select count(*) from hazard_event").scalar() == 2
    connection.rollback()


BEFORE_CHECKS = "16bee71c740e"
"""The revision before equipment could be looked at by phone."""


def test_tests_of_equipment_come_along_both_ways(connection, config):
    """Each was a row of its own kind; now it is a look that was a test."""
    command.upgrade(config, BEFORE_FACTS)
    connection.rollback()
    fill(connection)
    command.upgrade(config, BEFORE_CHECKS)
    connection.rollback()
    for statement in (
        "insert into equipment (id, code, kind, name, grid_id, where_words, amount, keeper,"
        " keeper_phone, every_months) values (1, 'H.1', 'hydrant', '消火栓', 1, '', 1, '', '', 6)",
        *(
            "insert into equipment_test (id, equipment_id, tested_on, fine, note, noted_by_id,"
            f" noted_at) values ({number}, 1, '2026-0{number}-01', {fine}, '{note}', 1,"
            f" '2026-0{number}-01 02:00:00.000000')"
            for number, fine, note in ((1, "true", ""), (2, "false", "漏水"))
        ),
    ):
        connection.exec_driver_sql(statement)
    connection.commit()
    command.upgrade(config, "head")
    connection.rollback()
    checks = (
        "select grid_id, person_id, tested, found, note from equipment_check order by checked_on"
    )
    found = [(*map(int, row[:3]), *row[3:]) for row in connection.exec_driver_sql(checks)]
    assert found == [(1, 1, 1, "fine", ""), (1, 1, 1, "faulty", "漏水")]
    connection.rollback()
    command.downgrade(config, BEFORE_CHECKS)
    connection.rollback()
    tests = "select equipment_id, fine, note from equipment_test order by tested_on"
    found = [(row[0], bool(row[1]), row[2]) for row in connection.exec_driver_sql(tests)]
    assert found == [(1, True, ""), (1, False, "漏水")]
    connection.rollback()
