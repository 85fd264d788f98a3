"""A proxy between browser and server that fails as networks and servers do, on demand.

One connection a request, so that every fault is one request's own. Websockets pass untouched.
"""

import socket
import socketserver
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

STATUSES = (403, 404, 409, 413, 422, 429, 500, 502)
"""Answers a server or something in front of it may give instead of the one it should."""

LOGIN_PAGE = b"<!doctype html><title>Wi-Fi</title><form>Welcome! Please log in.</form>"


@dataclass(frozen=True)
class Fault:
    """What to do to one request: `kind` as below, `status` for `answer` and `answer_after`.

    cut_before    the line dies before the server has seen the request
    cut_after     the server has committed, its answer is lost
    cut_body      the answer comes, but only half of it
    twice         the server gets the request two times; the second answer is delivered
    portal        a captive portal answers 200 with its own page
    answer        something answers `status` before the server has seen the request
    answer_after  the same after the server has committed
    hole          a black hole: the server never sees the request, nothing ever comes back
    hole_after    the server has committed, and nothing ever comes back
    """

    kind: str
    status: int = 500


@dataclass
class FaultyLine:
    """The proxy's controls. Faults wait in `planned` for requests whose path starts with `path`;
    a `standing` one strikes every such request that finds nothing planned."""

    upstream_port: int
    path: str = "/api/sync"
    port: int = 0
    planned: deque[Fault] = field(default_factory=deque)
    standing: Fault | None = None
    done: list[Fault] = field(default_factory=list)
    narrow: str = ""
    """Uploads whose path starts so die after `carries` bytes each time, in whatever request."""
    carries: int = 20_000
    cuts: int = 0
    _carried: int = 0
    _given_back: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Where the browser goes."""
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str, request: bytes) -> bytes:
        """What the browser gets to hear, which may be nothing."""
        healed = self._given_back
        fault = self._next(path)
        if fault is None:
            return self._ask(request)
        self.done.append(fault)
        if fault.kind == "cut_before":
            return b""
        if fault.kind == "hole":
            healed.wait()
            return b""
        if fault.kind == "portal":
            return _page(200, LOGIN_PAGE)
        if fault.kind == "answer":
            return _page(fault.status, b"<html>no</html>")
        answer = self._ask(request)
        if fault.kind == "cut_after":
            return b""
        if fault.kind == "hole_after":
            healed.wait()
            return b""
        if fault.kind == "cut_body":
            head, _, body = answer.partition(b"\r\n\r\n")
            return head + b"\r\n\r\n" + body[: len(body) // 2]
        if fault.kind == "twice":
            return self._ask(request)
        return _page(fault.status, b'{"code":"server_error","message":"broken"}')

    def allowed(self, path: str, length: int) -> int:
        """How many of these bytes of a body come through before the line dies."""
        if not self.narrow or not path.startswith(self.narrow):
            return length
        left = self.carries - self._carried
        if length <= left:
            self._carried += length
            return length
        self._carried = 0
        self.cuts += 1
        return left

    def begin(self, request: bytes) -> None:
        """Pass on a request that breaks off, as the server sees it when a line dies."""
        with self.upstream() as server:
            server.sendall(request)

    def heal(self) -> None:
        """No fault strikes any more; who hangs in a black hole is cut off."""
        self.planned.clear()
        self.standing = None
        self._given_back.set()
        self._given_back = threading.Event()

    def _next(self, path: str) -> Fault | None:
        if not path.startswith(self.path):
            return None
        return self.planned.popleft() if self.planned else self.standing

    def _ask(self, request: bytes) -> bytes:
        with self.upstream() as server:
            server.sendall(request)
            return b"".join(iter(lambda: server.recv(65536), b""))

    def upstream(self) -> socket.socket:
        """A line to the real server."""
        return socket.create_connection(("127.0.0.1", self.upstream_port), timeout=60)


class _Connection(socketserver.StreamRequestHandler):
    """One connection of the browser: one request, or one websocket."""

    line: FaultyLine

    def handle(self) -> None:
        with suppress(OSError):
            head = b""
            while (text := self.rfile.readline()) != b"\r\n":
                if not text:
                    # A browser opens lines ahead of need, or is killed: no request will come.
                    return
                head += text
            if b"upgrade: websocket" in head.lower():
                self._tunnel(head + b"\r\n")
                return
            path = head.split(b" ", 2)[1].decode()
            length = _length(head)
            allowed = self.line.allowed(path, length)
            request = _closing(head) + self.rfile.read(allowed)
            if allowed < length:
                self.line.begin(request)
                return
            self.wfile.write(self.line.answer(path, request))

    def _tunnel(self, head: bytes) -> None:
        with self.line.upstream() as server:
            server.sendall(head)
            back = threading.Thread(target=_pump, args=(server, self.connection), daemon=True)
            back.start()
            _pump(self.connection, server)
            back.join(5)


def _pump(source: socket.socket, target: socket.socket) -> None:
    """Pass bytes on until one side goes, then let the other go too."""
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


def _closing(head: bytes) -> bytes:
    """The request's head, asking the server to close: its answer then ends by itself."""
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection")]
    return b"\r\n".join([lines[0], b"Connection: close", *lines[1:]]) + b"\r\n"


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def _page(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} Fault\r\nContent-Type: text/html\r\nContent-Length: {len(body)}"
    return f"{head}\r\nConnection: close\r\n\r\n".encode() + body


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


@contextmanager
def faulty_line(upstream_port: int) -> Iterator[FaultyLine]:
    """A running proxy in front of the server on this port."""
    line = FaultyLine(upstream_port)
    handler = type("Connection", (_Connection,), {"line": line})
    with _Server(("127.0.0.1", 0), handler) as server:
        line.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield line
        finally:
            server.shutdown()
            thread.join(10)
