"""How the nightly backup stands: a note in the data folder while it fails, none while all is well.

Not in the database, which may be what fails; and not asked of the folder of backups when somebody
looks: a disk that went away can hold whoever asks it for minutes.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from firegrid_app.access.rules import Action, Actor
from firegrid_app.settings import settings

REASONS = ("disk_filled_up", "backup_folder_closed", "no_database", "not_migrated", "other")
"""Why none was made; the first ones by their names on the command line (`serving/words.py`)."""


@dataclass(frozen=True)
class Failing:
    """Since the first night that failed; `last` is the last good one, None if there was none."""

    since: datetime
    last: datetime | None
    why: str


def note_failure(why: str, last: datetime | None, now: datetime) -> None:
    """Tonight's failed, for one of `REASONS`, else for another one. Raises `OSError`."""
    before = failing()
    note = {
        "since": (before.since if before else now).isoformat(),
        "last": last.isoformat() if last else "",
        "why": why if why in REASONS else "other",
    }
    whole = _note().with_suffix(".part")
    whole.write_text(json.dumps(note), encoding="utf-8")
    whole.replace(_note())


def note_success() -> None:
    """Tonight's is there."""
    _note().unlink(missing_ok=True)


def failing() -> Failing | None:
    """What was noted; None while all is well, or where no backups are made by night."""
    if settings().backup_dir is None:
        return None
    try:
        note = json.loads(_note().read_text(encoding="utf-8"))
        since = datetime.fromisoformat(note["since"])
        last = datetime.fromisoformat(note["last"]) if note["last"] else None
        return Failing(since, last, note["why"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def failing_for(actor: Actor) -> Failing | None:
    """What was noted, for who manages the grid with nothing above it; None for anybody else."""
    return failing() if _answers_for_it(actor) else None


def _answers_for_it(actor: Actor) -> bool:
    return any(
        post.grid_level == 0 and actor.may(Action.MANAGE_GRIDS, post.grid_path)
        for post in actor.posts
    )


def _note() -> Path:
    return settings().data_dir / "backup-failed.json"
