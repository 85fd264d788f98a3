"""The training register to keep: lists for a spreadsheet."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for, tagged
from firegrid_app.database import reading
from firegrid_app.spreadsheet import TYPES, as_file, file_headers
from firegrid_app.texts.paper import PUBLIC_POLICY
from firegrid_app.training.listing import list_of
from firegrid_app.training.quiz import quiz_page

router = APIRouter(tags=["training"], route_class=PageRoute)


@router.get("/quiz", response_class=HTMLResponse)
def show_quiz(request: Request) -> Response:
    """The quiz on 一懂三会, for everybody; nothing of it is kept."""
    return tagged(
        request,
        quiz_page(language_for(request)).encode(),
        "text/html; charset=utf-8",
        cache="public, max-age=3600",
        vary="Accept-Language, Cookie",
        headers={"Content-Security-Policy": PUBLIC_POLICY, "Referrer-Policy": "no-referrer"},
    )


@router.get("/training/{code}/{what}.{kind}", response_class=Response)
def keep_list(
    request: Request,
    code: str,
    what: Literal["courses", "certificates", "drills"],
    kind: Literal["csv", "xlsx"],
) -> Response:
    """Courses, certificates or drills of a grid, for who leads it and keeps the register."""
    with reading() as session:
        actor = actor_of(session, request)
        name, headings, rows = list_of(
            session, actor, code, what, language_for(request), clock.now()
        )
    body = as_file(kind, name, headings, rows)
    return Response(body, media_type=TYPES[kind], headers=file_headers(name, kind))
