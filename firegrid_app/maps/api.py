"""Map frames (`frames.py`) and the compact arrays they draw."""

import asyncio
from datetime import timedelta
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from pydantic import Field

from firegrid_app import clock
from firegrid_app.access.session import actor_of, cookie_of
from firegrid_app.answers import PageRoute, language_for, tagged, theme_for
from firegrid_app.boards.limiter import Limiter
from firegrid_app.database import reading
from firegrid_app.desk.cards import Asked
from firegrid_app.grids.service import grids_ahead
from firegrid_app.maps.base import BLANK, local_tile
from firegrid_app.maps.campaign import map_campaign
from firegrid_app.maps.cards import MapSearch
from firegrid_app.maps.changes import moment_of
from firegrid_app.maps.code import FILES, bundle
from firegrid_app.maps.entries import map_entries
from firegrid_app.maps.frames import drawing_page, frame_page
from firegrid_app.maps.live import Listener, Watch, watch_here
from firegrid_app.maps.outlines import body_of, wanted
from firegrid_app.maps.searching import ask_geocoder, may_ask, placed, search
from firegrid_app.maps.service import map_title, map_today
from firegrid_app.maps.spots import map_places
from firegrid_app.maps.works import map_works
from firegrid_app.refusals import Refused
from firegrid_app.roads.service import roads_for_map

router = APIRouter(prefix="/api/map", tags=["map"])

Code = Annotated[str, Query(max_length=30)]
Codes = Annotated[list[Annotated[str, Field(max_length=30)]], Query(min_length=1, max_length=50)]
Day = Annotated[str, Query(max_length=10)]
Words = Annotated[str, Query(max_length=60)]
ASKED = Limiter(looks=1, within=timedelta(seconds=1.1), name="geocoder")
_PRIVATE = "private, no-cache"
"""Kept by the browser, but asked about every time: who lost the right sees nothing more."""


def frame(request: Request, grid: Code) -> HTMLResponse:
    """The map of the small grids below `grid`, for an iframe of the desk."""
    with reading() as session:
        actor = actor_of(session, request)
        html, headers = frame_page(session, actor, grid, language_for(request), theme_for(request))
    return HTMLResponse(html, headers=headers)


def draw(request: Request, grid: Code) -> HTMLResponse:
    """The page on which the grids right below `grid` are drawn, split and merged."""
    with reading() as session:
        actor = actor_of(session, request)
        html, headers = drawing_page(session, actor, grid, language_for(request))
    return HTMLResponse(html, headers=headers)


router.add_api_route("/draw", draw, response_class=HTMLResponse, route_class_override=PageRoute)
router.add_api_route("/frame", frame, response_class=HTMLResponse, route_class_override=PageRoute)


@router.get("/grids")
def grids(request: Request, grid: Code, day: Day = "", week: bool = False) -> Response:
    """Outlines and names of the small grids below `grid` (`MapGrids`), of `day` if one is named;
    of very many the outlines are simplified."""
    with reading() as session:
        actor = actor_of(session, request)
        one = wanted(session, actor, grid, clock.now(), Asked(day, week), near=False)
    return tagged(request, body_of(one), "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/outlines")
def outlines(request: Request, grid: Codes, day: Day = "", week: bool = False) -> Response:
    """Whole outlines of the communities in view, for who looks near: a `MapOutlines` for each
    `grid`, in the order asked."""
    asked, now = Asked(day, week), clock.now()
    with reading() as session:
        actor = actor_of(session, request)
        grids_ahead(session, set(grid), set())
        near = [wanted(session, actor, code, now, asked, near=True) for code in grid]
    body = b"[%b]" % b",".join(body_of(one).plain for one in near)
    return tagged(request, body, "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/today")
def today(request: Request, grid: Code, day: Day = "", week: bool = False) -> Response:
    """How the same grids stand (`MapToday`): today, on `day`, or in the whole week of it."""
    with reading() as session:
        actor = actor_of(session, request)
        card = map_today(session, actor, grid, clock.now(), Asked(day, week))
    body = orjson.dumps(card)
    return tagged(request, body, "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/changes")
async def changes(
    request: Request, grid: Code, seconds: Annotated[int, Query(ge=0, le=3600)] = 3600
) -> Response:
    """What changes in `today` of this map as it happens, as server-sent events of JSON.

    First `{"tag"}` of the figures as they are, then each `maps/changes.difference`, and `{}` now
    and then; for so many seconds at most. It ends when the right to look does. 204: too many are
    told already, ask again and again.
    """
    watch = watch_here()
    if watch.is_full:
        return Response(status_code=204)
    first = await asyncio.to_thread(_first_tag, request, grid, watch)
    listener = Listener(grid, cookie_of(request))
    return StreamingResponse(
        watch.listen(listener, first, seconds),
        media_type="text/event-stream",
        headers={"Cache-Control": "private, no-store", "X-Accel-Buffering": "no"},
    )


def _first_tag(request: Request, grid: str, watch: Watch) -> str:
    with reading() as session:
        actor = actor_of(session, request)
        map_title(session, actor, grid)
        return watch.tag_now(grid) or moment_of(map_today(session, actor, grid, clock.now())).tag


@router.get("/roads")
def roads(request: Request, grid: Code) -> Response:
    """The roads around the grids below `grid` (`roads.rules.Lines`)."""
    with reading() as session:
        lines = roads_for_map(session, actor_of(session, request), grid)
    return tagged(request, orjson.dumps(lines), "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/places")
def places(request: Request, grid: Code) -> Response:
    """Premises below `grid` as points by how they stand today (`MapPlaces`)."""
    with reading() as session:
        card = map_places(session, actor_of(session, request), grid, clock.now())
    body = orjson.dumps(card)
    return tagged(request, body, "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/works")
def works(request: Request, grid: Code) -> Response:
    """Fire equipment and guard posts below `grid` as points, homes to care for as counts
    (`MapWorks`)."""
    with reading() as session:
        card = map_works(session, actor_of(session, request), grid, clock.now())
    return tagged(request, orjson.dumps(card), "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/entries")
def entries(request: Request, grid: Code, day: Day = "", week: bool = False) -> Response:
    """How far the five entries cover the grids below `grid` (`MapEntries`), up to `day`."""
    with reading() as session:
        actor = actor_of(session, request)
        card = map_entries(session, actor, grid, clock.now(), Asked(day, week))
    return tagged(request, orjson.dumps(card), "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/campaign")
def campaign(
    request: Request, grid: Code, campaign: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> Response:
    """How far a running campaign is in the grids below `grid` (`MapCampaign`), for who keeps the
    doors there."""
    with reading() as session:
        card = map_campaign(session, actor_of(session, request), grid, clock.now(), campaign)
    body = orjson.dumps(card)
    return tagged(request, body, "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/search")
def find(request: Request, grid: Code, words: Words) -> MapSearch:
    """Grids, premises, buildings and check points below `grid` with all of these words."""
    with reading() as session:
        return search(session, actor_of(session, request), grid, words, clock.now())


@router.get("/address")
def find_address(request: Request, grid: Code, words: Words) -> MapSearch:
    """The same asked of the geocoder that is set: its answer may be nothing, or `failed`.

    Refuses `maps.no_geocoder`, `maps.personal_words`, `access.slow_down`.
    """
    with reading() as session:
        may_ask(session, actor_of(session, request), grid, words)
    # One after the other for everybody: the services ask for no more than one in a second.
    ASKED.let_in("all", clock.now())
    found = ask_geocoder(words)
    with reading() as session:
        return placed(session, actor_of(session, request), grid, found)


@router.get("/tiles/{z}/{x}/{y}")
def tiles(request: Request, z: int, x: int, y: int) -> Response:
    """A tile of the base map on this machine; a blank one where it draws nothing.

    For who is logged in: a map shown to everybody would need a review (地图管理条例 Art. 15).
    Refuses `not_found` where no such map is set.
    """
    with reading() as session:
        actor_of(session, request)
    try:
        found = local_tile(z, x, y) or BLANK
    except LookupError as error:
        raise Refused("not_found") from error
    headers = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return Response(found.body, media_type=found.media_type, headers=headers)


@router.get("/code/{name}", include_in_schema=False)
def code(request: Request, name: str, v: str = "") -> Response:
    """The map's own scripts or styles: no secret, and the same for everyone."""
    if name not in FILES:
        raise Refused("not_found")
    wanted = bundle(name)
    forever = "public, max-age=31536000, immutable"
    cache = forever if v == wanted.version else "no-cache"
    return tagged(request, wanted.body, wanted.media_type, cache=cache)
