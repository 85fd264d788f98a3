"""The doors of who asks for their grid, without an account."""

from collections.abc import Callable
from datetime import timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import address_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.boards.limiter import Limiter
from firegrid_app.database import reading
from firegrid_app.refusals import Refused
from firegrid_app.residents.incoming import POSITION, position_in, small_form
from firegrid_app.routes import FIND_GRID
from firegrid_app.wayfinding import service
from firegrid_app.wayfinding.cards import FoundGrid
from firegrid_app.wayfinding.pages import FINDING, grids_page

router = APIRouter(tags=["residents"], route_class=PageRoute)

FINDS = Limiter(looks=60, within=timedelta(minutes=10), name="finds")
"""Questions for a grid from one address: no way to copy a street's register."""


@router.get(FIND_GRID, response_class=HTMLResponse)
def find_grid(request: Request, words: str = "") -> Response:
    """Find the grid of an address by words of its name, a place's name or address (`?words=`).

    Refuses `residents.too_few_words` in the page, and `access.slow_down`.
    """

    def search() -> tuple[FoundGrid, ...]:
        with reading() as session:
            return service.by_words(session, words, clock.now())

    return _grids_page(request, search if words else None, words[:60])


@router.post(FIND_GRID, response_class=HTMLResponse)
async def stand_in_grid(request: Request) -> Response:
    """Find the grid one stands in: `lat`, `lon` (WGS-84 degrees), `accuracy` (metres).

    Near an edge all grids that are possible. Nothing of it is kept. Refuses
    `residents.no_position` in the page, and `access.slow_down`.
    """
    fields = await small_form(request)

    def search() -> tuple[FoundGrid, ...]:
        lat, lon, accuracy = (position_in(fields, *one) for one in POSITION)
        with reading() as session:
            return service.by_position(session, lat, lon, accuracy)

    return await run_in_threadpool(_grids_page, request, search)


def _grids_page(
    request: Request, search: Callable[[], tuple[FoundGrid, ...]] | None, words: str = ""
) -> Response:
    found, refused = None, None
    if search:
        FINDS.let_in(address_of(request), clock.now())
        try:
            found = search()
        except Refused as no:
            refused = no
    page = grids_page(
        language_for(request),
        chosen="lang" in request.query_params,
        words=words,
        found=found,
        refused=refused,
    )
    return HTMLResponse(page, refused.status if refused else 200, FINDING)
