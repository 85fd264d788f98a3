"""The register of premises to keep: lists for a spreadsheet."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.database import transaction
from firegrid_app.places.listing import list_of
from firegrid_app.spreadsheet import TYPES, as_file, file_headers

router = APIRouter(tags=["places"], route_class=PageRoute)


@router.get("/places/{code}/list.{kind}", response_class=Response)
def keep_list(request: Request, code: str, kind: Literal["csv", "xlsx"]) -> Response:
    """The premises of a grid and below, for who keeps their files; each time is logged."""
    with transaction() as session:
        actor = actor_of(session, request)
        name, headings, rows = list_of(session, actor, code, language_for(request), clock.now())
    body = as_file(kind, name, headings, rows)
    return Response(body, media_type=TYPES[kind], headers=file_headers(name, kind))
