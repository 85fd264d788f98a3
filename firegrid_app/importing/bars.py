"""Progress bars on the terminal; nothing into files and pipes."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from firegrid_app.texts import say


class Bars:
    """A bar for each step, in the operator's language; a `service.progress.Progress`."""

    def __init__(self, language: str, console: Console) -> None:
        self._language = language
        self._task: TaskID | None = None
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def begin(self, step: str, total: int | None) -> None:
        """The step before is over; show the next."""
        self._finish()
        words = say(f"importing.step.{step}", self._language)
        self._task = self._progress.add_task(words, total=total)

    def at(self, rows: int) -> None:
        """So many rows of this step are done."""
        if self._task is not None:
            self._progress.update(self._task, completed=rows)

    def _finish(self) -> None:
        if self._task is not None:
            task = self._progress.tasks[-1]
            total = task.total or task.completed or 1
            self._progress.update(self._task, total=total, completed=total)
