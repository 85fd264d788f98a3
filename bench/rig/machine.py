"""The machine: cores to pin to, ports, the cache between runs, tools shared with the tests."""

import os
import platform
import socket
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "results"

_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = _CORES[0]
LOAD_CORE = _CORES[-1]
"""The last core drives the load; with one core alone they share it, and the run says so."""

FIRST_PORT = int(os.environ.get("FIREGRID_BENCH_PORT", "8700"))
_ports: Iterator[int] = count(FIRST_PORT)


class CannotMeasure(Exception):
    """Something a case needs is not here; says what."""


def free_port() -> int:
    """The next port nobody listens at; none is given out twice in a run."""
    for port in _ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CannotMeasure("no free port")


def cache() -> Path:
    """Where npm's tools and the bare Reflex pages stay between runs."""
    default = Path(tempfile.gettempdir()) / f"firegrid-bench-{os.getuid()}"
    folder = Path(os.environ.get("FIREGRID_BENCH_CACHE", default))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_uid != os.getuid():
        raise CannotMeasure(f"{folder} belongs to somebody else")
    return folder


def bare_environment(**more: str) -> dict[str, str]:
    """The environment without any setting of this shell's FireGrid or Reflex."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FIREGRID_", "REFLEX_"))}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def about() -> dict[str, Any]:
    """What the figures were measured on, in general words."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": len(_CORES),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "load_before": round(os.getloadavg()[0], 2),
    }


def say(words: str) -> None:
    """One line of progress, at once."""
    print(words, file=sys.stderr, flush=True)
