"""Photo routes: hand in an announced photo, whole or in parts, look at a kept one."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.database import reading, transaction
from firegrid_app.http import body_so_far, limited_body
from firegrid_app.photos import service, store
from firegrid_app.photos.parts import LEAST_CUT_PART, MOST_PART
from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.photos.taking import take_bytes
from firegrid_app.refusals import Refused

router = APIRouter(prefix="/api/photos", tags=["photos"])


def _too_large() -> Refused:
    return Refused("photos.too_large", megabytes=MOST_BYTES // 1024 // 1024)


@router.get("/{photo_id}")
def ask_standing(request: Request, photo_id: UUID) -> dict[str, str | int]:
    """How much of an announced photo has come: `partial` and where to go on, or `already`.

    Refuses `photos.unknown` to everybody but its maker.
    """
    return _standing(request, photo_id)


@router.put("/{photo_id}")
async def hand_in(request: Request, photo_id: UUID) -> dict[str, str]:
    """The bytes of a photo that a record announced, all at once; the same again are `already`.

    Body: JPEG, PNG or WebP, at most 15 MB. Refuses `photos.unknown`, `photos.other_bytes`,
    `photos.not_a_photo`, `photos.too_large`.
    """
    # Who is asking is known before anything large is read.
    await run_in_threadpool(_standing, request, photo_id)
    data = await limited_body(request, MOST_BYTES, _too_large())
    return {"id": str(photo_id), "status": await run_in_threadpool(_keep, request, photo_id, data)}


@router.patch("/{photo_id}")
async def hand_in_part(
    request: Request,
    photo_id: UUID,
    start: Annotated[int, Query(ge=0)],
    of: Annotated[int, Query(ge=1)],
) -> dict[str, str | int]:
    """The next bytes of an announced photo, from byte `start` on; the photo has `of` bytes.

    Body: at most 1 MB. The answer is `partial` with the `offset` to go on from, whatever was sent:
    a part that came twice or out of order changes nothing, of a part whose line died the bytes that
    came are kept. The last part is answered as the whole photo would be (`created`, `already`);
    when the bytes are not the announced ones (`photos.other_bytes`), all of them are forgotten.
    """
    if of > MOST_BYTES:
        raise _too_large()
    standing = await run_in_threadpool(_standing, request, photo_id)
    if standing["status"] == "already":
        return standing
    data, whole = await body_so_far(request, MOST_PART, _too_large())
    if start + len(data) > of:
        raise Refused("invalid")
    if not whole and len(data) < LEAST_CUT_PART:
        return standing
    return await run_in_threadpool(_add, request, photo_id, start, of, data)


def _standing(request: Request, photo_id: UUID) -> dict[str, str | int]:
    with reading() as session:
        photo = service.awaited(session, actor_of(session, request), photo_id)
        return _told(photo_id, service.standing(session, photo))


def _told(photo_id: UUID, offset: int | None) -> dict[str, str | int]:
    if offset is None:
        return {"id": str(photo_id), "status": "already"}
    return {"id": str(photo_id), "status": "partial", "offset": offset}


def _add(
    request: Request, photo_id: UUID, start: int, of: int, data: bytes
) -> dict[str, str | int]:
    with transaction() as session:
        photo = service.awaited(session, actor_of(session, request), photo_id, hold=True)
        have = service.add_part(session, photo, start, data, clock.now())
        whole = service.all_parts(session, photo) if have is not None and have >= of else None
    if whole is None:
        return _told(photo_id, have)
    try:
        return {"id": str(photo_id), "status": _keep(request, photo_id, whole)}
    except Refused:
        with transaction() as session:
            service.forget_parts(session, actor_of(session, request), photo_id)
        raise


def _keep(request: Request, photo_id: UUID, data: bytes) -> str:
    return take_bytes(
        lambda session, hold: service.awaited(
            session, actor_of(session, request), photo_id, hold=hold
        ),
        data,
    )


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
