"""Drills: planned, held, counted; what they showed becomes hazards or duties."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.duties import choosing
from firegrid_app.duties.lists import inbox
from firegrid_app.duties.rules.obligations import obligation_from
from firegrid_app.meetings.service import meeting_card
from firegrid_app.refusals import Refused
from firegrid_app.training import drill_faults, drill_view, drills
from firegrid_app.training.tables import Drill, DrillFault
from tests.cast import COMMUNITY, STREET, A, C
from tests.factories import NOW
from tests.meetings.days import planned as planned_meeting
from tests.training.days import TODAY, drill, noted


def as_hazard(session, actor, made, **changes):
    values = {
        "grid_code": A,
        "category": "exit_locked",
        "severity": "general",
        "words": "3层常闭门打不开",
        "where_words": "1栋3层",
        "now": NOW,
    }
    return drill_faults.fault_is_hazard(session, actor, made.id, **values | changes)


def as_duty(session, actor, made, person, **changes):
    values = {
        "words": "给1栋独居老人定人搀扶",
        "person_id": person,
        "due_on": TODAY + timedelta(days=5),
        "now": NOW,
    }
    return drill_faults.fault_is_duty(session, actor, made.id, **values | changes)


def test_a_drill_from_its_plan_to_what_it_showed(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        made = drill(session, secretary)
        with pytest.raises(Refused, match="not_noted"):
            as_hazard(session, secretary, made)
        noted(session, secretary, made)
        hazard = as_hazard(session, secretary, made)
        as_duty(session, secretary, made, cast.people["member_a"])
        card = drill_view.drill_card(session, secretary, made.id, NOW)
        assert (card.line.people, card.line.arrived_after) == (46, "4")
        assert [(one.id, one.category, one.status) for one in card.hazards] == [
            (str(hazard.id), "exit_locked", "open")
        ]
        assert [(one.words, one.owner, one.standing) for one in card.decisions] == [
            ("给1栋独居老人定人搀扶", "姜龙", "open")
        ]
        (duty,) = inbox(session, cast.actor("member_a"), NOW)
        assert (duty.words, duty.due) == ("给1栋独居老人定人搀扶", "2026-11-28")
        # The community's next meeting asks about it by itself.
        meeting = planned_meeting(
            session, secretary, grid_code=COMMUNITY, kind="grid_regular", roles=("grid_member",)
        )
        (asked,) = meeting_card(session, secretary, meeting.id, NOW).last_time
        assert asked.words == "给1栋独居老人定人搀扶"


def test_holding_it_does_the_drill_duty_of_its_grid(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        rule = obligation_from(
            {
                "code": "own",
                "kind": "drill",
                "role": "community_secretary",
                "level": 2,
                "rhythm": "half_year",
            }
        )
        choosing.add_rule(session, cast.actor("officer"), STREET, rule, NOW)
        made = drill(session, secretary)
        (card,) = inbox(session, secretary, NOW)
        assert (card.kind, card.standing) == ("drill", "later")
        noted(session, secretary, made)
        (card,) = inbox(session, secretary, NOW)
        assert card.standing == "done"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "tea"}, "training.unknown_drill_kind"),
        ({"scenario": " "}, "training.no_scenario"),
        ({"scenario": "火" * 501}, "training.no_scenario"),
        ({"day": TODAY.replace(year=2062)}, "training.day_far_off"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(cast, changes, code):
    with transaction() as session:
        with pytest.raises(Refused) as refused:
            drill(session, cast.actor("secretary"), **changes)
        assert refused.value.code == code
        assert session.exec(select(Drill)).all() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"people": "0"}, "training.nobody_came"),
        ({"people": "多"}, "training.bad_count"),
        ({"people": "99999"}, "training.bad_count"),
        ({"arrived_after": "4.5"}, "training.bad_minutes"),
        ({"arrived_after": "9999"}, "training.bad_minutes"),
        ({"went_well": " ", "went_wrong": ""}, "training.no_account"),
    ],
)
def test_an_account_that_cannot_be_is_refused(cast, changes, code):
    with transaction() as session:
        made = drill(session, cast.actor("secretary"))
        with pytest.raises(Refused) as refused:
            noted(session, cast.actor("secretary"), made, **changes)
        assert refused.value.code == code
        assert made.noted_at is None


def test_it_is_not_noted_before_its_day_and_stays_once_noted(cast):
    secretary = cast.actor("secretary")
    with transaction() as session:
        coming = drill(session, secretary, day=TODAY + timedelta(days=1))
        with pytest.raises(Refused, match="not_yet"):
            noted(session, secretary, coming)
        with pytest.raises(Refused, match="drill_there_already"):
            drill(session, secretary, day=TODAY + timedelta(days=1))
        drills.drop_drill(session, secretary, coming.id, NOW)
        made = drill(session, secretary)
        noted(session, secretary, made)
        noted(session, secretary, made, people="47", arrived_after="")
        assert (made.people, made.arrived_after) == (47, None)
        with pytest.raises(Refused, match="held_already"):
            drills.drop_drill(session, secretary, made.id, NOW)
        with pytest.raises(Refused, match="unknown_drill"):
            drills.drop_drill(session, secretary, uuid4(), NOW)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s, a, m, c: as_hazard(s, a, m, grid_code=C), "access.outside_grid"),
        (lambda s, a, m, c: as_hazard(s, a, m, category="tea"), "hazards.unknown_category"),
        (lambda s, a, m, c: as_hazard(s, a, m, severity="major"), "hazards.grading_reserved"),
        (lambda s, a, m, c: as_duty(s, a, m, c.people["other_secretary"]), "meetings.no_owner"),
        (lambda s, a, m, c: as_duty(s, a, m, c.people["switched_off"]), "meetings.no_owner"),
        (
            lambda s, a, m, c: as_duty(
                s, a, m, c.people["member_a"], due_on=TODAY - timedelta(days=1)
            ),
            "meetings.due_before",
        ),
        (lambda s, a, m, c: as_duty(s, a, m, c.people["member_a"], words=""), "duties.no_words"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(cast, change, code):
    secretary = cast.actor("secretary")
    with transaction() as session:
        made = drill(session, secretary)
        noted(session, secretary, made)
        with pytest.raises(Refused) as refused:
            change(session, secretary, made, cast)
        assert refused.value.code == code
        assert session.exec(select(DrillFault)).all() == []


@pytest.mark.parametrize("who", ["other_officer", "other_secretary", "member_a", "resident"])
def test_the_neighbour_is_refused(cast, who):
    stranger = cast.actor(who)
    with transaction() as session:
        made = drill(session, cast.actor("secretary"))
        noted(session, cast.actor("secretary"), made)
        for change in (
            lambda: drill(session, stranger, place="2栋"),
            lambda: drill_view.drill_card(session, stranger, made.id, NOW),
            lambda: noted(session, stranger, made),
            lambda: as_hazard(session, stranger, made),
            lambda: as_duty(session, stranger, made, cast.people["member_a"]),
            lambda: drills.drop_drill(session, stranger, made.id, NOW),
        ):
            with pytest.raises(Refused) as refused:
                change()
            assert refused.value.code == "access.outside_grid"


def test_who_leads_nothing_has_no_page(cast):
    with transaction() as session:
        with pytest.raises(Refused, match="not_allowed"):
            drill_view.drills_view(session, cast.actor("member_a"), "", NOW)
        view = drill_view.drills_view(session, cast.actor("head_a"), "", NOW)
        assert (view.code, view.drills) == (A, ())
