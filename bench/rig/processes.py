"""Servers under measurement: started in a session of their own, pinned, weighed, killed."""

import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.rig.machine import ROOT, CannotMeasure

_START_SECONDS = 90
_STOP_SECONDS = 20
_STATE, _PARENT, _SESSION, _USER, _SYSTEM = 0, 1, 3, 11, 12
"""Fields of /proc/PID/stat, counted behind the command's closing bracket."""


@dataclass(frozen=True)
class Memory:
    """Of all processes of a server, in MB. `own` counts shared pages once (PSS)."""

    resident: float
    own: float
    processes: int


class Server:
    """A running server and whatever it started."""

    def __init__(self, process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
        self._process = process
        self.url = url
        self._log = log

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rsplit(":", 1)[1])

    def wait_until_it_answers(self, path: str, expected: bytes) -> None:
        """Until this address says these words; raises with the log's end if it never does."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(OSError), urllib.request.urlopen(self.url + path, timeout=2) as answer:
                if expected in answer.read():
                    return
            time.sleep(0.1)
        said = self._log.read_text(errors="replace")[-2000:]
        self.kill()
        raise CannotMeasure(f"the server at {path} did not come up:\n{said}")

    def memory(self) -> Memory:
        """What its processes hold now."""
        return weigh(self._process.pid)

    def peak(self) -> float:
        """The most its processes have held so far, in MB."""
        pids = pids_of(self._process.pid)
        return sum(_kilobytes(f"/proc/{pid}/status", "VmHWM") for pid in pids) / 1024

    def processor_seconds(self) -> float:
        """What its processes have worked so far. Others on the machine do not change it."""
        return sum(_processor_ticks(pid) for pid in pids_of(self._process.pid)) / os.sysconf(
            "SC_CLK_TCK"
        )

    @contextmanager
    def paused(self) -> Iterator[None]:
        """None of its processes does anything while the block runs."""
        pids = pids_of(self._process.pid)
        try:
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            yield
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def stop(self) -> None:
        """Let it end; what has not ended then is killed."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """The end without a word, of all its processes."""
        deadline = time.monotonic() + _STOP_SECONDS
        while (pids := pids_of(self._process.pid)) and time.monotonic() < deadline:
            # Children first: where a tracer dies before what it traces, that one's calls fail, and
            # a server answers 500 to a load that should only see it gone.
            for pid in sorted(pids, reverse=True):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._process.poll()
            time.sleep(0.02)
        self._process.wait(_STOP_SECONDS)


def pids_of(leader: int) -> list[int]:
    """All processes of the session this process leads, itself included."""
    return [pid for pid, session in _sessions() if session == leader]


def children_of(pid: int) -> list[int]:
    """All processes that descend from this one, whatever session they are in."""
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError):
                parents.setdefault(int(_stat(entry)[_PARENT]), []).append(int(entry))
    found, queue = [], [pid]
    while queue:
        own = parents.get(queue.pop(), [])
        found += own
        queue += own
    return found


def weigh(leader: int) -> Memory:
    """The memory of all processes of a session."""
    pids = pids_of(leader)
    resident = sum(_kilobytes(f"/proc/{pid}/status", "VmRSS") for pid in pids)
    own = sum(_kilobytes(f"/proc/{pid}/smaps_rollup", "Pss") for pid in pids)
    return Memory(resident / 1024, own / 1024, len(pids))


@contextmanager
def served(
    command: Sequence[str | Path],
    port: int,
    environment: dict[str, str],
    folder: Path,
    *,
    core: int | None = None,
    answers: tuple[str, bytes] = ("/ping", b""),
) -> Iterator[Server]:
    """A server for as long as the block runs, on one core if asked."""
    log = folder / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=None if core is None else lambda: os.sched_setaffinity(0, {core}),
        )
    server = Server(process, f"http://127.0.0.1:{port}", log)
    try:
        server.wait_until_it_answers(*answers)
        yield server
    finally:
        server.stop()


def _stat(pid: int | str) -> list[str]:
    text = Path(f"/proc/{pid}/stat").read_text()
    return text[text.rindex(")") + 2 :].split()


def _sessions() -> Iterator[tuple[int, int]]:
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError):
                fields = _stat(entry)
                if fields[_STATE] != "Z":
                    yield int(entry), int(fields[_SESSION])


def _processor_ticks(pid: int) -> int:
    with suppress(OSError):
        fields = _stat(pid)
        return int(fields[_USER]) + int(fields[_SYSTEM])
    return 0


def _kilobytes(file: str, name: str) -> int:
    with suppress(OSError):
        found = re.search(rf"^{name}:\s+(\d+) kB", Path(file).read_text(), re.MULTILINE)
        return int(found[1]) if found else 0
    return 0
