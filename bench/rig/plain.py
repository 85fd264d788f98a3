"""Starts the server of plain pages: the floors of first visits and maps."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.rig.machine import bare_environment, free_port
from bench.rig.processes import Server, served

PEERS = Path(__file__).parents[1] / "peers"


@contextmanager
def plain_pages(pages: Path, folder: Path) -> Iterator[Server]:
    """A server of the files in `pages`."""
    (pages / "ping.txt").write_text("pong")
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "asgi", "--log-level", "warning"]
    granian += ["--host", "127.0.0.1", "--port", str(port), "bench.peers.pages:app"]
    environment = bare_environment(BENCH_PAGES=str(pages))
    with served(granian, port, environment, folder, answers=("/ping.txt", b"pong")) as server:
        yield server
