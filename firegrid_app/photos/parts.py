"""Unfinished photos: what has come of one whose bytes arrive in parts, over lines that break.

Parts lie in the database, not in the photo store: one commit says what is there, whichever worker
or store serves (docs/decisions/2026-11-22-photos-in-parts.md).
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, delete, func, select

from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.photos.tables import Photo, PhotoPart

MOST_PART = 1024 * 1024
"""Bytes of one part at most."""
LEAST_CUT_PART = 1024
"""Bytes of a part whose line died: less than this is not worth a row."""
MOST_UNFINISHED = 4
"""Unfinished photos of a person at most (a phone sends one at a time): the oldest gives way."""
KEPT_FOR = timedelta(days=7)
"""An unfinished photo of which nothing more comes is forgotten; the phone has it all."""


def received(session: Session, photo_id: UUID) -> int:
    """How many bytes of the photo have come, from its first one on."""
    ends = select(func.max(PhotoPart.start + PhotoPart.length)).where(
        col(PhotoPart.photo_id) == photo_id
    )
    return session.exec(ends).one() or 0


def add(session: Session, photo: Photo, start: int, data: bytes, now: datetime) -> int:
    """Keep a part if it begins where the last one ended; how much has come now.

    A part that came before or begins too far on changes nothing: the answer says where to go on.
    The caller holds the photo's row, so that two parts cannot both be the next.
    """
    have = received(session, photo.id)
    if start != have or not data or have + len(data) > MOST_BYTES:
        return have
    if start == 0:
        _make_room(session, photo, now)
    session.add(
        PhotoPart(photo_id=photo.id, start=start, length=len(data), received_at=now, data=data)
    )
    session.flush()
    return have + len(data)


def joined(session: Session, photo_id: UUID) -> bytes:
    """All that has come of the photo, in order."""
    rows = session.exec(
        select(PhotoPart.data)
        .where(col(PhotoPart.photo_id) == photo_id)
        .order_by(col(PhotoPart.start))
    )
    return b"".join(rows)


def drop(session: Session, photo_ids: list[UUID]) -> None:
    """Forget what has come of these photos: they are whole now, or have to come anew."""
    if photo_ids:
        session.exec(delete(PhotoPart).where(col(PhotoPart.photo_id).in_(photo_ids)))


def _make_room(session: Session, photo: Photo, now: datetime) -> None:
    """Before a photo begins: forget the abandoned ones of all, and too many of this person."""
    newest = func.max(PhotoPart.received_at)
    abandoned = select(PhotoPart.photo_id).group_by(col(PhotoPart.photo_id))
    drop(session, list(session.exec(abandoned.having(newest < now - KEPT_FOR))))
    own = (
        select(PhotoPart.photo_id)
        .join(Photo, col(Photo.id) == col(PhotoPart.photo_id))
        .where(Photo.person_id == photo.person_id)
        .group_by(col(PhotoPart.photo_id))
        .order_by(newest.desc())
        .offset(MOST_UNFINISHED - 1)
    )
    drop(session, list(session.exec(own)))
