"""Alembic against our own tables and the address in force; batch mode for SQLite."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString

from firegrid_app.database import UtcDateTime, engine
from firegrid_app.tables import metadata


def plain_types(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write SQLAlchemy's own types into revisions, so that they never import the app."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Run the migrations on this connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=plain_types,
        # A broken revision leaves the ones before it in place.
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with engine().connect() as opened:
        run(opened)
        opened.commit()
