"""`firegrid backup` and `firegrid restore`: what they say, and why they stop."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from firegrid_app import clock
from firegrid_app.backup import files
from firegrid_app.backup.lines import Broken
from firegrid_app.backup.making import make
from firegrid_app.backup.restoring import NotEmpty, restore
from firegrid_app.serving import ready_database
from firegrid_app.serving.machine import need_writable
from firegrid_app.serving.steps import Step
from firegrid_app.serving.words import Stop
from firegrid_app.settings import settings

Say = Callable[[str], None]


def make_backup(folder: Path | None, *, with_photos: bool, say: Say) -> None:
    """Write one into `folder`, else into the folder that is set."""
    chosen = settings()
    place = folder or chosen.backup_dir
    if place is None:
        raise Stop("no_backup_folder")
    if not ready_database.is_migrated():
        raise Stop("not_migrated")
    need_writable(place, "backup_folder_closed")
    with (
        Step("备份 / Backing up") as step,
        ready_database.database_errors(),
        _stops(place),
    ):
        made = make(
            place,
            now=clock.now(),
            revision=ready_database.newest_revision(),
            keep=chosen.backup_keep,
            with_photos=with_photos,
            note=step.note,
        )
    say(
        f"✓ 备份 {made.name}：{made.rows} 条记录，"
        f"{made.photos} 个照片文件（新复制 {made.copied} 个）"
        f" / Backup {made.name}: {made.rows} rows, {made.photos} files of photos,"
        f" {made.copied} of them new."
    )
    if made.dropped:
        say(
            f"  旧备份删去 {made.dropped} 个，保留 {chosen.backup_keep} 个"
            f" / {made.dropped} older ones left, {chosen.backup_keep} stay."
        )


def restore_backup(folder: Path, of: str, *, say: Say) -> bool:
    """Put one back, the newest unless it is named; are all its photos there?"""
    names = files.names_in(folder)
    if not names or (of and of not in names):
        raise Stop("no_backup", path=folder, name=f"{of} " if of else "")
    name = of or names[-1]
    need_writable(settings().data_dir)
    with (
        Step(f"恢复 {name} / Restoring {name}") as step,
        ready_database.database_errors(),
        _stops(folder, name),
    ):
        found = restore(folder, name, upgrade=ready_database.upgrade, note=step.note)
    say(
        f"✓ 恢复了 {found.rows} 条记录，{found.photos} 个照片文件"
        f" / {found.rows} rows and {found.photos} files of photos are back."
    )
    if not files.photos_file(folder, name).exists():
        say("! 这个备份没有带照片 / This backup was made without photos.")
    if found.missing:
        say(
            f"✗ {found.missing} 个照片文件不在备份目录里"
            f" / {found.missing} files of photos are not in the folder any more."
        )
    return not found.missing


@contextmanager
def _stops(folder: Path, name: str = "") -> Iterator[None]:
    """What cannot be done, in the words of the command line."""
    try:
        yield
    except files.Busy:
        raise Stop("backup_running", path=folder) from None
    except Broken:
        raise Stop("backup_broken", name=name) from None
    except NotEmpty:
        raise Stop("restore_into_empty") from None
