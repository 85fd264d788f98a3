"""What every answer says about caching, framing, scripts; pages without a redirect."""

import asyncio
import base64
import hashlib
import os
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from firegrid_app.serving.built import LatestPages, read_pages
from firegrid_app.serving.headers import ALWAYS, Outermost, RootCertificate
from firegrid_app.serving.policy import DATA_ONLY, script_hashes
from firegrid_app.settings import settings

PAGE = "<!DOCTYPE html><script>theme('深')</script><script src='/a.js'></script><main></main>"
OTHER = "<!DOCTYPE html><script>theme('深')</script><script type=module>go()</script>"


def source(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "desk").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "desk" / "index.html").write_text(OTHER)
    (tmp_path / "404.html").write_text(PAGE)
    return tmp_path


async def _echo(request: Request):
    path = request.url.path
    if path == "/api/map/frame":
        return HTMLResponse("<p>", headers={"Content-Security-Policy": "sandbox"})
    if path.startswith("/api/photos"):
        return PlainTextResponse("", headers={"Cache-Control": "private, max-age=60"})
    if path.startswith("/api/words"):
        return HTMLResponse("<p>")
    if path.startswith("/api"):
        return JSONResponse({"scheme": request.url.scheme})
    if path.endswith(".css"):
        return PlainTextResponse(path, media_type="text/css")
    if path.endswith(".png"):
        return PlainTextResponse(path, media_type="image/png")
    if path.endswith(".js"):
        origin = request.headers.get("origin", "")
        allowed = {"Access-Control-Allow-Origin": origin} if origin else {}
        said = {"Vary": "Accept-Encoding, Origin, Origin", "Last-Modified": "now"} | allowed
        return PlainTextResponse(path, media_type="text/javascript", headers=said)
    return HTMLResponse(path)


@pytest.fixture
def serve(built: Path):
    """A client of the wrapped app that says which address it was asked for."""

    def make(**settings):
        inner = Starlette(routes=[Route("/{path:path}", _echo, methods=["GET", "POST"])])
        return TestClient(Outermost(inner, lambda: read_pages(built), **settings))

    return make


def test_scripts_are_hashed_as_a_browser_does() -> None:
    html = "<script>a&amp;b</script><SCRIPT id=x>\r\nc</SCRIPT><script src=y></script>"
    assert script_hashes(html) == [source("a&amp;b"), source("\nc")]


def test_a_page_may_run_its_own_inline_scripts_and_no_other(serve) -> None:
    policy = serve().get("/desk").headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert scripts == " ".join(("script-src 'self'", source("theme('深')"), source("go()")))
    assert "unsafe-inline" not in scripts
    assert "unsafe-eval" not in policy


def test_every_answer_forbids_framing_by_others_and_guessing_of_types(serve) -> None:
    for path in ("/", "/desk", "/api/me", "/assets/x.js", "/nowhere"):
        headers = serve().get(path).headers
        for name, value in ALWAYS.items():
            assert headers[name] == value
        assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_parts_of_pages_carry_no_rules_that_only_pages_live_by(serve) -> None:
    for path in ("/assets/entry-1a2b.js", "/firegrid.css", "/icons/icon.png"):
        part = serve().get(path).headers
        assert "permissions-policy" not in part, path
        assert part["content-security-policy"] == DATA_ONLY, path
    for path in ("/sw.js", "/desk", "/nowhere"):
        headers = serve().get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"], path
        assert "camera=(self)" in headers["permissions-policy"], path


def test_parts_of_pages_say_nothing_twice_and_nothing_unasked(serve) -> None:
    part = serve().get("/assets/entry-1a2b.js").headers
    assert (part["vary"], part.get("last-modified")) == ("Accept-Encoding", None)
    asked = serve().get("/sw.js").headers
    assert (asked["vary"], asked["last-modified"]) == ("Accept-Encoding, Origin, Origin", "now")
    other = {"Origin": "https://allowed.example"}
    assert "Origin" in serve().get("/assets/entry-1a2b.js", headers=other).headers["vary"]


def test_camera_and_place_are_for_our_own_pages_only(serve) -> None:
    allowed = serve().get("/").headers["permissions-policy"]
    assert "camera=(self)" in allowed
    assert "geolocation=(self)" in allowed
    assert "microphone=(self)" in allowed


def test_the_socket_of_the_same_host_is_allowed_by_name(serve) -> None:
    policy = serve().get("/", headers={"host": "10.0.0.7:8000"}).headers["content-security-policy"]
    assert "connect-src 'self' ws://10.0.0.7:8000 wss://10.0.0.7:8000" in policy


def test_pages_may_show_tiles_of_the_base_map_that_is_set_and_fetch_those_that_may_be_kept(
    serve, monkeypatch
) -> None:
    def pictures_and_fetched(**values: str) -> tuple[str, str]:
        for name, value in values.items():
            monkeypatch.setenv(f"FIREGRID_{name}", value)
        settings.cache_clear()
        policy = serve().get("/").headers["content-security-policy"]
        parts = dict(part.split(" ", 1) for part in policy.split("; "))
        return parts["img-src"], parts["connect-src"]

    assert pictures_and_fetched() == ("'self' data: blob:", pictures_and_fetched()[1])
    assert "https" not in pictures_and_fetched()[1]
    shown, fetched = pictures_and_fetched(BASE_MAP="amap")
    assert "https://webrd01.is.autonavi.com" in shown
    assert "autonavi" not in fetched
    address = "https://tiles.example.cn/{z}/{x}/{y}"
    shown, fetched = pictures_and_fetched(BASE_MAP="xyz", BASE_MAP_URL=address)
    assert shown.endswith(" https://tiles.example.cn")
    assert fetched.endswith(" https://tiles.example.cn")
    settings.cache_clear()


def test_a_host_made_up_to_loosen_the_policy_is_not_repeated(serve) -> None:
    policy = (
        serve().get("/", headers={"host": "a; script-src *"}).headers["content-security-policy"]
    )
    assert "script-src *" not in policy


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/assets/entry-1a2b.js", "public, max-age=31536000, immutable"),
        ("/", "no-cache"),
        ("/desk", "no-cache"),
        ("/sw.js", "no-cache"),
        ("/manifest.webmanifest", "no-cache"),
        ("/api/me", "no-store"),
        ("/api/photos/1", "private, max-age=60"),
    ],
)
def test_how_long_an_answer_may_be_kept(serve, path: str, rule: str) -> None:
    assert serve().get(path).headers["cache-control"] == rule


def test_what_a_route_says_itself_stays(serve) -> None:
    assert serve().get("/api/map/frame").headers["content-security-policy"] == "sandbox"


def test_data_is_no_page_but_a_refusal_in_words_may_have_its_styles(serve) -> None:
    assert (
        serve().get("/api/me").headers["content-security-policy"].startswith("default-src 'none'")
    )
    assert "style-src 'self'" in serve().get("/api/words").headers["content-security-policy"]


@pytest.mark.parametrize(
    ("asked", "served"), [("/desk", "/desk/"), ("/desk/", "/desk/"), ("/nowhere", "/nowhere")]
)
def test_a_page_is_served_without_a_redirect(serve, asked: str, served: str) -> None:
    assert serve().get(asked, follow_redirects=False).text == served


def test_the_scheme_of_a_proxy_is_believed_only_when_there_is_one(serve) -> None:
    forwarded = {"x-forwarded-proto": "http, https"}
    assert serve().get("/api/me", headers=forwarded).json() == {"scheme": "http"}
    behind = serve(behind_proxies=True)
    assert behind.get("/api/me", headers=forwarded).json() == {"scheme": "https"}
    assert behind.get("/api/me", headers={"x-forwarded-proto": "gopher"}).json() == {
        "scheme": "http"
    }


def test_https_for_good_is_said_in_production_only(serve) -> None:
    assert "strict-transport-security" not in serve().get("/").headers
    assert "strict-transport-security" in serve(hsts=True).get("/").headers


def test_pages_built_again_under_a_running_server_are_read_again(built: Path) -> None:
    stamp = built / "stamp"
    pages = LatestPages(built, stamp)
    assert not pages().is_page("/desk")
    stamp.write_text("1")
    assert pages().is_page("/desk")
    (built / "people").mkdir()
    (built / "people" / "index.html").write_text(PAGE)
    assert not pages().is_page("/people")
    stamp.unlink()
    assert pages().is_page("/desk")
    stamp.write_text("2")
    os.utime(stamp, ns=(1, 1))
    assert pages().is_page("/people")


def test_a_websocket_goes_through_untouched(built: Path) -> None:
    seen = []

    async def inner(scope, receive, send) -> None:
        seen.append(scope["scheme"])

    wrapped = Outermost(inner, lambda: read_pages(built), behind_proxies=True)
    scope = {"type": "websocket", "path": "/_event", "scheme": "ws"}
    scope["headers"] = [(b"x-forwarded-proto", b"https")]
    asyncio.run(wrapped(scope, None, None))
    assert seen == ["wss"]


def test_the_root_certificate_can_be_fetched(tmp_path: Path) -> None:
    (tmp_path / "root.crt").write_bytes(b"-----BEGIN")
    client = TestClient(RootCertificate(PlainTextResponse("app"), tmp_path / "root.crt"))
    answer = client.get("/firegrid-root.crt")
    assert answer.content == b"-----BEGIN"
    assert answer.headers["content-type"] == "application/x-x509-ca-cert"
    assert client.get("/").text == "app"
