"""Tells open maps what changed: one look for all of a process, and only when something was written.

A map that is told nothing asks every half minute, as before: this only makes it sooner, and less.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

import structlog
from sqlmodel import Session

from firegrid_app import clock
from firegrid_app.access.rules import Actor
from firegrid_app.access.service import actors_for_tokens
from firegrid_app.database import mark, reading
from firegrid_app.maps.changes import Moment, difference, moment_of
from firegrid_app.maps.service import map_title, map_today
from firegrid_app.refusals import Refused

log = structlog.get_logger()
MOST = 1_000
"""Maps told by one process; whoever comes after asks by itself."""
_TICK = 0.2
"""Seconds between two looks at whether anything was written."""
_SHARE = 4
"""After figures were made anew nothing is made for so many times as long as it took."""
_HEARTBEAT = 25.0
"""Seconds of silence at most: proxies close what is silent, and the map says how fresh it is."""


@dataclass(eq=False)
class Listener:
    """One open map, and who looks at it. What is told it is JSON; None ends it."""

    code: str
    token: str | None
    told: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)


class Watch:
    """Looks after the open maps of one event loop."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._known: dict[str, Moment] = {}
        self._mark = ""
        self._task: asyncio.Task[None] | None = None

    @property
    def is_full(self) -> bool:
        """Are there as many as one process tells?"""
        return len(self._listeners) >= MOST

    def tag_now(self, code: str) -> str:
        """The tag of the figures last told of this map; empty where nobody looks at it yet.

        A thousand maps that come back at once need not have it made a thousand times.
        """
        known = self._known.get(code)
        return known.tag if known else ""

    async def listen(self, listener: Listener, first: str, seconds: int) -> AsyncIterator[bytes]:
        """Server-sent events: the tag of the figures now, then each change, for so long."""
        yield _event(b'{"tag":"%s"}' % first.encode())
        self._listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        clock_of = asyncio.get_running_loop().time
        until = clock_of() + seconds
        try:
            while (left := until - clock_of()) > 0:
                try:
                    told = await asyncio.wait_for(listener.told.get(), min(_HEARTBEAT, left))
                except TimeoutError:
                    told = b"{}"
                if told is None:
                    return
                yield _event(told)
        finally:
            self._listeners.discard(listener)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._listeners:
                began = loop.time()
                try:
                    told = await asyncio.to_thread(self._look, set(self._listeners))
                except Exception as error:
                    log.warning("maps_not_told", error=type(error).__name__)
                    told = []
                for listener, words in told:
                    listener.told.put_nowait(words)
                await asyncio.sleep(max(_TICK, _SHARE * (loop.time() - began)))
        finally:
            self._known.clear()

    def _look(self, listeners: set[Listener]) -> list[tuple[Listener, bytes | None]]:
        content = mark()
        if content == self._mark and all(one.code in self._known for one in listeners):
            return []
        self._mark = content
        now = clock.now()
        with reading() as session:
            return self._tell(session, listeners, now)

    def _tell(
        self, session: Session, listeners: set[Listener], now: datetime
    ) -> list[tuple[Listener, bytes | None]]:
        """What each is told; who may not look any more is told that it is over."""
        actors = actors_for_tokens(session, {one.token for one in listeners}, now)
        made: dict[str, bytes] = {}
        told: list[tuple[Listener, bytes | None]] = []
        for one in listeners:
            try:
                actor = _allowed(session, actors[one.token], one.code)
                if one.code not in made:
                    made[one.code] = self._news(session, actor, one.code, now)
            except Refused:
                told.append((one, None))
                continue
            if made[one.code]:
                told.append((one, made[one.code]))
        return told

    def _news(self, session: Session, actor: Actor, code: str, now: datetime) -> bytes:
        before = self._known.get(code)
        then = self._known[code] = moment_of(map_today(session, actor, code, now))
        return difference(before, then) if before and before.tag != then.tag else b""


def _allowed(session: Session, actor: Actor | Refused, code: str) -> Actor:
    if isinstance(actor, Refused):
        raise actor
    map_title(session, actor, code)
    return actor


def _event(data: bytes) -> bytes:
    return b"data: %s\n\n" % data


_watches: WeakKeyDictionary[asyncio.AbstractEventLoop, Watch] = WeakKeyDictionary()


def watch_here() -> Watch:
    """The watch of the event loop that is running."""
    loop = asyncio.get_running_loop()
    return _watches.setdefault(loop, Watch())
