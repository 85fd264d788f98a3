"""Refuses writes and websockets that another site starts in a visitor's name."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from firegrid_app.settings import settings
from firegrid_app.texts import best_language, refusal

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_own_origin(origin: str, host: str) -> bool:
    """Is this Origin header this very server, its public address, or a site that is allowed?"""
    if origin and origin in (settings().public_url.rstrip("/"), *settings().allowed_origins):
        return True
    try:
        named = urlsplit(origin).netloc
    except ValueError:
        return False
    return named.lower() == host.lower() != ""


def is_foreign(headers: Headers) -> bool:
    """Was this sent by a page of another site? Browsers always name the origin of a websocket and
    of a write; tools may not."""
    origin = headers.get("origin")
    return origin is not None and not is_own_origin(origin, headers.get("host", ""))


def guard_origin(app: ASGIApp) -> ASGIApp:
    """Wrap the whole app: pages, API, Reflex's own websocket and upload routes."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        checked = scope["type"] == "websocket" or (
            scope["type"] == "http" and scope["method"] not in _SAFE
        )
        if checked:
            headers = Headers(scope=scope)
            if is_foreign(headers):
                await _refuse(scope, receive, send, headers)
                return
        await app(scope, receive, send)

    return guarded


async def _refuse(scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4403})
        return
    code = "access.foreign_origin"
    language = best_language("", headers.get("accept-language", ""))
    answer = JSONResponse({"code": code, "message": refusal(code, language)}, status_code=403)
    await answer(scope, receive, send)
