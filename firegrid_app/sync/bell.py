"""Brings the writer's answers to the event loop, which is woken once for all of a batch."""

import asyncio
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary


class Bell:
    """Of one event loop. `asyncio.wrap_future` would wake it for every answer by itself, and would
    cancel what is being written because nobody waits for it any more."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lock = threading.Lock()
        self._come: list[tuple[asyncio.Future[Any], Future[Any]]] = []

    def until(self, answer: Future[Any]) -> asyncio.Future[Any]:
        """The same answer for somebody in this loop: it is here once the bell was rung after it."""
        waiting = self._loop.create_future()
        answer.add_done_callback(lambda done: self._keep(waiting, done))
        return waiting

    def ring(self) -> None:
        """Hand out what has come. From any thread."""
        # A loop that was closed has nobody waiting in it.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._hand_out)

    def _keep(self, waiting: asyncio.Future[Any], done: Future[Any]) -> None:
        with self._lock:
            self._come.append((waiting, done))

    def _hand_out(self) -> None:
        with self._lock:
            come, self._come = self._come, []
        for waiting, done in come:
            if waiting.done():
                continue
            if (error := done.exception()) is not None:
                waiting.set_exception(error)
            else:
                waiting.set_result(done.result())


_bells: WeakKeyDictionary[asyncio.AbstractEventLoop, Bell] = WeakKeyDictionary()


def bell_here() -> Bell:
    """The bell of the event loop that is running."""
    loop = asyncio.get_running_loop()
    bell = _bells.get(loop)
    if bell is None:
        bell = _bells[loop] = Bell(loop)
    return bell
