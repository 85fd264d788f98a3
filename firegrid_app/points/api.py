"""What is printed and what a scan opens: the sheet of codes, and a code's own address."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from firegrid_app import clock
from firegrid_app.access.rules import Actor
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.database import reading
from firegrid_app.points.pages import notice_page, sheet_page
from firegrid_app.points.sheets import notice, sheet
from firegrid_app.refusals import Refused
from firegrid_app.routes import patrol_at
from firegrid_app.settings import settings
from firegrid_app.texts.paper import PUBLIC_POLICY

router = APIRouter(tags=["points"], route_class=PageRoute)

_HEADERS = {
    "Content-Security-Policy": PUBLIC_POLICY,
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-store",
}


@router.get("/points/{code}/print", response_class=HTMLResponse)
def print_sheet(request: Request, code: str, building: str = "") -> Response:
    """The codes of a grid or of one building, for whoever manages its points."""
    with reading() as session:
        card = sheet(session, actor_of(session, request), code, building[:30], clock.now())
    base = settings().public_url or str(request.base_url)
    return HTMLResponse(sheet_page(card, base, language_for(request)), headers=_HEADERS)


@router.get("/p/{tag}", response_class=HTMLResponse)
def open_code(request: Request, tag: str) -> Response:
    """A scanned code: the app for who works there, a short notice for everybody else.

    A phone that has the app does not come here: its service worker opens the app offline too.
    """
    with reading() as session:
        card = notice(session, tag, clock.now(), _reader(session, request))
    if card.for_app and request.query_params.get("notice") != "1":
        headers = {"Cache-Control": "private, no-store"}
        return RedirectResponse(patrol_at(card.tag), 303, headers=headers)
    return HTMLResponse(notice_page(card, language_for(request)), headers=_HEADERS)


def _reader(session: Session, request: Request) -> Actor | None:
    """Who is logged in, if anybody: a code asks for nobody."""
    try:
        return actor_of(session, request)
    except Refused:
        return None
