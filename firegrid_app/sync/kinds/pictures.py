"""Photos and recordings that a record announces; their bytes follow by themselves."""

from collections.abc import Sequence
from typing import Annotated, Literal, Protocol, TypeVar
from uuid import UUID

from pydantic import StringConstraints
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.photos import service as photos
from firegrid_app.photos.tables import PICTURE
from firegrid_app.records import FieldRecord, Position, Stamp
from firegrid_app.sync.fields import Moment
from firegrid_app.sync.kinds.kind import Body

MOST_PHOTOS = 9


class PhotoAnnounced(Body):
    """A photo whose bytes follow by `/api/photos/{id}`, whole or in parts."""

    id: UUID
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    purpose: Literal["scene", "before", "after"] = "scene"
    taken_at: Moment
    position: Position | None = None


class Attached(PhotoAnnounced):
    """A photo, or a recording, whose bytes follow the same way."""

    kind: Literal["picture", "sound"] = "picture"


class Pictured(Protocol):
    """A body with photos."""

    @property
    def photos(self) -> Sequence[PhotoAnnounced]:
        """Those it announces."""
        ...


P = TypeVar("P", bound=Pictured)


def photos_once(body: P) -> P:
    """The body again, unless it names a photo twice."""
    if len({photo.id for photo in body.photos}) < len(body.photos):
        raise PydanticCustomError("photo_twice", "a photo is named twice")
    return body


def refuse_taken(session: Session, body: Pictured) -> None:
    """Before the record is written: a refusal must leave nothing behind."""
    photos.refuse_taken(session, [photo.id for photo in body.photos])


def announce(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    body: Pictured,
    record_kind: str,
    record: FieldRecord,
) -> None:
    """Await the photos of a record; `record_kind` is one of `photos/tables.py`."""
    for photo in body.photos:
        photos.announce(
            session,
            actor,
            record_kind=record_kind,
            record_id=record.id,
            grid_id=record.grid_id,
            photo_id=photo.id,
            sha256=photo.sha256,
            kind=photo.kind if isinstance(photo, Attached) else PICTURE,
            purpose=photo.purpose,
            taken_at=photo.taken_at + stamp.righted_by,
            position=photo.position,
        )
