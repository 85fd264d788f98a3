"""A small process beside the server: says hello when it answers, hands out the root certificate.

It lives by the other end of its standard input: when the server is gone, that closes, and so does
this. A thread of the server would not do: granian forks its workers.
"""

import contextlib
import http.client
import json
import os
import select
import ssl
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from firegrid_app.serving.machine import EVERYWHERE
from firegrid_app.serving.root_page import make_server

_TICK = 0.1


@dataclass(frozen=True)
class Task:
    """What to wait for, what to print then, and which certificate to hand out ("" for none)."""

    scheme: str
    host: str
    port: int
    words: str
    certificate: str = ""
    plain_port: int = 0


def start(task: Task) -> None:
    """Start the companion; it outlives an exec of this process, not this process."""
    companion = subprocess.Popen(
        [sys.executable, "-m", "firegrid_app.serving.companion"], stdin=subprocess.PIPE
    )
    assert companion.stdin is not None
    companion.stdin.write(json.dumps(asdict(task)).encode() + b"\n")
    companion.stdin.flush()
    # Ours must stay open as long as the server runs, through the exec, and is never used again.
    kept = os.dup(companion.stdin.fileno())
    os.set_inheritable(kept, True)
    companion.stdin.close()
    companion.wait()


def _answers(task: Task) -> bool:
    host = EVERYWHERE.get(task.host, task.host)
    connection: http.client.HTTPConnection
    if task.scheme == "https":
        # It is our own server, asked whether it is awake: nothing secret is sent.
        unverified = ssl._create_unverified_context()  # noqa: S323
        connection = http.client.HTTPSConnection(host, task.port, timeout=5, context=unverified)
    else:
        connection = http.client.HTTPConnection(host, task.port, timeout=5)
    try:
        connection.request("GET", "/ping")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _server_is_gone(seconds: float | None) -> bool:
    readable, _, _ = select.select([0], [], [], seconds)
    return bool(readable) and not os.read(0, 1)


def main() -> None:
    """Read the task, step aside, wait, speak, serve."""
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(0, 1)
        if not part:
            return
        line += part
    task = Task(**json.loads(line))
    if os.fork():
        # Whoever started us waits for this; the rest goes on below, nobody's child.
        os._exit(0)
    while not _answers(task):
        if _server_is_gone(_TICK):
            return
    print(task.words, flush=True)
    if task.certificate:
        with contextlib.suppress(OSError):
            server = make_server(task.host, task.plain_port, Path(task.certificate), task.port)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            _server_is_gone(None)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
