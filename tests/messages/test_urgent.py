"""Urgent messages: at once, to those who lead, and to nobody else."""

from uuid import uuid4

from sqlmodel import select

from firegrid_app.access.tables import Person, Post
from firegrid_app.database import reading, transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.messages.tables import Message
from firegrid_app.messages.urgent import leading, tell_of_major_hazard, tell_of_red_warning
from tests.alerts.making import warn
from tests.factories import NOW, hazard_body, item, report, send


def told():
    with reading() as session:
        rows = session.exec(
            select(Person.name, Message).join(Message, Message.person_id == Person.id)
        )
        return {name: message.text for name, message in rows}


def tell(cast, hazard_id, reporter="member_a", grid="a"):
    with transaction() as session:
        found = session.get(Grid, cast.grids[grid])
        return tell_of_major_hazard(session, hazard_id, found, cast.people[reporter], NOW)


def test_head_community_and_street_know_and_the_neighbour_does_not(cast):
    assert tell(cast, uuid4()) == 3
    assert set(told()) == {"龚丽", "石珍", "曹英"}


def test_each_is_told_once_of_one_hazard(cast):
    hazard = uuid4()
    assert tell(cast, hazard) == 3
    assert tell(cast, hazard) == 0
    assert tell(cast, uuid4()) == 3


def test_who_reported_it_knows(cast):
    tell(cast, uuid4(), reporter="head_a")
    assert set(told()) == {"石珍", "曹英"}


def test_it_names_the_grid_and_nothing_else(cast):
    tell(cast, uuid4())
    assert set(told().values()) == {
        "【消防网格】小桥子社区第1网格上报一处疑似重大火灾隐患，请立即登录核查处置。"
    }


def test_a_post_that_is_over_or_to_come_leads_nothing(cast):
    with transaction() as session:
        post = session.exec(select(Post).where(Post.person_id == cast.people["head_a"])).one()
        post.ends_on = post.starts_on
    with reading() as session:
        people = leading(session, session.get(Grid, cast.grids["a"]), NOW)
    assert people == {cast.people["secretary"], cast.people["officer"]}


def test_a_suspected_major_hazard_from_a_phone_is_told_once(cast, door):
    found = item(cast, "member_a", "hazard.report", hazard_body(severity="suspected_major"))
    for _ in range(2):
        send(door("member_a"), found)
    assert set(told()) == {"龚丽", "石珍", "曹英"}


def test_what_is_not_major_or_was_put_right_at_once_disturbs_nobody(cast):
    with transaction() as session:
        report(session, cast.actor("member_a"))
        report(session, cast.actor("member_a"), severity="suspected_major", fixed_on_spot=True)
    assert told() == {}


def test_a_red_warning_is_told_above_and_below_and_once(cast):
    with transaction() as session:
        street = session.get(Grid, cast.grids["street"])
        assert tell_of_red_warning(session, "alert 1", street, NOW) == 4
        community = session.get(Grid, cast.grids["community"])
        assert tell_of_red_warning(session, "alert 1", community, NOW) == 0
        assert tell_of_red_warning(session, "alert 2", community, NOW) == 3
    assert set(told()) == {"曹英", "石珍", "汪洋", "龚丽"}
    assert "南大街街道发布红色预警" in told()["汪洋"]


def test_a_red_warning_wakes_who_leads_and_an_orange_one_waits_for_the_digest(cast):
    with transaction() as session:
        warn(session, cast)
        assert session.exec(select(Message)).all() == []
        warn(session, cast, colour="red", title="暴雨红色预警")
    assert set(told()) == {"曹英", "石珍", "汪洋", "龚丽"}
