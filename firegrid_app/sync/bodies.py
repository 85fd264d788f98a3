"""What a phone may send: one versioned body per kind, checked before anything is touched."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from firegrid_app.records import Position

Words = Annotated[str, StringConstraints(max_length=1000)]
Short = Annotated[str, StringConstraints(max_length=120)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=60)]
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
    check_point: int
    all_fine: bool = True
    note: Words = ""


class PatrolEnd(Body):
    """`patrol.end`: the walk is over."""

    patrol: UUID
    note: Words = ""


class PhotoAnnounced(Body):
    """A photo whose bytes follow by `PUT /api/photos/{id}`."""

    id: UUID
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    purpose: Literal["scene", "before", "after"] = "scene"
    taken_at: AwareDatetime
    position: Position | None = None


class HazardReport(Body):
    """`hazard.report`: a hazard found."""

    grid: Code
    patrol: UUID | None = None
    category: Code
    severity: Code
    words: Words = ""
    where: Short = ""
    place: int | None = None
    urgent: bool = False
    fixed_on_spot: bool = False
    photos: Annotated[tuple[PhotoAnnounced, ...], Field(max_length=MOST_PHOTOS)] = ()


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

    door: int
    patrol: UUID | None = None
    outcome: Code
    note: Words = ""


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
    captured_at: AwareDatetime
    position: Position | None = None
    body: dict[str, Any]


class Batch(BaseModel):
    """A request to `POST /api/sync`. Items stay raw here: one bad item must not stop the others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sent_at: AwareDatetime
    app_version: Short = ""
    items: list[dict[str, Any]]


class ItemAnswer(BaseModel):
    """The fate of one item. The phone forgets it on `created` and `already` only."""

    id: str
    status: Literal["created", "already", "conflict", "refused", "rejected"]
    code: str = ""
    message: str = ""
    fields: dict[str, str] = {}
    """For `rejected`: what is wrong, by field."""


class BatchAnswer(BaseModel):
    """Answers in the order of the items, and the server's clock."""

    server_time: datetime
    person_id: int
    results: list[ItemAnswer]
