"""Orders as they come in, and as they are answered."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Order:
    """An order of the hotline as a file or another system says it, checked in form only."""

    number: str
    grid_code: str
    category: str
    where_words: str
    words: str
    name: str = ""
    phone: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class OrderCard:
    """How an order stands, for the hotline; days in ISO 8601, moments with their zone."""

    number: str
    received: str
    due_on: str
    grid_code: str
    grid_name: str
    category: str
    where: str
    stage: str
    answered: str
    """When the desk turned it down or the hazard was closed; empty while it is at work."""
    reason: str
    """Of a refusal: a key of `residents.reason`."""
    words: str
    """What the desk, or who put it right, said."""


@dataclass(frozen=True)
class OrderResult:
    """What became of one order of a request."""

    number: str
    status: str
    """`created`, `already` or `refused`."""
    code: str = ""
    message: str = ""
