"""Use cases of photos that go by their record's own door: of meetings and drills, handed in at the
desk, and of signed letters, which phones send. Never required or public.

Who may is asked of the room the record belongs to: whoever writes its account adds and takes out,
whoever may read it sees. Law (国办函〔2026〕12号): no photo is a proof of work, none is required.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, func, select

from firegrid_app import clock
from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.database import reading, transaction
from firegrid_app.grids.service import grid_by_id
from firegrid_app.meetings.doors import being_minuted, seen
from firegrid_app.photos import service
from firegrid_app.photos.apart import process_apart
from firegrid_app.photos.tables import OF_A_DRILL, OF_A_LETTER, OF_A_MEETING, Photo
from firegrid_app.places.letters import filed
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.training.drills import own_drill
from firegrid_app.training.tables import Drill

MOST = 9
"""Photos of one meeting or drill."""

Asking = Callable[[Session], Actor]
"""Who is asking, read anew in each session."""


def _written_meeting(session: Session, actor: Actor, record_id: UUID, now: datetime) -> int:
    return being_minuted(session, actor, record_id)[0].grid_id


def _seen_meeting(session: Session, actor: Actor, record_id: UUID, now: datetime) -> int:
    return seen(session, actor, record_id)[0].grid_id


def _held_drill(session: Session, actor: Actor, record_id: UUID, now: datetime) -> int:
    drill, _ = own_drill(session, actor, record_id)
    if drill.held_on > local_day(now, settings().zone):
        raise Refused("training.not_yet", day=drill.held_on.isoformat())
    return drill.grid_id


def _seen_drill(session: Session, actor: Actor, record_id: UUID, now: datetime) -> int:
    # Not by `own_drill`, which holds the row: six thumbnails come at once.
    drill = session.get(Drill, record_id)
    if drill is None:
        raise Refused("training.unknown_drill")
    grid_by_id(session, actor, drill.grid_id, Action.HOLD_MEETINGS)
    return drill.grid_id


def _filed_letter(session: Session, actor: Actor, record_id: UUID, now: datetime) -> int:
    return filed(session, actor, record_id).grid_id


Door = Callable[[Session, Actor, UUID, datetime], int]
"""To a record: gives its grid's id or refuses."""

TO_CHANGE: dict[str, Door] = {OF_A_MEETING: _written_meeting, OF_A_DRILL: _held_drill}
TO_LOOK: dict[str, Door] = {
    OF_A_MEETING: _seen_meeting,
    OF_A_DRILL: _seen_drill,
    OF_A_LETTER: _filed_letter,
}
"""A letter's pictures come from a phone, and nobody adds to what was signed."""


def refuse_stranger(session: Session, actor: Actor, kind: str, record_id: UUID) -> None:
    """Refuse whoever may not add a photo, and the one too many (`photos.too_many`)."""
    _room_for_one(session, actor, kind, record_id)


def _room_for_one(session: Session, actor: Actor, kind: str, record_id: UUID) -> int:
    grid_id = TO_CHANGE[kind](session, actor, record_id, clock.now())
    query = select(func.count()).where(
        Photo.record_kind == kind, Photo.record_id == record_id, col(Photo.stored_at).is_not(None)
    )
    if session.exec(query).one() >= MOST:
        raise Refused("photos.too_many", most=MOST)
    return grid_id


def attach(asking: Asking, kind: str, record_id: UUID, data: bytes) -> UUID:
    """Keep a photo of a meeting or drill; its id.

    Refuses what the record's door refuses, `photos.too_many`, `photos.not_a_photo`,
    `photos.too_large`, `busy`.
    """
    # The shrinking takes a tenth of a second and more; no transaction waits for it.
    processed = process_apart(data)
    now = clock.now()
    with transaction() as session:
        actor = asking(session)
        photo = Photo(
            id=uuid4(),
            record_kind=kind,
            record_id=record_id,
            grid_id=_room_for_one(session, actor, kind, record_id),
            person_id=actor.person_id,
            sha256=processed.original_sha256,
            kept_sha256=processed.original_sha256,
            taken_at=now,
        )
        session.add(photo)
        audit(session, actor.person_id, "attach_photo", f"{kind}:{record_id}", now)
        photo_id = photo.id
    service.put_away(processed)
    with transaction() as session:
        photo = service.announced(session, photo_id, hold=True)
        service.keep(session, photo, processed, clock.now())
    return photo_id


def take_out(
    session: Session, actor: Actor, kind: str, record_id: UUID, photo_id: UUID, now: datetime
) -> None:
    """Take a photo out of a record that can still be changed. Refuses `photos.unknown`.

    Its files go with the next look for orphans.
    """
    TO_CHANGE[kind](session, actor, record_id, now)
    session.delete(_of(session, kind, record_id, photo_id))
    audit(session, actor.person_id, "take_out_photo", f"{kind}:{record_id}", now)
    session.flush()


def attached(session: Session, actor: Actor, kind: str, record_id: UUID, photo_id: UUID) -> Photo:
    """A kept photo of a record, for whoever may read the record. Refuses `photos.unknown`."""
    TO_LOOK[kind](session, actor, record_id, clock.now())
    return _of(session, kind, record_id, photo_id)


def looked_at(
    asking: Asking, kind: str, record_id: UUID, photo_id: UUID, size: str
) -> tuple[str, str]:
    """Hash and size under which such a photo lies in the store."""
    with reading() as session:
        photo = attached(session, asking(session), kind, record_id, photo_id)
        return service.file_of(photo, size)


def _of(session: Session, kind: str, record_id: UUID, photo_id: UUID) -> Photo:
    photo = session.get(Photo, photo_id)
    is_its_own = photo is not None and (photo.record_kind, photo.record_id) == (kind, record_id)
    if photo is None or not is_its_own or photo.stored_at is None:
        raise Refused("photos.unknown")
    return photo
