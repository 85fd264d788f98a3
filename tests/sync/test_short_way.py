"""The short way in: the very answers of the framework's route, and nobody else takes it."""

import json

import pytest
from starlette.testclient import TestClient

from firegrid_app.access.session import COOKIE
from firegrid_app.api import front, make_api, short_way
from firegrid_app.sync import api as sync_api
from tests.factories import batch, item, shout_body


@pytest.fixture
def both(cast):
    """One logged-in phone at each way in: the framework's route, and the short one."""
    api = make_api()
    ways = [
        TestClient(app, raise_server_exceptions=False)
        for app in (front(api), short_way(front(api)))
    ]
    for way in ways:
        way.cookies.set(COOKIE, cast.tokens["member_a"])
    return ways


def answers(both, content, **options):
    if isinstance(content, dict):
        content = json.dumps(content)
    given = [way.post("/api/sync", content=content, **options) for way in both]
    return [(one.status_code, one.headers["content-type"], one.json()) for one in given]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b'{"sent_at": "2026-11-23T02:00:00Z"', 422),
        (batch(), 200),
        (batch(app_version="x" * sync_api.MOST_BYTES), 413),
    ],
    ids=["nothing", "cut", "good", "too large"],
)
def test_both_ways_answer_the_same(both, content, status, language):
    by_framework, by_short_way = answers(both, content, headers={"Accept-Language": language})
    assert by_short_way == by_framework
    assert by_short_way[0] == status


def test_a_record_of_one_way_is_known_at_the_other(both, cast):
    content = batch(item(cast, "member_a", "shout.log", shout_body()))
    first, second = answers(both, content)
    assert [one[2]["results"][0]["status"] for one in (first, second)] == ["created", "already"]


def test_a_stranger_is_refused_at_both(both):
    for way in both:
        way.cookies.clear()
    by_framework, by_short_way = answers(both, batch())
    assert by_short_way == by_framework
    assert by_short_way[0] == 401


def test_a_fault_of_ours_has_the_same_shape(both, monkeypatch):
    def broken(delivery):
        raise ZeroDivisionError

    monkeypatch.setattr(sync_api.writer, "deliver", broken)
    by_framework, by_short_way = answers(both, batch())
    assert by_short_way == by_framework
    assert (by_short_way[0], by_short_way[2]["code"]) == (500, "server_error")


def test_a_write_of_another_site_is_refused_before_it_is_read(both):
    answer = both[1].post("/api/sync", json=batch(), headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "access.foreign_origin")


def test_a_page_of_ours_takes_it_and_an_allowed_site_goes_the_long_way(both, monkeypatch):
    asked = []
    monkeypatch.setattr("firegrid_app.api.hand_in", lambda request: asked.append(1))
    both[1].post("/api/sync", content=json.dumps(batch()), headers={"Origin": "http://testserver"})
    assert len(asked) == 1
    monkeypatch.setenv("FIREGRID_ALLOWED_ORIGINS", "https://other.example")
    both[1].post(
        "/api/sync", content=json.dumps(batch()), headers={"Origin": "https://other.example"}
    )
    assert len(asked) == 1


def test_another_method_goes_to_the_framework(both):
    answer = both[1].get("/api/sync")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
