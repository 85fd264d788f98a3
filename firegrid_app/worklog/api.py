"""The route of the work record."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.database import reading
from firegrid_app.texts.paper import PRINTED_POLICY
from firegrid_app.worklog.pages import log_page
from firegrid_app.worklog.service import work_log

router = APIRouter(tags=["worklog"], route_class=PageRoute)


@router.get("/worklog/{code}", response_class=HTMLResponse)
def show_log(request: Request, code: str, month: str = "") -> Response:
    """The work record of a small grid, community or street, to look at and to print (YC-35)."""
    with reading() as session:
        card = work_log(session, actor_of(session, request), code, month[:10], clock.now())
    headers = {
        "Content-Security-Policy": PRINTED_POLICY,
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "Cache-Control": "private, no-store",
    }
    return HTMLResponse(log_page(card, language_for(request)), headers=headers)
