"""What a phone may send: one versioned body per kind, checked before anything is touched."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self
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
MOST_ITEMS = 200
"""Items in one request; a longer outbox goes in several."""
MOST_PHOTOS = 9


class Body(BaseModel):
    """A body refuses fields it does not know: a typing error must not lose a value silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PatrolStart(Body):
    """`patrol.start`: begin walking a grid."""

    grid: Code


class PatrolArrive(Body):
    """`patrol.arrive`: arrived at a check point."""

    patrol: UUID
    check_point: RowId
    all_fine: bool = True
    note: Note = ""


class PatrolEnd(Body):
    """`patrol.end`: the walk is over."""

    patrol: UUID
    note: Note = ""


class PhotoAnnounced(Body):
    """A photo whose bytes follow by `PUT /api/photos/{id}`."""

    id: UUID
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    purpose: Literal["scene", "before", "after"] = "scene"
    taken_at: Moment
    position: Position | None = None


class HazardReport(Body):
    """`hazard.report`: a hazard found."""

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
        if len({photo.id for photo in self.photos}) < len(self.photos):
            raise PydanticCustomError("photo_twice", "a photo is named twice")
        return self


class ShoutLog(Body):
    """`shout.log`: safety words called out."""

    grid: Code
    patrol: UUID | None = None
    script: Code
    means: Code
    people_reached: int = Field(default=0, ge=0, le=100_000)
    where: Short = ""


class VisitLog(Body):
    """`visit.log`: a knock at a door."""

    door: RowId
    patrol: UUID | None = None
    outcome: Code
    note: Note = ""


BODIES: dict[tuple[str, int], type[Body]] = {
    ("patrol.start", 1): PatrolStart,
    ("patrol.arrive", 1): PatrolArrive,
    ("patrol.end", 1): PatrolEnd,
    ("hazard.report", 1): HazardReport,
    ("shout.log", 1): ShoutLog,
    ("visit.log", 1): VisitLog,
}
"""Every kind in every version still accepted. A version once shipped is never taken out."""

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
    items: list[dict[str, Any]]


class ItemAnswer(BaseModel):
    """The fate of one item. The phone forgets it on `created` and `already` only."""

    id: str
    status: Literal["created", "already", "conflict", "refused", "rejected"]
    code: str = ""
    message: str = ""
    details: dict[str, str] = {}
    """What fills the gaps of the code's sentence."""
    fields: dict[str, str] = {}
    """For `rejected`: what is wrong, by field."""


class BatchAnswer(BaseModel):
    """Answers in the order of the items, and the server's clock."""

    server_time: datetime
    person_id: int
    results: list[ItemAnswer]
