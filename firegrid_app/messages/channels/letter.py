"""What every line takes and gives back: a letter in, sent or not sent out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from firegrid_app.messages.rules import Reason


@dataclass(frozen=True)
class Letter:
    """One message on its way. Group robots post one for several people."""

    key: str
    """The same at every try: a gateway that keeps it sends no second one."""
    purpose: str
    phones: tuple[str, ...] = field(repr=False)
    text: str
    gaps: dict[str, str]
    """The same as figures, for providers that only fill approved templates."""
    path: str
    """Of the grid it is about or its reader belongs to: chooses the group."""


@dataclass(frozen=True)
class Sent:
    """The provider took it; `receipt` is its own number for it."""

    receipt: str = ""


@dataclass(frozen=True)
class NotSent:
    """It did not go, and why; `said` is the provider's own code."""

    reason: Reason
    said: str = ""
    wait: timedelta | None = None
    """How long the provider wants to be left alone."""


Outcome = Sent | NotSent


class Line(Protocol):
    """A way out. It raises nothing: whatever happens is an outcome."""

    most_together: int
    """People one letter may be for."""

    def group(self, path: str) -> str:
        """Which group people of the grid with this path are in; letters to one may be joined."""
        ...

    def send(self, letter: Letter, now: datetime) -> Outcome:
        """Send it, once; takes about `posting.LONGEST` at most."""
        ...
