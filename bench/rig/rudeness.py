"""Clients that hang up, clients that stop in the middle, clients that crawl: and who asks next."""

import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.figures import percentile
from bench.rig.machine import CannotMeasure

_AT_ONCE = struct.pack("ii", 1, 0)
_ESTABLISHED, _CLOSE_WAIT = "01", "08"


@dataclass(frozen=True)
class Target:
    """A server, an honest request (new each time it is asked for), and long uploads to it."""

    name: str
    port: int
    honest: Callable[[], bytes]
    uploads: list[bytes]


@dataclass
class Rude:
    """Connections held open; they go when the block ends."""

    port: int
    _held: list[socket.socket] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def hang_up(self, request: bytes) -> None:
        """Sends all of it and is gone, by a reset, before the answer."""
        line = self._connect()
        line.sendall(request)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        line.close()

    def stop_half_way(self, request: bytes) -> None:
        """Sends the head and half of the body, and stays."""
        head, _, body = request.partition(b"\r\n\r\n")
        line = self._connect()
        line.sendall(head + b"\r\n\r\n" + body[: len(body) // 2])
        self._held.append(line)

    def crawl(self, request: bytes, rate: int = 1000) -> None:
        """Sends the head and then so many bytes a second, as long as the block lasts."""
        head, _, body = request.partition(b"\r\n\r\n")
        line = self._connect()
        line.sendall(head + b"\r\n\r\n")
        self._held.append(line)

        def send() -> None:
            with suppress(OSError):
                for start in range(0, len(body), rate):
                    line.sendall(body[start : start + rate])
                    if self._over.wait(1):
                        return

        threading.Thread(target=send, daemon=True).start()

    def leave(self) -> None:
        """All are gone."""
        self._over.set()
        for line in self._held:
            line.close()
        self._held.clear()

    def _connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)


@contextmanager
def rude_clients(port: int) -> Iterator[Rude]:
    """Whoever is rude to this server."""
    rude = Rude(port)
    try:
        yield rude
    finally:
        rude.leave()


def ask(target: Target) -> float:
    """Milliseconds to an honest answer, on a connection of its own."""
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", target.port), timeout=60) as line:
        line.sendall(target.honest())
        answer = http.client.HTTPResponse(line)
        answer.begin()
        answer.read()
    if answer.status != 200:
        raise CannotMeasure(f"{target.name} answered {answer.status} to an honest request")
    return (time.perf_counter() - began) * 1000


def usual(target: Target, times: int = 30) -> tuple[float, float]:
    """p50 and p95 of honest answers when nobody is rude."""
    took = [ask(target) for _ in range(times)]
    return median(took), percentile(took, 0.95)


def seconds_until_idle(port: int, most: float = 20.0) -> float:
    """Until the server holds no connection any more; `most` if it still does then."""
    began = time.monotonic()
    while (waited := time.monotonic() - began) < most:
        if not _held_by_server(port):
            return waited
        time.sleep(0.02)
    return most


def _held_by_server(port: int) -> int:
    held = 0
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        local, state = line.split()[1], line.split()[3]
        held += int(local.split(":")[1], 16) == port and state in (_ESTABLISHED, _CLOSE_WAIT)
    return held
