"""What leaves the server about grids."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GridCard:
    """A grid by name and place in the tree."""

    id: int
    code: str
    name: str
    level: int
    kind: str
    parent_name: str
