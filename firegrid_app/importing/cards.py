"""What an import tells its operator: files, counts, problems."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.problems import FATAL, Problem, Warned


@dataclass(frozen=True)
class Counts:
    """Rows by what happened to them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class FileCard:
    """One file: how many rows it has, what is wrong, and what became of the good ones."""

    kind: FileKind
    path: str
    rows: int
    problems: Sequence[Problem]
    warnings: Sequence[Warned]
    counts: Counts | None = None
    """None when nothing was written."""
    skipped: int = 0

    @property
    def is_fatal(self) -> bool:
        """Is something wrong that skipping rows cannot help?"""
        return any(problem.reason in FATAL for problem in self.problems)


@dataclass(frozen=True)
class ImportCard:
    """The whole import."""

    files: Sequence[FileCard]
    stopped: bool
    """Nothing was written because of errors."""
    dry_run: bool
    check_points: Counts = field(default_factory=Counts)
    contacts: Counts = field(default_factory=Counts)

    @property
    def written(self) -> bool:
        """Is the database to keep what was done?"""
        return not (self.stopped or self.dry_run)


@dataclass(frozen=True)
class DeskProblem:
    """Something wrong with a file handed in on a screen: rows, column, value, and why."""

    rows: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class DeskChange:
    """One thing a file changes, in words."""

    sort: str
    """new, changed, gone."""
    words: str


@dataclass(frozen=True)
class DeskFileCard:
    """What a file handed in on a screen would do, or has done."""

    rows: int
    problems: tuple[DeskProblem, ...]
    problem_count: int
    problems_left_out: int
    warnings: tuple[str, ...]
    changes: tuple[DeskChange, ...]
    change_count: int
    same: int
    """Rows that say what stands already."""
    written: bool
