"""Use cases of photos and recordings: announced with a record, bytes taken in, given to who may."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, delete, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.grids.service import grid_by_id
from firegrid_app.photos import parts, store
from firegrid_app.photos.processing import Processed
from firegrid_app.photos.recorded import Recorded
from firegrid_app.photos.tables import (
    BY_THEIR_RECORD,
    OF_A_REPORT,
    OF_A_VISIT,
    PICTURE,
    SOUND,
    Photo,
    PhotoPart,
)
from firegrid_app.records import Position
from firegrid_app.refusals import Refused

_ACTIONS = {OF_A_REPORT: Action.MODERATE, OF_A_VISIT: Action.SEE_CARE}
"""What somebody must be allowed to, to see photos of these; of others `SEE_GRID`."""


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
    kind: str = PICTURE,
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
        kind=kind,
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


def name(session: Session, photo: Photo, processed: Processed | Recorded) -> None:
    """Say in the row which files will be its own, before `put_away` writes them."""
    if photo.stored_at is None:
        photo.kept_sha256 = processed.original_sha256
        photo.shown_sha256 = processed.shown_sha256
        session.add(photo)


def put_away(processed: Processed | Recorded) -> None:
    """Write the three sizes of a photo, or a recording, durably. It takes several flushes: no
    transaction waits for it."""
    if isinstance(processed, Recorded):
        store.keep(processed.original_sha256, {store.SOUND: processed.original})
        return
    sizes = {"original": processed.original, "thumbnail": processed.thumbnail}
    if processed.shown_sha256:
        # Another record may have the same picture with other words under it.
        store.keep(processed.shown_sha256, {"shown": processed.screen})
    else:
        sizes["screen"] = processed.screen
    store.keep(processed.original_sha256, sizes)


def file_of(photo: Photo, size: str) -> tuple[str, str]:
    """Hash and size under which a kept photo lies in the store: `screen` with its strip, if any.

    Refuses `photos.unknown` for the picture of a recording, and the sound of a photo.
    """
    if (size == store.SOUND) != (photo.kind == SOUND):
        raise Refused("photos.unknown")
    if size == "screen" and photo.shown_sha256:
        return photo.shown_sha256, "shown"
    return photo.kept_sha256, size


def keep(session: Session, photo: Photo, processed: Processed | Recorded, now: datetime) -> None:
    """Say in the row that the photo is kept, after `put_away`: no row points to missing bytes."""
    if photo.stored_at is not None:
        return
    photo.kept_sha256 = processed.original_sha256
    photo.shown_sha256 = processed.shown_sha256
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


def photos_of(session: Session, record_id: UUID) -> tuple[str, ...]:
    """Ids of the kept photos of a record, the first first; whoever asks has the record already."""
    rows = session.exec(
        select(Photo.id)
        .where(Photo.record_id == record_id, col(Photo.stored_at).is_not(None))
        .order_by(col(Photo.taken_at), col(Photo.id))
    )
    return tuple(map(str, rows))


def forget_photos_of(session: Session, record_id: UUID) -> None:
    """The record is gone, and its photos with it; files go with the next look for orphans."""
    session.exec(delete(Photo).where(col(Photo.record_id) == record_id))


def photo_by_id(session: Session, actor: Actor, photo_id: UUID) -> Photo:
    """A kept photo, for its maker or whoever sees its grid; of a resident's report nobody has taken
    on yet, for whoever may; of a door, for who may see to it. Those of meetings and drills go by
    their record's own door (`attached.py`). Refuses `photos.unknown`."""
    photo = session.get(Photo, photo_id)
    if photo is None or photo.stored_at is None or photo.record_kind in BY_THEIR_RECORD:
        raise Refused("photos.unknown")
    if photo.person_id != actor.person_id:
        action = _ACTIONS.get(photo.record_kind, Action.SEE_GRID)
        grid_by_id(session, actor, photo.grid_id, action)
    return photo


def forget_of_visits(session: Session, visit_ids: Collection[UUID]) -> None:
    """Photos taken at a door leave with what is known of its people; their files with the next
    clean-up. One still on a phone is unknown when it comes. The caller has checked the door."""
    theirs = select(Photo.id).where(
        Photo.record_kind == OF_A_VISIT, col(Photo.record_id).in_(visit_ids)
    )
    session.execute(delete(PhotoPart).where(col(PhotoPart.photo_id).in_(theirs)))
    session.execute(
        delete(Photo).where(Photo.record_kind == OF_A_VISIT, col(Photo.record_id).in_(visit_ids))  # type: ignore[arg-type]
    )


def photos_by_record(
    session: Session, record_kind: str, record_ids: Collection[UUID], *, kind: str = PICTURE
) -> dict[UUID, list[UUID]]:
    """Kept photos (or recordings: `kind`) by record of that kind, in the order they were taken. The
    caller has checked the records."""
    rows = session.exec(
        select(Photo.record_id, Photo.id)
        .where(
            Photo.record_kind == record_kind,
            Photo.kind == kind,
            col(Photo.record_id).in_(record_ids),
            col(Photo.stored_at).is_not(None),
        )
        .order_by(col(Photo.taken_at), col(Photo.id))
    )
    found: dict[UUID, list[UUID]] = {}
    for record, photo in rows:
        found.setdefault(record, []).append(photo)
    return found
