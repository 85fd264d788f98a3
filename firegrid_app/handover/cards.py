"""What became of a record that was handed over."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HandedCard:
    """One record of the file that the server has now; what it refuses is answered as a refusal."""

    id: str
    status: str
    """`created`, or `already` when it came before, by whatever way."""
    maker: str
    """Name of who made it."""
