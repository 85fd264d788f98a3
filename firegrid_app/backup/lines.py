"""A database as lines of JSON that any of our databases can read back.

The first line says which revision wrote them; then comes table after table, those that are pointed
to before those that point, each a line with its columns and a line a row; the last line counts the
rows, so that a file that was cut off is known.
"""

import base64
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from firegrid_app.database import MANY, UtcDateTime
from firegrid_app.tables import metadata


class Broken(Exception):
    """The lines are cut off, or none of ours."""


def written(connection: sa.Connection, revision: str, made_at: datetime) -> Iterator[bytes]:
    """Every row of every table, as it is at one moment: `connection` must see one snapshot."""
    yield _line({"firegrid": 1, "revision": revision, "made_at": made_at})
    rows = 0
    for table in metadata.sorted_tables:
        yield _line({"table": table.name, "columns": [column.name for column in table.columns]})
        found = connection.execution_options(yield_per=MANY).execute(
            sa.select(*map(_as_kept, table.columns)).order_by(*table.primary_key.columns)
        )
        for row in found:
            yield _line(list(row))
            rows += 1
    yield _line({"rows": rows})


def _as_kept(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    # The text itself: only so JSON's own null and a missing value stay two things.
    is_json = isinstance(column.type, sa.JSON)
    return sa.cast(column, sa.Text).label(column.name) if is_json else column


def _line(value: Any) -> bytes:
    return orjson.dumps(value, default=_bytes_as_text, option=orjson.OPT_APPEND_NEWLINE)


def _bytes_as_text(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value).__name__)


def revision_of(lines: Iterator[bytes]) -> str:
    """Reads the first line. Raises `Broken`."""
    match next(_values(lines), None):
        case {"firegrid": 1, "revision": str(revision)}:
            return revision
    raise Broken


def read_into(connection: sa.Connection, lines: Iterator[bytes]) -> int:
    """Put all that follows the first line into the empty tables of that revision; how many rows.

    Raises `Broken` when the last line is missing or counts others. Nothing is committed here.
    """
    rows, table = 0, None
    with _pointing_later(connection), _telling_broken():
        for value in _values(lines):
            match value:
                case list() if table:
                    table.add(value)
                    rows += 1
                case {"table": str(name), "columns": list(columns)}:
                    if table:
                        table.flush()
                    table = _Filling(connection, name, columns)
                case {"rows": int(count)} if count == rows:
                    if table:
                        table.flush()
                    _count_on(connection)
                    return rows
                case _:
                    raise Broken
    raise Broken


def _values(lines: Iterator[bytes]) -> Iterator[Any]:
    try:
        for line in lines:
            yield orjson.loads(line)
    except (EOFError, OSError, zlib.error, orjson.JSONDecodeError) as error:
        raise Broken from error


class _Filling:
    """Rows on their way into one table."""

    def __init__(self, connection: sa.Connection, name: str, columns: list[str]) -> None:
        types = _types(connection, name, columns)
        self._connection = connection
        self._columns = columns
        self._readers = [_reader(kept) for kept in types]
        there = map(sa.column, columns, types)
        self._insert = sa.table(name, *there).insert()
        self._waiting: list[dict[str, Any]] = []

    def add(self, row: list[Any]) -> None:
        """Take one row; raises `Broken` when it is not as long as the list of columns."""
        if len(row) != len(self._columns):
            raise Broken
        values = (
            None if value is None else read(value)
            for value, read in zip(row, self._readers, strict=True)
        )
        self._waiting.append(dict(zip(self._columns, values, strict=True)))
        if len(self._waiting) >= MANY:
            self.flush()

    def flush(self) -> None:
        """Send what waits to the database."""
        if self._waiting:
            self._connection.execute(self._insert, self._waiting)
            self._waiting = []


def _types(
    connection: sa.Connection, name: str, columns: list[str]
) -> list[sa.types.TypeEngine[Any]]:
    """How each column keeps its values: as today, or if it is gone by now, as the database says."""
    today = metadata.tables.get(name)
    known = {column.name: column.type for column in today.columns} if today is not None else {}
    if not known.keys() >= set(columns):
        there = sa.Table(name, sa.MetaData(), autoload_with=connection)
        known = {column.name: column.type for column in there.columns} | known
    return [known[column] for column in columns]


def _reader(kept: sa.types.TypeEngine[Any]) -> Callable[[Any], Any]:
    """How a value of this type is read from JSON."""
    match kept:
        case UtcDateTime() | sa.DateTime():
            return datetime.fromisoformat
        case sa.Date():
            return date.fromisoformat
        case sa.Uuid():
            return UUID
        case sa.LargeBinary():
            return base64.b64decode
        case sa.JSON():
            return _json
    return lambda value: value


def _json(text: str) -> Any:
    found = orjson.loads(text)
    return sa.JSON.NULL if found is None else found


@contextmanager
def _telling_broken() -> Iterator[None]:
    """What no table takes was changed by somebody; a full disk or a lost server is neither."""
    try:
        yield
    except sa.exc.OperationalError:
        raise
    except (ValueError, TypeError, KeyError, sa.exc.NoSuchTableError, sa.exc.StatementError) as why:
        raise Broken from why


@contextmanager
def _pointing_later(connection: sa.Connection) -> Iterator[None]:
    """Rows of a table may point to others of the same table that come behind them."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
        return
    pointing = sa.inspect(connection).get_multi_foreign_keys()
    within = [
        (table, key["name"])
        for (_, table), keys in pointing.items()
        for key in keys
        if key["referred_table"] == table
    ]
    for table, key in within:
        connection.exec_driver_sql(
            f'alter table "{table}" alter constraint "{key}" deferrable initially deferred'
        )
    yield
    connection.exec_driver_sql("set constraints all immediate")
    for table, key in within:
        connection.exec_driver_sql(f'alter table "{table}" alter constraint "{key}" not deferrable')


def _count_on(connection: sa.Connection) -> None:
    """PostgreSQL numbers new rows by counters that know nothing of numbers given by us."""
    if connection.dialect.name != "postgresql":
        return
    for (_, table), columns in sa.inspect(connection).get_multi_columns().items():
        for column in columns:
            if column["autoincrement"]:
                counter = sa.func.pg_get_serial_sequence(f'"{table}"', column["name"])
                highest: sa.ColumnElement[int] = sa.func.max(sa.column(column["name"]))
                after = sa.func.setval(counter, sa.func.coalesce(highest, 0) + 1, False)
                connection.execute(sa.select(after).select_from(sa.table(table)))
