"""Finds files of the photo store that no record names any more, and removes them when asked to.

What a record names is never removed: a phone's photo is named in its row before its files are
written (`taking.py`), and a file goes only while nobody can name one and if it is as old as it was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from obstore.exceptions import NotFoundError
from sqlmodel import Session, col, func, select

from firegrid_app.campaigns.tables import Campaign
from firegrid_app.database import reading, transaction
from firegrid_app.photos import store
from firegrid_app.photos.tables import Photo, PhotoRelease
from firegrid_app.shouts.tables import ShoutRecording

YOUNG = timedelta(days=1)
"""Younger files are left alone: their record may be on its way into a restored database."""
_AT_A_TIME = 20
"""Photos removed under one lock: nobody waits long to hand one in."""
_LOOKED_UP = 500
_LOCK = "LOCK TABLE photo, photo_release, shout_recording, campaign IN SHARE ROW EXCLUSIVE MODE"
_FILE = re.compile(
    r"[0-9a-f]{2}/([0-9a-f]{64})-(?:(?:original|screen|shown|thumbnail|public)\.jpg|sound\.wav)"
)

_AS_IT_CAME = ("-original.jpg", "-sound.wav")


@dataclass(frozen=True)
class Found:
    """What lies in the store, in files and bytes."""

    files: int = 0
    orphans: int = 0
    orphan_bytes: int = 0
    removed: int = 0
    foreign: int = 0
    """Files with names of another make: none of ours, never removed."""
    missing: int = 0
    """Photos and recordings said to be kept whose bytes are not there."""


@dataclass(frozen=True)
class _File:
    key: str
    digest: str
    size: int
    written_at: datetime


def look_through(now: datetime, *, remove: bool) -> Found:
    """Hold every file against the rows; with `remove` old ones that none names are deleted."""
    found, originals = Found(), 0
    with reading() as session:
        kept = select(func.count(sa.distinct(col(Photo.kept_sha256)))).where(
            col(Photo.stored_at).is_not(None)
        )
        expected = session.exec(kept).one()
    for files, strangers in _listed():
        with reading() as session:
            named = _named(session, files)
            originals += _originals_kept(session, files)
        orphans = [one for one in files if one.digest not in named and one.written_at < now - YOUNG]
        found = Found(
            files=found.files + len(files),
            orphans=found.orphans + len(orphans),
            orphan_bytes=found.orphan_bytes + sum(one.size for one in orphans),
            removed=found.removed + (_remove(orphans) if remove else 0),
            foreign=found.foreign + strangers,
        )
    return replace(found, missing=max(0, expected - originals))


def _listed() -> Iterator[tuple[list[_File], int]]:
    """Some of our files at a time, and how many beside them are not ours."""
    for some in store.store().list(chunk_size=_LOOKED_UP):
        files = []
        for one in some:
            if matched := _FILE.fullmatch(one["path"]):
                files.append(_File(one["path"], matched[1], one["size"], one["last_modified"]))
        yield files, len(some) - len(files)


def _named(session: Session, files: list[_File]) -> set[str]:
    digests = {one.digest for one in files}
    spoken = select(ShoutRecording.sha256).where(
        col(ShoutRecording.sha256).in_(digests), col(ShoutRecording.ended_at).is_(None)
    )
    found = set(session.exec(spoken))
    for column in (
        Photo.kept_sha256,
        Photo.shown_sha256,
        PhotoRelease.sha256,
        Campaign.leaflet_picture,
    ):
        found.update(session.exec(select(column).where(col(column).in_(digests))))
    return found


def _originals_kept(session: Session, files: list[_File]) -> int:
    digests = {one.digest for one in files if one.key.endswith(_AS_IT_CAME)}
    kept = select(func.count(sa.distinct(col(Photo.kept_sha256)))).where(
        col(Photo.kept_sha256).in_(digests), col(Photo.stored_at).is_not(None)
    )
    return session.exec(kept).one()


def _is_as_listed(file: _File) -> bool:
    try:
        written_at = store.store().head(file.key)["last_modified"]
    except (NotFoundError, FileNotFoundError):
        return False
    # A bucket says whole seconds when asked for one file.
    return abs(written_at - file.written_at) < timedelta(seconds=2)


def _remove(orphans: list[_File]) -> int:
    removed = 0
    for at in range(0, len(orphans), _AT_A_TIME):
        some = orphans[at : at + _AT_A_TIME]
        with transaction() as session:
            # Until the end of this transaction nobody names a photo: whoever wants to waits, finds
            # the files gone and writes them anew. SQLite has one writer anyway.
            if session.get_bind().dialect.name == "postgresql":
                session.execute(sa.text(_LOCK))
            named = _named(session, some)
            for one in some:
                # Written anew since it was listed: somebody's row comes right behind it.
                if one.digest not in named and _is_as_listed(one):
                    store.store().delete(one.key)
                    removed += 1
    return removed
