"""`letter.signed`: a responsibility letter signed at premises."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.photos.tables import OF_A_LETTER
from firegrid_app.places import letters
from firegrid_app.places.tables import Place, SignedLetter
from firegrid_app.records import Stamp
from firegrid_app.sync.fields import NO_NUL, RowId
from firegrid_app.sync.kinds.kind import Body, Kind, by_row
from firegrid_app.sync.kinds.pictures import PhotoAnnounced, announce, photos_once, refuse_taken

MOST_LETTER_PHOTOS = 4
"""Of one letter: the name, and pages signed or stamped by hand."""


class LetterSignedV1(Body):
    """`letter.signed` 1: a responsibility letter signed at premises, on the phone or on paper."""

    place: RowId
    patrol: UUID | None = None
    party: Literal["investor", "owner", "tenancy", "operator", "builder", "organiser"]
    signed_by: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=NO_NUL)]
    edition: int = Field(ge=1, le=1000)
    """Of the words that were shown (`places/letter_words.py`), and in which language."""
    language: Literal["zh_CN", "en", "ko"]
    photos: Annotated[tuple[PhotoAnnounced, ...], Field(min_length=1, max_length=1)]
    """The name as it was written, or the sheet that was signed by hand."""


class LetterSigned(LetterSignedV1):
    """`letter.signed` 2: the same; also in a street's own words, and with several pictures."""

    edition: int = Field(ge=0, le=1000)
    """0 where the words were the street's own."""
    own: RowId | None = None
    """These (`places/street_letters.py`)."""
    photos: Annotated[
        tuple[PhotoAnnounced, ...], Field(min_length=1, max_length=MOST_LETTER_PHOTOS)
    ]

    @model_validator(mode="after")
    def _one_letter(self) -> Self:
        if (self.own is None) == (self.edition == 0):
            raise PydanticCustomError("one_thing", "an edition or a street's own letter")
        return photos_once(self)


def _signed(
    session: Session, actor: Actor, stamp: Stamp, body: LetterSigned, now: datetime
) -> None:
    refuse_taken(session, body)
    letter = letters.note_signed(
        session,
        actor,
        stamp,
        place_id=body.place,
        patrol_id=body.patrol,
        party=body.party,
        signed_by=body.signed_by,
        edition=body.edition,
        own=body.own,
        language=body.language,
        now=now,
    )
    announce(session, actor, stamp, body, OF_A_LETTER, letter)


KINDS = (
    Kind(
        "letter.signed",
        (LetterSignedV1, LetterSigned),
        _signed,
        by_row(Place, "place", "places.unknown"),
        SignedLetter,
    ),
)
