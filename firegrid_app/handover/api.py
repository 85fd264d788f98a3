"""Routes of hand-over: a file comes record by record and photo by photo, so none is too long."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.database import reading, transaction
from firegrid_app.handover import service
from firegrid_app.handover.cards import HandedCard
from firegrid_app.http import limited_body
from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.photos.taking import take_bytes
from firegrid_app.refusals import Refused
from firegrid_app.sync.fields import Offset

router = APIRouter(prefix="/api/handover", tags=["handover"])
MOST_TEXT = 256 * 1024
"""Bytes of one record: nine photos announced and all words written take about 8 kB."""


class HandedRecord(BaseModel):
    """One record of the file: its JSON as the phone wrote it, and the maker's signature."""

    model_config = ConfigDict(extra="forbid", strict=True)

    item: str
    clock_offset_ms: Offset | None = None
    """How far the server's clock was ahead of the phone's, where the phone knew."""
    signature: Annotated[str, StringConstraints(max_length=64)] = ""


@router.post("")
async def take_in(request: Request) -> HandedCard:
    """Take in one record of a hand-over file in its maker's name.

    Body: `HandedRecord`. Refuses `handover.unsigned`, `handover.changed`, `access.outside_grid`,
    `access.not_allowed`, `access.person_switched_off`, and what sync refuses for such a record.
    """
    data = await limited_body(request, MOST_TEXT, Refused("sync.malformed"))
    try:
        handed = HandedRecord.model_validate_json(data)
    except ValidationError:
        raise Refused("sync.malformed") from None
    try:
        return await run_in_threadpool(_take_in, request, handed)
    except IntegrityError:
        # The phone itself sent it this very moment: now it is there already.
        return await run_in_threadpool(_take_in, request, handed)


def _take_in(request: Request, handed: HandedRecord) -> HandedCard:
    with transaction() as session:
        actor = actor_of(session, request)
        return service.take_in(
            session,
            actor,
            handed.item,
            handed.signature,
            clock.now(),
            offset_ms=handed.clock_offset_ms,
        )


@router.put("/photos/{photo_id}")
async def take_in_photo(request: Request, photo_id: UUID) -> dict[str, str]:
    """The bytes of a photo that a record taken in (or sent) has announced; `created` or `already`.

    Body: JPEG, PNG or WebP, at most 15 MB. Refuses `photos.unknown`, `access.outside_grid`,
    `photos.other_bytes`, `photos.not_a_photo`, `photos.too_large`.
    """
    await run_in_threadpool(_who, request)
    data = await limited_body(
        request, MOST_BYTES, Refused("photos.too_large", megabytes=MOST_BYTES // 1024 // 1024)
    )
    return {"id": str(photo_id), "status": await run_in_threadpool(_keep, request, photo_id, data)}


def _who(request: Request) -> None:
    # Who is asking is known before anything large is read.
    with reading() as session:
        actor_of(session, request)


def _keep(request: Request, photo_id: UUID, data: bytes) -> str:
    return take_bytes(
        lambda session, hold: service.handed_photo(
            session, actor_of(session, request), photo_id, clock.now() if hold else None
        ),
        data,
    )
