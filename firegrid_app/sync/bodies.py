"""What a phone may send: one versioned body per kind, checked before anything is touched."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self, TypeVar
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from firegrid_app.hazards.rules.dissuasion import MOST_MOVED
from firegrid_app.records import Position

_NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no NUL character; a body with one is refused here, not by the database."""
Words = Annotated[str, StringConstraints(max_length=1000, pattern=_NO_NUL)]
Note = Annotated[str, StringConstraints(max_length=500, pattern=_NO_NUL)]
Short = Annotated[str, StringConstraints(max_length=120, pattern=_NO_NUL)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_NO_NUL)]
RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC)),
]
"""Aware, and far enough from the calendar's ends that no time zone pushes it over them."""
Offset = Annotated[int, Field(ge=-(10**12), le=10**12)]
"""Milliseconds; some thirty years are more than any phone's clock is off."""
Day = Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))]
MOST_ITEMS = 200
"""Items in one request; a longer outbox goes in several."""
MOST_PHOTOS = 9
MOST_SHOUT_PHOTOS = 3
"""Of one shout; nobody asks for any."""
MOST_SHOUT_SOUNDS = 1
MOST_NOTES = 50
"""Notes read at one hand-over; a shift leaves one or two."""
MOST_ANSWERS = 60
"""Questions of one campaign; thirty are as many as one can be given."""
MOST_CHOICES = 30
MOST_SAID = 10
"""Things said to somebody on the spot; the app offers five."""
MOST_FAULTS = 60
"""Items of one checklist; the longest shipped has sixteen."""


class Body(BaseModel):
    """A body refuses fields it does not know: a typing error must not lose a value silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PatrolStart(Body):
    """`patrol.start`: begin walking a grid."""

    grid: Code


class PatrolArriveV1(Body):
    """`patrol.arrive` 1: arrived at a check point of the list."""

    patrol: UUID
    check_point: RowId
    all_fine: bool = True
    note: Note = ""


class PatrolArriveV2(Body):
    """`patrol.arrive` 2: arrived at a check point, or elsewhere on the walk, said in words."""

    patrol: UUID
    check_point: RowId | None = None
    where: Short = ""
    all_fine: bool = True
    note: Note = ""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.check_point is None and not self.where.strip():
            raise PydanticCustomError("nowhere", "neither a check point nor words for the place")
        return self


class Fault(Body):
    """An item of a checklist that is not as it should be, and the hazard reported for it."""

    item: Code
    hazard: UUID | None = None


class PatrolArriveV3(Body):
    """`patrol.arrive` 3: the same, with the code scanned there and what its checklist found."""

    patrol: UUID
    check_point: RowId | None = None
    where: Short = ""
    tag: Annotated[str, StringConstraints(max_length=40, pattern=_NO_NUL)] = ""
    """The printed code as scanned; empty when the point was tapped in the list."""
    checklist: Annotated[str, StringConstraints(max_length=60, pattern=_NO_NUL)] = ""
    faults: Annotated[tuple[Fault, ...], Field(max_length=MOST_FAULTS)] = ()
    not_applicable: Annotated[tuple[Code, ...], Field(max_length=MOST_FAULTS)] = ()
    all_fine: bool = True
    note: Note = ""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.check_point is None and not self.where.strip():
            raise PydanticCustomError("nowhere", "neither a check point nor words for the place")
        if self.all_fine and self.faults:
            raise PydanticCustomError("fine_with_faults", "all fine, and yet there are faults")
        return self


class PatrolArrive(PatrolArriveV3):
    """`patrol.arrive` 4: the same; at premises also what came of the call (locked, moved, …)."""

    call: Annotated[str, StringConstraints(max_length=20, pattern=_NO_NUL)] = ""


class PatrolEndV1(Body):
    """`patrol.end` 1: the walk is over now."""

    patrol: UUID
    note: Note = ""


class PatrolEnd(Body):
    """`patrol.end` 2: the walk is over; if it was over before it is said, since when."""

    patrol: UUID
    ended_at: Moment | None = None
    """By the phone's clock, as `captured_at`."""
    note: Note = ""


class PatrolWord(Body):
    """`patrol.word`: "I was walking" from one moment to another, without a record in between."""

    patrol: UUID
    since: Moment
    until: Moment
    note: Note = ""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.until <= self.since:
            raise PydanticCustomError("not_forward", "it ends before it begins")
        return self


class PhotoAnnounced(Body):
    """A photo whose bytes follow by `/api/photos/{id}`, whole or in parts."""

    id: UUID
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    purpose: Literal["scene", "before", "after"] = "scene"
    taken_at: Moment
    position: Position | None = None


Pictured = TypeVar(
    "Pictured", bound="HazardReportV1 | HazardMoveV1 | ShoutLogV4 | VisitLog | EquipmentChecked"
)


def _photos_once(body: Pictured) -> Pictured:
    if len({photo.id for photo in body.photos}) < len(body.photos):
        raise PydanticCustomError("photo_twice", "a photo is named twice")
    return body


class Attached(PhotoAnnounced):
    """A photo, or a recording, whose bytes follow the same way."""

    kind: Literal["picture", "sound"] = "picture"


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
        return _photos_once(self)


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
        return _photos_once(self)


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
    script: Annotated[str, StringConstraints(max_length=60, pattern=_NO_NUL)] = ""
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
        return _photos_once(self)


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


class AlertOpened(Body):
    """`alert.seen`: a warning was opened, in this edition."""

    alert: RowId
    edition: int = Field(ge=1, le=1000)


class VisitLogV1(Body):
    """`visit.log` 1: a knock at a door."""

    door: RowId
    patrol: UUID | None = None
    outcome: Code
    note: Note = ""


Choices = Annotated[tuple[Code, ...], Field(max_length=MOST_CHOICES)]
Number = Annotated[float, Field(strict=True, ge=-(10**9), le=10**9)]
Answer = Note | Choices | Number
"""To one question: words or a choice's code, several codes, or a number."""


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
    answers: Annotated[dict[Code, Answer], Field(max_length=MOST_ANSWERS)] = {}
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
        return _photos_once(self)


class AlarmNoted(Body):
    """`alarm.noted` 1: something of a smoke or gas alarm behind a door."""

    door: RowId
    patrol: UUID | None = None
    alarm: Code
    step: Code
    maker: Annotated[str, StringConstraints(max_length=10, pattern=_NO_NUL)] = ""
    """Whose it is, said when it is installed."""
    expires: Day | None = None


class EquipmentChecked(Body):
    """`equipment.checked` 1: a piece of fire equipment was looked at, or tested."""

    piece: RowId
    patrol: UUID | None = None
    found: Literal["fine", "faulty", "gone"]
    tested: bool = False
    """Only looked at, it is due for its test as before."""
    note: Annotated[str, StringConstraints(max_length=300, pattern=_NO_NUL)] = ""
    hazard: UUID | None = None
    """The hazard that is reported for it; its record may come later, or never."""
    photos: Annotated[tuple[PhotoAnnounced, ...], Field(max_length=MOST_PHOTOS)] = ()

    @model_validator(mode="after")
    def _each_photo_once(self) -> Self:
        return _photos_once(self)


class LetterSigned(Body):
    """`letter.signed` 1: a responsibility letter signed at premises, on the phone or on paper."""

    place: RowId
    patrol: UUID | None = None
    party: Literal["investor", "owner", "tenancy", "operator", "builder", "organiser"]
    signed_by: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=_NO_NUL)]
    edition: int = Field(ge=1, le=1000)
    """Of the words that were shown (`places/letter_words.py`), and in which language."""
    language: Literal["zh_CN", "en", "ko"]
    photos: Annotated[tuple[PhotoAnnounced, ...], Field(min_length=1, max_length=1)]
    """The name as it was written, or the sheet that was signed by hand."""


class DutyDone(Body):
    """`duty.done`: a duty ticked. It is named by what never changes, not by a row's id."""

    rule: RowId
    grid: Code
    first: Day
    number: int = Field(default=1, ge=1, le=31)
    note: Note = ""


class ShiftNote(Body):
    """`shift.note`: words for who is on duty next."""

    shift: RowId
    words: Words


class ShiftTaken(Body):
    """`shift.taken`: taken over, having read these notes."""

    shift: RowId
    notes: Annotated[tuple[UUID, ...], Field(max_length=MOST_NOTES)] = ()


BODIES: dict[tuple[str, int], type[Body]] = {
    ("patrol.start", 1): PatrolStart,
    ("patrol.arrive", 1): PatrolArriveV1,
    ("patrol.arrive", 2): PatrolArriveV2,
    ("patrol.arrive", 3): PatrolArriveV3,
    ("patrol.arrive", 4): PatrolArrive,
    ("patrol.end", 1): PatrolEndV1,
    ("patrol.end", 2): PatrolEnd,
    ("patrol.word", 1): PatrolWord,
    ("hazard.report", 1): HazardReportV1,
    ("hazard.report", 2): HazardReport,
    ("hazard.move", 1): HazardMoveV1,
    ("hazard.move", 2): HazardMove,
    ("shout.log", 1): ShoutLogV1,
    ("shout.log", 2): ShoutLogV2,
    ("shout.log", 3): ShoutLogV3,
    ("shout.log", 4): ShoutLogV4,
    ("shout.log", 5): ShoutLog,
    ("visit.log", 1): VisitLogV1,
    ("visit.log", 2): VisitLogV2,
    ("visit.log", 3): VisitLog,
    ("alarm.noted", 1): AlarmNoted,
    ("equipment.checked", 1): EquipmentChecked,
    ("letter.signed", 1): LetterSigned,
    ("duty.done", 1): DutyDone,
    ("shift.note", 1): ShiftNote,
    ("shift.taken", 1): ShiftTaken,
    ("alert.seen", 1): AlertOpened,
}
"""Every kind in every version still accepted. A version once shipped is never taken out, nor does
its schema change (tests/sync/test_versions.py): phones in the field hold records of it."""


def _arrive_2(old: PatrolArriveV1) -> PatrolArriveV2:
    return PatrolArriveV2(
        patrol=old.patrol, check_point=old.check_point, all_fine=old.all_fine, note=old.note
    )


def _arrive_3(old: PatrolArriveV2) -> PatrolArriveV3:
    return PatrolArriveV3(**old.model_dump())


def _arrive_4(old: PatrolArriveV3) -> PatrolArrive:
    return PatrolArrive(**old.model_dump())


def _end_2(old: PatrolEndV1) -> PatrolEnd:
    return PatrolEnd(patrol=old.patrol, note=old.note)


def _shout_2(old: ShoutLogV1) -> ShoutLogV2:
    return ShoutLogV2(**old.model_dump())


def _shout_3(old: ShoutLogV2) -> ShoutLogV3:
    return ShoutLogV3(**old.model_dump())


def _shout_4(old: ShoutLogV3) -> ShoutLogV4:
    return ShoutLogV4(**old.model_dump())


def _shout_5(old: ShoutLogV4) -> ShoutLog:
    return ShoutLog(**old.model_dump())


def _report_2(old: HazardReportV1) -> HazardReport:
    return HazardReport(**old.model_dump())


def _move_2(old: HazardMoveV1) -> HazardMove:
    return HazardMove(**old.model_dump())


def _visit_2(old: VisitLogV1) -> VisitLogV2:
    return VisitLogV2(**old.model_dump())


def _visit_3(old: VisitLogV2) -> VisitLog:
    return VisitLog(**old.model_dump())


UPGRADES: dict[tuple[str, int], Callable[[Any], Body]] = {
    ("patrol.arrive", 1): _arrive_2,
    ("patrol.arrive", 2): _arrive_3,
    ("patrol.arrive", 3): _arrive_4,
    ("patrol.end", 1): _end_2,
    ("shout.log", 1): _shout_2,
    ("shout.log", 2): _shout_3,
    ("shout.log", 3): _shout_4,
    ("shout.log", 4): _shout_5,
    ("visit.log", 1): _visit_2,
    ("visit.log", 2): _visit_3,
    ("hazard.report", 1): _report_2,
    ("hazard.move", 1): _move_2,
}
"""From each version that has a newer one to the next; the services know only the newest."""


def newest(kind: str, version: int, body: Body) -> Body:
    """The same body in the newest version of its kind."""
    while upgrade := UPGRADES.get((kind, version)):
        body, version = upgrade(body), version + 1
    return body


KINDS = frozenset(kind for kind, _ in BODIES)


class Item(BaseModel):
    """One record from the outbox. `captured_at` and `position` were stamped at the shutter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UUID
    kind: Annotated[str, StringConstraints(max_length=40)]
    version: int = Field(ge=1, le=1000)
    made_by: int
    """Id of the person who made it on this phone."""
    captured_at: Moment
    position: Position | None = None
    body: dict[str, Any]


class Batch(BaseModel):
    """A request to `POST /api/sync`. Items stay raw here: one bad item must not stop the others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sent_at: Moment
    app_version: Short = ""
    clock_offsets_ms: Annotated[
        dict[Annotated[str, StringConstraints(max_length=40)], Offset], Field(max_length=MOST_ITEMS)
    ] = {}
    """By item: how far the server's clock was ahead of the phone's when it was made, where the
    phone knows. Beside the items, not in them: it may be learned after a first try to send."""
    items: list[dict[str, Any]]


class ItemAnswer(BaseModel):
    """The fate of one item. The phone forgets it on `created` and `already` only."""

    id: str
    status: Literal["created", "already", "conflict", "refused", "rejected"]
    code: str = ""
    message: str = ""
    details: dict[str, Any] = {}
    """What fills the gaps of the code's sentence (`texts.told`)."""
    fields: dict[str, str] = {}
    """For `rejected`: what is wrong, by field."""


class BatchAnswer(BaseModel):
    """Answers in the order of the items, and the server's clock."""

    server_time: datetime
    person_id: int
    results: list[ItemAnswer]
