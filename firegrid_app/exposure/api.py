"""The public exposure board: plain HTML, no log-in, no script."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from firegrid_app import clock
from firegrid_app.answers import PageRoute, language_for, tagged
from firegrid_app.database import reading
from firegrid_app.exposure.board import exposed_board
from firegrid_app.exposure.pages import board_page
from firegrid_app.texts.paper import PUBLIC_POLICY

router = APIRouter(tags=["exposure"], route_class=PageRoute)


@router.get("/exposed/{code}", response_class=HTMLResponse)
def show_exposed(request: Request, code: str) -> Response:
    """Long-overdue listed hazards of organisations in a street or county, approved by two.

    Refuses `boards.unknown`.
    """
    with reading() as session:
        card = exposed_board(session, code, clock.now())
    return tagged(
        request,
        board_page(card, language_for(request), chosen="lang" in request.query_params).encode(),
        "text/html; charset=utf-8",
        # What is taken down is to be gone at once.
        cache="no-cache",
        vary="Accept-Language, Cookie",
        headers={
            "Content-Security-Policy": PUBLIC_POLICY,
            "X-Robots-Tag": "noindex, nofollow, noarchive",
            "Referrer-Policy": "no-referrer",
        },
    )
