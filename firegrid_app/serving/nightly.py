"""One backup a night where a folder is set for it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import structlog

from firegrid_app import clock
from firegrid_app.backup import files
from firegrid_app.clock import local_day
from firegrid_app.settings import settings

FROM = 2
"""The hour from which on today's backup is due: few work then, and none is late."""
_NICE = 10
log = structlog.get_logger()


def back_up_once_a_night() -> bool:
    """Make today's backup if it is due and nobody else is at it; was one made?

    Who looks after the server reads of a failure in its log, hour after hour until it is mended.
    """
    folder, zone, now = settings().backup_dir, settings().zone, clock.now()
    if folder is None or now.astimezone(zone).hour < FROM or _is_of_today(folder):
        return False
    try:
        # Each of several workers has a keeper.
        with files.alone(folder, "nightly.lock"):
            return not _is_of_today(folder) and _back_up(folder)
    except files.Busy:
        return False


def _back_up(folder: Path) -> bool:
    command = [sys.executable, "-m", "firegrid_app.cli", "backup", str(folder)]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as child:
        # Whoever works at night goes first.
        os.setpriority(os.PRIO_PROCESS, child.pid, _NICE)
        _, said = child.communicate()
    if child.returncode:
        log.error("backup_failed", said=said.strip().splitlines()[-1:])
    return not child.returncode


def _is_of_today(folder: Path) -> bool:
    names, zone = files.names_in(folder), settings().zone
    last = files.moment_of(names[-1]) if names else None
    return last is not None and local_day(last, zone) >= local_day(clock.now(), zone)
