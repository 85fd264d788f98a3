"""Granian with our own host, port, certificate and log level: the process that stays.

Started by `exec`, with nothing imported that only the preparations needed. Where it can fork, the
app is imported before: a worker that died is back in a moment, and workers share that memory.
"""

import argparse
import gc
import multiprocessing
import sys
from pathlib import Path

from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server import Server

TARGET = "firegrid_app.serving.asgi:make"
KILL_AFTER = 5
"""Seconds a worker may take to finish what it is doing when the server stops."""


def command(
    *,
    host: str,
    port: int,
    workers: int,
    log_level: str,
    certificate: Path | None = None,
    key: Path | None = None,
) -> list[str]:
    """The command line of this module for `exec`."""
    parts = [sys.executable, "-m", __name__, "--host", host, "--port", str(port)]
    parts += ["--workers", str(workers), "--log-level", log_level]
    if certificate and key:
        parts += ["--certificate", str(certificate), "--key", str(key)]
    return parts


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--log-level", required=True)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    given = parser.parse_args()
    _import_before_forking()
    Server(
        TARGET,
        factory=True,
        address=given.host,
        port=given.port,
        interface=Interfaces.ASGI,
        workers=given.workers,
        log_level=LogLevels(given.log_level),
        ssl_cert=given.certificate,
        ssl_key=given.key,
        # Phones of ten years ago do not speak 1.3.
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER,
    ).serve()


def _import_before_forking() -> None:
    """Import the app once, for all workers to come; nowhere but on Linux is a fork safe."""
    if sys.platform != "linux":
        return
    multiprocessing.set_start_method("fork")
    from firegrid_app.serving import asgi

    asgi.load()
    # What is never looked through is never copied either.
    gc.freeze()


if __name__ == "__main__":
    main()
