"""Lists for a spreadsheet program: CSV with BOM, or XLSX; every cell is text, none a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": CSV, "xlsx": XLSX}

Cells = Sequence[str | int]
_STARTS_A_FORMULA = ("=", "+", "-", "@")


def as_file(kind: str, title: str, headings: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """The list as a file of this kind (a key of `TYPES`)."""
    return _csv(headings, rows) if kind == "csv" else _xlsx(title, headings, rows)


def file_headers(name: str, kind: str) -> dict[str, str]:
    """Headers that make a browser keep it as `name.kind`, whatever script the name is in."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.{kind}",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }


def _clean(cell: str | int) -> str | int:
    """Without what no spreadsheet takes: control characters other than line ends."""
    if isinstance(cell, int):
        return cell
    return "".join(c for c in cell if c.isprintable() or c == "\n")


def _csv(headings: Sequence[str], rows: Iterable[Cells]) -> bytes:
    out = io.StringIO(newline="")
    # The BOM tells Excel that it is UTF-8.
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(headings)
    for row in rows:
        cells = map(_clean, row)
        # What people wrote must not run as a formula on the desk it is opened at.
        writer.writerow(
            f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA) else cell
            for cell in cells
        )
    return out.getvalue().encode()


def _xlsx(title: str, headings: Sequence[str], rows: Iterable[Cells]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(c for c in title if c not in "[]:*?/\\")[:31] or "1")
    sheet.freeze_panes = "A2"
    for place in range(len(headings)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = 18

    def cell(value: str | int, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=_clean(value))
        if isinstance(value, str):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
