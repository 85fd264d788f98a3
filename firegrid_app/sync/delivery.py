"""One request on its way to the writer: its items read, each by itself."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from firegrid_app.sync.bell import Bell
from firegrid_app.sync.envelope import Item, ItemAnswer
from firegrid_app.sync.kinds.kind import Body
from firegrid_app.sync.service import body_hash, read_item

Read = tuple[Item, Body, str] | ItemAnswer
"""A well-formed item with its body and its content's hash, or why it is not well-formed."""


@dataclass
class Delivery:
    """One request on its way: the cookie, the items, and where the answer goes.

    Items are read when it is made, not by the writer: while one batch is on its way to the disk,
    the next is made ready.
    """

    token: str | None
    sent_at: datetime
    items: Sequence[dict[str, Any]]
    offsets: Mapping[str, int] = field(default_factory=dict)
    """By item id: how far the server's clock was ahead of the phone's, milliseconds."""
    answer: Future[tuple[int, list[ItemAnswer]]] = field(default_factory=Future)
    bell: Bell | None = None
    """Rung when the answer has come, once for all that came together."""
    read: list[Read] = field(init=False)

    def __post_init__(self) -> None:
        """Check every item by itself; what is wrong with one is its answer."""
        self.read = [_read(raw) for raw in self.items]


def _read(raw: dict[str, Any]) -> Read:
    read = read_item(raw)
    return read if isinstance(read, ItemAnswer) else (*read, body_hash(raw))
