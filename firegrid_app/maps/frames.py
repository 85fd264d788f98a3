"""The two pages of the map as HTML: the desk's frame, and the one on which grids are drawn."""

from urllib.parse import quote, urlencode

from sqlmodel import Session

from firegrid_app import clock
from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.desk.rules import Standing
from firegrid_app.maps.base import base_map
from firegrid_app.maps.rules.base_maps import BaseMap
from firegrid_app.maps.service import map_title
from firegrid_app.maps.works import may_count_care
from firegrid_app.places.rules import Colour
from firegrid_app.routes import DESK, LOGIN
from firegrid_app.settings import settings
from firegrid_app.shouts.rules import Entry
from firegrid_app.texts import HTML_LANG, catalogue, say

_API = "/api/map"
_ASKED = (
    "grids",
    "today",
    "roads",
    "places",
    "works",
    "entries",
    "changes",
    "search",
    "address",
)
"""What the frame fetches, each for its grid."""
Headers = dict[str, str]


def frame_page(
    session: Session, actor: Actor, grid: str, language: str, theme: str
) -> tuple[str, Headers]:
    """The map of the small grids below `grid`, for an iframe of the desk, and its headers.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    # Folium and what it brings (26 MB, 0.4 s) is loaded when the first map is opened.
    from firegrid_app.maps.layer import content_policy, frame_html

    name, keeps = map_title(session, actor, grid), may_count_care(session, actor, grid)
    base = base_map()
    given = {
        **{one: f"{_API}/{one}?{urlencode({'grid': grid})}" for one in _ASKED},
        "outlines": f"{_API}/outlines",
        "name": name,
        "care": keeps,
        "campaign": f"{_API}/campaign?{urlencode({'grid': grid})}" if keeps else "",
        "theme": theme,
        "offset": _seconds_ahead(),
        "login": LOGIN,
        "texts": _texts(language) | {"log_in": say("answers.log_in", language)},
        "base": _base(base, language),
        "standings": {one: say(f"desk.standing.{one}", language) for one in Standing},
        "colours": {one: say(f"places.colour.{one}", language) for one in Colour},
        "entry": {one: say(f"entries.entry.{one}", language) for one in Entry},
        "standings_then": {one: say(f"desk.standing_then.{one}", language) for one in Standing},
    }
    html = frame_html(
        given,
        title=say("maps.title", language, name=name),
        lang=HTML_LANG[language],
        theme=theme,
        base=base,
    )
    # Asked for as soon as this answer begins, not when the page has been read.
    early = ", ".join(
        f'<{given[data]}>; rel="preload"; as="fetch"; crossorigin="anonymous"'
        for data in ("grids", "today")
    )
    return html, _headers(content_policy(html, base)) | {"Link": early}


def drawing_page(session: Session, actor: Actor, grid: str, language: str) -> tuple[str, Headers]:
    """The page on which the grids right below `grid` are drawn, split and merged.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    from firegrid_app.maps.drawing import draw_html
    from firegrid_app.maps.layer import content_policy

    name = map_title(session, actor, grid, Action.MANAGE_GRIDS)
    base = base_map()
    grids = f"/api/grids/{quote(grid, safe='')}"
    given = {
        "neighbours": f"{grids}/neighbours",
        "changes": f"{grids}/changes",
        "change": "/api/grids/changes",
        "today": local_day(clock.now(), settings().zone).isoformat(),
        "back": DESK,
        "texts": _texts(language),
        "base": _base(base, language),
    }
    title = say("maps.draw_title", language, name=name)
    html = draw_html(given, title=title, lang=HTML_LANG[language], base=base)
    return html, _headers(content_policy(html, base))


def _headers(policy: str) -> Headers:
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }


def _seconds_ahead() -> int:
    """How far the wall clock of the grids is ahead of UTC."""
    ahead = clock.now().astimezone(settings().zone).utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


def _base(base: BaseMap | None, language: str) -> dict[str, str] | None:
    """What the page says and needs to know of its base map."""
    if base is None:
        return None
    known = catalogue(language).get(f"maps.credit.{base.kind}", "")
    return {
        "datum": base.datum,
        "credit": base.credit or known,
        "link": base.link,
        "approval": say("maps.approval", language, number=base.approval) if base.approval else "",
    }


def _texts(language: str) -> dict[str, str]:
    room = "maps."
    return {
        key.removeprefix(room): sentence
        for key, sentence in catalogue(language).items()
        if key.startswith(room)
    }
