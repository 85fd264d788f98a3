"""Reporting a hazard."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import Person, Post
from firegrid_app.hazards.rules.steps import Status, Step
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.hazards.trail import is_unbroken, trail
from firegrid_app.refusals import Refused
from tests.cast import A, B
from tests.factories import NOW, report, walk


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_a_report_opens_a_hazard_with_a_deadline_an_owner_and_a_first_step(session, cast):
    made = report(session, cast.actor("member_a"), words=" 楼道堆满纸箱 ", urgent=True)
    session.commit()
    row = session.exec(select(Hazard)).one()
    assert (row.status, row.severity, row.urgent) == (Status.OPEN, "general", True)
    assert row.words == "楼道堆满纸箱"
    assert row.due_on == date(2026, 11, 30)
    assert row.owner_id == cast.people["head_a"]
    assert row.person_id == cast.people["member_a"]
    steps = trail(session, made.id)
    assert [(step.number, step.step, step.person_id) for step in steps] == [
        (1, Step.REPORTED, cast.people["member_a"])
    ]
    assert is_unbroken(steps)


def test_found_late_in_the_evening_the_deadline_counts_from_the_day_on_the_street(session, cast):
    late = datetime.fromisoformat("2026-11-23T23:30:00+08:00")
    assert report(session, cast.actor("member_a"), late).due_on == date(2026, 11, 30)


def test_fixed_on_the_spot_it_is_closed_in_two_steps_by_one_person(session, cast):
    made = report(session, cast.actor("member_a"), fixed_on_spot=True)
    session.commit()
    steps = trail(session, made.id)
    assert (made.status, made.closed_at) == (Status.CLOSED, NOW)
    assert [step.step for step in steps] == [Step.REPORTED, Step.FIXED_ON_SPOT]
    assert is_unbroken(steps)


def test_a_moment_stamped_in_the_phones_own_zone_keeps_the_trail_unbroken(session, cast):
    at = datetime.fromisoformat("2026-11-23T09:30:00.123456+08:00")
    made = report(session, cast.actor("member_a"), at, fixed_on_spot=True)
    session.commit()
    session.expire_all()
    assert is_unbroken(trail(session, made.id))


def test_without_a_head_the_finder_answers_for_it(session, cast):
    made = report(session, cast.actor("member_b"), grid_code=B)
    assert made.owner_id == cast.people["member_b"]


def test_a_head_whose_time_is_over_answers_for_nothing(session, cast):
    head = session.exec(select(Post).where(Post.person_id == cast.people["head_a"])).one()
    head.ends_on = date(2026, 11, 22)
    session.flush()
    made = report(session, cast.actor("member_a"))
    assert made.owner_id == cast.people["member_a"]


def test_a_head_who_is_switched_off_answers_for_nothing(session, cast):
    session.get(Person, cast.people["head_a"]).switched_off_at = NOW
    session.flush()
    made = report(session, cast.actor("member_a"))
    assert made.owner_id == cast.people["member_a"]


def test_a_place_of_the_grid_can_be_named(session, cast):
    made = report(session, cast.actor("member_a"), place_id=cast.places["a"])
    session.commit()
    assert made.place_id == cast.places["a"]


@pytest.mark.parametrize("place", ["b", None])
def test_a_place_of_another_grid_or_none_is_refused(session, cast, place):
    place_id = cast.places[place] if place else 999_999
    with refused(r"places\.unknown"):
        report(session, cast.actor("member_a"), place_id=place_id)
    assert session.exec(select(Hazard)).all() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"category": "dragons"}, r"hazards\.unknown_category"),
        ({"severity": "huge"}, r"hazards\.unknown_severity"),
        ({"severity": "MINOR"}, r"hazards\.unknown_severity"),
        ({"category": "other", "words": "  "}, r"hazards\.no_words_for_other"),
        ({"severity": "major"}, r"hazards\.grading_reserved"),
        ({"grid_code": "nowhere"}, r"grids\.unknown"),
    ],
)
def test_wrong_input_is_told_apart_and_nothing_is_written(session, cast, changes, code):
    with refused(code):
        report(session, cast.actor("member_a"), **changes)
    session.flush()
    assert session.exec(select(Hazard)).all() == []
    assert session.exec(select(HazardEvent)).all() == []


def test_words_are_optional_but_where_the_kind_says_nothing(session, cast):
    assert report(session, cast.actor("member_a"), words="").words == ""
    assert (
        report(session, cast.actor("member_a"), category="other", words="蜂窝煤").words == "蜂窝煤"
    )


def test_an_officer_may_grade_it_major(session, cast):
    made = report(session, cast.actor("officer"), severity="major")
    assert made.due_on == date(2026, 12, 23)


@pytest.mark.parametrize("who", ["leader_a", "member_a", "head_a", "secretary", "officer"])
def test_those_of_the_grid_and_above_may_report(session, cast, who):
    assert report(session, cast.actor(who)).grid_id == cast.grids["a"]


@pytest.mark.parametrize(
    "who", ["member_b", "other_secretary", "other_officer", "department", "resident"]
)
def test_the_neighbour_and_those_beside_may_not(session, cast, who):
    with refused(r"access\.outside_grid"):
        report(session, cast.actor(who))
    assert session.exec(select(Hazard)).all() == []


def test_a_report_moves_the_open_end_of_its_patrol(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    report(session, member, NOW + timedelta(minutes=12), grid_code=A, patrol_id=patrol.id)
    assert patrol.last_record_at == NOW + timedelta(minutes=12)
