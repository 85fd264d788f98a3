"""What the desk shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GridToday:
    """One small grid today: the row of the list and the cell of the map."""

    id: int
    code: str
    name: str
    parent_name: str
    standing: str
    minutes: int
    target: int
    knocks: int
    shouts: int
    open_hazards: int
    overdue_hazards: int
    last_patrol: str
    """ISO 8601, UTC; empty when never walked."""
    holders: str
    """Names of who holds the grid, heads first."""


@dataclass(frozen=True)
class Tally:
    """How many grids stand how: the legend of the map and the head of the list."""

    standing: str
    grids: int


@dataclass(frozen=True)
class Overview:
    """The grids below one grid today. `tallies` add up to the number of rows."""

    code: str
    name: str
    day: str
    is_workday: bool
    rows: tuple[GridToday, ...]
    tallies: tuple[Tally, ...]
    minutes: int
    knocks: int
    shouts: int
    open_hazards: int
    overdue_hazards: int
