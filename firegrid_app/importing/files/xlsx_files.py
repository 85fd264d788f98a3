"""XLSX through openpyxl, read-only: texts stay texts, and what Excel spoilt is said."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook

from firegrid_app.importing.files.tables import Line, read_lines
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.problems import BadFile, Cell, Notice, Reason, Spoilt, Warned
from firegrid_app.importing.rules.rows import Table

MAX_UNPACKED = 1024 * 1024 * 1024
"""A small archive can unpack to anything."""
EXACT_INTEGER = 10**15
"""Excel keeps fifteen digits of a number; longer codes must be text cells."""


def _refuse_bombs(data: bytes, most: int) -> bool:
    """Refuse what is no workbook or unpacks too large; True if any cell is a formula."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise BadFile(Reason.DAMAGED_XLSX)
            if sum(info.file_size for info in archive.infolist()) > most:
                raise BadFile(Reason.TOO_LARGE, megabytes=most // 1024 // 1024)
            sheets = [name for name in names if name.startswith("xl/worksheets/")]
            return any(_has_formula(archive, name) for name in sheets if not name.endswith("/"))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, zlib.error) as error:
        raise BadFile(Reason.DAMAGED_XLSX) from error


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    tail = b""
    with archive.open(name) as sheet:
        while chunk := sheet.read(1 << 20):
            if b"<f>" in (block := tail + chunk) or b"<f " in block:
                return True
            tail = block[-2:]
    return False


def cell_of(value: Any, data_type: str) -> Cell:
    """One cell as text. Numbers lose their `.0`; dates and errors are marked as spoilt."""
    if value is None:
        return ""
    if data_type == "e":
        return Spoilt(str(value), Reason.EXCEL_ERROR)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        if whole and abs(value) >= EXACT_INTEGER:
            return Spoilt(str(int(value)), Reason.ROUNDED_NUMBER)
        return str(int(value)) if whole else repr(value)
    if isinstance(value, datetime | date | time | timedelta):
        return Spoilt(str(value), Reason.EXCEL_DATE)
    return str(value)


def _lines(sheet: Any, formulas: Any | None) -> Iterator[Line]:
    """Rows as a person counts them. `formulas` is the same sheet, formulas instead of results."""
    texts = formulas.iter_rows() if formulas is not None else None
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        line = [cell_of(cell.value, getattr(cell, "data_type", "n")) for cell in cells]
        if texts is not None:
            for at, text in enumerate(next(texts, ())):
                if getattr(text, "data_type", "") == "f" and at < len(line) and line[at] == "":
                    line[at] = Spoilt(str(text.value)[:40], Reason.FORMULA)
        yield number, line


def _open(data: bytes, *, results: bool) -> Any:
    # openpyxl warns about drawings and validation lists it drops: no concern of ours.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(data), read_only=True, data_only=results)


def read_xlsx(
    kind: FileKind,
    data: bytes,
    seen: Callable[[int], None],
    most_unpacked: int | None = None,
) -> Table:
    """Read the sheet whose headings we know best; other sheets with rows are named in a notice."""
    has_formulas = _refuse_bombs(data, most_unpacked or MAX_UNPACKED)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(kind, data, seen, has_formulas)
    except BadFile:
        raise
    except Exception as error:  # openpyxl raises whatever its XML parser and it stumble over
        raise BadFile(Reason.DAMAGED_XLSX) from error


def _read(kind: FileKind, data: bytes, seen: Callable[[int], None], has_formulas: bool) -> Table:
    book = _open(data, results=True)
    formulas = _open(data, results=False) if has_formulas else None
    tables: list[tuple[str, Table]] = []
    try:
        for sheet in book.worksheets:
            # Some programs write wrong dimensions; openpyxl would believe them.
            sheet.reset_dimensions()
            twin = formulas[sheet.title] if formulas is not None else None
            if twin is not None:
                twin.reset_dimensions()
            tables.append((sheet.title, read_lines(kind, _lines(sheet, twin), seen)))
    finally:
        book.close()
        if formulas is not None:
            formulas.close()
    if not tables:
        raise BadFile(Reason.EMPTY_FILE)
    title, best = max(tables, key=lambda pair: (pair[1].header.known, len(pair[1].rows)))
    others = [name for name, table in tables if table is not best and table.rows]
    if others:
        names = {"sheet": title, "others": "、".join(others)}
        best.warnings.append(Warned(Notice.OTHER_SHEETS, names))
    return best
