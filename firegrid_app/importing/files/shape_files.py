"""Shapefiles, zipped: shapes and their table, in the encodings and systems offices use."""

import codecs
import io
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import Any

import shapefile

from firegrid_app.importing.files.archives import members_of
from firegrid_app.importing.files.features import table_of
from firegrid_app.importing.rules.columns import COLUMNS, FileKind, plain
from firegrid_app.importing.rules.problems import Bad, BadFile, Notice, Reason, Warned
from firegrid_app.importing.rules.projections import Unproject, unprojection
from firegrid_app.importing.rules.rows import Table

_PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
_ENCODINGS = ("utf-8", "gb18030")
_NAME_BYTES = 10
"""A column's name in such a table is cut after so many bytes."""


def read_shapefile(
    kind: FileKind, data: bytes, seen: Callable[[int], None], most: int | None
) -> Table:
    """Read the one shapefile in an archive. Raises `BadFile`."""
    parts = _parts(members_of(data, _PARTS, most))
    unproject = _system(parts.get(".prj"))
    shp, dbf = io.BytesIO(parts[".shp"]), io.BytesIO(parts[".dbf"])
    try:
        # pyshp warns about what it mends: what comes of it is checked row by row.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with shapefile.Reader(shp=shp, dbf=dbf, encoding="latin-1") as reader:
                found = list(_features(reader, unproject))
    except BadFile:
        raise
    except Exception as error:  # pyshp raises whatever its bytes make it stumble over
        raise BadFile(Reason.DAMAGED_SHAPEFILE) from error
    encoding = _decode(found, parts.get(".cpg", b""))
    table = table_of(kind, found, seen, partial(_whole_word, kind))
    if ".prj" not in parts:
        table.warnings.append(Warned(Notice.NO_PRJ))
    if encoding != "utf-8":
        table.warnings.append(Warned(Notice.READ_AS_GB18030))
    return table


def _parts(members: dict[str, bytes]) -> dict[str, bytes]:
    stems: dict[str, dict[str, bytes]] = {}
    for name, data in members.items():
        path = PurePosixPath(name)
        stems.setdefault(str(path.with_suffix("")).lower(), {})[path.suffix.lower()] = data
    whole = [one for one in stems.values() if ".shp" in one]
    if not whole:
        raise BadFile(Reason.NO_SHAPEFILE)
    if len(whole) > 1:
        raise BadFile(Reason.SEVERAL_SHAPEFILES, count=len(whole))
    if ".dbf" not in whole[0]:
        raise BadFile(Reason.SHAPEFILE_WITHOUT_TABLE)
    return whole[0]


def _system(prj: bytes | None) -> Unproject | None:
    if prj is None:
        return None
    try:
        return unprojection(prj.decode("utf-8", "replace"))
    except Bad as bad:
        raise BadFile(bad.reason, **bad.details) from None
    except ValueError:
        raise BadFile(Reason.OTHER_CRS, crs=prj[:40].decode("latin-1")) from None


def _features(reader: Any, unproject: Unproject | None) -> Iterator[dict[str, Any]]:
    names = [field[0] for field in reader.fields[1:]]
    for one in reader.iterShapeRecords():
        properties = dict(zip(names, one.record, strict=True))
        geometry = None
        if one.shape.shapeType != shapefile.NULL:
            geometry = dict(one.shape.__geo_interface__)
            geometry["coordinates"] = _plain(geometry.get("coordinates"), unproject)
        yield {"type": "Feature", "properties": properties, "geometry": geometry}


def _plain(coordinates: Any, unproject: Unproject | None) -> Any:
    """Tuples as lists, as in GeoJSON, and metres as degrees."""
    if not isinstance(coordinates, list | tuple):
        return coordinates
    if len(coordinates) >= 2 and all(isinstance(one, int | float) for one in coordinates):
        x, y = coordinates[0], coordinates[1]
        return list(unproject(x, y)) if unproject else [x, y]
    return [_plain(one, unproject) for one in coordinates]


def _decode(features: list[dict[str, Any]], cpg: bytes) -> str:
    """The names and texts, read byte by byte so far, in the encoding that fits all of them."""
    named = cpg.decode("ascii", "ignore").strip().lower()
    is_gb = named in ("gbk", "gb2312", "gb18030", "936", "cp936", "ansi 936", "chinese")
    order = _ENCODINGS[::-1] if is_gb else _ENCODINGS
    for encoding in order:
        try:
            decoded = [
                {_text(key, encoding): _text(value, encoding) for key, value in one.items()}
                for one in (feature["properties"] for feature in features)
            ]
        except UnicodeDecodeError:
            continue
        for feature, properties in zip(features, decoded, strict=True):
            feature["properties"] = properties
        return encoding
    raise BadFile(Reason.WRONG_ENCODING, line=1, encoding="UTF-8, GB18030")


def _text(value: Any, encoding: str) -> Any:
    if not isinstance(value, str):
        return value
    # A field is cut after so many bytes, perhaps in the middle of a sign: that rest is left out.
    return codecs.getincrementaldecoder(encoding)().decode(value.encode("latin-1")).strip("\0 ")


@lru_cache
def _cut(kind: FileKind) -> dict[str, str]:
    """Our headings by what is left of them after ten bytes, where that is one column's alone."""
    found: dict[str, set[str]] = {}
    for column in COLUMNS[kind]:
        for word in (column.name, *column.aliases):
            for encoding in _ENCODINGS:
                cut = codecs.getincrementaldecoder(encoding)().decode(
                    word.encode(encoding)[:_NAME_BYTES]
                )
                if cut != word:
                    found.setdefault(plain(cut), set()).add(column.name)
    return {cut: names.pop() for cut, names in found.items() if len(names) == 1}


def _whole_word(kind: FileKind, word: str) -> str:
    return _cut(kind).get(plain(word), word)
