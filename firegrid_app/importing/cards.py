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
