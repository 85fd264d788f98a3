"""What leaves the server about grids somebody may be in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FoundGrid:
    """A grid somebody may be in."""

    code: str
    name: str
    above: str
    place: str
    """The place that was found in it; empty where its own name was."""
