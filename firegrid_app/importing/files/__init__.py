"""Reads the files as offices hand them over: CSV in their encodings, XLSX, and
outlines and roads as GeoJSON, zipped Shapefile, KML and KMZ."""

import codecs
from collections.abc import Callable
from pathlib import Path

from firegrid_app.importing.files.archives import members_of
from firegrid_app.importing.files.csv_files import read_csv
from firegrid_app.importing.files.geojson_files import read_geojson
from firegrid_app.importing.files.kml_files import read_kml, read_kmz
from firegrid_app.importing.files.shape_files import read_shapefile
from firegrid_app.importing.files.xlsx_files import read_xlsx
from firegrid_app.importing.rules.columns import OF_MAPS, FileKind
from firegrid_app.importing.rules.problems import BadFile, Reason
from firegrid_app.importing.rules.rows import Table

_SHAPEFILE = b"\x00\x00\x27\x0a"
MAX_BYTES = 200 * 1024 * 1024
"""Of one file; a county's doors as CSV are about 10 MB."""


def read_file(kind: FileKind, path: Path, seen: Callable[[int], None]) -> Table:
    """Read one file by its content, not by its name. `seen` is told how many rows were read.

    Raises `BadFile` when nothing in it can be read, and OSError.
    """
    if path.stat().st_size > MAX_BYTES:
        raise BadFile(Reason.TOO_LARGE, megabytes=MAX_BYTES // 1024 // 1024)
    return read_bytes(kind, path.read_bytes(), seen)


def read_bytes(
    kind: FileKind,
    data: bytes,
    seen: Callable[[int], None],
    most_unpacked: int | None = None,
) -> Table:
    """The same for what has been read already. Raises `BadFile`."""
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise BadFile(Reason.EMPTY_FILE)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadFile(Reason.OLD_EXCEL)
    if kind in OF_MAPS:
        return _read_features(kind, data, seen, most_unpacked)
    if data.startswith(b"PK\x03\x04"):
        return read_xlsx(kind, data, seen, most_unpacked)
    return read_csv(kind, data, seen)


def _read_features(
    kind: FileKind, data: bytes, seen: Callable[[int], None], most: int | None
) -> Table:
    if data.startswith(b"PK\x03\x04"):
        is_kmz = not members_of(data, (".shp",), most) and members_of(data, (".kml",), most)
        return (read_kmz if is_kmz else read_shapefile)(kind, data, seen, most)
    if data.startswith(_SHAPEFILE):
        raise BadFile(Reason.BARE_SHAPEFILE)
    head = data[:2000].removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"<"):
        return read_kml(kind, data, seen)
    return read_geojson(kind, data, seen)
