"""`visit.log`, `alarm.noted`: a knock at a door, and the alarms behind it."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.alarms import service as alarms
from firegrid_app.alarms.tables import AlarmNote
from firegrid_app.campaigns.asking import check_answers
from firegrid_app.photos.tables import OF_A_VISIT
from firegrid_app.records import Stamp
from firegrid_app.sync.fields import NO_NUL, Code, Day, Note, RowId
from firegrid_app.sync.kinds.kind import Ahead, Body, Kind, by_row
from firegrid_app.sync.kinds.pictures import (
    MOST_PHOTOS,
    PhotoAnnounced,
    announce,
    photos_once,
    refuse_taken,
)
from firegrid_app.visits import service as visits
from firegrid_app.visits.tables import Household, Visit

MOST_ANSWERS = 60
"""Questions of one campaign; thirty are as many as one can be given."""
MOST_CHOICES = 30
Choices = Annotated[tuple[Code, ...], Field(max_length=MOST_CHOICES)]
Number = Annotated[float, Field(strict=True, ge=-(10**9), le=10**9)]
Answer = Note | Choices | Number
"""To one question: words or a choice's code, several codes, or a number."""


class VisitLogV1(Body):
    """`visit.log` 1: a knock at a door."""

    door: RowId
    patrol: UUID | None = None
    outcome: Code
    note: Note = ""


class VisitFault(Body):
    """A question answered with a fault, and the hazard reported for it."""

    question: Code
    hazard: UUID | None = None


class VisitLogV2(Body):
    """`visit.log` 2: the same, with what a campaign asked at the door."""

    door: RowId
    patrol: UUID | None = None
    outcome: Code
    note: Note = ""
    campaign: RowId | None = None
    edition: int = Field(default=0, ge=0, le=10_000)
    """Of the campaign's questions, the one that was answered; 0 without a campaign."""
    answers: dict[Code, Answer] = Field(default={}, max_length=MOST_ANSWERS)
    faults: Annotated[tuple[VisitFault, ...], Field(max_length=MOST_ANSWERS)] = ()

    @model_validator(mode="after")
    def _answers_somebody(self) -> Self:
        if self.campaign is None and (self.answers or self.faults):
            raise PydanticCustomError("no_campaign", "answers to questions nobody asked")
        return self


class VisitLog(VisitLogV2):
    """`visit.log` 3: the same, with photos; the answer to a question for photos names its own."""

    photos: Annotated[tuple[PhotoAnnounced, ...], Field(max_length=MOST_PHOTOS)] = ()

    @model_validator(mode="after")
    def _each_photo_once(self) -> Self:
        return photos_once(self)


class AlarmNoted(Body):
    """`alarm.noted` 1: something of a smoke or gas alarm behind a door."""

    door: RowId
    patrol: UUID | None = None
    alarm: Code
    step: Code
    maker: Annotated[str, StringConstraints(max_length=10, pattern=NO_NUL)] = ""
    """Whose it is, said when it is installed."""
    expires: Day | None = None


def _visit(session: Session, actor: Actor, stamp: Stamp, body: VisitLog, now: datetime) -> None:
    refuse_taken(session, body)
    visit = visits.log(
        session,
        actor,
        stamp,
        asked=_asked(session, body),
        household_id=body.door,
        patrol_id=body.patrol,
        outcome=body.outcome,
        note=body.note,
        now=now,
    )
    announce(session, actor, stamp, body, OF_A_VISIT, visit)


def _asked(session: Session, body: VisitLog) -> visits.Asked | None:
    if body.campaign is None:
        return None
    answers = body.model_dump(mode="json")["answers"]
    check_answers(
        session,
        campaign_id=body.campaign,
        edition=body.edition,
        household_id=body.door,
        answers=answers,
        outcome=body.outcome,
        photos={str(photo.id) for photo in body.photos},
    )
    faults = [fault.model_dump(mode="json") for fault in body.faults]
    return visits.Asked(body.campaign, body.edition, answers, faults)


def _visit_ahead(body: VisitLog, ahead: Ahead) -> None:
    ahead.doors.add(body.door)


def _alarm(session: Session, actor: Actor, stamp: Stamp, body: AlarmNoted, now: datetime) -> None:
    alarms.note(
        session,
        actor,
        stamp,
        household_id=body.door,
        patrol_id=body.patrol,
        kind=body.alarm,
        step=body.step,
        maker=body.maker,
        expires_on=body.expires,
        now=now,
    )


_by_door = by_row(Household, "door", "visits.unknown_door")
KINDS = (
    Kind("visit.log", (VisitLogV1, VisitLogV2, VisitLog), _visit, _by_door, Visit, _visit_ahead),
    Kind("alarm.noted", (AlarmNoted,), _alarm, _by_door, AlarmNote),
)
