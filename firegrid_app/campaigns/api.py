"""A campaign to keep: lists for a spreadsheet."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response

from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.campaigns.listing import list_of
from firegrid_app.database import reading
from firegrid_app.spreadsheet import TYPES, as_file, file_headers

router = APIRouter(tags=["campaigns"], route_class=PageRoute)


@router.get("/campaigns/{campaign}/{what}.{kind}", response_class=Response)
def keep_list(
    request: Request,
    campaign: Annotated[int, Path(ge=1, le=2**31 - 1)],
    what: Literal["progress", "answers"],
    kind: Literal["csv", "xlsx"],
) -> Response:
    """Progress by building, or answers counted, for who keeps the doors of its grid."""
    with reading() as session:
        actor = actor_of(session, request)
        name, headings, rows = list_of(session, actor, campaign, what, language_for(request))
    body = as_file(kind, name, headings, rows)
    return Response(body, media_type=TYPES[kind], headers=file_headers(name, kind))
