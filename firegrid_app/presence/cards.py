"""What leaves the server about flags."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FlagCard:
    """One odd thing for a person to look at; the moment in ISO 8601, UTC."""

    id: int
    grid: str
    grid_name: str
    person_name: str
    reason: str
    amount: int
    point_name: str
    at: str
    own: bool
    """About the reader: somebody else looks at it."""


@dataclass(frozen=True)
class ModeCard:
    """What a street asks for at check points today; days in ISO 8601, empty where open."""

    mode: str = "off"
    basis: str = ""
    starts_on: str = ""
    ends_on: str = ""
