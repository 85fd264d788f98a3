"""The list for an evacuation as a PDF."""

from fastapi import APIRouter, Request, Response

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for, paper
from firegrid_app.database import transaction
from firegrid_app.households.neighbours import evacuation_list
from firegrid_app.printing.press import pressed
from firegrid_app.texts import say

router = APIRouter(tags=["households"], route_class=PageRoute)


@router.get("/households/{code}/evacuation", response_class=Response)
def print_evacuation(request: Request, code: str, why: str = "") -> Response:
    """Who needs help to get out and which neighbour gives it; `why` stands on the paper.

    For who keeps the doors and may see care marks there; the print is logged.
    """
    language = language_for(request)
    with transaction() as session:
        actor = actor_of(session, request)
        card = evacuation_list(session, actor, code[:30], why[:200], clock.now())
    pdf = pressed(
        __file__,
        "evacuation.typ",
        card,
        rooms=("households", "visits"),
        languages=(language,),
    )
    return paper(pdf, f"{say('households.evacuation.title', language)} {card.name}")
