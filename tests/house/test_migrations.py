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
from firegrid_app.tables import metadata

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
    return set(found)


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
    context = MigrationContext.configure(connection, opts={"compare_type": True})
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
