"""Planning a meeting: who may, who is asked, what the agenda begins with, what cannot be."""

from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.meetings import planning
from firegrid_app.meetings.rules import KINDS, period_for
from firegrid_app.meetings.tables import Invitee, Meeting
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, STREET, A
from tests.factories import NOW
from tests.meetings.days import TODAY, held, items_of, planned


def test_the_agenda_begins_with_last_time_and_the_figures(cast):
    with transaction() as session:
        meeting = planned(session, cast.actor("officer"))
        assert [
            (item.number, item.kind, item.tag, item.title) for item in items_of(session, meeting)
        ] == [
            (1, "last_time", "", ""),
            (2, "figures", "", ""),
            (3, "own", "facilities", "小桥子社区消火栓缺水"),
        ]
        assert (meeting.first_on.isoformat(), meeting.last_on) == ("2026-11-01", TODAY)


def test_the_posts_chosen_are_asked_once_a_person_of_this_grid_and_below(cast):
    with transaction() as session:
        meeting = planned(session, cast.actor("officer"), roles=("grid_head", "grid_member"))
        asked = session.exec(select(Invitee).where(Invitee.meeting_id == meeting.id)).all()
        # The one switched off holds a post of grid a, too, and is not asked.
        assert {one.person_id for one in asked} == {
            cast.people[name] for name in ("head_a", "member_a", "member_b")
        }


def test_figures_go_on_where_the_last_meeting_ended(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        held(session, officer, [cast.people["officer"]], day=TODAY - timedelta(days=10))
        assert planned(session, officer).first_on == TODAY - timedelta(days=9)
        draft = planning.draft_of(session, officer, STREET, "risk_analysis", NOW)
        assert (draft.first, draft.roles) == (
            "2026-11-14",
            ("street_officer", "department_handler", "community_secretary"),
        )
        assert "building_leader" in draft.offered


def test_a_period_is_never_longer_than_a_year_nor_empty():
    assert period_for("risk_analysis", TODAY, TODAY - timedelta(days=900)) == (
        TODAY - timedelta(days=366),
        TODAY,
    )
    assert period_for("risk_analysis", TODAY, TODAY) == (TODAY, TODAY)


@pytest.mark.parametrize(
    ("who", "code", "kind"),
    [
        ("administrator", COUNTY, "joint"),
        ("officer", STREET, "liaison"),
        ("secretary", COMMUNITY, "grid_regular"),
        ("head_a", A, "grid_regular"),
    ],
)
def test_each_level_plans_its_own(cast, who, code, kind):
    roles = ("county_administrator", "street_officer", "community_secretary", "grid_head")
    with transaction() as session:
        assert planned(session, cast.actor(who), grid_code=code, kind=kind, roles=roles).id


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("other_officer", STREET),
        ("other_secretary", COMMUNITY),
        ("member_a", A),
        ("department", STREET),
        ("resident", A),
        ("officer", OTHER_STREET),
    ],
)
def test_the_neighbour_and_who_leads_nothing_are_refused(cast, who, code):
    with transaction() as session, pytest.raises(Refused) as refused:
        planned(session, cast.actor(who), grid_code=code, kind="special")
    assert refused.value.code == "access.outside_grid"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "tea"}, "meetings.unknown_kind"),
        ({"kind": "risk_analysis", "grid_code": COMMUNITY}, "meetings.wrong_level"),
        ({"clock_time": "25:00"}, "meetings.bad_time"),
        ({"clock_time": ""}, "meetings.bad_time"),
        ({"clock_time": "14:30:59:1"}, "meetings.bad_time"),
        ({"day": TODAY.replace(year=2006)}, "meetings.day_far_off"),
        ({"day": TODAY.replace(year=2062)}, "meetings.day_far_off"),
        ({"first_on": TODAY + timedelta(days=1)}, "meetings.bad_period"),
        ({"first_on": TODAY.replace(year=2020)}, "meetings.bad_period"),
        ({"roles": ()}, "meetings.nobody_invited"),
        ({"roles": ("emperor",)}, "meetings.nobody_invited"),
        ({"items": [("facilities", "水")]}, "meetings.bad_item"),
        ({"items": [("tea", "消火栓缺水")]}, "meetings.bad_item"),
        ({"grid_code": "nowhere"}, "grids.unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(cast, changes, code):
    with transaction() as session:
        with pytest.raises(Refused) as refused:
            planned(session, cast.actor("officer"), **changes)
        assert refused.value.code == code
        assert session.exec(select(Meeting)).all() == []


def test_the_same_meeting_twice_on_a_day_is_refused_until_it_is_called_off(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        first = planned(session, officer)
        with pytest.raises(Refused, match="there_already"):
            planned(session, officer, clock_time="16:00")
        planned(session, officer, kind="liaison")
        with pytest.raises(Refused, match="no_reason"):
            planning.call_off(session, officer, first.id, " ", NOW)
        planning.call_off(session, officer, first.id, "改为视频会议", NOW)
        assert planned(session, officer).id != first.id
        with pytest.raises(Refused, match=r"meetings\.cancelled"):
            planning.move(session, officer, first.id, TODAY, "09:00", NOW)


def test_a_meeting_moves_with_its_figures(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        meeting = planned(session, officer)
        later = TODAY + timedelta(days=3)
        planning.move(session, officer, meeting.id, later, "09:00", NOW)
        assert (planning.day_of(meeting), meeting.last_on) == (later, later)
        with pytest.raises(Refused, match="bad_period"):
            planning.move(session, officer, meeting.id, TODAY - timedelta(days=40), "09:00", NOW)
        with pytest.raises(Refused, match="outside_grid"):
            planning.move(session, cast.actor("secretary"), meeting.id, later, "10:00", NOW)


def test_every_rhythm_of_the_plans_has_its_kind():
    """A meeting that a plan asks for can be held as what the plan calls it."""
    from firegrid_app.duties.presets import presets

    asked = {
        (rule.code, rule.level, rule.rhythm)
        for rules in presets().values()
        for rule in rules
        if rule.kind == "meeting"
    }
    for code, level, rhythm in asked:
        (kind,) = [kind for kind in KINDS if code in kind.obligations]
        assert level in kind.levels
        assert kind.rhythm == rhythm
