"""What comes up for one person, as their phone carries it."""

from datetime import date, timedelta

import pytest

from firegrid_app.access.service import actor_for_token
from firegrid_app.database import reading, transaction
from firegrid_app.meetings.planning import call_off
from firegrid_app.training.coming import coming_for
from tests.cast import STREET
from tests.factories import NOW
from tests.meetings.days import held
from tests.meetings.days import planned as meeting
from tests.training.days import TODAY, drill
from tests.training.days import held as held_course
from tests.training.days import planned as course


def coming(cast, who, now=NOW):
    with reading() as session:
        actor = actor_for_token(session, cast.tokens[who], NOW)
        return [(one.sort, one.kind, one.day, one.time) for one in coming_for(session, actor, now)]


@pytest.fixture
def plans(cast):
    """A meeting of the street, and in the community a course of its staff and a drill."""
    with transaction() as session:
        meeting(session, cast.actor("officer"), day=TODAY + timedelta(days=2))
        course(session, cast.actor("secretary"), day=TODAY + timedelta(days=1))
        drill(session, cast.actor("secretary"))
    return cast


def test_the_next_comes_first_and_each_has_what_concerns_the_post(plans):
    staff = [("drill", "evacuation", "2026-11-23", ""), ("course", "topical", "2026-11-24", "")]
    asked = [("meeting", "risk_analysis", "2026-11-25", "14:30")]
    assert coming(plans, "member_a") == staff
    assert coming(plans, "member_b") == staff
    assert coming(plans, "head_a") == staff
    assert coming(plans, "secretary") == [staff[0], *asked]
    assert coming(plans, "department") == asked
    assert coming(plans, "leader_a") == staff[:1]


def test_the_neighbouring_community_and_street_hear_of_nothing(plans):
    assert coming(plans, "other_officer") == []
    assert [one[0] for one in coming(plans, "other_secretary")] == ["meeting"]
    assert coming(plans, "resident") == []


def test_what_was_held_called_off_or_is_over_is_gone(cast):
    with transaction() as session:
        officer = cast.actor("officer")
        held(session, officer, [cast.people["secretary"]])
        call_off(session, officer, meeting(session, officer, kind="special").id, "改期", NOW)
        held_course(session, cast.actor("secretary"), [cast.people["member_a"]])
        drill(session, cast.actor("secretary"), day=TODAY - timedelta(days=1))
    for who in ("secretary", "member_a", "officer"):
        assert coming(cast, who) == [], who


def test_a_meeting_of_this_morning_stands_until_the_day_is_over(cast):
    with transaction() as session:
        meeting(session, cast.actor("officer"), clock_time="09:00")
    assert len(coming(cast, "secretary", NOW + timedelta(hours=9))) == 1
    assert coming(cast, "secretary", NOW + timedelta(hours=15)) == []


def test_far_off_it_is_not_carried_yet(cast):
    with transaction() as session:
        meeting(session, cast.actor("officer"), day=date(2027, 3, 1))
        course(session, cast.actor("secretary"), day=date(2027, 3, 1))
    assert coming(cast, "secretary") == coming(cast, "member_a") == []


def test_a_county_wide_course_reaches_who_needs_it_and_nobody_else(cast):
    with transaction() as session:
        course(
            session,
            cast.actor("officer"),
            grid_code=STREET,
            kind="informed_person",
            audience="leaders",
        )
    assert [one[1] for one in coming(cast, "officer")] == ["informed_person"]
    assert coming(cast, "member_a") == []


def test_the_day_pack_has_it_in_one_piece_and_in_sections(plans, door):
    pack = door("member_a").get("/api/pack").json()
    assert [one["sort"] for one in pack["coming"]] == ["drill", "course"]
    assert {one["grid_name"] for one in pack["coming"]} == {"小桥子社区"}
    parts = door("member_a").get("/api/pack", headers={"FireGrid-Have": ""}).json()
    assert parts["changed"]["coming"][1] == {"coming": pack["coming"]}
