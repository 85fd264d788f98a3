"""The way in for warnings of other systems (docs/alerts.md)."""

from datetime import timedelta
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import address_of
from firegrid_app.alerts.cards import SentCard
from firegrid_app.alerts.incoming import take
from firegrid_app.alerts.messages import Message
from firegrid_app.alerts.senders import sender_for
from firegrid_app.boards.limiter import Limiter
from firegrid_app.database import reading, transaction
from firegrid_app.http import limited_body
from firegrid_app.refusals import Refused

router = APIRouter(prefix="/api", tags=["alerts"])
MOST_BYTES = 64 * 1024
ASKED = Limiter(looks=60, within=timedelta(minutes=10), name="alerts")
"""From one address: a weather office sends a few an hour, a guesser gets nowhere."""


@router.post("/alerts", response_model=SentCard)
async def send(request: Request, response: Response) -> SentCard:
    """Send a warning in, correct it, or lift it: JSON with the fields of CAP 1.2.

    `Authorization: Bearer <token of the street>`. 201 for a new warning; 200 for a correction, a
    lifting, or the same message again. Refuses `alerts.no_token`, `alerts.malformed`,
    `alerts.not_actual`, `alerts.other_content`, `alerts.unknown_reference`, `alerts.other_street`,
    `access.slow_down`, and what cannot be issued.
    """
    ASKED.let_in(address_of(request), clock.now())
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused("alerts.no_token")
    # Whose it is is known before anything large is read.
    await run_in_threadpool(_who, token.strip())
    data = await limited_body(request, MOST_BYTES, Refused("alerts.malformed", fields="body"))
    try:
        raw = orjson.loads(data)
        message = Message.model_validate(raw)
    except orjson.JSONDecodeError:
        raise Refused("alerts.malformed", fields="body") from None
    except ValidationError as error:
        raise Refused("alerts.malformed", fields=_fields(error)) from None
    try:
        card = await run_in_threadpool(_take, token.strip(), message, raw)
    except IntegrityError:
        # The same message twice in one moment: now it is there.
        card = await run_in_threadpool(_take, token.strip(), message, raw)
    response.status_code = 201 if card.status == "created" else 200
    return card


def _who(token: str) -> None:
    with reading() as session:
        sender_for(session, token)


def _take(token: str, message: Message, raw: dict[str, Any]) -> SentCard:
    with transaction() as session:
        return take(session, token, message, raw, clock.now())


def _fields(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return ", ".join(dict.fromkeys(".".join(map(str, one["loc"])) or "body" for one in found))[:300]
