"""Where photo bytes live: a folder or an S3 bucket, by one setting (obstore speaks both)."""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore, S3Store

from firegrid_app.settings import settings

SIZES = ("original", "screen", "thumbnail")


@lru_cache(maxsize=1)
def store() -> ObjectStore:
    """The photo store of this process."""
    place = settings().photo_store
    if place.startswith("s3://"):
        return S3Store.from_url(place)
    folder = Path(place) if place else settings().data_dir / "photos"
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder.resolve())


def key_of(sha256: str, size: str) -> str:
    """Where a size of a photo lies; the first two digits keep folders small."""
    return f"{sha256[:2]}/{sha256}-{size}.jpg"


def keep(sha256: str, sizes: Mapping[str, bytes]) -> None:
    """Write a photo's sizes; when this returns, a power cut no longer takes them away.

    The same photo sent twice lands in the same place.
    """
    keys = [key_of(sha256, size) for size in sizes]
    place = store()
    for key, data in zip(keys, sizes.values(), strict=True):
        place.put(key, data)
    if isinstance(place, LocalStore) and place.prefix is not None:
        folder = Path(place.prefix)
        # A new name is kept by flushing its folder, a new folder by flushing the one above.
        for path in (*(folder / key for key in keys), (folder / keys[0]).parent, folder):
            _flush(path)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fetch(sha256: str, size: str) -> bytes | None:
    """The bytes, or None when they are not there."""
    try:
        return bytes(store().get(key_of(sha256, size)).bytes())
    except (NotFoundError, FileNotFoundError):
        return None
