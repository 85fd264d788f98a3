"""Where photo bytes live: a folder or an S3 bucket, by one setting (obstore speaks both).

A bucket's keys, region and address come from the `AWS_…` variables every S3 client knows.
"""

import os
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import structlog
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, S3Store

from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

log = structlog.get_logger()

_PATIENCE = timedelta(seconds=20)
"""With a bucket that does not answer; the phone comes again later anyway."""
SIZES = ("original", "screen", "thumbnail")
"""What can be had of every photo; where each lies says `service.file_of`."""
SOUND = "sound"
"""What a recording's bytes lie under, of a script or of a record, beside the photos: one place to
back up and to clean."""


@lru_cache(maxsize=1)
def store() -> ObjectStore:
    """The photo store of this process."""
    place = settings().photo_store
    if place.startswith("s3://"):
        return S3Store.from_url(
            place,
            # Named here it has to be named whole: the client then no longer asks the environment.
            client_options={
                "timeout": _PATIENCE,
                "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
            },
            retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
        )
    folder = Path(place) if place else settings().data_dir / "photos"
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder.resolve())


def key_of(sha256: str, size: str) -> str:
    """Where a size of a photo lies; the first two digits keep folders small."""
    return f"{sha256[:2]}/{sha256}-{size}.{'wav' if size == SOUND else 'jpg'}"


def keep(sha256: str, sizes: Mapping[str, bytes]) -> None:
    """Write a photo's sizes; when this returns, a power cut no longer takes them away.

    The same photo sent twice lands in the same place. Refuses `busy` when a bucket takes nothing.
    """
    keys = [key_of(sha256, size) for size in sizes]
    place = store()
    for key, data in zip(keys, sizes.values(), strict=True):
        try:
            place.put(key, data)
        except BaseError as error:
            # The disk's own errors have an answer of their own; a bucket's are logged here.
            if isinstance(place, LocalStore):
                raise
            log.exception("photo_store_refused", key=key)
            raise Refused("busy") from error
    if isinstance(place, LocalStore) and place.prefix is not None:
        folder = Path(place.prefix)
        # A new name is kept by flushing its folder, a new folder by flushing the one above.
        for path in (*(folder / key for key in keys), (folder / keys[0]).parent, folder):
            flush(path)


def flush(path: Path) -> None:
    """Put a file, or the names in a folder, on the disk: a power cut no longer takes them."""
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
