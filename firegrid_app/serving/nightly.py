"""One backup a night where a folder is set for it, in a process of its own."""

import errno
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import structlog

from firegrid_app import clock
from firegrid_app.backup import files, standing
from firegrid_app.clock import local_day
from firegrid_app.serving.words import code_of
from firegrid_app.settings import settings

FROM = 2
"""The hour from which on today's backup is due: few work then, and none is late."""
_NICE = 10
log = structlog.get_logger()


def back_up_once_a_night() -> bool:
    """Make today's backup if it is due and nobody else is at it; was one made?

    Who looks after the server reads of a failure in its log, hour after hour until it is mended;
    the county's administrator at the desk and in the digest (`backup/standing.py`).
    """
    folder, zone, now = settings().backup_dir, settings().zone, clock.now()
    if folder is None or now.astimezone(zone).hour < FROM:
        return False
    try:
        if _is_of_today(folder):
            standing.note_success()
            return False
        # Each of several workers has a keeper.
        with files.alone(folder, "nightly.lock"):
            if _is_of_today(folder):
                return False
            why = _back_up(folder)
    except files.Busy:
        return False
    except OSError as error:
        why = "disk_filled_up" if error.errno == errno.ENOSPC else "backup_folder_closed"
        log.error("backup_failed", said=[type(error).__name__])
    if why:
        standing.note_failure(why, _last(folder), now)
        return False
    standing.note_success()
    return True


def _back_up(folder: Path) -> str:
    """Make one; why it failed, as `serving/words.py` names it, empty when it is there."""
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
    if not child.returncode:
        return ""
    log.error("backup_failed", said=said.strip().splitlines()[-1:])
    return code_of(child.returncode)


def _last(folder: Path) -> datetime | None:
    names = files.names_in(folder)
    return files.moment_of(names[-1]) if names else None


def _is_of_today(folder: Path) -> bool:
    last, zone = _last(folder), settings().zone
    return last is not None and local_day(last, zone) >= local_day(clock.now(), zone)
