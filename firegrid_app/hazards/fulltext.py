"""The index behind the search of hazards: trigrams, FTS5 on SQLite and pg_trgm on PostgreSQL.

The index only makes it quick. What is found is said by the text itself, the same on both, also
where the index is missing. A migration makes the same statements on databases that are there.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy import event
from sqlmodel import Session, col

from firegrid_app.hazards.rules.search import INDEXED_FROM
from firegrid_app.hazards.tables import HazardText

log = structlog.get_logger()

_SQLITE = (
    "create virtual table if not exists hazard_fts using fts5("
    "text, content='hazard_text', content_rowid='id', tokenize='trigram case_sensitive 1')",
    "create trigger if not exists hazard_text_new after insert on hazard_text begin"
    " insert into hazard_fts(rowid, text) values (new.id, new.text); end",
    "create trigger if not exists hazard_text_gone after delete on hazard_text begin"
    " insert into hazard_fts(hazard_fts, rowid, text) values ('delete', old.id, old.text); end",
    "create trigger if not exists hazard_text_other after update of text on hazard_text begin"
    " insert into hazard_fts(hazard_fts, rowid, text) values ('delete', old.id, old.text);"
    " insert into hazard_fts(rowid, text) values (new.id, new.text); end",
    # What was written while there was no index.
    "insert into hazard_fts(hazard_fts) values ('rebuild')",
)
_POSTGRESQL = (
    "create extension if not exists pg_trgm",
    "create index if not exists ix_hazard_text_trigrams on hazard_text"
    " using gin (text gin_trgm_ops)",
)
_HINT = "once pg_trgm, or SQLite 3.34 with FTS5, is there: firegrid index"


def make_index(connection: sa.Connection) -> bool:
    """Make the index if this database can. Without it everything is found all the same, slower."""
    statements = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    try:
        with connection.begin_nested():
            for statement in statements:
                connection.exec_driver_sql(statement)
    except sa.exc.DBAPIError as error:
        log.warning("search_without_index", why=str(error.orig), hint=_HINT)
        return False
    return True


@event.listens_for(HazardText.__table__, "after_create")  # type: ignore[attr-defined]
def _with_the_table(_: Any, connection: sa.Connection, **__: Any) -> None:
    make_index(connection)


def has_fts(session: Session) -> bool:
    """Is this SQLite with the index? Asked of the database: it may have been made by another."""
    if session.get_bind().dialect.name != "sqlite":
        return False
    found = session.connection().exec_driver_sql(
        "select 1 from sqlite_master where type = 'table' and name = 'hazard_fts'"
    )
    return found.first() is not None


def saying(words: Sequence[str], *, fts: bool) -> sa.Select[Any]:
    """Ids of hazards whose text has each of these folded words. `fts`: SQLite's index is there."""
    found = sa.select(col(HazardText.hazard_id)).where(
        *(col(HazardText.text).contains(word, autoescape=True) for word in words)
    )
    indexed = [word for word in words if len(word) >= INDEXED_FROM]
    if not fts or not indexed:
        return found
    phrase = " AND ".join('"' + word.replace('"', '""') + '"' for word in indexed)
    rows = sa.text("select rowid from hazard_fts where hazard_fts match :phrase").bindparams(
        sa.bindparam("phrase", phrase, unique=True)
    )
    return found.where(col(HazardText.id).in_(rows.columns(sa.column("rowid", sa.Integer))))
