"""A crowd of phones that come back into the network: each hands in its whole outbox once.

Run as a program on a core of its own: `python -m bench.rig.crowd SPEC`. Each phone has a connection
of its own and comes at its own moment; what it was told goes beside the spec.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.rig.machine import LOAD_CORE, ROOT, CannotMeasure
from bench.rig.processes import Server

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_PATIENCE = 60.0


@dataclass(frozen=True)
class Coming:
    """One phone: when it comes (s), the request it sends, as text."""

    at: float
    request: str


@dataclass(frozen=True)
class Told:
    """What the phones were told, in their order."""

    seconds: float
    """From the first phone's coming to the last answer."""
    took: list[float]
    """Seconds from connecting to the whole answer, of each phone."""
    answers: list[str]
    """Bodies; empty for a phone that got none or none with status 200."""


def post(path: str, body: str, cookie: str) -> str:
    """A request as text; the line is closed after the answer."""
    head = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Connection: close",
        "Content-Type: application/json",
        f"Content-Length: {len(body.encode())}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join([*head, "", body])


def come(server: Server, phones: list[Coming], folder: Path) -> Told:
    """Let the phones come, and wait for all of them."""
    spec = folder / f"crowd-{server.port}.json"
    spec.write_text(
        json.dumps({"port": server.port, "phones": [[one.at, one.request] for one in phones]})
    )
    ended = subprocess.run(
        [sys.executable, "-m", "bench.rig.crowd", str(spec)],
        cwd=ROOT,
        preexec_fn=lambda: os.sched_setaffinity(0, {LOAD_CORE}),
    )
    if ended.returncode:
        raise CannotMeasure("the crowd of phones failed")
    told: dict[str, Any] = json.loads(spec.with_suffix(".told.json").read_text())
    return Told(**told)


async def _phone(port: int, at: float, request: bytes, began: float) -> tuple[float, str]:
    await asyncio.sleep(began + at - time.perf_counter())
    start = time.perf_counter()
    answer = b""
    try:
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            found = _LENGTH.search(head)
            body = await (reader.readexactly(int(found[1])) if found else reader.read())
            if head.startswith(b"HTTP/1.1 200"):
                answer = body
            writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        pass
    return time.perf_counter() - start, answer.decode()


async def _come(port: int, phones: list[tuple[float, str]]) -> Told:
    began = time.perf_counter() + 0.5
    seen = await asyncio.gather(
        *(_phone(port, at, request.encode(), began) for at, request in phones)
    )
    seconds = time.perf_counter() - began
    return Told(seconds, [took for took, _ in seen], [answer for _, answer in seen])


def main() -> None:
    """Read the spec, let them come, write what they were told beside it."""
    spec = Path(sys.argv[1])
    given = json.loads(spec.read_text())
    told = asyncio.run(_come(given["port"], given["phones"]))
    spec.with_suffix(".told.json").write_text(json.dumps(vars(told)))


if __name__ == "__main__":
    main()
