"""Long steps on a terminal: what is being done, for how long, and the last word of the tool.

Standard library only: `scripts/bootstrap.py` uses this before anything is installed.
"""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

_TICK = 0.5
_LOG_WIDTH = 120
_QUIET_TICK = 10.0
"""A log file or a CI page gets a line this often instead of a moving one."""


class Step:
    """`with Step("…") as step:` shows elapsed seconds; `step.note(line)` shows what happens."""

    def __init__(self, title: str, out: TextIO | None = None) -> None:
        self.title = title
        self._out = out or sys.stdout
        self._live = self._out.isatty()
        self._last = ""
        self._began = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def note(self, line: str) -> None:
        """The newest thing the step did; only the latest is shown."""
        line = " ".join(line.split())
        # A step that goes wrong says so at its end; a tool's warnings on the way only frighten.
        if line and not line.upper().startswith(("WARN", "NPM WARN")):
            self._last = line

    def __enter__(self) -> Self:
        """Start the clock."""
        if not self._live:
            self._write(f"… {self.title}\n")
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave one line that says how it went and how long it took."""
        self._over.set()
        self._thread.join()
        mark = "✓" if error is None else "✗"
        self._write(f"{self._fresh()}{mark} {self.title} ({self._seconds():.1f} s)\n")

    def _tick(self) -> None:
        while not self._over.wait(_TICK if self._live else _QUIET_TICK):
            line = f"  {self._seconds():3.0f} s  {self.title}  {self._last}"
            if self._live:
                self._write(self._fresh() + _cut(line, shutil.get_terminal_size().columns - 1))
            else:
                self._write(_cut(line, _LOG_WIDTH) + "\n")

    def _fresh(self) -> str:
        return "\r\033[K" if self._live else ""

    def _seconds(self) -> float:
        return time.monotonic() - self._began

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


def _cut(line: str, width: int) -> str:
    # Chinese characters are two columns wide.
    taken, used = [], 0
    for character in line:
        used += 2 if ord(character) >= 0x1100 else 1
        if used > width:
            break
        taken.append(character)
    return "".join(taken)


def run_tool(
    step: Step, command: Iterable[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a tool, show its lines as notes; its exit code and all it said come back."""
    said: list[str] = []
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=dict(env) if env is not None else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as tool:
        assert tool.stdout is not None
        try:
            for line in tool.stdout:
                said.append(line)
                step.note(line)
        except BaseException:
            tool.terminate()
            raise
    return tool.returncode, "".join(said)
