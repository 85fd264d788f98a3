"""How long steps say how far they are."""

from typing import Protocol


class Progress(Protocol):
    """Somebody who shows progress: `importing.step.*` names the step."""

    def begin(self, step: str, total: int | None) -> None:
        """A step begins; `total` is its number of rows if known."""

    def at(self, rows: int) -> None:
        """So many rows of the step are done."""


class Quiet:
    """Shows nothing."""

    def begin(self, step: str, total: int | None) -> None:
        """Nothing to show."""

    def at(self, rows: int) -> None:
        """Nothing to show."""
