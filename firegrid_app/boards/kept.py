"""Public pages kept in memory: made once, handed out until anything in the database changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock

from firegrid_app.answers import Body
from firegrid_app.database import mark

MOST_BYTES = 24 * 1024 * 1024
"""Of all pages kept, packed and not: a street of 350 grids in two languages."""


class Shelf:
    """Pages by what was asked for. The oldest unasked leave when there is no more room.

    What hides a contact, ends a post or redraws a grid is a commit like any other: a page made
    before it is never handed out after it (privacy E.4).
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._held = 0
        self._pages: OrderedDict[Hashable, tuple[tuple[str, datetime], Body]] = OrderedDict()
        self._lock = Lock()

    def page(self, key: Hashable, moment: datetime, make: Callable[[], bytes]) -> Body:
        """The page under this key, made anew by `make` if it may have changed since.

        What ends by the clock, an alert or a field's last day, ends at a full minute.
        """
        # Asked before the page is read: a commit in between makes it anew once too often, never
        # once too seldom.
        now = mark(), moment.replace(second=0, microsecond=0)
        with self._lock:
            found = self._pages.get(key)
            if found is not None and found[0] == now:
                self._pages.move_to_end(key)
                return found[1]
        body = Body(make())
        with self._lock:
            self._drop(key)
            self._pages[key] = now, body
            self._held += body.weight
            while self._held > self._most:
                self._drop(next(iter(self._pages)))
        return body

    def forget(self) -> None:
        """Empty the shelf; tests do."""
        with self._lock:
            self._pages.clear()
            self._held = 0

    def _drop(self, key: Hashable) -> None:
        old = self._pages.pop(key, None)
        if old is not None:
            self._held -= old[1].weight
