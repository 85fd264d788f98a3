"""Another site may start neither a write nor a websocket in a visitor's name."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from firegrid_app.access.origin import guard_origin, is_own_origin
from firegrid_app.settings import settings


async def _talk(socket):
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


def _write(request):
    return PlainTextResponse("done")


@pytest.fixture
def site():
    routes = [
        Route("/", _write, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
        WebSocketRoute("/_event", _talk),
    ]
    return TestClient(guard_origin(Starlette(routes=routes)))


FOREIGN = [
    "https://evil.example",
    "null",
    "http://testserver.evil.example",
    "http://testserver:8080",
    "http://evil.example/testserver",
    "http://testserver@evil.example",
    "http://[",
    "testserver",
    "",
]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_write_of_another_site_is_refused_in_words(site, method, origin):
    answer = site.request(method, "/", headers={"Origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "access.foreign_origin")
    assert answer.json()["message"]


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_websocket_of_another_site_is_refused(site, origin):
    with (
        pytest.raises(WebSocketDisconnect) as caught,
        site.websocket_connect("/_event", headers={"Origin": origin}) as socket,
    ):
        socket.receive_text()
    assert caught.value.code == 4403


@pytest.mark.parametrize("origin", ["http://testserver", "https://testserver", "HTTP://TESTSERVER"])
def test_our_own_site_writes_and_talks(site, origin):
    assert site.post("/", headers={"Origin": origin}).text == "done"
    with site.websocket_connect("/_event", headers={"Origin": origin}) as socket:
        assert socket.receive_text() == "hello"


def test_a_tool_that_names_no_origin_writes(site):
    assert site.post("/").text == "done"


def test_looking_is_nobodys_business(site):
    assert site.get("/", headers={"Origin": "https://evil.example"}).text == "done"


def test_the_public_address_and_allowed_sites_are_our_own(site, monkeypatch):
    monkeypatch.setenv("FIREGRID_PUBLIC_URL", "https://firegrid.example.cn/")
    monkeypatch.setenv("FIREGRID_ALLOWED_ORIGINS", "https://station.example.cn")
    settings.cache_clear()
    for origin in ("https://firegrid.example.cn", "https://station.example.cn"):
        assert site.post("/", headers={"Origin": origin}).text == "done"
    assert site.post("/", headers={"Origin": "http://station.example.cn"}).status_code == 403


def test_without_a_host_nobody_is_at_home():
    assert not is_own_origin("null", "")
    assert not is_own_origin("", "")


def test_the_refusal_is_in_the_readers_language(site):
    headers = {"Origin": "https://evil.example", "Accept-Language": "en"}
    assert site.post("/", headers=headers).json()["message"].startswith("The request came from")


def test_the_real_api_is_guarded(door):
    answer = door("member_a").post("/api/sync", json={}, headers={"Origin": "https://evil.example"})
    assert answer.json()["code"] == "access.foreign_origin"
