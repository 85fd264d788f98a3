"""GeoJSON: a collection of features, one a row, with properties named like columns."""

import json
from collections.abc import Callable
from typing import Any

from firegrid_app.importing.files.encoding import decode
from firegrid_app.importing.files.features import table_of
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.problems import BadFile, Notice, Reason, Warned
from firegrid_app.importing.rules.rows import Table

_WGS84 = ("CRS84", "4326", "4490")
"""Names of WGS-84 in a `crs` member; CGCS2000 (4490) differs from it by centimetres."""


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
    return found


def read_geojson(kind: FileKind, data: bytes, seen: Callable[[int], None]) -> Table:
    """Read the features. Raises `BadFile`."""
    text, encoding = decode(data)
    table = table_of(kind, _parse(text)["features"], seen)
    if encoding == "gb18030":
        table.warnings.append(Warned(Notice.READ_AS_GB18030))
    return table
