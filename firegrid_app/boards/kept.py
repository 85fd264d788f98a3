"""Public pages kept in memory: made once, handed out until anything in the database changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from firegrid_app.answers import Body
from firegrid_app.database import mark

MOST_BYTES = 24 * 1024 * 1024
"""Of all pages kept, packed and not: a street of 350 grids in two languages."""

_AT_ONCE = 16
"""Pages made at the same time; who wants one that is being made waits for it."""


@dataclass(frozen=True)
class _Page:
    """A body, and what it was made of and when it was last known to be true."""

    now: tuple[str, datetime | None]
    made_of: Hashable
    body: Body


class Shelf:
    """Pages by what was asked for. The oldest unasked leave when there is no more room.

    What hides a contact, ends a post or redraws a grid is a commit like any other: a page made
    before it is never handed out after it (privacy E.4).
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._held = 0
        self._pages: OrderedDict[Hashable, _Page] = OrderedDict()
        self._lock = Lock()
        self._turns = [Lock() for _ in range(_AT_ONCE)]

    def page(
        self,
        key: Hashable,
        moment: datetime | None,
        make: Callable[[], bytes],
        state: Callable[[], Hashable] | None = None,
    ) -> Body:
        """The page under this key, made anew by `make` if it may have changed since.

        What ends by the clock, an alert or a field's last day, ends at a full minute; `moment` is
        None where nothing does. Where making costs much more than to ask what it is made of, by
        `state`, a commit that left this alone leaves the page. Many who want it wait for one.
        """
        # Asked before the page is read: a commit in between makes it anew once too often, never
        # once too seldom.
        now = mark(), moment and moment.replace(second=0, microsecond=0)
        if (found := self._found(key)) is not None and found.now == now:
            return found.body
        with self._turns[hash(key) % _AT_ONCE]:
            found = self._found(key)
            if found is not None and found.now == now:
                return found.body
            made_of = state() if state else None
            is_same = found is not None and made_of is not None and found.made_of == made_of
            body = found.body if found and is_same else Body(make())
            self._keep(key, _Page(now, made_of, body))
        return body

    def _found(self, key: Hashable) -> _Page | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def _keep(self, key: Hashable, page: _Page) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._held += page.body.weight
            while self._held > self._most:
                self._drop(next(iter(self._pages)))

    def forget(self) -> None:
        """Empty the shelf; tests do."""
        with self._lock:
            self._pages.clear()
            self._held = 0

    def _drop(self, key: Hashable) -> None:
        old = self._pages.pop(key, None)
        if old is not None:
            self._held -= old.body.weight
