"""Alembic against our own tables and the address in force; batch mode for SQLite."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString

from firegrid_app.database import UtcDateTime, engine
from firegrid_app.tables import is_ours, metadata


def plain_types(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write SQLAlchemy's own types into revisions, so that they never import the app."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def may_recreate(connection: Connection, yes: bool) -> None:
    """On SQLite a changed column means a new table and the old one dropped: with foreign keys on,
    every row that points to it would forbid that. The switch works between transactions only.
    """
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.driver_connection
        raw.execute(f"PRAGMA foreign_keys={'OFF' if yes else 'ON'}")


def run(connection: Connection) -> None:
    """Run the migrations on this connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=plain_types,
        include_name=is_ours,
        # A broken revision leaves the ones before it in place.
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def refuse_lost_rows(connection: Connection) -> None:
    """Stop, and keep nothing, if a migration left a row pointing nowhere on SQLite."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"rows point nowhere: {sorted({row[0] for row in lost})}")


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    may_recreate(given, True)
    run(given)
    refuse_lost_rows(given)
    given.commit()
    may_recreate(given, False)
else:
    with engine().connect() as opened:
        may_recreate(opened, True)
        try:
            run(opened)
            refuse_lost_rows(opened)
            opened.commit()
        finally:
            opened.rollback()
            may_recreate(opened, False)
