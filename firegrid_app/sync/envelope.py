"""What goes over the line: a batch of items, each with a body of its kind, and the answers."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from firegrid_app.records import Position
from firegrid_app.sync.fields import Moment, Offset, Short

MOST_ITEMS = 200
"""Items in one request; a longer outbox goes in several."""


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
