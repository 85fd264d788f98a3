"""`equipment.checked`: a piece of fire equipment was looked at, or tested."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.equipment import checking
from firegrid_app.equipment.rules import Found
from firegrid_app.equipment.tables import Equipment, EquipmentCheck
from firegrid_app.photos.tables import OF_EQUIPMENT
from firegrid_app.records import Stamp
from firegrid_app.sync.fields import NO_NUL, RowId
from firegrid_app.sync.kinds.kind import Body, Kind, by_row
from firegrid_app.sync.kinds.pictures import (
    MOST_PHOTOS,
    PhotoAnnounced,
    announce,
    photos_once,
    refuse_taken,
)


class EquipmentChecked(Body):
    """`equipment.checked` 1: a piece of fire equipment was looked at, or tested."""

    piece: RowId
    patrol: UUID | None = None
    found: Literal["fine", "faulty", "gone"]
    tested: bool = False
    """Only looked at, it is due for its test as before."""
    note: Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)] = ""
    hazard: UUID | None = None
    """The hazard that is reported for it; its record may come later, or never."""
    photos: Annotated[tuple[PhotoAnnounced, ...], Field(max_length=MOST_PHOTOS)] = ()

    @model_validator(mode="after")
    def _each_photo_once(self) -> Self:
        return photos_once(self)


def _checked(
    session: Session, actor: Actor, stamp: Stamp, body: EquipmentChecked, now: datetime
) -> None:
    refuse_taken(session, body)
    check = checking.note_check(
        session,
        actor,
        stamp,
        equipment_id=body.piece,
        patrol_id=body.patrol,
        found=Found(body.found),
        tested=body.tested,
        note=body.note,
        hazard_id=body.hazard,
        now=now,
    )
    announce(session, actor, stamp, body, OF_EQUIPMENT, check)


KINDS = (
    Kind(
        "equipment.checked",
        (EquipmentChecked,),
        _checked,
        by_row(Equipment, "piece", "equipment.unknown"),
        EquipmentCheck,
    ),
)
