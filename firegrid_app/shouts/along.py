"""What came along with shouts: photos, and the voice of who called it out."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from firegrid_app.photos.service import photos_by_record
from firegrid_app.photos.tables import OF_A_SHOUT, SOUND


@dataclass(frozen=True)
class Along:
    """Ids of the photos and recordings of one shout that have come, in the order taken."""

    photos: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()


def along_of(session: Session, shout_ids: Collection[UUID]) -> dict[UUID, Along]:
    """By shout what came along with it; one without is missing. The caller has checked them."""
    photos = photos_by_record(session, OF_A_SHOUT, shout_ids)
    sounds = photos_by_record(session, OF_A_SHOUT, shout_ids, kind=SOUND)
    return {
        one: Along(tuple(map(str, photos.get(one, ()))), tuple(map(str, sounds.get(one, ()))))
        for one in {*photos, *sounds}
    }
