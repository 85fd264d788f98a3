"""Items handed in: applied once, whole or one by one, again and again."""

from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app.hazards.tables import Hazard
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.tables import ReceivedItem
from firegrid_app.visits.tables import Visit
from tests.cast import B
from tests.factories import NOW, item, send, shout_body, statuses
from tests.sync.walks import LATER, OF_A_WALK, count, one_of_each, rows


def test_a_whole_walk_in_one_request(door, cast, session):
    items = one_of_each(cast)
    assert statuses(door("member_a"), *items) == ["created"] * len(items)
    assert rows(session) == OF_A_WALK
    patrol = session.exec(select(Patrol)).one()
    assert (patrol.ended_at - patrol.happened_at) == timedelta(minutes=20)
    for table in (Arrival, Hazard, Shout, Visit):
        assert session.exec(select(table.patrol_id)).one() == patrol.id


def test_the_same_walk_in_a_request_for_each_item(door, cast, session):
    client = door("member_a")
    for one in one_of_each(cast):
        assert statuses(client, one) == ["created"]
    assert rows(session) == OF_A_WALK
    assert session.exec(select(Patrol)).one().ended_at is not None


def test_everything_again_is_already_there_and_nothing_is_doubled(door, cast, session):
    client, items = door("member_a"), one_of_each(cast)
    send(client, *items)
    assert statuses(client, *items) == ["already"] * len(items)
    assert statuses(client, *reversed(items)) == ["already"] * len(items)
    assert rows(session) == OF_A_WALK


def test_the_order_of_keys_does_not_make_it_another_item(door, cast):
    client = door("member_a")
    one = item(cast, "member_a", "shout.log", shout_body())
    send(client, one)
    turned = dict(reversed(list(one.items())))
    turned["body"] = dict(reversed(list(one["body"].items())))
    assert list(turned) != list(one)
    assert statuses(client, turned) == ["already"]


def test_the_same_item_twice_in_one_request_is_applied_once(door, cast, session):
    one = item(cast, "member_a", "shout.log", shout_body())
    assert statuses(door("member_a"), one, one) == ["created", "already"]
    assert count(session, Shout) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"body": shout_body(people_reached=13)},
        {"captured_at": LATER},
        {"position": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_same_id_with_other_content_is_a_conflict_and_changes_nothing(
    door, cast, session, change
):
    client = door("member_a")
    one = item(cast, "member_a", "shout.log", shout_body())
    send(client, one)
    (answer,) = send(client, one | change)
    assert (answer["status"], answer["code"]) == ("conflict", "sync.conflict")
    assert session.exec(select(Shout.people_reached)).all() == [12]


def test_the_same_id_of_somebody_else_is_a_conflict(door, cast, session):
    one = item(cast, "member_a", "shout.log", shout_body())
    send(door("member_a"), one)
    other = item(cast, "member_b", "shout.log", shout_body(grid=B), id=one["id"])
    assert statuses(door("member_b"), other) == ["conflict"]
    assert count(session, Shout) == 1


def test_one_bad_item_does_not_stop_the_others(door, cast, session):
    good = [item(cast, "member_a", "shout.log", shout_body()) for _ in range(3)]
    bad = [
        item(cast, "member_a", "shout.log", shout_body(script="poem")),
        item(cast, "member_a", "shout.log", shout_body(people_reached=-1)),
        item(cast, "member_a", "dance", {}),
        item(cast, "member_b", "shout.log", shout_body()),
    ]
    mixed = [good[0], bad[0], bad[1], good[1], bad[2], bad[3], good[2]]
    assert statuses(door("member_a"), *mixed) == [
        "created", "refused", "rejected", "created", "rejected", "refused", "created",
    ]  # fmt: skip
    assert count(session, Shout) == count(session, ReceivedItem) == 3


def test_a_record_from_the_future_is_refused_from_a_day_on(door, cast, session):
    client = door("member_a")
    tomorrow = (NOW + timedelta(days=1)).isoformat()
    beyond = (NOW + timedelta(days=1, seconds=1)).isoformat()
    near = item(cast, "member_a", "shout.log", shout_body(), captured_at=tomorrow)
    far = item(cast, "member_a", "shout.log", shout_body(), captured_at=beyond)
    near_answer, far_answer = send(client, near, far)
    assert near_answer["status"] == "created"
    assert (far_answer["status"], far_answer["code"]) == ("refused", "sync.future")
    assert count(session, Shout) == 1


def test_a_record_that_waited_for_months_is_taken(door, cast):
    long_ago = (NOW - timedelta(days=200)).isoformat()
    one = item(cast, "member_a", "shout.log", shout_body(), captured_at=long_ago)
    assert statuses(door("member_a"), one) == ["created"]


def test_both_clocks_and_who_sent_it_are_kept(door, cast, session):
    one = item(cast, "member_a", "shout.log", shout_body(), captured_at=LATER)
    send(door("member_a"), one)
    row = session.exec(select(ReceivedItem)).one()
    assert str(row.id) == one["id"]
    assert (row.kind, row.version, row.body) == ("shout.log", 1, one["body"])
    assert (row.captured_at.isoformat(), row.sent_at, row.received_at) == (LATER, NOW, NOW)
    assert row.person_id == cast.people["member_a"]
    assert row.session_id == cast.actor("member_a").session_id
