"""A post counts from its first to its last day, at midnight on the street."""

from datetime import date

from sqlmodel import select

from firegrid_app.access.service import actor_for_token
from firegrid_app.access.tables import Post
from tests.cast import MONDAY_MORNING, A, B


def set_dates(session, cast, who, starts_on, ends_on):
    post = session.exec(select(Post).where(Post.person_id == cast.people[who])).one()
    post.starts_on, post.ends_on = starts_on, ends_on
    session.commit()


def grids_of(client):
    return [post["grid_code"] for post in client.get("/api/me").json()["posts"]]


def test_a_post_that_has_not_begun_gives_nothing_yet(session, cast, door, clock):
    set_dates(session, cast, "member_a", date(2026, 11, 24), None)
    client = door("member_a")
    assert grids_of(client) == []
    clock.forward(hours=14)
    assert grids_of(client) == [A]


def test_a_post_that_is_over_gives_nothing_from_midnight_on_the_street(session, cast, door, clock):
    set_dates(session, cast, "member_a", date(2026, 1, 1), date(2026, 11, 23))
    client = door("member_a")
    clock.forward(hours=13, minutes=59)
    assert grids_of(client) == [A]
    clock.forward(minutes=1)
    assert grids_of(client) == []
    assert client.get("/api/me").status_code == 200


def test_without_a_post_the_day_pack_is_empty_and_records_are_refused(session, cast, door):
    set_dates(session, cast, "member_a", date(2026, 1, 1), date(2026, 11, 22))
    pack = door("member_a").get("/api/pack").json()
    assert pack["grids"] == pack["doors"] == pack["check_points"] == pack["places"] == []


def test_several_posts_of_one_person_all_count(session, cast, door):
    session.add(
        Post(
            person_id=cast.people["member_a"],
            grid_id=cast.grids["b"],
            role="building_leader",
            starts_on=date(2026, 11, 1),
        )
    )
    session.commit()
    posts = door("member_a").get("/api/me").json()["posts"]
    assert [(post["role"], post["grid_code"]) for post in posts] == [
        ("grid_member", A),
        ("building_leader", B),
    ]
    actor = actor_for_token(session, cast.tokens["member_a"], MONDAY_MORNING)
    assert len(actor.posts) == 2
