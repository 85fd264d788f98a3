"""Rows of a table, the check of one row, and the grids that rows may name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from firegrid_app.importing.rules.columns import Header
from firegrid_app.importing.rules.problems import Bad, Cell, Problem, Reason, Warned
from firegrid_app.importing.rules.values import code, shown

T = TypeVar("T")
Item = TypeVar("Item")


@dataclass(frozen=True)
class Row:
    """One line of a table or one feature: its number as people see it, cells by our names."""

    number: int
    cells: Mapping[str, Cell]
    geometry: object = None
    """The raw GeoJSON geometry of a feature."""
    has_geometry: bool = False


@dataclass
class Table:
    """A file as read: nothing is checked yet but its form."""

    header: Header
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)


@dataclass
class Checked(Generic[Item]):
    """The good rows of a file and everything wrong with the others."""

    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)


@dataclass(frozen=True)
class KnownGrid:
    """A grid that rows may name: from the database or from the grids file of the same call."""

    level: int
    closed: bool = False


@dataclass(frozen=True)
class Grids:
    """Which grids there will be after this import."""

    known: Mapping[str, KnownGrid]
    bad_rows: Mapping[str, int] = field(default_factory=dict)
    """Codes whose row in the grids file has an error, with that row."""
    complete: bool = True
    """False when the grids file could not be read: an unknown code then proves nothing."""

    def find(self, wanted: str) -> KnownGrid | None:
        """The grid with this code; None only when the grids file was unreadable."""
        grid = self.known.get(wanted)
        if grid is None:
            if wanted in self.bad_rows:
                raise Bad(Reason.GRID_ROW_BAD, row=self.bad_rows[wanted])
            if not self.complete:
                return None
            raise Bad(Reason.UNKNOWN_GRID)
        if grid.closed:
            raise Bad(Reason.GRID_CLOSED)
        return grid


class RowCheck:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, row: Row, header: Header, problems: list[Problem]) -> None:
        self.row = row
        self.ok = True
        self._header = header
        self._problems = problems

    def bad(self, column: str, reason: Reason, /, **details: object) -> None:
        """Note a problem with what a column of this row holds."""
        self.bad_value(column, shown(self.row.cells.get(column, "")), reason, **details)

    def bad_value(self, column: str, value: str, reason: Reason, /, **details: object) -> None:
        """Note a problem with a value that is not just the cell of one column."""
        self.ok = False
        word = self._header.word(column)
        self._problems.append(Problem(reason, self.row.number, word, value, details))

    def has(self, column: str) -> bool:
        """Does the file say anything about this column? If not, what is stored stays."""
        return column in self.row.cells

    def take(
        self, column: str, parse: Callable[[Cell], T], default: T, *, required: bool = False
    ) -> T:
        """The value of a column; the default, and a problem noted, when it does not fit."""
        if required and column not in self._header.names:
            # Said once, of the header; a line for every row would bury the rest.
            self.ok = False
            return default
        cell = self.row.cells.get(column, "")
        try:
            value = parse(cell)
        except Bad as bad:
            self.bad(column, bad.reason, **bad.details)
            return default
        if required and value in ("", None):
            self.bad(column, Reason.REQUIRED)
            return default
        return value

    def grid(self, grids: Grids, column: str = "grid_code") -> tuple[str, KnownGrid | None]:
        """The grid this row names, and what is known of it."""
        wanted = self.take(column, lambda cell: code(cell, 30), "", required=True)
        if not wanted:
            return "", None
        try:
            return wanted, grids.find(wanted)
        except Bad as bad:
            self.bad(column, bad.reason, **bad.details)
            return wanted, None

    def first_of(
        self,
        seen: dict[tuple[object, ...], Row],
        key: tuple[object, ...],
        column: str,
        reason: Reason,
    ) -> None:
        """Note a row whose key an earlier row has: the same throughout, or only in its key."""
        earlier = seen.setdefault(key, self.row)
        if earlier is self.row:
            return
        same = earlier.cells == self.row.cells and earlier.geometry == self.row.geometry
        self.bad(column, Reason.DUPLICATE_ROW if same else reason, row=earlier.number)
