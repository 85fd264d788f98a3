"""Use cases of photos: announce with a record, take in the bytes, show to those who may see."""

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.grids.service import grid_by_id
from firegrid_app.photos import parts, store
from firegrid_app.photos.processing import Processed
from firegrid_app.photos.tables import OF_A_REPORT, Photo
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


def awaited(session: Session, actor: Actor, photo_id: UUID, *, hold: bool = False) -> Photo:
    """The photo whose bytes its own maker may hand in. Refuses `photos.unknown`.

    With `hold` nobody else changes the photo or its parts until the transaction ends.
    """
    photo = announced(session, photo_id, hold=hold)
    if photo.person_id != actor.person_id:
        raise Refused("photos.unknown")
    return photo


def announced(session: Session, photo_id: UUID, *, hold: bool = False) -> Photo:
    """The photo a record announced; the caller asks who may. Refuses `photos.unknown`."""
    photo = session.get(Photo, photo_id, with_for_update=hold or None)
    if photo is None:
        raise Refused("photos.unknown")
    return photo


def refuse_other_bytes(photo: Photo, data: bytes) -> None:
    """Refuse `photos.other_bytes` unless these are the bytes that were announced."""
    if hashlib.sha256(data).hexdigest() != photo.sha256:
        raise Refused("photos.other_bytes")


def standing(session: Session, photo: Photo) -> int | None:
    """How many bytes of an awaited photo have come in parts; None once it is kept."""
    return None if photo.stored_at is not None else parts.received(session, photo.id)


def add_part(session: Session, photo: Photo, start: int, data: bytes, now: datetime) -> int | None:
    """Take in the next bytes of an awaited, held photo; its standing after them."""
    if photo.stored_at is not None:
        return None
    return parts.add(session, photo, start, data, now)


def all_parts(session: Session, photo: Photo) -> bytes:
    """The bytes of an awaited photo that have come in parts."""
    return parts.joined(session, photo.id)


def forget_parts(session: Session, actor: Actor, photo_id: UUID) -> None:
    """What came is not the photo that was announced: it has to come anew."""
    parts.drop(session, [awaited(session, actor, photo_id).id])


def name(session: Session, photo: Photo, processed: Processed) -> None:
    """Say in the row which files will be its own, before `put_away` writes them."""
    if photo.stored_at is None:
        photo.kept_sha256 = processed.original_sha256
        session.add(photo)


def put_away(processed: Processed) -> None:
    """Write the three sizes durably. It takes several flushes: no transaction waits for it."""
    store.keep(
        processed.original_sha256,
        {
            "original": processed.original,
            "screen": processed.screen,
            "thumbnail": processed.thumbnail,
        },
    )


def keep(session: Session, photo: Photo, processed: Processed, now: datetime) -> None:
    """Say in the row that the photo is kept, after `put_away`: no row points to missing bytes."""
    if photo.stored_at is not None:
        return
    photo.kept_sha256 = processed.original_sha256
    photo.width, photo.height = processed.width, processed.height
    photo.bytes = len(processed.original)
    photo.stored_at = now
    session.add(photo)
    parts.drop(session, [photo.id])


def keep_of_report(
    session: Session,
    processed: Processed,
    *,
    report_id: UUID,
    grid_id: int,
    now: datetime,
) -> Photo:
    """The row of a photo a resident sent with a report, after `put_away`."""
    photo = Photo(
        id=uuid4(),
        record_kind=OF_A_REPORT,
        record_id=report_id,
        grid_id=grid_id,
        sha256=processed.original_sha256,
        taken_at=now,
    )
    keep(session, photo, processed, now)
    return photo


def photo_by_id(session: Session, actor: Actor, photo_id: UUID) -> Photo:
    """A kept photo, for its maker or whoever sees its grid; of a resident's report nobody has taken
    on yet, for whoever may. Refuses `photos.unknown`."""
    photo = session.get(Photo, photo_id)
    if photo is None or photo.stored_at is None:
        raise Refused("photos.unknown")
    if photo.person_id != actor.person_id:
        is_new = photo.record_kind == OF_A_REPORT
        action = Action.MODERATE if is_new else Action.SEE_GRID
        grid_by_id(session, actor, photo.grid_id, action)
    return photo
