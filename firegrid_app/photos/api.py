"""Photo routes: hand in the bytes of an announced photo, look at a kept one."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.database import reading, transaction
from firegrid_app.http import limited_body
from firegrid_app.photos import service, store
from firegrid_app.photos.processing import MOST_BYTES, process
from firegrid_app.refusals import Refused

router = APIRouter(prefix="/api/photos", tags=["photos"])


@router.put("/{photo_id}")
async def hand_in(request: Request, photo_id: UUID) -> dict[str, str]:
    """The bytes of a photo that a record announced; the same bytes again are `already`.

    Body: JPEG, PNG or WebP, at most 15 MB. Refuses `photos.unknown`, `photos.other_bytes`,
    `photos.not_a_photo`, `photos.too_large`.
    """
    data = await limited_body(
        request, MOST_BYTES, Refused("photos.too_large", megabytes=MOST_BYTES // 1024 // 1024)
    )
    return {"id": str(photo_id), "status": await run_in_threadpool(_keep, request, photo_id, data)}


def _keep(request: Request, photo_id: UUID, data: bytes) -> str:
    with reading() as session:
        photo = service.awaited(session, actor_of(session, request), photo_id)
        service.refuse_other_bytes(photo, data)
        if photo.stored_at is not None:
            return "already"
    # The shrinking takes a tenth of a second; no transaction waits for it.
    processed = process(data)
    with transaction() as session:
        photo = service.awaited(session, actor_of(session, request), photo_id)
        service.keep(session, photo, processed, clock.now())
    return "created"


@router.get("/{photo_id}/{size}", response_class=Response)
def look(request: Request, photo_id: UUID, size: Literal["screen", "thumbnail"]) -> Response:
    """A kept photo as JPEG, for its maker and whoever may see the grid."""
    with reading() as session:
        photo = service.photo_by_id(session, actor_of(session, request), photo_id)
        digest = photo.kept_sha256
    data = store.fetch(digest, size)
    if data is None:
        raise Refused("photos.unknown")
    return Response(
        data,
        media_type="image/jpeg",
        headers={
            "Cache-Control": "private, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
        },
    )
