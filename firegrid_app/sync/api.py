"""The phone's routes: hand in records, fetch the day pack, ask if the server is really there."""

import asyncio
import json
from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from firegrid_app import clock
from firegrid_app.access.service import audit
from firegrid_app.access.session import actor_of, cookie_of, language_of
from firegrid_app.clock import local_day
from firegrid_app.database import reading, transaction
from firegrid_app.http import limited_body
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.sync.bell import bell_here
from firegrid_app.sync.cards import KnownItem
from firegrid_app.sync.delivery import Delivery
from firegrid_app.sync.envelope import MOST_ITEMS, Batch, BatchAnswer, ItemAnswer
from firegrid_app.sync.known import known_item
from firegrid_app.sync.pack import pack_sections
from firegrid_app.sync.sections import difference, known_tags, whole, whole_tag
from firegrid_app.sync.service import field_errors
from firegrid_app.sync.unaccepted import settle
from firegrid_app.sync.writer import writer
from firegrid_app.texts import refusal

router = APIRouter(prefix="/api", tags=["phone"])
MOST_BYTES = 2 * 1024 * 1024
MOST_AT_ONCE = 20
"""Items read in the event loop: about a millisecond of it."""
HAVE = "FireGrid-Have"


@router.get("/ping")
def ping() -> dict[str, str]:
    """The expected word: a captive portal's page or a cached shell does not say it."""
    return {"firegrid": "here"}


@router.post("/sync", response_model=BatchAnswer)
async def hand_in(request: Request) -> Response:
    """Hand in records from the outbox; every item is answered by itself.

    Body: `Batch`. 401 when nobody is logged in (the phone keeps everything), 413 for more than
    200 items or 2 MB, 422 when the request as a whole is not what it should be. The answer is sent
    after the commit.
    """
    language = language_of(request)
    data = await limited_body(request, MOST_BYTES, Refused("sync.too_many", most=MOST_ITEMS))
    batch = _batch(data)
    if len(batch.items) > MOST_ITEMS:
        raise Refused("sync.too_many", most=MOST_ITEMS)
    given = (cookie_of(request), batch.sent_at, batch.items, batch.clock_offsets_ms)
    # Reading so many would keep everybody else waiting.
    many = len(batch.items) > MOST_AT_ONCE
    delivery = await asyncio.to_thread(Delivery, *given) if many else Delivery(*given)
    delivery.bell = bell_here()
    person_id, results = await delivery.bell.until(writer.deliver(delivery))
    return _json(
        {
            "server_time": clock.now(),
            "person_id": person_id,
            "results": [_shown(result, language) for result in results],
        }
    )


def _batch(data: bytes) -> Batch:
    try:
        return Batch.model_validate_json(data)
    except ValidationError as error:
        fields = field_errors(error)
    # Half a character (a text cut in the middle of an emoji) is JSON for Python alone. It is one
    # record's fault, told field by field: the others must not wait for it.
    with suppress(ValueError, RecursionError):
        return Batch.model_validate(json.loads(data))
    raise Refused("sync.malformed", fields=",".join(fields))


def _shown(result: ItemAnswer, language: str) -> dict[str, Any]:
    """One answer with its sentence in the caller's language."""
    shown: dict[str, Any] = {"id": result.id, "status": result.status}
    if result.code:
        shown["code"] = result.code
        shown["message"] = refusal(result.code, language, **result.details)
    if result.fields:
        shown["fields"] = result.fields
    return shown


class PutAside(BaseModel):
    """Records of one's own that are not to be sent any more."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[UUID], Field(max_length=MOST_ITEMS)]


@router.post("/sync/aside")
def put_aside(request: Request, told: PutAside) -> dict[str, int]:
    """The phone's person has put these records aside: nobody is reminded of them any more.

    The records stay where they are, on the phone. Gives how many had been noted here.
    """
    with transaction() as session:
        return {"settled": settle(session, actor_of(session, request), told.ids)}


@router.get("/sync/{item_id}")
def look(request: Request, item_id: UUID) -> KnownItem:
    """What the server received under this id, for whoever made it: both sides of a conflict.

    404 `sync.unknown_item` for everybody else, as for an id that never came.
    """
    with reading() as session:
        return known_item(session, actor_of(session, request), item_id)


@router.get("/pack")
def pack(request: Request, firegrid_have: Annotated[str | None, Header()] = None) -> Response:
    """The day pack, with an ETag: unchanged, it costs 304 and no body (docs/day-pack.md).

    `FireGrid-Have` names the tags of the sections a phone has, eight letters each, one after the
    other; the answer is what it lacks. Without the header the pack comes in one piece.
    """
    now = clock.now()
    # Looking takes no write lock: phones ask for their packs while others hand in records.
    with reading() as session:
        actor = actor_of(session, request)
        sections = pack_sections(session, actor, now)
    tag = whole_tag(sections)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": HAVE}
    # A proxy that compresses the answer makes the tag a weak one.
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    known = known_tags(firegrid_have)
    if known is None:
        body, sent = orjson.dumps(whole(sections)), sections
    else:
        body, sent = difference(sections, known)
    if any(one.shows_care for one in sent):
        day = local_day(now, settings().zone)
        with transaction() as session:
            audit(session, actor.person_id, "see_care", f"pack:{day}", now)
    return Response(body, media_type="application/json", headers=headers)


def _json(content: dict[str, Any]) -> Response:
    return Response(orjson.dumps(content), media_type="application/json")
