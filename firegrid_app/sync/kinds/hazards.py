"""`hazard.report`, `hazard.move`: a hazard found, and what was done about one on the spot."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.hazards import by_phone, tables
from firegrid_app.hazards import service as hazards
from firegrid_app.hazards.rules.dissuasion import MOST_MOVED, Dissuasion
from firegrid_app.photos.releasing import OF_A_HAZARD
from firegrid_app.records import Stamp
from firegrid_app.sync.fields import Code, Day, RowId, Short, Words
from firegrid_app.sync.kinds.kind import Ahead, Body, Kind, by_code, by_row
from firegrid_app.sync.kinds.pictures import (
    MOST_PHOTOS,
    PhotoAnnounced,
    announce,
    photos_once,
    refuse_taken,
)

MOST_SAID = 10
"""Things said to somebody on the spot; the app offers five."""


class Dissuaded(Body):
    """Somebody was talked to on the spot (劝导制止), in codes of `hazards/rules/dissuasion.py`."""

    said: Annotated[tuple[Code, ...], Field(min_length=1, max_length=MOST_SAID)]
    to: Code
    outcome: Code
    by: Day | None = None
    warned: bool = False
    moved: int = Field(default=0, ge=0, le=MOST_MOVED)


class HazardReportV1(Body):
    """`hazard.report` 1: a hazard found."""

    grid: Code
    patrol: UUID | None = None
    category: Code
    severity: Code
    words: Words = ""
    where: Short = ""
    place: RowId | None = None
    urgent: bool = False
    fixed_on_spot: bool = False
    photos: Annotated[tuple[PhotoAnnounced, ...], Field(max_length=MOST_PHOTOS)] = ()

    @model_validator(mode="after")
    def _each_photo_once(self) -> Self:
        return photos_once(self)


class HazardReport(HazardReportV1):
    """`hazard.report` 2: the same, with who was talked to on the spot."""

    dissuasion: Dissuaded | None = None


class HazardMoveV1(Body):
    """`hazard.move` 1: what was done about a hazard on the spot. What it stands at is the
    server's to say: the phone names hazard and step; one that no longer follows is refused."""

    hazard: UUID
    patrol: UUID | None = None
    step: Literal["corrected", "commented", "urged", "answered", "stepped_up", "skipped"]
    note: Words = ""
    photos: Annotated[tuple[PhotoAnnounced, ...], Field(max_length=MOST_PHOTOS)] = ()

    @model_validator(mode="after")
    def _each_photo_once(self) -> Self:
        return photos_once(self)


class HazardMove(HazardMoveV1):
    """`hazard.move` 2: the same; also that somebody was talked to, which is a step of its own."""

    step: Literal[  # type: ignore[assignment]
        "corrected", "commented", "urged", "answered", "stepped_up", "skipped", "dissuaded"
    ]
    dissuasion: Dissuaded | None = None

    @model_validator(mode="after")
    def _says_what_was_said(self) -> Self:
        if (self.step == "dissuaded") != (self.dissuasion is not None):
            raise PydanticCustomError(
                "dissuaded", "what was said goes with that step, and no other"
            )
        return self


def _report(
    session: Session, actor: Actor, stamp: Stamp, body: HazardReport, now: datetime
) -> None:
    refuse_taken(session, body)
    hazard = hazards.report(
        session,
        actor,
        stamp,
        grid_code=body.grid,
        patrol_id=body.patrol,
        category=body.category,
        severity=body.severity,
        words=body.words,
        where_words=body.where,
        place_id=body.place,
        urgent=body.urgent,
        fixed_on_spot=body.fixed_on_spot,
        dissuasion=_said(body.dissuasion),
        now=now,
    )
    announce(session, actor, stamp, body, OF_A_HAZARD, hazard)


def _report_ahead(body: HazardReport, ahead: Ahead) -> None:
    ahead.codes.add(body.grid)


def _move(session: Session, actor: Actor, stamp: Stamp, body: HazardMove, now: datetime) -> None:
    refuse_taken(session, body)
    hazard = by_phone.move(
        session,
        actor,
        stamp,
        hazard_id=body.hazard,
        patrol_id=body.patrol,
        step=body.step,
        note=body.note,
        dissuasion=_said(body.dissuasion),
        now=now,
    )
    announce(session, actor, stamp, body, OF_A_HAZARD, hazard)


def _said(body: Dissuaded | None) -> Dissuasion | None:
    return Dissuasion(**body.model_dump()) if body is not None else None


KINDS = (
    Kind(
        "hazard.report",
        (HazardReportV1, HazardReport),
        _report,
        by_code,
        tables.Hazard,
        _report_ahead,
    ),
    Kind(
        "hazard.move",
        (HazardMoveV1, HazardMove),
        _move,
        by_row(tables.Hazard, "hazard", "hazards.unknown"),
        tables.HazardMove,
    ),
)
