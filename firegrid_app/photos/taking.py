"""Takes in the bytes of an announced photo or recording; one way for all routes that bring some."""

from collections.abc import Callable

from sqlmodel import Session

from firegrid_app import clock
from firegrid_app.database import reading, transaction
from firegrid_app.photos import service
from firegrid_app.photos.apart import process_apart
from firegrid_app.photos.recorded import recorded
from firegrid_app.photos.stamping import strip_of
from firegrid_app.photos.tables import SOUND, Photo

Door = Callable[[Session, bool], Photo]
"""Who is asking is checked here, and the photo comes back; with True it is held for a change."""


def take_bytes(door: Door, data: bytes) -> str:
    """Check, shrink and keep the bytes: `created`, or `already` when they are kept.

    Refuses what `door` refuses, `photos.other_bytes`, `photos.not_a_photo`, `photos.too_large`,
    `busy`; of a recording what `recorded` refuses.
    """
    with reading() as session:
        photo = door(session, False)
        service.refuse_other_bytes(photo, data)
        if photo.stored_at is not None:
            return "already"
        is_sound = photo.kind == SOUND
        strip = () if is_sound else strip_of(session, photo)
    # The shrinking takes a tenth of a second; no transaction waits for it.
    made = recorded(data) if is_sound else process_apart(data, strip)
    with transaction() as session:
        service.name(session, door(session, False), made)
    service.put_away(made)
    with transaction() as session:
        service.keep(session, door(session, True), made, clock.now())
    return "created"
