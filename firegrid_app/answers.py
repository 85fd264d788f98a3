"""Answers to a browser: bodies with an ETag, and refusals as pages that people can read."""

import gzip
import hashlib
from collections.abc import Callable, Coroutine
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from markupsafe import escape
from sqlalchemy.exc import OperationalError

from firegrid_app.access.session import language_of
from firegrid_app.feature_files import FORMATS
from firegrid_app.refusals import Refused
from firegrid_app.routes import LOGIN
from firegrid_app.texts import HTML_LANG, LANGUAGES, refusal, say

_OF_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_WORTH_PACKING = 1400
"""Bodies below one network packet gain nothing from gzip."""

_WORDS = """<!DOCTYPE html>
<html lang="{lang}" class="{theme}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title>
<link rel="stylesheet" href="/firegrid.css">
<style>.words{{max-width:32em;margin:12vh auto 0;padding:24px 20px;
font:17px/1.6 system-ui,sans-serif}}
.words h1{{margin:0 0 12px}}.words p{{margin:0 0 20px}}</style></head>
<body><main class="words"><h1>{title}</h1><p>{sentence}</p>{link}</main></body></html>
"""


def language_for(request: Request) -> str:
    """The language a page is wanted in: `?lang=` first, then the cookie, then the browser's."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else language_of(request)


def theme_for(request: Request) -> str:
    """`light` or `dark` when `?theme=` names it; empty lets the device decide."""
    asked = request.query_params.get("theme", "")
    return asked if asked in ("light", "dark") else ""


class Body:
    """Bytes to be answered with, often: their tag, and packed when first wanted so."""

    def __init__(self, plain: bytes) -> None:
        self.plain = plain
        self.etag = f'W/"{hashlib.sha256(plain).hexdigest()[:24]}"'

    @cached_property
    def packed(self) -> bytes:
        """By gzip; the bytes themselves where packing gains nothing."""
        if len(self.plain) <= _WORTH_PACKING:
            return self.plain
        return gzip.compress(self.plain, 6, mtime=0)

    @property
    def weight(self) -> int:
        """Bytes it takes in memory at most, packed and not."""
        return 2 * len(self.plain)


def tagged(
    request: Request,
    body: bytes | Body,
    media_type: str,
    *,
    cache: str,
    vary: str = "",
    headers: dict[str, str] | None = None,
) -> Response:
    """The body with an ETag, packed if the browser can unpack it; 304 when it has it already."""
    whole = body if isinstance(body, Body) else _body(body)
    kept = {
        "ETag": whole.etag,
        "Cache-Control": cache,
        "Vary": ", ".join(filter(None, ("Accept-Encoding", vary))),
        "X-Content-Type-Options": "nosniff",
        **(headers or {}),
    }
    known = (tag.strip() for tag in request.headers.get("if-none-match", "").split(","))
    if whole.etag in known:
        return Response(status_code=304, headers=kept)
    content = whole.plain
    if len(content) > _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        content = whole.packed
        kept["Content-Encoding"] = "gzip"
    return Response(content, media_type=media_type, headers=kept)


@lru_cache(maxsize=16)
def _body(plain: bytes) -> Body:
    """The scripts and outlines of the map are the same for many: packed once."""
    return Body(plain)


def features(body: bytes, kind: str, name: str) -> Response:
    """A file of `feature_files.FORMATS` to be kept as `name`."""
    ending, media_type = FORMATS[kind]
    return Response(
        body,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.{ending}",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def paper(pdf: bytes, name: str) -> Response:
    """A PDF to look at and print, called `name`.pdf where somebody keeps it; no cache keeps it."""
    return Response(
        pdf,
        media_type="application/pdf",
        headers={
            # A page's own rules forbid plugins, and to a browser its PDF viewer is one.
            "Content-Security-Policy": _OF_PDF,
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(name[:80])}.pdf",
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex, nofollow, noarchive",
            "X-Content-Type-Options": "nosniff",
        },
    )


def words_page(request: Request, code: str, status: int, /, **details: object) -> HTMLResponse:
    """A refusal as a small page in the reader's language."""
    language = language_for(request)
    link = ""
    if code == "access.not_logged_in":
        words = escape(say("answers.log_in", language))
        link = f'<a class="fg-button fg-button-primary" href="{LOGIN}" target="_top">{words}</a>'
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    if "seconds" in details:
        headers["Retry-After"] = str(details["seconds"])
    page = _WORDS.format(
        lang=HTML_LANG[language],
        theme=theme_for(request),
        title=escape(say("answers.refused_title", language)),
        sentence=escape(refusal(code, language, **details)),
        link=link,
    )
    return HTMLResponse(page, status, headers)


class PageRoute(APIRoute):
    """A route a person opens: whatever it refuses is a page with words, never JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler, with its refusals made readable."""
        handle = super().get_route_handler()

        async def readable(request: Request) -> Response:
            try:
                return await handle(request)
            except Refused as refused:
                return words_page(request, refused.code, refused.status, **refused.details)
            except RequestValidationError:
                return words_page(request, "not_found", 404)
            except OperationalError:
                return words_page(request, "busy", 503)

        return readable
