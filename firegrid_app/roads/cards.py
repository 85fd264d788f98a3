"""What the desk is told of roads; lines themselves leave as `rules.Lines`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RoadsHere:
    """The roads that were brought in for a grid: how many, and the names among them."""

    count: int = 0
    names: tuple[str, ...] = ()
