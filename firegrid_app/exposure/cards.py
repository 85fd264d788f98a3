"""What leaves the server about the exposure board."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExposureLine:
    """How a hazard stands with the board, for the desk; days in ISO 8601."""

    may_propose: bool = False
    id: int = 0
    """0: it is not proposed."""
    name: str = ""
    """The one that is shown, or would be."""
    ends_on: str = ""
    proposed_by: str = ""
    approved_by: tuple[str, ...] = ()
    shown: bool = False
    may_approve: bool = False
    may_take_down: bool = False
    board: str = ""
    """Address of the public page it is or would be on."""


@dataclass(frozen=True)
class ExposedCard:
    """One line of the public page: no person, no words of anybody; days in ISO 8601."""

    name: str
    grid_name: str
    category: str
    listing: str
    listed_on: str
    due_on: str
    urged: int
    corrected_on: str
    """When it was said to be put right; empty while it is not."""
    until: str


@dataclass(frozen=True)
class ExposedBoard:
    """The public page of a street or county."""

    code: str
    name: str
    lines: tuple[ExposedCard, ...]
    supervision_phone: str
