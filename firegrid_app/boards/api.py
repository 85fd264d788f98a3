"""The public pages of a grid and of a building: plain HTML, no log-in, no script needed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from firegrid_app import clock
from firegrid_app.access.rules import Actor
from firegrid_app.access.session import actor_of, address_of
from firegrid_app.answers import PageRoute, language_for, tagged
from firegrid_app.boards.buildings import building
from firegrid_app.boards.kept import Shelf
from firegrid_app.boards.limiter import Limiter
from firegrid_app.boards.pages import board_page, building_page, number_page
from firegrid_app.boards.service import board, face, number
from firegrid_app.database import reading
from firegrid_app.points.rules import is_tag
from firegrid_app.posting.editions import scanned
from firegrid_app.refusals import Refused
from firegrid_app.routes import board as board_address
from firegrid_app.settings import settings
from firegrid_app.texts.paper import PUBLIC_POLICY

router = APIRouter(tags=["board"], route_class=PageRoute)

NUMBERS = Limiter(looks=10, within=timedelta(minutes=10), name="numbers")
"""Ten numbers in ten minutes from one address: enough for a neighbour, too few for a collector."""
PAGES = Shelf()
_HEADERS = {
    "Content-Security-Policy": PUBLIC_POLICY,
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_NEVER_KEPT = {"Cache-Control": "private, no-store"}


@router.get("/g/{code}", response_class=HTMLResponse)
def show_board(request: Request, code: str) -> Response:
    """The board of a community or a small grid; `?print=1` lays it out for A4 with a QR code.

    `?e=` is the edition in the code of a printed paper: the page says whether that one still holds.
    """
    language, chosen = language_for(request), "lang" in request.query_params
    if request.query_params.get("print") == "1":
        return _on_paper(request, code, language)

    def make(session: Session, tag: str, now: datetime) -> str:
        card = board(session, code, now)
        paper = scanned(session, code, tag, now) if tag else None
        return board_page(card, language, chosen=chosen, scanned=paper)

    return _kept(request, (code, ""), make)


@router.get("/g/{code}/b/{name:path}", response_class=HTMLResponse)
def show_building(request: Request, code: str, name: str) -> Response:
    """The page of one building of a grid (YC-71); `?e=` as above.

    Refuses `boards.unknown` and `boards.no_building`.
    """
    language, chosen = language_for(request), "lang" in request.query_params

    def make(session: Session, tag: str, now: datetime) -> str:
        card = building(session, code, name, now)
        paper = scanned(session, code, tag, now) if tag else None
        return building_page(card, language, chosen=chosen, scanned=paper)

    return _kept(request, (code, name), make)


def _kept(
    request: Request, what: tuple[str, str], make: Callable[[Session, str, datetime], str]
) -> Response:
    """The page as it was made for whoever asked before, while nothing has changed (`kept.py`)."""
    now, language = clock.now(), language_for(request)
    asked = request.query_params.get("e", "")
    # Whatever else somebody writes there is the same paper that was never printed.
    tag = "" if not asked else asked if is_tag(asked) else "?"

    def made() -> bytes:
        with reading() as session:
            return make(session, tag, now).encode()

    key = (*what, language, "lang" in request.query_params, tag)
    return tagged(
        request,
        PAGES.page(key, now, made),
        "text/html; charset=utf-8",
        cache="public, max-age=300",
        vary="Accept-Language, Cookie",
        headers=_HEADERS,
    )


def _on_paper(request: Request, code: str, language: str) -> Response:
    """For whoever prints it: numbers in full only for a reader who may see them there."""
    with reading() as session:
        card = board(session, code, clock.now(), _reader(session, request))
    base = settings().public_url or str(request.base_url)
    address = base.rstrip("/") + board_address(card.code)
    svg = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True)
    page = board_page(card, language, chosen=True, qr_svg=svg, address=address)
    return HTMLResponse(page, headers=_HEADERS | _NEVER_KEPT)


@router.get("/g/{code}/call/{contact}", response_class=HTMLResponse)
def show_number(request: Request, code: str, contact: str) -> Response:
    """One posted number in full; refuses `access.slow_down` when an address asks for too many."""
    now = clock.now()
    wait = NUMBERS.seconds_to_wait(address_of(request), now)
    if wait:
        raise Refused("access.slow_down", seconds=wait)
    if not contact.isascii() or not contact.isdigit() or len(contact) > 9:
        raise Refused("boards.unknown")
    with reading() as session:
        card = number(session, code, int(contact), now)
    page = number_page(card, code, language_for(request), chosen="lang" in request.query_params)
    return HTMLResponse(page, headers=_HEADERS | _NEVER_KEPT)


@router.get("/g/{code}/face/{contact}", response_class=Response)
def show_face(request: Request, code: str, contact: str) -> Response:
    """The photo of a posted person, where it may be shown. Refuses `boards.unknown`."""
    if not contact.isascii() or not contact.isdigit() or len(contact) > 9:
        raise Refused("boards.unknown")
    with reading() as session:
        jpeg = face(session, code, int(contact), clock.now())
    return tagged(request, jpeg, "image/jpeg", cache="public, max-age=300", headers=_HEADERS)


def _reader(session: Session, request: Request) -> Actor | None:
    """Who is logged in, if anybody: the board itself asks for nobody."""
    try:
        return actor_of(session, request)
    except Refused:
        return None
