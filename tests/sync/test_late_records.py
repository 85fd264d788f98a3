"""Recorded while the post was held, sent after it was over: taken, and nothing else is opened."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.rules import LATE_RECORDS, Role
from firegrid_app.access.tables import Post
from tests.cast import A, B
from tests.factories import NOW, item, shout_body, statuses

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def moved(session, cast):
    """Member a works in b since today; the post in a ended yesterday."""
    post = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
    post.ends_on = YESTERDAY.date()
    session.add(
        Post(
            person_id=cast.people["member_a"],
            grid_id=cast.grids["b"],
            role=Role.GRID_MEMBER,
            starts_on=NOW.date(),
        )
    )
    session.commit()
    return post


def shouted(cast, at, grid=A):
    body = shout_body(grid=grid)
    return item(cast, "member_a", "shout.log", body, captured_at=at.isoformat())


def test_what_was_recorded_in_the_old_grid_still_arrives(door, cast, moved):
    client = door("member_a")
    assert statuses(client, shouted(cast, YESTERDAY), shouted(cast, NOW, B)) == ["created"] * 2


def test_what_was_recorded_there_after_the_post_was_over_is_refused(door, cast, moved):
    assert statuses(door("member_a"), shouted(cast, NOW)) == ["refused"]


def test_the_new_grid_is_open_also_for_what_was_recorded_before(door, cast, moved):
    assert statuses(door("member_a"), shouted(cast, YESTERDAY, B)) == ["created"]


def test_before_the_post_began_nothing_is_taken(door, cast, session, moved):
    moved.starts_on = YESTERDAY.date()
    session.commit()
    early = YESTERDAY - timedelta(days=1)
    assert statuses(door("member_a"), shouted(cast, early)) == ["refused"]


def test_long_after_the_post_is_over_nothing_is_taken(door, cast, session, moved, clock):
    client = door("member_a")
    clock.forward(days=LATE_RECORDS.days - 1)
    assert statuses(client, shouted(cast, YESTERDAY)) == ["created"]
    clock.forward(days=1)
    assert statuses(client, shouted(cast, YESTERDAY)) == ["refused"]


def test_the_ended_post_opens_no_page_and_is_in_no_pack(door, cast, moved):
    client = door("member_a")
    assert [grid["code"] for grid in client.get("/api/pack").json()["grids"]] == [B]
    assert client.get("/api/map/today", params={"code": A}).status_code in (403, 404, 422)


def test_a_post_of_another_day_is_not_held_on_this_one(cast):
    actor = cast.actor("member_a")
    assert actor.on_day(date(2020, 1, 1)) is actor
