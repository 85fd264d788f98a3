"""What leaves the server about messages: never a number, never the words of another's digest."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChoiceCard:
    """How one wants to be told, and what there is to choose from."""

    digest: bool
    channel: str
    """Empty is the usual line."""
    channels: tuple[str, ...]
    usual: str
    hour: int
    """From when on a workday the digest goes."""


@dataclass(frozen=True)
class MessageLine:
    """A message in the desk's list; moments as on the wall."""

    id: int
    at: str
    name: str
    grid_name: str
    purpose: str
    channel: str
    standing: str
    """`sent`, `waiting` or `failed`."""
    sent: str
    reason: str
    said: str
    tries: int
    next: str
    may_again: bool


@dataclass(frozen=True)
class MessagesView:
    """The desk's page: figures of seven days, the lines there are, a page of the list."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    lines: tuple[MessageLine, ...] = ()
    page: int = 1
    pages: int = 1
    channels: tuple[str, ...] = ()
    usual: str = ""
    hour: int = 9
