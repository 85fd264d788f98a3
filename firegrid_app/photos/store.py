"""Where photo bytes live: a folder or an S3 bucket, by one setting (obstore speaks both)."""

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


def keep(sha256: str, size: str, data: bytes) -> None:
    """Write bytes; the same photo sent twice lands in the same place."""
    store().put(key_of(sha256, size), data)


def fetch(sha256: str, size: str) -> bytes | None:
    """The bytes, or None when they are not there."""
    try:
        return bytes(store().get(key_of(sha256, size)).bytes())
    except (NotFoundError, FileNotFoundError):
        return None
