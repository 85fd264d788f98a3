"""What is printed of a hazard: the notice to put it right, the letter that hands it over."""

from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.answers import paper as pdf_answer
from firegrid_app.database import transaction
from firegrid_app.hazards.pages import address_of, paper_page, paper_pdf
from firegrid_app.hazards.papers import originals_of, paper, pictures_of
from firegrid_app.hazards.word import word_paper
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.texts import say
from firegrid_app.texts.paper import PUBLIC_POLICY

router = APIRouter(tags=["hazards"], route_class=PageRoute)

_HEADERS = {
    "Content-Security-Policy": PUBLIC_POLICY,
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-store",
}


@router.get("/hazards/{hazard_id}/paper", response_class=HTMLResponse)
def print_paper(
    request: Request, hazard_id: UUID, kind: str = "notice", form: str = "page"
) -> Response:
    """A paper of a hazard for A4, for whoever leads its grid; each print is logged.

    `form` is `page`, `pdf` or `word`. Refuses `hazards.no_such_paper`, `busy` and what the press
    refuses.
    """
    if form not in ("page", "pdf", "word"):
        raise Refused("hazards.no_such_paper")
    with transaction() as session:
        card = paper(session, actor_of(session, request), hazard_id, kind[:20], clock.now())
        originals = originals_of(session, card)
    photos = pictures_of(originals)
    base = settings().public_url or str(request.base_url)
    language = language_for(request)
    if form == "page":
        return HTMLResponse(paper_page(card, photos, base, language), headers=_HEADERS)
    name = f"{say(f'papers.{card.kind}.title', language)} {card.number}"
    if form == "pdf":
        return pdf_answer(paper_pdf(card, photos, base, language), name)
    word = word_paper(card, photos, address_of(card, base), language)
    return Response(
        word,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name[:80])}.docx",
            "X-Content-Type-Options": "nosniff",
            **_HEADERS,
        },
    )
