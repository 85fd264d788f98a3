"""Use cases of photos: announce with a record, take in the bytes, show to those who may see."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.grids.service import grid_by_id
from firegrid_app.photos import store
from firegrid_app.photos.processing import Processed
from firegrid_app.photos.tables import Photo
from firegrid_app.records import Position
from firegrid_app.refusals import Refused


def refuse_taken(session: Session, photo_ids: list[UUID]) -> None:
    """Refuse `photos.other_bytes` when one of these ids is another record's photo already."""
    if not photo_ids:
        return
    known = session.exec(select(Photo.id).where(col(Photo.id).in_(photo_ids)).limit(1))
    if known.first() is not None:
        raise Refused("photos.other_bytes")


def announce(
    session: Session,
    actor: Actor,
    *,
    record_kind: str,
    record_id: UUID,
    grid_id: int,
    photo_id: UUID,
    sha256: str,
    purpose: str,
    taken_at: datetime,
    position: Position | None,
) -> Photo:
    """A record says which photos belong to it; the bytes come later, one by one.

    The caller has asked `refuse_taken` before it wrote the record.
    """
    photo = Photo(
        id=photo_id,
        record_kind=record_kind,
        record_id=record_id,
        grid_id=grid_id,
        person_id=actor.person_id,
        purpose=purpose,
        sha256=sha256,
        taken_at=taken_at,
        lat=round(position.lat, 5) if position else None,
        lon=round(position.lon, 5) if position else None,
        accuracy_m=position.accuracy_m if position else None,
    )
    session.add(photo)
    return photo


def awaited(session: Session, actor: Actor, photo_id: UUID) -> Photo:
    """The photo whose bytes its own maker may hand in. Refuses `photos.unknown`."""
    photo = session.get(Photo, photo_id)
    if photo is None or photo.person_id != actor.person_id:
        raise Refused("photos.unknown")
    return photo


def refuse_other_bytes(photo: Photo, data: bytes) -> None:
    """Refuse `photos.other_bytes` unless these are the bytes that were announced."""
    if hashlib.sha256(data).hexdigest() != photo.sha256:
        raise Refused("photos.other_bytes")


def keep(session: Session, photo: Photo, processed: Processed, now: datetime) -> None:
    """Write the three sizes, then say so in the row: a row never points to missing bytes."""
    if photo.stored_at is not None:
        return
    for size, data in (
        ("original", processed.original),
        ("screen", processed.screen),
        ("thumbnail", processed.thumbnail),
    ):
        store.keep(processed.original_sha256, size, data)
    photo.kept_sha256 = processed.original_sha256
    photo.width, photo.height = processed.width, processed.height
    photo.bytes = len(processed.original)
    photo.stored_at = now
    session.add(photo)


def photo_by_id(session: Session, actor: Actor, photo_id: UUID) -> Photo:
    """A kept photo, for its maker or whoever sees its grid. Refuses `photos.unknown`."""
    photo = session.get(Photo, photo_id)
    if photo is None or photo.stored_at is None:
        raise Refused("photos.unknown")
    if photo.person_id != actor.person_id:
        grid_by_id(session, actor, photo.grid_id, Action.SEE_GRID)
    return photo
