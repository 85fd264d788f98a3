"""The request as a whole: who sends it, how large it is, what it is made of."""

import json

import pytest
from sqlmodel import func, select

from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.api import MOST_BYTES
from firegrid_app.sync.tables import ReceivedItem
from tests.factories import NOW, batch, item, shout_body


def post(client, content, **headers):
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    return client.post("/api/sync", content=content, headers=headers)


def shouts(cast, count):
    return [item(cast, "member_a", "shout.log", shout_body()) for _ in range(count)]


def count(session):
    return session.exec(select(func.count()).select_from(Shout)).one()


def test_the_answer_names_the_person_and_the_servers_clock(door, cast):
    answer = post(door("member_a"), batch()).json()
    assert answer == {
        "server_time": "2026-11-23T02:00:00+00:00",
        "person_id": cast.people["member_a"],
        "results": [],
    }


def test_two_hundred_items_are_taken_and_answered_in_order(door, cast, session):
    items = shouts(cast, 200)
    answer = post(door("member_a"), batch(*items)).json()
    assert [one["id"] for one in answer["results"]] == [one["id"] for one in items]
    assert {one["status"] for one in answer["results"]} == {"created"}
    assert count(session) == 200


def test_one_more_is_refused_whole(door, cast, session):
    answer = post(door("member_a"), batch(*shouts(cast, 201)))
    assert (answer.status_code, answer.json()["code"]) == (413, "sync.too_many")
    assert count(session) == 0


def test_more_than_two_megabytes_are_refused_whole(door, cast, session):
    padded = batch(*shouts(cast, 1), app_version="x" * MOST_BYTES)
    answer = post(door("member_a"), padded)
    assert (answer.status_code, answer.json()["code"]) == (413, "sync.too_many")
    assert count(session) == 0


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (b"", "item"),
        (b"{", "item"),
        (b"\xff\xfe", "item"),
        (b"[]", "item"),
        (b"[" * 100_000, "item"),
        ({"items": []}, "sent_at"),
        ({"sent_at": NOW.isoformat()}, "items"),
        ({"sent_at": NOW.isoformat(), "items": {}}, "items"),
        ({"sent_at": NOW.isoformat(), "items": ["x"]}, "items.0"),
        ({"sent_at": "2026-11-23T10:00:00", "items": []}, "sent_at"),
        ({"sent_at": "9999-12-31T23:59:59-14:00", "items": []}, "sent_at"),
        ({"sent_at": NOW.isoformat(), "items": [], "extra": 1}, "extra"),
        (b'{"sent_at":"2026-11-23T02:00:00Z","items":[],"app_version":"\\ud800"}', "item"),
    ],
)
def test_a_malformed_request_is_refused_by_field(door, cast, content, fields):
    answer = post(door("member_a"), content)
    assert (answer.status_code, answer.json()["code"]) == (422, "sync.malformed")
    assert answer.json()["details"] == {"fields": fields}


def test_deep_nesting_inside_an_item_is_that_items_fault(door, cast):
    deep: dict = {}
    for _ in range(150):
        deep = {"deeper": deep}
    good, bad = shouts(cast, 2)
    bad["body"] = deep
    answer = post(door("member_a"), batch(good, bad))
    assert answer.status_code == 200
    assert [one["status"] for one in answer.json()["results"]] == ["created", "rejected"]


def test_not_logged_in_nothing_is_taken_and_the_phone_may_keep_it(client, cast, session):
    answer = post(client, batch(*shouts(cast, 1)))
    assert (answer.status_code, answer.json()["code"]) == (401, "access.not_logged_in")
    assert session.exec(select(ReceivedItem)).all() == []


def test_switched_off_nothing_is_taken(door, cast, session):
    answer = post(door("switched_off"), batch(*shouts(cast, 1)))
    assert (answer.status_code, answer.json()["code"]) == (403, "access.switched_off")
    assert session.exec(select(ReceivedItem)).all() == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN,zh;q=0.9", "服务器不认识这种记录"), ("en", "The server does not know this kind")],
)
def test_answers_are_in_the_callers_language(door, cast, language, words):
    unknown = item(cast, "member_a", "dance", {})
    answer = post(door("member_a"), batch(unknown), **{"Accept-Language": language})
    assert answer.json()["results"][0]["message"].startswith(words)


def test_the_chosen_language_outweighs_the_browsers(door, cast):
    client = door("member_a")
    client.cookies.set("firegrid_language", "en")
    answer = post(client, batch(item(cast, "member_a", "dance", {})), **{"Accept-Language": "zh"})
    assert answer.json()["results"][0]["message"].startswith("The server")


def test_handing_in_keeps_the_log_in_alive(door, cast, clock):
    client = door("member_a")
    clock.forward(days=29)
    assert post(client, batch()).status_code == 200
    clock.forward(days=29)
    assert client.get("/api/me").status_code == 200


def test_the_expected_word(client):
    assert client.get("/api/ping").json() == {"firegrid": "here"}
