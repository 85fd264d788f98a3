"""Features (a shape and named values each) to a table, whatever file they came in."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from firegrid_app.importing.files.tables import MAX_ROWS
from firegrid_app.importing.rules.columns import FileKind, Header, match_header
from firegrid_app.importing.rules.problems import (
    BadFile,
    Cell,
    Notice,
    Problem,
    Reason,
    Spoilt,
    Warned,
)
from firegrid_app.importing.rules.rows import Row, Table

EXACT_INTEGER = 10**15
"""A floating-point number keeps fifteen digits, a whole number in JSON all of them."""


def table_of(
    kind: FileKind,
    features: Sequence[Any],
    seen: Callable[[int], None],
    heading: Callable[[str], str] = lambda word: word,
) -> Table:
    """The features as rows; a row's number is the feature's place in the file, from 1.

    `heading` says what a file's own, perhaps cut, word stands for. Raises `BadFile`.
    """
    if not features:
        raise BadFile(Reason.NO_ROWS)
    if len(features) > MAX_ROWS:
        raise BadFile(Reason.TOO_MANY_ROWS, limit=MAX_ROWS)
    words: dict[str, None] = {}
    for feature in features:
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
            words.update(dict.fromkeys(feature["properties"]))
    header = match_header(kind, [heading(word) for word in words])
    table = Table(header)
    ours = dict(zip(words, header.names, strict=True))
    _check_header(kind, table)
    for number, feature in enumerate(features, start=1):
        _add(table, ours, number, feature)
        if number % 500 == 0:
            seen(number)
    seen(len(features))
    return table


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        return Spoilt(json.dumps(value, ensure_ascii=False)[:80], Reason.NOT_TEXT)
    if isinstance(value, float) and abs(value) >= EXACT_INTEGER:
        return Spoilt(str(value), Reason.ROUNDED_NUMBER)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _check_header(kind: FileKind, table: Table) -> None:
    header: Header = table.header
    for column in header.missing(kind):
        details = {
            "names": "、".join((column.name, *column.aliases)),
            "found": "、".join(header.written)[:300],
        }
        table.problems.append(Problem(Reason.MISSING_COLUMN, None, column.name, "", details))
    for first, second in header.doubled():
        table.problems.append(Problem(Reason.DOUBLE_COLUMN, None, second, "", {"other": first}))
    if header.unknown:
        names = {"names": "、".join(word[:40] for word in header.unknown)}
        table.warnings.append(Warned(Notice.UNKNOWN_COLUMN, names))


def _add(table: Table, ours: Mapping[str, str | None], number: int, feature: Any) -> None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or feature.get("type") != "Feature":
        table.problems.append(Problem(Reason.NOT_A_FEATURE, number))
        return
    cells = {
        name: _cell(value) for word, value in properties.items() if (name := ours[word]) is not None
    }
    table.rows.append(
        Row(number, cells, feature.get("geometry"), has_geometry="geometry" in feature)
    )
