"""Papers as PDF for who posts them."""

from fastapi import APIRouter, Request, Response

from firegrid_app import clock
from firegrid_app.access.session import actor_of, language_of
from firegrid_app.answers import PageRoute, paper
from firegrid_app.database import transaction
from firegrid_app.posting.papers import paper_of
from firegrid_app.printing.press import pressed
from firegrid_app.settings import settings
from firegrid_app.texts import say

router = APIRouter(tags=["posting"], route_class=PageRoute)
_ROOMS = ("wall", "boards", "access")


@router.get("/posting/{kind}/{code}", response_class=Response)
def print_paper(
    request: Request, kind: str, code: str, of: str = "", languages: str = "zh"
) -> Response:
    """A board, notice, sheet of cards, sign or wall pack as PDF, for who posts in the grid.

    `of` is the building, contact or premises. The print is noted as an edition.
    """
    with transaction() as session:
        sheet = paper_of(
            session,
            actor_of(session, request),
            kind[:10],
            code[:30],
            subject=of[:40],
            languages=languages[:10],
            base=settings().public_url or str(request.base_url),
            now=clock.now(),
        )
    pdf = pressed(
        __file__,
        sheet.template,
        sheet.card,
        rooms=_ROOMS,
        languages=sheet.languages,
        pictures=sheet.pictures,
    )
    return paper(pdf, f"{say(sheet.title, language_of(request))} {sheet.of}")
