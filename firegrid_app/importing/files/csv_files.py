"""CSV as spreadsheets and registers write it: comma, semicolon or tab."""

import csv
import io
from collections.abc import Callable, Iterator

from firegrid_app.importing.files.encoding import decode
from firegrid_app.importing.files.tables import HEADING_WITHIN, Line, read_lines
from firegrid_app.importing.rules.columns import FileKind, match_header
from firegrid_app.importing.rules.problems import Notice, Problem, Reason, Warned
from firegrid_app.importing.rules.rows import Table

_DELIMITERS = (",", ";", "\t")


def _delimiter(kind: FileKind, text: str) -> str:
    """The one that finds most known headings in the first lines."""
    lines = text[:20_000].splitlines()[:HEADING_WITHIN]

    def known(delimiter: str) -> int:
        return max(
            (match_header(kind, [c.strip('" ') for c in line.split(delimiter)]).known)
            for line in lines
        )

    return max(_DELIMITERS, key=known)


def _lines(reader: Iterator[list[str]], broken: list[Problem]) -> Iterator[Line]:
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error:
        # A quotation mark never closed swallows the rest of the file.
        broken.append(Problem(Reason.BROKEN_CSV, number + 1))


def read_csv(kind: FileKind, data: bytes, seen: Callable[[int], None]) -> Table:
    """Read a CSV file. Row numbers are those a spreadsheet shows."""
    text, encoding = decode(data)
    broken: list[Problem] = []
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=_delimiter(kind, text), strict=True)
    table = read_lines(kind, _lines(reader, broken), seen)
    if broken:
        table.problems = [p for p in table.problems if p.reason is not Reason.NO_ROWS] + broken
    if encoding == "gb18030":
        table.warnings.append(Warned(Notice.READ_AS_GB18030))
    return table
