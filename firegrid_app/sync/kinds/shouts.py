"""`shout.log`: safety words called out, by what means, and how many heard them."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.photos.tables import OF_A_SHOUT
from firegrid_app.records import Stamp
from firegrid_app.shouts import service as shouts
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.fields import NO_NUL, Code, RowId, Short
from firegrid_app.sync.kinds.kind import Ahead, Body, Kind, by_code
from firegrid_app.sync.kinds.pictures import (
    Attached,
    PhotoAnnounced,
    announce,
    photos_once,
    refuse_taken,
)

MOST_SHOUT_PHOTOS = 3
"""Of one shout; nobody asks for any."""
MOST_SHOUT_SOUNDS = 1


class ShoutLogV1(Body):
    """`shout.log` 1: safety words called out, one of the shipped scripts."""

    grid: Code
    patrol: UUID | None = None
    script: Code
    means: Code
    people_reached: int = Field(default=0, ge=0, le=100_000)
    where: Short = ""


class ShoutLogV2(Body):
    """`shout.log` 2: a shipped script, or a warning, in the edition that was read out."""

    grid: Code
    patrol: UUID | None = None
    script: Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)] = ""
    alert: RowId | None = None
    edition: int = Field(default=0, ge=0, le=1000)
    means: Code
    people_reached: int = Field(default=0, ge=0, le=100_000)
    seconds: int = Field(default=0, ge=0, le=43_200)
    """How long the phone played it; 0: nobody counted."""
    where: Short = ""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.alert is None) != bool(self.script):
            raise PydanticCustomError("one_thing", "a script or a warning, and not both")
        if (self.alert is None) != (self.edition == 0):
            raise PydanticCustomError("one_thing", "a warning is named with its edition")
        return self


class ShoutLogV3(ShoutLogV2):
    """`shout.log` 3: the same; also at which premises, and how many leaflets and contact cards were
    handed out (五进, YC-23)."""

    place: RowId | None = None
    leaflets: int = Field(default=0, ge=0, le=100_000)
    cards: int = Field(default=0, ge=0, le=100_000)


class ShoutLogV4(ShoutLogV3):
    """`shout.log` 4: the same, with photos where somebody wanted some."""

    photos: Annotated[tuple[PhotoAnnounced, ...], Field(max_length=MOST_SHOUT_PHOTOS)] = ()

    @model_validator(mode="after")
    def _each_photo_once(self) -> Self:
        return photos_once(self)


class ShoutLog(ShoutLogV4):
    """`shout.log` 5: the same; also the member's own voice, where they recorded it."""

    photos: Annotated[  # type: ignore[assignment]
        tuple[Attached, ...], Field(max_length=MOST_SHOUT_PHOTOS + MOST_SHOUT_SOUNDS)
    ] = ()

    @model_validator(mode="after")
    def _few_of_each(self) -> Self:
        sounds = sum(one.kind == "sound" for one in self.photos)
        if sounds > MOST_SHOUT_SOUNDS or len(self.photos) - sounds > MOST_SHOUT_PHOTOS:
            raise PydanticCustomError("too_long", "too many photos or recordings")
        return self


def _log(session: Session, actor: Actor, stamp: Stamp, body: ShoutLog, now: datetime) -> None:
    refuse_taken(session, body)
    shout = shouts.log(
        session,
        actor,
        stamp,
        grid_code=body.grid,
        patrol_id=body.patrol,
        script=body.script,
        alert_id=body.alert,
        alert_edition=body.edition,
        means=body.means,
        people_reached=body.people_reached,
        where_words=body.where,
        seconds=body.seconds,
        place_id=body.place,
        leaflets=body.leaflets,
        cards=body.cards,
        now=now,
    )
    announce(session, actor, stamp, body, OF_A_SHOUT, shout)


def _log_ahead(body: ShoutLog, ahead: Ahead) -> None:
    ahead.codes.add(body.grid)


KINDS = (
    Kind(
        "shout.log",
        (ShoutLogV1, ShoutLogV2, ShoutLogV3, ShoutLogV4, ShoutLog),
        _log,
        by_code,
        Shout,
        _log_ahead,
    ),
)
