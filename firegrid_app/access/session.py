"""The session cookie at the edges: who is asking, by HTTP request or by websocket handshake."""

from http.cookies import CookieError, SimpleCookie

from fastapi import Request, Response
from sqlmodel import Session

from firegrid_app import clock
from firegrid_app.access.rules import Actor
from firegrid_app.access.service import OpenedSession, actor_for_token
from firegrid_app.settings import settings
from firegrid_app.texts import best_language

COOKIE = "firegrid_session"
LANGUAGE_COOKIE = "firegrid_language"


def cookie_of(request: Request) -> str | None:
    """The session token of an HTTP request."""
    return request.cookies.get(COOKIE)


def cookie_in(header: str, name: str = COOKIE) -> str | None:
    """The same from a raw Cookie header, as a Reflex handler has it."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None


def actor_of(session: Session, request: Request) -> Actor:
    """Who sent this request. Refuses `access.not_logged_in` and `access.switched_off`."""
    return actor_for_token(session, cookie_of(request), clock.now())


def language_of(request: Request) -> str:
    """The language this request wants to be answered in."""
    return best_language(
        request.cookies.get(LANGUAGE_COOKIE, ""), request.headers.get("accept-language", "")
    )


def address_of(request: Request) -> str:
    """The caller's address; X-Forwarded-For counts only behind as many proxies as are set."""
    hops = settings().trusted_proxies
    if hops:
        chain = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
        if len(chain) >= hops and chain[-hops]:
            return chain[-hops]
    return request.client.host if request.client else "?"


def device_of(request: Request) -> str:
    """A short name for the device list, from the User-Agent."""
    agent = request.headers.get("user-agent", "")
    system = next(
        (
            name
            for name in ("Android", "iPhone", "iPad", "HarmonyOS", "Windows", "Mac OS", "Linux")
            if name in agent
        ),
        "?",
    )
    browser = next(
        (
            shown
            for mark, shown in (
                ("MicroMessenger", "WeChat"),
                ("Edg/", "Edge"),
                ("HuaweiBrowser", "Huawei"),
                ("Firefox/", "Firefox"),
                ("Chrome/", "Chrome"),
                ("Safari/", "Safari"),
            )
            if mark in agent
        ),
        "?",
    )
    return f"{system} · {browser}"


def set_cookie(request: Request, response: Response, opened: OpenedSession) -> None:
    """Put the token where no script can read it."""
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=settings().session_days * 86400,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https" or settings().mode == "production",
        path="/",
    )
