"""What is printed of a hazard: the notice to put it right, the letter that hands it over."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.database import transaction
from firegrid_app.hazards.pages import CONTENT_POLICY, paper_page
from firegrid_app.hazards.papers import paper
from firegrid_app.settings import settings

router = APIRouter(tags=["hazards"], route_class=PageRoute)

_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-store",
}


@router.get("/hazards/{hazard_id}/paper", response_class=HTMLResponse)
def print_paper(request: Request, hazard_id: UUID, kind: str = "notice") -> Response:
    """A paper of a hazard for A4, for whoever leads its grid; each print is logged."""
    with transaction() as session:
        card = paper(session, actor_of(session, request), hazard_id, kind[:20], clock.now())
    base = settings().public_url or str(request.base_url)
    return HTMLResponse(paper_page(card, base, language_for(request)), headers=_HEADERS)
