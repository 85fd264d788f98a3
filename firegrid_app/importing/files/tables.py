"""Lines of cells to a table: finds the line of headings and names the columns."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice

from firegrid_app.importing.rules.columns import FileKind, Header, match_header
from firegrid_app.importing.rules.problems import Cell, Notice, Problem, Reason, Warned
from firegrid_app.importing.rules.rows import Row, Table
from firegrid_app.importing.rules.values import shown

MAX_ROWS = 1_000_000
HEADING_WITHIN = 10
"""Offices put a title or two above the headings."""

Line = tuple[int, Sequence[Cell]]


def _blank(cells: Sequence[Cell]) -> bool:
    return not any(shown(cell).strip() for cell in cells)


def read_lines(kind: FileKind, lines: Iterable[Line], seen: Callable[[int], None]) -> Table:
    """Build the table; the headings are the line among the first ten that knows most columns."""
    source = iter(lines)
    top = list(islice(source, HEADING_WITHIN))
    headers = [match_header(kind, [shown(cell) for cell in cells]) for _, cells in top]
    best = max(range(len(top)), key=lambda at: headers[at].known, default=None)
    if best is None:
        return Table(Header((), ()), problems=[Problem(Reason.EMPTY_FILE)])
    if headers[best].known == 0:
        # Nothing known anywhere: the first line with words is shown as what the file has.
        best = next((at for at, (_, cells) in enumerate(top) if not _blank(cells)), 0)
    header = headers[best]
    table = Table(header)
    heading_row = top[best][0]
    if heading_row > 1 and header.known:
        table.warnings.append(Warned(Notice.HEADER_BELOW, {"row": heading_row}))
    _check_header(kind, table, heading_row)
    _read_rows(table, chain(top[best + 1 :], source), seen)
    if not table.rows and not table.problems:
        table.problems.append(Problem(Reason.NO_ROWS))
    return table


def _check_header(kind: FileKind, table: Table, row: int) -> None:
    header = table.header
    for column in header.missing(kind):
        names = "、".join((column.name, *column.aliases))
        found = "、".join(word[:40] for word in header.written if word)[:300]
        details = {"names": names, "found": found}
        table.problems.append(Problem(Reason.MISSING_COLUMN, row, column.name, "", details))
    for first, second in header.doubled():
        details = {"other": first}
        table.problems.append(Problem(Reason.DOUBLE_COLUMN, row, second, "", details))
    if header.unknown:
        names = "、".join(word[:40] for word in header.unknown)
        table.warnings.append(Warned(Notice.UNKNOWN_COLUMN, {"names": names}))


def _read_rows(table: Table, lines: Iterable[Line], seen: Callable[[int], None]) -> None:
    names = table.header.names
    for number, cells in lines:
        if _blank(cells):
            continue
        if len(table.rows) >= MAX_ROWS:
            table.problems.append(
                Problem(Reason.TOO_MANY_ROWS, number, details={"limit": MAX_ROWS})
            )
            return
        if not _blank(cells[len(names) :]):
            spare = "、".join(shown(cell) for cell in cells[len(names) :])[:80]
            table.problems.append(Problem(Reason.EXTRA_CELLS, number, "", spare))
            continue
        padded = [*cells[: len(names)], *[""] * (len(names) - len(cells))]
        named = {name: cell for name, cell in zip(names, padded, strict=True) if name is not None}
        table.rows.append(Row(number, named))
        if len(table.rows) % 500 == 0:
            seen(len(table.rows))
    seen(len(table.rows))
