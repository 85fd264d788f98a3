"""What a building's leader learns of the hazards they reported: the loop closes for them too."""

from datetime import timedelta

from firegrid_app.hazards.reported import LOOKED_BACK, own_reports
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from tests.factories import NOW, report


def found(session, cast, who, now=NOW):
    return own_reports(session, cast.actor(who), [cast.grids["a"]], now)


def test_a_leader_sees_where_the_own_report_stands_and_nobody_else_s(session, cast):
    made = report(session, cast.actor("leader_a"), where_words="1栋门厅")
    report(session, cast.actor("member_a"))
    (one,) = found(session, cast, "leader_a")
    assert (one.id, one.where_words, one.status) == (str(made.id), "1栋门厅", "open")
    assert one.rung == made.rung
    assert found(session, cast, "member_b") == []


def test_a_closed_one_stays_for_a_while_and_an_open_one_until_it_is_closed(session, cast):
    old = NOW - LOOKED_BACK - timedelta(days=1)
    first = report(session, cast.actor("leader_a"), old)
    assert [one.status for one in found(session, cast, "leader_a")] == ["open"]
    move(session, cast.actor("member_a"), first.id, Step.CORRECTED, "", NOW)
    move(session, cast.actor("head_a"), first.id, Step.CLOSED, "", NOW)
    second = report(session, cast.actor("leader_a"))
    move(session, cast.actor("member_a"), second.id, Step.CORRECTED, "", NOW)
    move(session, cast.actor("head_a"), second.id, Step.CLOSED, "", NOW)
    session.flush()
    assert [(one.id, one.status) for one in found(session, cast, "leader_a")] == [
        (str(second.id), "closed")
    ]


def test_it_is_in_the_leader_s_pack_and_not_twice_in_a_member_s(door, cast, session):
    report(session, cast.actor("leader_a"))
    report(session, cast.actor("member_a"))
    session.commit()
    leader = door("leader_a").get("/api/pack").json()
    assert [one["category"] for one in leader["reported"]] == ["route_blocked"]
    assert "reported" not in door("member_a").get("/api/pack").json()
