"""What lies in a folder of backups, and under which names.

Of each backup there are `<moment>.records.jsonl.gz` and `<moment>.photos.txt.gz`, which says what
of `photos/` belongs to it: the address of a file in the photo store and its size. A backup is there
when its records are: they get their name last.
"""

import fcntl
import gzip
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore

_MOMENT = "%Y%m%dT%H%M%SZ"
_RECORDS = re.compile(r"(\d{8}T\d{6}Z)\.records\.jsonl\.gz")


class Busy(Exception):
    """Somebody else is at it."""


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Hold this lock of the folder, which is made for us alone to read. Raises `Busy`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / name).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


def name_of(moment: datetime) -> str:
    """The name of a backup made at this moment, to the second."""
    return f"{moment.astimezone(UTC):{_MOMENT}}"


def moment_of(name: str) -> datetime:
    """When the backup of this name was made."""
    return datetime.strptime(name, _MOMENT).replace(tzinfo=UTC)


def names_in(folder: Path) -> list[str]:
    """The backups that are whole, the oldest first; none where there is no such folder."""
    if not folder.is_dir():
        return []
    found = (_RECORDS.fullmatch(one.name) for one in folder.iterdir())
    return sorted(one[1] for one in found if one)


def records_file(folder: Path, name: str) -> Path:
    """Where its records are."""
    return folder / f"{name}.records.jsonl.gz"


def photos_file(folder: Path, name: str) -> Path:
    """Where the list of its photos is."""
    return folder / f"{name}.photos.txt.gz"


def photos_in(folder: Path) -> LocalStore:
    """The photos of all backups of the folder."""
    place = folder / "photos"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(place.resolve())


def write_photos(file: Path, photos: Iterable[tuple[str, int]]) -> None:
    """Write the list: address and bytes of each."""
    with gzip.open(file, "wt", encoding="utf-8") as out:
        for key, size in photos:
            out.write(f"{size} {key}\n")


def read_photos(file: Path) -> Iterator[tuple[str, int]]:
    """What `write_photos` wrote. A backup without photos has none."""
    if not file.exists():
        return
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            size, key = line.rstrip("\n").split(" ", 1)
            yield key, int(size)


def has(place: ObjectStore, key: str, size: int) -> bool:
    """Is a file of this address and size there? What a photo's address says never changes."""
    try:
        return bool(place.head(key)["size"] == size)
    except (NotFoundError, FileNotFoundError):
        return False


def copy(here: ObjectStore, there: ObjectStore, key: str) -> bool:
    """Bring one file from here to there; was it here?"""
    try:
        there.put(key, bytes(here.get(key).bytes()))
    except (NotFoundError, FileNotFoundError):
        return False
    return True
