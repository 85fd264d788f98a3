"""What is printed and kept of meetings: the minutes for A4, lists for a spreadsheet."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.database import reading
from firegrid_app.meetings.listing import list_of_decisions, list_of_meetings
from firegrid_app.meetings.pages import minutes_page
from firegrid_app.meetings.service import meeting_card
from firegrid_app.refusals import Refused
from firegrid_app.spreadsheet import TYPES, as_file, file_headers
from firegrid_app.texts.paper import PRINTED_POLICY

router = APIRouter(tags=["meetings"], route_class=PageRoute)


@router.get("/meetings/{meeting_id}/print", response_class=HTMLResponse)
def print_minutes(request: Request, meeting_id: UUID) -> Response:
    """The minutes of a meeting that was held, for who may look into it."""
    with reading() as session:
        card = meeting_card(session, actor_of(session, request), meeting_id, clock.now())
    if not card.sheet:
        raise Refused("meetings.not_held")
    return HTMLResponse(
        minutes_page(card, language_for(request)),
        headers={
            "Content-Security-Policy": PRINTED_POLICY,
            "X-Robots-Tag": "noindex, nofollow, noarchive",
            "Cache-Control": "private, no-store",
        },
    )


@router.get("/meetings/{code}/{what}.{kind}", response_class=Response)
def keep_list(
    request: Request,
    code: str,
    what: Literal["meetings", "decisions"],
    kind: Literal["csv", "xlsx"],
) -> Response:
    """The meetings of a grid, or what they decided, for who leads it."""
    make = list_of_meetings if what == "meetings" else list_of_decisions
    with reading() as session:
        actor = actor_of(session, request)
        name, headings, rows = make(session, actor, code, language_for(request), clock.now())
    body = as_file(kind, name, headings, rows)
    return Response(body, media_type=TYPES[kind], headers=file_headers(name, kind))
