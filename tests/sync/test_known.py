"""What the server holds under an id, given back to whoever made it: one side of a conflict."""

from uuid import uuid4

import pytest

from firegrid_app.sync.kinds import KINDS
from tests.cast import B
from tests.factories import HERE, item, send, shout_body, statuses
from tests.sync.walks import one_of_each


def known(client, item_id):
    return client.get(f"/api/sync/{item_id}")


def test_every_kind_comes_back_as_it_was_sent(door, cast):
    client, items = door("member_a"), one_of_each(cast)
    send(client, *items)
    assert {one["kind"] for one in items} == set(KINDS)
    for sent in items:
        answer = known(client, sent["id"])
        assert answer.status_code == 200
        found = answer.json()
        for key in ("id", "kind", "version", "captured_at", "body"):
            assert found[key] == sent[key], (sent["kind"], key)
        assert found["received_at"]


def test_the_place_comes_back_as_exactly_as_it_is_kept_and_not_more(door, cast):
    client = door("member_a")
    place = HERE | {"lat": 29.3512345678, "lon": 105.9012345678}
    near = item(cast, "member_a", "shout.log", shout_body(), position=place)
    nowhere = item(cast, "member_a", "shout.log", shout_body(), position=None)
    send(client, near, nowhere)
    assert known(client, near["id"]).json()["position"] == {
        "lat": 29.35123,
        "lon": 105.90123,
        "accuracy_m": 8.5,
    }
    assert known(client, nowhere["id"]).json()["position"] is None


def test_the_servers_version_is_the_first_that_came(door, cast):
    client = door("member_a")
    first = item(cast, "member_a", "shout.log", shout_body())
    assert statuses(client, first, first | {"body": shout_body(people_reached=99)}) == [
        "created",
        "conflict",
    ]
    assert known(client, first["id"]).json()["body"]["people_reached"] == 12


@pytest.mark.parametrize("who", ["member_b", "head_a", "secretary", "administrator"])
def test_nobody_else_learns_whether_an_id_is_known(door, cast, who):
    one = item(cast, "member_a", "shout.log", shout_body())
    send(door("member_a"), one)
    others, unknown = known(door(who), one["id"]), known(door(who), uuid4())
    assert others.status_code == unknown.status_code == 404
    assert others.json() == unknown.json()
    assert others.json()["code"] == "sync.unknown_item"


def test_whose_id_is_somebody_elses_gets_a_conflict_and_no_look(door, cast):
    one = item(cast, "member_a", "shout.log", shout_body())
    send(door("member_a"), one)
    same_id = item(cast, "member_b", "shout.log", shout_body(grid=B), id=one["id"])
    assert statuses(door("member_b"), same_id) == ["conflict"]
    assert known(door("member_b"), one["id"]).status_code == 404


def test_who_is_not_logged_in_is_told_so(client):
    assert known(client, uuid4()).status_code == 401


def test_an_id_that_is_none_is_refused_in_words(door):
    answer = known(door("member_a"), "not-an-id")
    assert answer.status_code == 422
    assert answer.json()["message"]
