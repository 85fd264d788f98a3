"""Starting, arriving at check points, ending a patrol."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.patrols import service as patrols
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.records import Position
from firegrid_app.refusals import Refused
from firegrid_app.shouts import service as shouts
from tests.cast import A, B
from tests.factories import NOW, stamp, walk

LATER = NOW + timedelta(minutes=20)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def arrive(session, actor, patrol_id, point, at=LATER):
    return patrols.arrive(
        session,
        actor,
        stamp(at),
        patrol_id=patrol_id,
        check_point_id=point,
        all_fine=False,
        note="灯坏了",
        now=NOW,
    )


def end(session, actor, patrol_id, at=LATER):
    return patrols.end(session, actor, stamp(at), patrol_id=patrol_id, note="完", now=NOW)


def test_a_member_starts_in_the_own_grid_with_place_and_time_of_the_phone(session, cast):
    here = Position(lat=29.3512345678, lon=105.9012345678, accuracy_m=8.44, source="gps")
    made = stamp(NOW - timedelta(minutes=3), position=here)
    patrols.start(session, cast.actor("member_a"), made, grid_code=A, now=NOW)
    session.commit()
    row = session.exec(select(Patrol)).one()
    assert (row.id, row.patrol_id, row.person_id) == (made.id, made.id, cast.people["member_a"])
    assert (row.happened_at, row.received_at) == (NOW - timedelta(minutes=3), NOW)
    assert (row.lat, row.lon, row.accuracy_m) == (29.35123, 105.90123, 8.4)
    assert row.position_source == "gps"
    assert row.ended_at is None


def test_without_a_position_the_record_is_kept_and_says_so(session, cast):
    walk(session, cast.actor("member_a"), NOW)
    row = session.exec(select(Patrol)).one()
    assert (row.lat, row.lon, row.accuracy_m, row.position_source) == (None, None, None, "none")


@pytest.mark.parametrize(
    "who", ["member_b", "leader_a", "officer", "other_secretary", "department", "resident"]
)
def test_who_does_not_work_in_the_grid_cannot_start_there(session, cast, who):
    with refused(r"access\.outside_grid"):
        walk(session, cast.actor(who), NOW, grid_code=A)
    assert session.exec(select(Patrol)).all() == []


def test_an_unknown_grid_is_named_in_the_refusal(session, cast):
    with refused(r"grids\.unknown") as caught:
        walk(session, cast.actor("member_a"), NOW, grid_code="nowhere")
    assert caught.value.details == {"code": "nowhere"}


def test_arriving_is_kept_and_moves_the_open_end_of_the_walk(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    arrive(session, member, patrol.id, cast.check_points["a1"])
    session.commit()
    row = session.exec(select(Arrival)).one()
    assert (row.patrol_id, row.check_point_id) == (patrol.id, cast.check_points["a1"])
    assert (row.grid_id, row.all_fine, row.note) == (cast.grids["a"], False, "灯坏了")
    assert patrol.last_record_at == LATER


def test_a_record_that_arrives_late_never_moves_the_open_end_back(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    arrive(session, member, patrol.id, cast.check_points["a1"])
    arrive(session, member, patrol.id, cast.check_points["a2"], at=NOW + timedelta(minutes=5))
    assert patrol.last_record_at == LATER


def test_a_check_point_of_another_grid_is_refused_by_name(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    with refused(r"patrols\.other_grid") as caught:
        arrive(session, member, patrol.id, cast.check_points["b1"])
    assert caught.value.details == {"name": "3栋2单元"}
    with refused(r"patrols\.unknown_check_point"):
        arrive(session, member, patrol.id, 999_999)
    assert session.exec(select(Arrival)).all() == []


def test_arriving_in_a_patrol_that_never_came_is_refused(session, cast):
    with refused(r"patrols\.unknown"):
        arrive(session, cast.actor("member_a"), uuid4(), cast.check_points["a1"])


@pytest.mark.parametrize("who", ["member_b", "head_a", "secretary", "officer"])
def test_nobody_arrives_or_ends_in_somebody_elses_patrol(session, cast, who):
    patrol = walk(session, cast.actor("member_a"), NOW, None)
    with refused(r"patrols\.not_yours"):
        arrive(session, cast.actor(who), patrol.id, cast.check_points["a1"])
    with refused(r"patrols\.not_yours"):
        end(session, cast.actor(who), patrol.id)
    assert patrol.ended_at is None


def test_ending_keeps_the_moment_and_the_words(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    end(session, member, patrol.id)
    session.commit()
    assert (patrol.ended_at, patrol.last_record_at, patrol.note) == (LATER, LATER, "完")


def test_an_end_before_the_start_is_refused(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    with refused(r"patrols\.end_before_start"):
        end(session, member, patrol.id, at=NOW - timedelta(seconds=1))
    assert patrol.ended_at is None


def test_a_patrol_ends_once(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, 30)
    with refused(r"patrols\.already_ended"):
        end(session, member, patrol.id, at=NOW + timedelta(hours=2))
    assert patrol.ended_at == NOW + timedelta(minutes=30)


def test_a_record_naming_somebody_elses_patrol_is_kept_and_moves_nothing(session, cast):
    patrol = walk(session, cast.actor("member_b"), NOW, None, grid_code=B)
    shouts.log(
        session,
        cast.actor("member_a"),
        stamp(LATER),
        grid_code=A,
        patrol_id=patrol.id,
        script="ebike",
        means="own_voice",
        people_reached=1,
        where_words="",
        now=NOW,
    )
    assert patrol.last_record_at == NOW
