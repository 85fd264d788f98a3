"""Wraps the whole app: what every answer says about caching, framing, scripts and privacy."""

import re
from collections.abc import Callable
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from firegrid_app.maps.base import base_map
from firegrid_app.serving.built import BuiltPages
from firegrid_app.serving.policy import DATA_ONLY, PICTURES

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OF_PAGES = {
    "Permissions-Policy": (
        "camera=(self), geolocation=(self), screen-wake-lock=(self), microphone=(self), payment=(),"
        " usb=(), serial=(), hid=(), midi=(), display-capture=(), browsing-topics=()"
    ),
}
ONLY_SECURE = {"Cross-Origin-Opener-Policy": "same-origin"}
"""Browsers ignore this over plain http, with an error in their console."""
HSTS = "max-age=31536000"
FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
NEVER = "no-store"
_HOST = re.compile(r"[A-Za-z0-9.\-:\[\]]{1,255}")
_NOT_PAGES = ("/api/", "/_upload", "/ping", "/_health")


def cache_rule(path: str, status: int) -> str:
    """How long an answer may be kept where its route does not say.

    The build puts a hash into the name of everything in /assets/; anything else may change at the
    next build and is asked for again (an ETag makes that cheap). What the API tells is personal.
    """
    if path.startswith(_NOT_PAGES):
        return NEVER
    if path.startswith("/assets/") and status in (200, 206, 304):
        return FOREVER
    return ASK_FIRST


def is_page(path: str, media_type: str) -> bool:
    """Does this answer stand for itself in a browser, as a page or as the service worker?

    The worker lives by the policy its script came with. What is in /assets/ is a part of pages and
    lives by theirs: of a first visit's twenty parts, rules with each would be a tenth of the bytes.
    So does a stylesheet or a picture, wherever it lies.
    """
    if media_type.startswith(("text/css", "image/")):
        return False
    return media_type.startswith("text/html") or not path.startswith((*_NOT_PAGES, "/assets/"))


def content_rule(path: str, media_type: str, pages: Callable[[], BuiltPages], host: str) -> str:
    """The Content-Security-Policy of an answer whose route does not say."""
    if not is_page(path, media_type):
        return DATA_ONLY
    # Below the phone's map; a service worker keeps the page with this (phone/maps/base.jsx).
    base = base_map()
    tiles = " ".join(("", *base.origins)) if base else ""
    policy = pages().policy(path).replace(PICTURES, PICTURES + tiles)
    kept = tiles if base and base.may_be_kept else ""
    # Browsers before 2022 do not count a websocket to the page's own host as 'self'.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return f"{policy}; connect-src 'self'{sockets}{kept}"


class Outermost:
    """The one wrapper around everything a worker serves."""

    def __init__(
        self,
        app: ASGIApp,
        pages: Callable[[], BuiltPages],
        *,
        behind_proxies: bool = False,
        hsts: bool = False,
    ) -> None:
        self._app = app
        self._pages = pages
        self._behind_proxies = behind_proxies
        self._always = ALWAYS | ({"Strict-Transport-Security": HSTS} if hsts else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and add to the answer what it does not say itself."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self._behind_proxies:
            scope = _with_scheme(scope, headers)
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        path, host = scope["path"], headers.get("host", "")

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(scope=message)
                secure = ONLY_SECURE if scope["scheme"] == "https" else {}
                media_type = said.get("content-type", "")
                of_page = OF_PAGES if is_page(path, media_type) else {}
                for name, value in (self._always | of_page | secure).items():
                    said.setdefault(name, value)
                said.setdefault("Cache-Control", cache_rule(path, message["status"]))
                if path.startswith("/assets/"):
                    _lighten(said)
                policy = content_rule(path, media_type, self._pages, host)
                said.setdefault("Content-Security-Policy", policy)
            await send(message)

        may_be_page = scope["method"] in ("GET", "HEAD") and not path.endswith("/")
        if may_be_page and self._pages().is_page(path):
            # /desk is the page /desk/: served at once, a redirect costs a phone a round trip.
            scope = {**scope, "path": path + "/", "raw_path": path.encode() + b"/"}
        await self._app(scope, receive, answer)


def _lighten(said: MutableHeaders) -> None:
    """Of a part of a page: nothing that a file never asked for again, from here alone, has use for.

    The framework's layers each add their `Vary: Origin`; on a first visit of eighteen parts that is
    two kilobytes.
    """
    if "access-control-allow-origin" in said:
        return
    said["Vary"] = "Accept-Encoding"
    for name in ("access-control-allow-credentials", "last-modified", "accept-ranges"):
        if name in said:
            del said[name]


def _with_scheme(scope: Scope, headers: Headers) -> Scope:
    """Behind a proxy the visitor's scheme is the one the nearest proxy names."""
    named = headers.get("x-forwarded-proto", "").split(",")[-1].strip()
    if named not in ("http", "https"):
        return scope
    scheme = named if scope["type"] == "http" else named.replace("http", "ws")
    return {**scope, "scheme": scheme}


ROOT_CERTIFICATE = "FIREGRID_ROOT_CERTIFICATE"
"""Set for the workers when the server runs with a certificate of its own making."""


class RootCertificate:
    """Answers /firegrid-root.crt, so that a phone can learn to trust the local authority."""

    PATH = "/firegrid-root.crt"
    MEDIA_TYPE = b"application/x-x509-ca-cert"

    def __init__(self, app: ASGIApp, certificate: Path) -> None:
        self._app = app
        self._body = certificate.read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the certificate; everything else goes on."""
        if scope["type"] != "http" or scope["path"] != self.PATH:
            await self._app(scope, receive, send)
            return
        length = str(len(self._body)).encode()
        fields = [(b"content-type", self.MEDIA_TYPE), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        body = b"" if scope["method"] == "HEAD" else self._body
        await send({"type": "http.response.body", "body": body})
