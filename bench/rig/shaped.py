"""A TCP proxy that is a slow network: one line down and one up, shared by all connections.

The browser's own throttling reaches neither service workers nor websockets; this one reaches all.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from bench.rig.machine import free_port

_PIECE = 2920
"""Two packets: connections take turns on the line this often."""
_WAITING = 64
"""Pieces of one connection on their way at most; then its sender has to wait."""


@dataclass(frozen=True)
class Network:
    """Round trip in seconds, rates in bytes a second (0 for no limit)."""

    round_trip: float
    down: float
    up: float


SLOW_4G = Network(0.150, 1_600_000 / 8, 750_000 / 8)
"""Lighthouse's mobile profile, applied to the wire."""
LOOPBACK = Network(0, 0, 0)


@dataclass
class Line:
    """One direction of the wire: what is sent waits for what was sent before it."""

    free_at: float = 0.0
    carried: int = 0

    def sent_at(self, now: float, size: int, rate: float) -> float:
        """When a piece of this size is through, and the line free again."""
        self.carried += size
        self.free_at = max(now, self.free_at) + (size / rate if rate else 0.0)
        return self.free_at


@dataclass
class Proxy:
    """A wire to one server; `network` may be changed while it runs."""

    port: int
    to: int
    network: Network = LOOPBACK
    is_hole: bool = False
    """Open lines swallow everything; hang up before it ends, or streams have gaps."""
    down: Line = field(default_factory=Line)
    up: Line = field(default_factory=Line)
    _open: set["asyncio.Task[None]"] = field(default_factory=set)

    @property
    def url(self) -> str:
        """What a browser opens."""
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, ready: threading.Event, end: asyncio.Event) -> None:
        """Carry until told to end."""
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        ready.set()
        await end.wait()
        server.close()
        self._hang_up()
        await asyncio.gather(*self._open, return_exceptions=True)

    def hang_up(self) -> None:
        """Cut every connection, so that the next visit has to say hello again."""
        self._loop.call_soon_threadsafe(self._hang_up)

    def _hang_up(self) -> None:
        for connection in self._open:
            connection.cancel()

    def _accept(self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        carrying = asyncio.create_task(self._connection(browser, to_browser))
        self._open.add(carrying)
        carrying.add_done_callback(self._open.discard)

    async def _connection(
        self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter
    ) -> None:
        to_server = None
        try:
            # A real network has to say hello first.
            await asyncio.sleep(self.network.round_trip)
            server, to_server = await asyncio.open_connection("127.0.0.1", self.to)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(browser, to_server, is_down=False))
                both.create_task(self._carry(server, to_browser, is_down=True))
        except* OSError:
            pass
        finally:
            for writer in (to_browser, to_server):
                if writer is not None:
                    writer.close()

    async def _carry(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, is_down: bool
    ) -> None:
        line = self.down if is_down else self.up
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_WAITING)
        delivering = asyncio.create_task(_deliver(on_the_way, target))
        now = asyncio.get_running_loop().time
        try:
            while piece := await source.read(_PIECE):
                if self.is_hole:
                    continue
                rate = self.network.down if is_down else self.network.up
                through = line.sent_at(now(), len(piece), rate)
                await on_the_way.put((through + self.network.round_trip / 2, piece))
            await on_the_way.put((now() + self.network.round_trip / 2, b""))
            await delivering
        finally:
            delivering.cancel()


async def _deliver(
    on_the_way: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter
) -> None:
    now = asyncio.get_running_loop().time
    while True:
        at, piece = await on_the_way.get()
        await asyncio.sleep(at - now())
        if not piece:
            with suppress(OSError):
                target.write_eof()
            return
        target.write(piece)
        await target.drain()


@contextmanager
def shaped(to: int, port: int | None = None) -> Iterator[Proxy]:
    """A wire to the server at this port; a loopback until its `network` is set."""
    proxy = Proxy(port or free_port(), to)
    ready, loop, end = threading.Event(), asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(
        target=loop.run_until_complete, args=(proxy.serve(ready, end),), daemon=True
    )
    thread.start()
    ready.wait(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(10)
