"""Open311 GeoReport v2 for other city systems (docs/city-systems.md)."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import IntegrityError, OperationalError
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import address_of
from firegrid_app.answers import language_for
from firegrid_app.boards.limiter import Limiter
from firegrid_app.city import formats
from firegrid_app.city.cards import TakenIn
from firegrid_app.city.requests import Ask, requests, take
from firegrid_app.city.requests import jurisdiction as find_jurisdiction
from firegrid_app.city.rules import MOST_REQUESTS, SERVICES, codes_in, moment_in, span_of
from firegrid_app.database import reading, transaction
from firegrid_app.refusals import Refused
from firegrid_app.residents.incoming import small_form
from firegrid_app.routes import follow
from firegrid_app.settings import settings

BASE = "/api/open311/v2"
ASKED = Limiter(looks=300, within=timedelta(minutes=10), name="open311")
"""Questions from one address."""
SENT = Limiter(looks=60, within=timedelta(minutes=10), name="open311-sent")
"""Requests sent in from one address, whatever became of them."""
Form = Literal["json", "xml"]
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
_CHANGED = "2026-11-22T00:00:00Z"


class SpecRoute(APIRoute):
    """A route whose refusals have the shape of the specification, in the format asked for."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler, with its refusals in that shape."""
        handle = super().get_route_handler()

        async def spoken(request: Request) -> Response:
            try:
                return await handle(request)
            except Refused as refused:
                # The specification has 400 for whatever is malformed.
                status = 400 if refused.status == 422 else refused.status
                return _refusal(request, status, refused.code, refused.details)
            except RequestValidationError:
                return _refusal(request, 404, "not_found", {})
            except OperationalError:
                return _refusal(request, 503, "busy", {})

        return spoken


router = APIRouter(prefix=BASE, tags=["open311"], route_class=SpecRoute)


def _refusal(request: Request, status: int, code: str, details: dict[str, Any]) -> Response:
    form = request.url.path.rpartition(".")[2]
    form = form if form in formats.MEDIA else "xml"
    said = formats.errors(status, code, language_for(request), details)
    headers = dict(_HEADERS)
    if "seconds" in details:
        headers["Retry-After"] = str(details["seconds"])
    return Response(formats.written(form, "errors", said), status, headers, formats.MEDIA[form])


def _answer(form: str, name: str, value: Any, status: int = 200) -> Response:
    return Response(formats.written(form, name, value), status, _HEADERS, formats.MEDIA[form])


def _slow_down(limiter: Limiter, request: Request) -> None:
    """Refuse `access.slow_down` when this address asks too often."""
    limiter.let_in(address_of(request), clock.now())


def _base(request: Request) -> str:
    return (settings().public_url or str(request.base_url)).rstrip("/")


@router.get("/discovery.{form}")
def show_discovery(request: Request, form: Form) -> Response:
    """Where the endpoint is, which formats it speaks, how a key is got."""
    found = formats.discovery(
        _base(request) + BASE, _CHANGED, settings().supervision_phone, language_for(request)
    )
    return _answer(form, "discovery", found)


@router.get("/services.{form}")
def show_services(request: Request, form: Form) -> Response:
    """What can be requested. `?lang=` zh_CN, en or ko; `jurisdiction_id` a street or county.

    Refuses `city.unknown_jurisdiction`, `access.slow_down`.
    """
    _slow_down(ASKED, request)
    _known_jurisdiction(request)
    return _answer(form, "services", formats.services(language_for(request)))


@router.get("/services/{service_code}.{form}")
def show_service(request: Request, service_code: str, form: Form) -> Response:
    """What can be said of one service beside the fields all have.

    Refuses `city.unknown_service`, `city.unknown_jurisdiction`, `access.slow_down`.
    """
    _slow_down(ASKED, request)
    _known_jurisdiction(request)
    if service_code not in SERVICES:
        raise Refused("city.unknown_service")
    found = formats.definition(service_code, language_for(request))
    return _answer(form, "service_definition", found)


@router.get("/requests.{form}")
def show_requests(request: Request, form: Form) -> Response:
    """Requests that are public: `service_request_id`, `service_code`, `status` (lists with commas),
    `start_date`, `end_date` (90 days at most), `page`, `per_page`, `jurisdiction_id`.

    With `api_key` those of that system too, with their words. Refuses `city.bad_value`,
    `city.unknown_jurisdiction`, `city.no_key`, `access.slow_down`.
    """
    _slow_down(ASKED, request)
    return _show(request, form, _ask_in(_asked(request), clock.now()))


@router.get("/requests/{service_request_id}.{form}")
def show_request(request: Request, service_request_id: str, form: Form) -> Response:
    """One request, if it is public or the key's own.

    Refuses `city.unknown_request`, `city.unknown_jurisdiction`, `city.no_key`, `access.slow_down`.
    """
    _slow_down(ASKED, request)
    fields = _asked(request)
    ask = Ask(
        numbers=(_plain(service_request_id),),
        jurisdiction=fields.get("jurisdiction_id", ""),
        key=fields.get("api_key", ""),
        per_page=1,
    )
    return _show(request, form, ask, one=True)


@router.post("/requests.{form}")
async def send_request(request: Request, form: Form) -> Response:
    """Send a request in: `application/x-www-form-urlencoded`, with `api_key` and `service_code`;
    `lat` and `long`, `address_id` (a grid's code) or `address_string`; `description`,
    `attribute[WHERE]`, `first_name`, `last_name`, `phone`.

    201 with its number. Refuses `city.no_key`, `city.missing`, `city.unknown_service`,
    `city.unknown_jurisdiction`, `city.no_location`, `access.slow_down`, and what a resident's form
    refuses.
    """
    _slow_down(SENT, request)
    fields = {name: value[:2000] for name, value in (await small_form(request)).items()}
    fields = {**_asked(request), **fields}

    def write() -> TakenIn:
        with transaction() as session:
            return take(session, fields.get("api_key", ""), fields, clock.now())

    try:
        sent = await run_in_threadpool(write)
    except IntegrityError:
        # The same twice in one moment: now it is there.
        sent = await run_in_threadpool(write)
    address = _base(request) + follow(sent.number, sent.code)
    said = formats.taken_in(sent, address, language_for(request))
    return _answer(form, "service_requests", said, 201)


def _asked(request: Request) -> dict[str, str]:
    return {name: _plain(value) for name, value in request.query_params.items()}


def _plain(text: str) -> str:
    """Without what PostgreSQL takes in no text."""
    return text.replace("\x00", "")


def _known_jurisdiction(request: Request) -> None:
    if code := _asked(request).get("jurisdiction_id", ""):
        with reading() as session:
            find_jurisdiction(session, code)


def _show(request: Request, form: str, ask: Ask, *, one: bool = False) -> Response:
    with reading() as session:
        cards = requests(session, ask, clock.now())
    if one and not cards:
        raise Refused("city.unknown_request")
    language = language_for(request)
    found = [formats.request(card, language) for card in cards]
    return _answer(form, "service_requests", found)


def _ask_in(fields: Mapping[str, str], now: datetime) -> Ask:
    ask = Ask(
        numbers=codes_in(fields.get("service_request_id", "")),
        services=codes_in(fields.get("service_code", "")),
        statuses=codes_in(fields.get("status", "").lower()),
        jurisdiction=fields.get("jurisdiction_id", ""),
        key=fields.get("api_key", ""),
        page=_number(fields, "page", 1, 100_000),
        per_page=_number(fields, "per_page", MOST_REQUESTS, MOST_REQUESTS),
    )
    if ask.numbers:
        # Named ones are found however old they are.
        return ask
    moments = {}
    for name in ("start_date", "end_date"):
        text = fields.get(name, "")
        moments[name] = moment_in(text) if text else None
        if text and moments[name] is None:
            raise Refused("city.bad_value", field=name)
    start, end = span_of(moments["start_date"], moments["end_date"], now)
    if not timedelta(0) <= end - start <= timedelta(days=90):
        raise Refused("city.bad_value", field="end_date")
    return replace(ask, start=start, end=end)


def _number(fields: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = fields.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10) or not 1 <= int(text) <= most:
        raise Refused("city.bad_value", field=name)
    return int(text)
