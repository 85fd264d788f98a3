"""GeoJSON: a collection of features, one a grid, with properties named like columns."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from firegrid_app.importing.files.encoding import decode
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
_WGS84 = ("CRS84", "4326", "4490")
"""Names of WGS-84 in a `crs` member; CGCS2000 (4490) differs from it by centimetres."""


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


def _parse(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(Reason.BROKEN_JSON, line=error.lineno, at=error.colno) from error
    except (RecursionError, ValueError) as error:
        raise BadFile(Reason.BROKEN_JSON, line=1, at=1) from error
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise BadFile(Reason.NOT_GEOJSON)
    if not isinstance(found.get("features"), list):
        raise BadFile(Reason.NOT_GEOJSON)
    crs = json.dumps(found.get("crs"))
    if found.get("crs") is not None and not any(name in crs for name in _WGS84):
        raise BadFile(Reason.OTHER_CRS, crs=crs[:80])
    if not found["features"]:
        raise BadFile(Reason.NO_ROWS)
    if len(found["features"]) > MAX_ROWS:
        raise BadFile(Reason.TOO_MANY_ROWS, limit=MAX_ROWS)
    return found


def read_geojson(data: bytes, seen: Callable[[int], None]) -> Table:
    """Read the features; a row's number is the feature's place in the file, from 1."""
    text, encoding = decode(data)
    features = _parse(text)["features"]
    words: dict[str, None] = {}
    for feature in features:
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
            words.update(dict.fromkeys(feature["properties"]))
    header = match_header(FileKind.GRIDS, list(words))
    table = Table(header)
    ours = dict(zip(words, header.names, strict=True))
    _check_header(table)
    for number, feature in enumerate(features, start=1):
        _add(table, ours, number, feature)
        if number % 500 == 0:
            seen(number)
    seen(len(features))
    if encoding == "gb18030":
        table.warnings.append(Warned(Notice.READ_AS_GB18030))
    return table


def _check_header(table: Table) -> None:
    header: Header = table.header
    for column in header.missing(FileKind.GRIDS):
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
