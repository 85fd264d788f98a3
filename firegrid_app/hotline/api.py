"""Orders of the hotline 12345 by other systems, and their answers (docs/city-systems.md)."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, Literal

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import actor_of, address_of, language_of
from firegrid_app.boards.limiter import Limiter
from firegrid_app.city.partners import partner_for
from firegrid_app.city.rules import moment_in
from firegrid_app.database import reading, transaction
from firegrid_app.hotline.cards import Order, OrderResult
from firegrid_app.hotline.service import answer, answers_file, orders_for, take_order
from firegrid_app.http import limited_body
from firegrid_app.refusals import Refused
from firegrid_app.spreadsheet import TYPES, as_file, file_headers
from firegrid_app.texts import refusal

router = APIRouter(tags=["hotline"])
MOST_BYTES = 512 * 1024
ASKED = Limiter(looks=120, within=timedelta(minutes=10), name="orders")
"""From one address: a hotline hands over every few minutes, a guesser gets nowhere."""


class OrderIn(BaseModel):
    """An order as another system sends it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: str = Field(min_length=1, max_length=40, pattern=r"^[\w-]+$")
    grid: str = Field(min_length=1, max_length=30)
    category: str = Field(default="other", max_length=40)
    where: str = Field(max_length=120)
    words: str = Field(min_length=1, max_length=400)
    name: str = Field(default="", max_length=20)
    phone: str = Field(default="", max_length=40)
    due_on: date | None = None


class OrdersIn(BaseModel):
    """Up to 200 orders of one request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    orders: list[OrderIn] = Field(min_length=1, max_length=200)


@router.post("/api/orders")
async def send_orders(request: Request) -> list[OrderResult]:
    """Send orders in: `{"orders": [{"number", "grid", "category", "where", "words", …}]}` with
    `Authorization: Bearer <key>`; each by itself `created`, `already` or `refused`.

    Refuses `city.no_key`, `hotline.malformed`, `access.slow_down`.
    """
    key = _key(request)
    # Whose it is is known before anything large is read.
    await run_in_threadpool(_who, key)
    data = await limited_body(request, MOST_BYTES, Refused("hotline.malformed", fields="body"))
    try:
        sent = OrdersIn.model_validate(orjson.loads(data))
    except orjson.JSONDecodeError:
        raise Refused("hotline.malformed", fields="body") from None
    except ValidationError as error:
        raise Refused("hotline.malformed", fields=_fields(error)) from None
    language = language_of(request)
    try:
        return await run_in_threadpool(_take, key, sent.orders, language)
    except IntegrityError:
        # The same order twice in one moment: now it is there.
        return await run_in_threadpool(_take, key, sent.orders, language)


@router.get("/api/orders")
def show_orders(request: Request, since: str = "") -> list[dict[str, Any]]:
    """Orders with their answers, of the key's grid and below; `since` a moment with its zone.

    Refuses `city.no_key`, `hotline.malformed`, `access.slow_down`.
    """
    key, moment = _key(request), moment_in(since) if since else None
    if since and moment is None:
        raise Refused("hotline.malformed", fields="since")
    with reading() as session:
        cards = orders_for(session, key, moment, clock.now())
    language = language_of(request)
    return [{**asdict(card), "answer": answer(card, language)} for card in cards]


@router.get("/orders/{code}/answers.{kind}", response_class=Response)
def keep_answers(request: Request, code: str, kind: Literal["csv", "xlsx"]) -> Response:
    """Orders of a grid and below with their answers, to be handed to the hotline.

    Refuses `grids.unknown`, `access.outside_grid`.
    """
    with reading() as session:
        actor = actor_of(session, request)
        name, headings, rows = answers_file(session, actor, code, language_of(request), clock.now())
    body = as_file(kind, name, headings, rows)
    return Response(body, media_type=TYPES[kind], headers=file_headers(name, kind))


def _key(request: Request) -> str:
    ASKED.let_in(address_of(request), clock.now())
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise Refused("city.no_key")
    return key.strip()


def _who(key: str) -> None:
    with reading() as session:
        partner_for(session, key)


def _take(key: str, orders: list[OrderIn], language: str) -> list[OrderResult]:
    now = clock.now()
    with transaction() as session:
        partner, top = partner_for(session, key)
        partner.used_at = now
        return [_take_one(session, one, top, partner, now, language) for one in orders]


def _take_one(
    session: Session, sent: OrderIn, top: Any, partner: Any, now: datetime, language: str
) -> OrderResult:
    order = Order(
        sent.number,
        _plain(sent.grid),
        _plain(sent.category),
        _plain(sent.where),
        _plain(sent.words),
        _plain(sent.name),
        _plain(sent.phone),
        sent.due_on,
    )
    try:
        # One that is refused harms no other.
        with session.begin_nested():
            new = take_order(session, order, top, now, partner=partner)
    except Refused as refused:
        message = refusal(refused.code, language, **refused.details)
        return OrderResult(sent.number, "refused", refused.code, message)
    return OrderResult(sent.number, "created" if new else "already")


def _plain(text: str) -> str:
    """Without what PostgreSQL takes in no text."""
    return text.replace("\x00", "")


def _fields(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return ", ".join(dict.fromkeys(".".join(map(str, one["loc"])) or "body" for one in found))[:300]
