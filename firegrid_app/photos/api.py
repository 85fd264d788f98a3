"""Photo routes: hand in an announced photo or recording, whole or in parts, look or listen."""

import hashlib
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.database import reading, transaction
from firegrid_app.http import body_so_far, limited_body, wav
from firegrid_app.photos import attached, releasing, service, store
from firegrid_app.photos.apart import cover_apart
from firegrid_app.photos.cards import PublicCard
from firegrid_app.photos.parts import LEAST_CUT_PART, MOST_PART
from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.photos.rules import MOST_BOXES, Box
from firegrid_app.photos.taking import take_bytes
from firegrid_app.refusals import Refused

router = APIRouter(prefix="/api/photos", tags=["photos"])
Kind = Literal["meeting", "drill"]
"""What photos are handed in for at the desk."""
Filed = Literal["meeting", "drill", "letter"]
"""Whose photos are seen by the record's own door."""


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

    Body: JPEG, PNG or WebP, at most 15 MB; of a recording WAV as `shouts/sound.py` has it. Refuses
    `photos.unknown`, `photos.other_bytes`, and what `take_bytes` refuses of such bytes.
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


class Covering(BaseModel):
    """What is to be covered: left, top, width, height in thousandths of the picture."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    boxes: Annotated[tuple[Box, ...], Field(max_length=MOST_BOXES)]


@router.get("/{photo_id}/public")
def ask_public(request: Request, photo_id: UUID) -> PublicCard:
    """What the public sees of a hazard's photo: rectangles, who decided, when.

    Refuses `photos.unknown`, `access.outside_grid`.
    """
    with reading() as session:
        return releasing.standing(session, actor_of(session, request), photo_id)


@router.put("/{photo_id}/public")
def publish(request: Request, photo_id: UUID, covering: Covering) -> PublicCard:
    """Cover these rectangles in a copy of the photo and let the public see that.

    Refuses `photos.bad_boxes`, `photos.unknown`, `access.outside_grid`, `busy`.
    """
    with reading() as session:
        actor = actor_of(session, request)
        digest = releasing.publishable(session, actor, photo_id).kept_sha256
        releasing.refuse_bad_boxes(covering.boxes)
    original = store.fetch(digest, "original")
    if original is None:
        raise Refused("photos.unknown")
    copy = cover_apart(original, covering.boxes)
    made = hashlib.sha256(copy).hexdigest()
    # The file first: no row points to missing bytes, and a young file nobody names is left alone.
    store.keep(made, {"public": copy})
    with transaction() as session:
        actor = actor_of(session, request)
        releasing.publish(session, actor, photo_id, covering.boxes, made, clock.now())
        return releasing.standing(session, actor, photo_id)


@router.delete("/{photo_id}/public")
def withhold(request: Request, photo_id: UUID) -> PublicCard:
    """Take the photo from the public again. Refuses `photos.unknown`, `access.outside_grid`."""
    with transaction() as session:
        actor = actor_of(session, request)
        releasing.withhold(session, actor, photo_id, clock.now())
        return releasing.standing(session, actor, photo_id)


@router.get("/{photo_id}/sound", response_class=Response)
def listen(request: Request, photo_id: UUID) -> Response:
    """A kept recording as WAV, for its maker and whoever may see the grid."""
    return wav(store.fetch(*_file_seen(request, photo_id, store.SOUND)), Refused("photos.unknown"))


@router.get("/{photo_id}/{size}", response_class=Response)
def look(request: Request, photo_id: UUID, size: Literal["screen", "thumbnail"]) -> Response:
    """A kept photo as JPEG, for its maker and whoever may see the grid."""
    return _jpeg(store.fetch(*_file_seen(request, photo_id, size)))


def _file_seen(request: Request, photo_id: UUID, size: str) -> tuple[str, str]:
    with reading() as session:
        photo = service.photo_by_id(session, actor_of(session, request), photo_id)
        return service.file_of(photo, size)


@router.post("/of/{kind}/{record_id}", status_code=201)
async def attach(request: Request, kind: Kind, record_id: UUID) -> dict[str, str]:
    """A photo of a meeting that was held or of a drill, for who writes its account.

    Body: JPEG, PNG or WebP, at most 15 MB. Refuses what the record's door refuses,
    `photos.too_many`, `photos.not_a_photo`, `photos.too_large`.
    """
    await run_in_threadpool(_refuse_stranger, request, kind, record_id)
    data = await limited_body(request, MOST_BYTES, _too_large())
    made = await run_in_threadpool(attached.attach, _asking(request), kind, record_id, data)
    return {"id": str(made)}


@router.delete("/of/{kind}/{record_id}/{photo_id}", status_code=204)
def take_out(request: Request, kind: Kind, record_id: UUID, photo_id: UUID) -> None:
    """Take such a photo out again, while the account can still be changed."""
    with transaction() as session:
        actor = actor_of(session, request)
        attached.take_out(session, actor, kind, record_id, photo_id, clock.now())


@router.get("/of/{kind}/{record_id}/{photo_id}/{size}", response_class=Response)
def look_at_attached(
    request: Request,
    kind: Filed,
    record_id: UUID,
    photo_id: UUID,
    size: Literal["screen", "thumbnail"],
) -> Response:
    """Such a photo as JPEG, for whoever may read its record."""
    file = attached.looked_at(_asking(request), kind, record_id, photo_id, size)
    return _jpeg(store.fetch(*file))


def _refuse_stranger(request: Request, kind: str, record_id: UUID) -> None:
    with reading() as session:
        attached.refuse_stranger(session, actor_of(session, request), kind, record_id)


def _asking(request: Request) -> attached.Asking:
    return lambda session: actor_of(session, request)


def _jpeg(data: bytes | None) -> Response:
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
