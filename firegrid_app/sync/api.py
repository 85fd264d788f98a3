"""The phone's routes: hand in records, fetch the day pack, ask if the server is really there."""

import asyncio
import hashlib
from dataclasses import asdict
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from firegrid_app import clock
from firegrid_app.access.service import audit
from firegrid_app.access.session import actor_of, cookie_of, language_of
from firegrid_app.database import transaction
from firegrid_app.http import limited_body
from firegrid_app.refusals import Refused
from firegrid_app.sync.bodies import MOST_ITEMS, Batch, BatchAnswer, ItemAnswer
from firegrid_app.sync.pack import day_pack
from firegrid_app.sync.service import field_errors
from firegrid_app.sync.writer import Delivery, writer
from firegrid_app.texts import refusal

router = APIRouter(prefix="/api", tags=["phone"])
MOST_BYTES = 2 * 1024 * 1024


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
    try:
        batch = Batch.model_validate_json(data)
    except ValidationError as error:
        raise Refused("sync.malformed", fields=",".join(field_errors(error))) from None
    if len(batch.items) > MOST_ITEMS:
        raise Refused("sync.too_many", most=MOST_ITEMS)
    delivery = Delivery(token=cookie_of(request), sent_at=batch.sent_at, items=batch.items)
    person_id, results = await asyncio.wrap_future(writer.deliver(delivery))
    return _json(
        {
            "server_time": clock.now(),
            "person_id": person_id,
            "results": [_shown(result, language) for result in results],
        }
    )


def _shown(result: ItemAnswer, language: str) -> dict[str, Any]:
    """One answer with its sentence in the caller's language."""
    shown: dict[str, Any] = {"id": result.id, "status": result.status}
    if result.code:
        shown["code"] = result.code
        shown["message"] = refusal(result.code, language, **result.details)
    if result.fields:
        shown["fields"] = result.fields
    return shown


@router.get("/pack")
def pack(request: Request) -> Response:
    """The day pack (`DayPack`), with an ETag: unchanged, it costs 304 and no body."""
    now = clock.now()
    with transaction() as session:
        actor = actor_of(session, request)
        made = day_pack(session, actor, now)
        body = orjson.dumps(asdict(made))
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        # A proxy that compresses the answer makes the tag a weak one.
        if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
            return Response(status_code=304, headers=headers)
        if any(door.care_mark for door in made.doors):
            audit(session, actor.person_id, "see_care", f"pack:{made.day}", now)
    return Response(body, media_type="application/json", headers=headers)


def _json(content: dict[str, Any]) -> Response:
    return Response(orjson.dumps(content), media_type="application/json")
