"""The doors of residents without an account: report, follow, answer. Plain forms, no script."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import address_of
from firegrid_app.answers import PageRoute, language_for, tagged
from firegrid_app.boards.limiter import Limiter
from firegrid_app.database import reading, transaction
from firegrid_app.photos import store
from firegrid_app.refusals import Refused
from firegrid_app.residents import following, reporting
from firegrid_app.residents.cards import Draft, FormCard
from firegrid_app.residents.incoming import (
    draft_in,
    keep_sent,
    read_form,
    small_form,
)
from firegrid_app.residents.pages import (
    HEADERS,
    NEVER_KEPT,
    find_page,
    follow_page,
    form_page,
)
from firegrid_app.residents.rules import MOST_WHERE, code_in, number_in
from firegrid_app.routes import FOLLOW, follow
from firegrid_app.settings import settings

router = APIRouter(tags=["residents"], route_class=PageRoute)

TRIES = Limiter(looks=30, within=timedelta(minutes=10), name="tries")
"""Forms sent from one address, whatever became of them."""
REPORTS = Limiter(looks=6, within=timedelta(hours=1), name="reports")
"""Reports kept from one address: a whole stairwell may share it."""
LOOKS = Limiter(looks=60, within=timedelta(minutes=10), name="looks")
"""Looks at reports from one address; guessing 80 bits needs more."""
PICTURES = Limiter(looks=300, within=timedelta(minutes=10), name="pictures")
"""A page of a report brings up to nine."""


def _wait(limiter: Limiter, request: Request) -> None:
    """Refuse `access.slow_down` when this address asks too often."""
    limiter.let_in(address_of(request), clock.now())


@router.get("/g/{code}/report", response_class=HTMLResponse)
def show_form(request: Request, code: str) -> Response:
    """The form to report a hazard in this grid; it works without a script and without an account.

    `?where=` begins it with a place, as the page of a building does. Refuses `boards.unknown`.
    """
    card = _form(code)
    where = " ".join(request.query_params.get("where", "").split())[:MOST_WHERE]
    page = form_page(
        card,
        language_for(request),
        chosen="lang" in request.query_params,
        draft=Draft(where_words=where),
    )
    return tagged(
        request,
        page.encode(),
        "text/html; charset=utf-8",
        cache="public, max-age=300",
        vary="Accept-Language, Cookie",
        headers=HEADERS,
    )


@router.post("/g/{code}/report", response_class=HTMLResponse)
async def send_report(request: Request, code: str) -> Response:
    """Report a hazard: `multipart/form-data` with what, where, words, name, phone and photos.

    On to the page that follows it (303). What is refused comes back in the filled form (422, 413,
    429): `residents.no_category`, `residents.no_where`, `residents.no_words`, `residents.too_long`,
    `residents.bad_phone`, `residents.too_many_photos`, `residents.too_many`, `residents.a_machine`,
    `photos.too_large`, `photos.not_a_photo`, `access.slow_down`.
    """
    _wait(TRIES, request)
    card = await run_in_threadpool(_form, code)
    sent = await read_form(request)
    draft = draft_in(sent)
    try:
        kept = await keep_sent(
            sent, draft, card.code, address_of(request), lambda: _wait(REPORTS, request)
        )
    except Refused as refused:
        page = form_page(
            card,
            language_for(request),
            chosen="lang" in request.query_params,
            draft=draft,
            refused=refused,
        )
        headers = HEADERS | NEVER_KEPT
        if "seconds" in refused.details:
            headers |= {"Retry-After": str(refused.details["seconds"])}
        return HTMLResponse(page, refused.status, headers)
    finally:
        await sent.close()
    return _on_to(follow(kept.number, kept.code), request, new=True)


def _form(code: str) -> FormCard:
    with reading() as session:
        return reporting.form_for(session, code, clock.now())


@router.get(FOLLOW, response_class=HTMLResponse)
def show_find(request: Request) -> Response:
    """Where number and secret of a report are typed in, for whoever has no link."""
    page = find_page(language_for(request), chosen="lang" in request.query_params)
    return HTMLResponse(page, headers=HEADERS | NEVER_KEPT)


@router.post(FOLLOW, response_class=HTMLResponse)
async def find(request: Request) -> Response:
    """On to the report with this number and secret (303); refuses `residents.unknown` in the form,
    and `access.slow_down`."""
    _wait(LOOKS, request)
    fields = await small_form(request)
    typed = fields.get("number", "")[:12], fields.get("code", "")[:24]
    number, code = number_in(typed[0]), code_in(typed[1])
    try:
        await run_in_threadpool(_open, number, code)
    except Refused as refused:
        return _not_found(request, typed, refused)
    return _on_to(follow(number, code), request)


def _not_found(request: Request, typed: tuple[str, str], refused: Refused) -> Response:
    """Why nothing was opened, with what was asked for, to be righted."""
    page = find_page(
        language_for(request), chosen="lang" in request.query_params, typed=typed, refused=refused
    )
    return HTMLResponse(page, refused.status, HEADERS | NEVER_KEPT)


def _open(number: str, code: str) -> None:
    with reading() as session:
        following.report_for(session, number, code)


@router.get(FOLLOW + "/{number}/{code}", response_class=HTMLResponse)
def show_report(request: Request, number: str, code: str) -> Response:
    """Where a report stands, for whoever holds its secret link. Refuses `residents.unknown` in the
    form where both are typed in, alike for a wrong number and a wrong secret, and
    `access.slow_down`."""
    _wait(LOOKS, request)
    try:
        return _report_page(request, number, code)
    except Refused as refused:
        if refused.code != "residents.unknown":
            raise
        return _not_found(request, (number[:12], code[:24]), refused)


@router.get(FOLLOW + "/{number}/{code}/photo/{photo_id}", response_class=Response)
def show_picture(request: Request, number: str, code: str, photo_id: UUID) -> Response:
    """A picture the office let the public see, faces and plates covered, for whoever holds the
    report's secret link. Refuses `residents.unknown`, `photos.unknown`, `access.slow_down`."""
    _wait(PICTURES, request)
    with reading() as session:
        digest = following.picture(session, number, code, photo_id)
    data = store.fetch(digest, "public")
    if data is None:
        raise Refused("photos.unknown")
    return Response(data, media_type="image/jpeg", headers=HEADERS | NEVER_KEPT)


@router.post(FOLLOW + "/{number}/{code}", response_class=HTMLResponse)
async def answer(request: Request, number: str, code: str) -> Response:
    """Say of a closed one that it is gone, or that it is still there (`answer`, `words`); on to the
    report (303). Refuses `residents.unknown`, `residents.not_yet`, `residents.too_late`,
    `hazards.say_why`, `invalid`, `access.slow_down`."""
    _wait(LOOKS, request)
    fields = await small_form(request)
    try:
        await run_in_threadpool(_answer, number, code, fields)
    except Refused as refused:
        if refused.code == "residents.unknown":
            raise
        return await run_in_threadpool(_report_page, request, number, code, refused)
    return _on_to(follow(number_in(number), code_in(code)), request)


def _answer(number: str, code: str, fields: dict[str, str]) -> None:
    now = clock.now()
    with transaction() as session:
        if fields.get("answer") == "gone":
            following.say_gone(session, number, code, now)
        elif fields.get("answer") == "there":
            following.say_there(session, number, code, fields.get("words", ""), now)
        else:
            raise Refused("invalid")


def _report_page(
    request: Request, number: str, code: str, refused: Refused | None = None
) -> Response:
    with reading() as session:
        card = following.follow(session, number, code, clock.now())
    base = settings().public_url or str(request.base_url)
    page = follow_page(
        card,
        code_in(code),
        language_for(request),
        chosen="lang" in request.query_params,
        address=base.rstrip("/") + follow(card.number, code_in(code)),
        new="new" in request.query_params,
        refused=refused,
    )
    return HTMLResponse(page, refused.status if refused else 200, HEADERS | NEVER_KEPT)


def _on_to(address: str, request: Request, *, new: bool = False) -> Response:
    """Another page, in the language this one was chosen in."""
    asked = {"lang": language_for(request)} if "lang" in request.query_params else {}
    query = "&".join([*(f"{k}={v}" for k, v in asked.items()), *(["new"] if new else [])])
    to = f"{address}?{query}" if query else address
    return RedirectResponse(to, 303, HEADERS | NEVER_KEPT)
