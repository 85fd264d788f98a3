"""`letter.signed`: a responsibility letter signed at premises."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.photos.tables import OF_A_LETTER
from firegrid_app.places import letters
from firegrid_app.places.tables import Place, SignedLetter
from firegrid_app.records import Stamp
from firegrid_app.sync.fields import NO_NUL, RowId
from firegrid_app.sync.kinds.kind import Body, Kind, by_row
from firegrid_app.sync.kinds.pictures import PhotoAnnounced, announce, refuse_taken


class LetterSigned(Body):
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
        language=body.language,
        now=now,
    )
    announce(session, actor, stamp, body, OF_A_LETTER, letter)


KINDS = (
    Kind(
        "letter.signed",
        (LetterSigned,),
        _signed,
        by_row(Place, "place", "places.unknown"),
        SignedLetter,
    ),
)
