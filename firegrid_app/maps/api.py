"""Map frames and the compact arrays they draw."""

from typing import Annotated
from urllib.parse import quote, urlencode

import orjson
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from firegrid_app import clock
from firegrid_app.access.rules import Action
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for, tagged, theme_for
from firegrid_app.clock import local_day
from firegrid_app.database import reading
from firegrid_app.desk.cards import Asked
from firegrid_app.desk.rules import Standing
from firegrid_app.maps.code import FILES, bundle
from firegrid_app.maps.service import map_grids, map_title, map_today
from firegrid_app.maps.spots import map_places
from firegrid_app.places.rules import Colour
from firegrid_app.refusals import Refused
from firegrid_app.routes import DESK, LOGIN
from firegrid_app.settings import settings
from firegrid_app.texts import HTML_LANG, catalogue, say

router = APIRouter(prefix="/api/map", tags=["map"])

Code = Annotated[str, Query(max_length=30)]
Day = Annotated[str, Query(max_length=10)]
_PRIVATE = "private, no-cache"
"""Kept by the browser, but asked about every time: who lost the right sees nothing more."""


def frame(request: Request, grid: Code) -> HTMLResponse:
    """The map of the small grids below `grid`, for an iframe of the desk."""
    # Folium and what it brings (26 MB, 0.4 s) is loaded when the first map is opened.
    from firegrid_app.maps.layer import content_policy, frame_html

    with reading() as session:
        name = map_title(session, actor_of(session, request), grid)
    language = language_for(request)
    given = {
        "grids": f"{router.prefix}/grids?{urlencode({'grid': grid})}",
        "today": f"{router.prefix}/today?{urlencode({'grid': grid})}",
        "places": f"{router.prefix}/places?{urlencode({'grid': grid})}",
        "name": name,
        "theme": theme_for(request),
        "offset": _seconds_ahead(),
        "login": LOGIN,
        "texts": _texts(language) | {"log_in": say("answers.log_in", language)},
        "standings": {one: say(f"desk.standing.{one}", language) for one in Standing},
        "colours": {one: say(f"places.colour.{one}", language) for one in Colour},
        "standings_then": {one: say(f"desk.standing_then.{one}", language) for one in Standing},
    }
    html = frame_html(
        given,
        title=say("maps.title", language, name=name),
        lang=HTML_LANG[language],
        theme=theme_for(request),
    )
    headers = {
        "Content-Security-Policy": content_policy(html),
        # Asked for as soon as this answer begins, not when the page has been read.
        "Link": ", ".join(
            f'<{given[data]}>; rel="preload"; as="fetch"; crossorigin="anonymous"'
            for data in ("grids", "today")
        ),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return HTMLResponse(html, headers=headers)


def draw(request: Request, grid: Code) -> HTMLResponse:
    """The page on which the grids right below `grid` are drawn, split and merged."""
    from firegrid_app.maps.drawing import draw_html
    from firegrid_app.maps.layer import content_policy

    with reading() as session:
        name = map_title(session, actor_of(session, request), grid, Action.MANAGE_GRIDS)
    language = language_for(request)
    texts = _texts(language)
    grids = f"/api/grids/{quote(grid, safe='')}"
    given = {
        "neighbours": f"{grids}/neighbours",
        "changes": f"{grids}/changes",
        "change": "/api/grids/changes",
        "today": local_day(clock.now(), settings().zone).isoformat(),
        "back": DESK,
        "texts": texts,
    }
    title = say("maps.draw_title", language, name=name)
    html = draw_html(given, title=title, lang=HTML_LANG[language])
    headers = {
        "Content-Security-Policy": content_policy(html),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return HTMLResponse(html, headers=headers)


router.add_api_route("/draw", draw, response_class=HTMLResponse, route_class_override=PageRoute)
router.add_api_route("/frame", frame, response_class=HTMLResponse, route_class_override=PageRoute)


@router.get("/grids")
def grids(request: Request, grid: Code, day: Day = "", week: bool = False) -> Response:
    """Outlines and names of the small grids below `grid` (`MapGrids`), of `day` if one is named."""
    with reading() as session:
        actor = actor_of(session, request)
        card = map_grids(session, actor, grid, clock.now(), Asked(day, week))
    body = orjson.dumps(card)
    return tagged(request, body, "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/today")
def today(request: Request, grid: Code, day: Day = "", week: bool = False) -> Response:
    """How the same grids stand (`MapToday`): today, on `day`, or in the whole week of it."""
    with reading() as session:
        actor = actor_of(session, request)
        card = map_today(session, actor, grid, clock.now(), Asked(day, week))
    body = orjson.dumps(card)
    return tagged(request, body, "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/places")
def places(request: Request, grid: Code) -> Response:
    """Premises below `grid` as points by how they stand today (`MapPlaces`)."""
    with reading() as session:
        card = map_places(session, actor_of(session, request), grid, clock.now())
    body = orjson.dumps(card)
    return tagged(request, body, "application/json", cache=_PRIVATE, vary="Cookie")


@router.get("/code/{name}", include_in_schema=False)
def code(request: Request, name: str, v: str = "") -> Response:
    """The map's own scripts or styles: no secret, and the same for everyone."""
    if name not in FILES:
        raise Refused("not_found")
    wanted = bundle(name)
    forever = "public, max-age=31536000, immutable"
    cache = forever if v == wanted.version else "no-cache"
    return tagged(request, wanted.body, wanted.media_type, cache=cache)


def _seconds_ahead() -> int:
    """How far the wall clock of the grids is ahead of UTC."""
    ahead = clock.now().astimezone(settings().zone).utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


def _texts(language: str) -> dict[str, str]:
    room = "maps."
    return {
        key.removeprefix(room): sentence
        for key, sentence in catalogue(language).items()
        if key.startswith(room)
    }
