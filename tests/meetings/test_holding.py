"""Holding a meeting: who came, minutes, decisions that become duties, confirming, correcting."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry, Post
from firegrid_app.database import transaction
from firegrid_app.duties import choosing
from firegrid_app.duties.lists import inbox
from firegrid_app.duties.ticking import tick_at_desk
from firegrid_app.duties.views import plan_view
from firegrid_app.hazards import service as hazards
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.meetings import holding, minutes
from firegrid_app.meetings.lists import meetings_view
from firegrid_app.meetings.service import meeting_card, note_read
from firegrid_app.meetings.tables import Decision, Invitee
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, COUNTY, STREET
from tests.factories import NOW, report
from tests.meetings.days import TODAY, decide, held, items_of, planned


@pytest.fixture
def county(cast):
    """With the plan of Jilin, which asks for a monthly risk meeting in every street."""
    with transaction() as session:
        choosing.choose_preset(session, cast.actor("administrator"), COUNTY, "jilin_2023", NOW)
    return cast


def test_holding_it_does_the_duty_of_the_month_once(county):
    officer = county.actor("officer")

    def standing(session):
        (card,) = [one for one in inbox(session, officer, NOW) if one.kind == "meeting"]
        return card.standing, card.note

    with transaction() as session:
        meeting = planned(session, officer)
        assert standing(session) == ("later", "")
        holding.hold(
            session, officer, meeting.id, came=[county.people["officer"]], guests="", now=NOW
        )
        assert standing(session) == ("done", "")


def test_another_kind_of_meeting_and_another_grid_do_not_do_it(county):
    officer = county.actor("officer")
    with transaction() as session:
        held(session, officer, [county.people["officer"]], kind="liaison")
        held(
            session,
            county.actor("secretary"),
            [county.people["head_a"]],
            grid_code=COMMUNITY,
            kind="grid_regular",
            roles=("grid_head",),
        )
        (card,) = [one for one in inbox(session, officer, NOW) if one.kind == "meeting"]
        assert card.standing != "done"


def test_it_cannot_be_held_before_its_day_twice_or_by_nobody(cast):
    officer, me = cast.actor("officer"), cast.people["officer"]
    with transaction() as session:
        coming = planned(session, officer, day=TODAY + timedelta(days=1))
        with pytest.raises(Refused, match="not_yet"):
            holding.hold(session, officer, coming.id, came=[me], guests="", now=NOW)
        meeting = planned(session, officer)
        with pytest.raises(Refused, match="nobody_came"):
            holding.hold(session, officer, meeting.id, came=[], guests="派出所", now=NOW)
        with pytest.raises(Refused, match="not_invited"):
            holding.hold(
                session, officer, meeting.id, came=[cast.people["member_a"]], guests="", now=NOW
            )
        assert meeting.held_at is None
        holding.hold(session, officer, meeting.id, came=[me], guests=" 派出所  物业 ", now=NOW)
        assert meeting.guests == "派出所 物业"
        with pytest.raises(Refused, match="held_already"):
            holding.hold(session, officer, meeting.id, came=[me], guests="", now=NOW)


def test_one_whose_day_is_over_is_shown_as_missed_and_can_still_be_written_down(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        meeting = planned(session, officer, day=TODAY - timedelta(days=3))
        assert meeting_card(session, officer, meeting.id, NOW).standing == "missed"
        holding.hold(
            session, officer, meeting.id, came=[cast.people["secretary"]], guests="", now=NOW
        )
        assert meeting_card(session, officer, meeting.id, NOW).standing == "held"


def test_who_left_before_that_day_cannot_have_come(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        meeting = planned(session, officer)
        post = session.exec(select(Post).where(Post.person_id == cast.people["secretary"])).one()
        post.ends_on = TODAY - timedelta(days=1)
        session.flush()
        with pytest.raises(Refused) as refused:
            holding.hold(
                session, officer, meeting.id, came=[cast.people["secretary"]], guests="", now=NOW
            )
        assert (refused.value.code, refused.value.details) == (
            "meetings.left_before",
            {"name": "石珍"},
        )


def test_a_decision_is_a_duty_of_the_owners_post_and_done_by_its_tick(cast):
    officer, secretary = cast.actor("officer"), cast.actor("secretary")
    with transaction() as session:
        meeting = held(session, officer, [cast.people["secretary"]])
        decide(session, officer, meeting, cast.people["secretary"])
        (card,) = inbox(session, secretary, NOW)
        assert (card.words, card.due, card.grid) == ("补齐3栋消火栓水带", "2026-11-30", COMMUNITY)
        assert inbox(session, cast.actor("other_secretary"), NOW) == []
        (decided,) = meeting_card(session, officer, meeting.id, NOW).decisions
        assert (decided.owner, decided.standing, decided.changed_hands) == ("石珍", "open", False)
        later = NOW + timedelta(days=20)
        (decided,) = meeting_card(session, officer, meeting.id, later).decisions
        assert decided.standing == "overdue"
        tick_at_desk(
            session, secretary, rule_id=card.rule, grid_code=card.grid,
            first_on=date.fromisoformat(card.first), number=1, note="已补齐", now=NOW,
        )  # fmt: skip
        (decided,) = meeting_card(session, officer, meeting.id, later).decisions
        assert (decided.standing, decided.done_on, decided.note) == ("done", "2026-11-23", "已补齐")
        # It is kept where it was decided, not among the rules an office sets.
        assert plan_view(session, officer, STREET, NOW).rules == ()


def test_a_decision_goes_on_with_whoever_has_the_post_next(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        meeting = held(session, officer, [cast.people["secretary"]])
        decide(session, officer, meeting, cast.people["secretary"])
        post = session.exec(select(Post).where(Post.person_id == cast.people["secretary"])).one()
        post.ends_on = TODAY
        later = NOW + timedelta(days=2)
        (card,) = meeting_card(session, officer, meeting.id, later).decisions
        assert (card.owner, card.changed_hands, card.holders) == ("石珍", True, "")
        session.add(
            Post(
                person_id=cast.people["resident"],
                grid_id=cast.grids["community"],
                role="community_secretary",
                starts_on=TODAY + timedelta(days=1),
            )
        )
        session.flush()
        (card,) = meeting_card(session, officer, meeting.id, later).decisions
        assert (card.changed_hands, card.holders) == (True, "周敏")
        with pytest.raises(Refused) as refused:
            decide(session, officer, meeting, cast.people["secretary"], now=later)
        assert (refused.value.code, refused.value.details) == (
            "meetings.owner_left",
            {"name": "石珍"},
        )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person_id": None}, "meetings.no_owner"),
        ({"person_id": 10**9}, "meetings.no_owner"),
        ({"due_on": None}, "meetings.no_due"),
        ({"due_on": TODAY - timedelta(days=4)}, "meetings.due_before"),
        ({"due_on": TODAY - timedelta(days=2)}, "meetings.due_over"),
        ({"words": " "}, "duties.no_words"),
        ({"words": "水" * 121}, "duties.no_words"),
        ({"hazard_id": uuid4()}, "hazards.unknown"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_and_leaves_nothing(cast, changes, code):
    officer = cast.actor("officer")
    with transaction() as session:
        meeting = held(session, officer, [cast.people["secretary"]], day=TODAY - timedelta(days=3))
        with pytest.raises(Refused) as refused:
            decide(session, officer, meeting, cast.people["secretary"], **changes)
        assert refused.value.code == code
        assert session.exec(select(Decision)).all() == []
        assert inbox(session, cast.actor("secretary"), NOW) == []


def test_a_decision_about_a_hazard_is_done_when_the_hazard_is_closed(cast):
    officer, member = cast.actor("officer"), cast.actor("member_a")
    with transaction() as session:
        meeting = held(session, officer, [cast.people["secretary"]])
        hazard = report(session, member, NOW - timedelta(days=9))
        (pick,) = meeting_card(session, officer, meeting.id, NOW).hazards
        assert (pick.id, pick.overdue) == (str(hazard.id), True)
        decide(session, officer, meeting, None, hazard_id=hazard.id, words="街道牵头联合清理")
        (card,) = meeting_card(session, officer, meeting.id, NOW).decisions
        assert (card.hazard, card.owner, card.standing) == ("route_blocked", "龚丽", "overdue")
        with pytest.raises(Refused, match="hazard_twice"):
            decide(session, officer, meeting, None, hazard_id=hazard.id)
        hazards.move(session, member, hazard.id, Step.CORRECTED, "", NOW)
        hazards.move(session, cast.actor("head_a"), hazard.id, Step.CLOSED, "", NOW)
        (card,) = meeting_card(session, officer, meeting.id, NOW).decisions
        assert (card.standing, card.done_on) == ("done", "2026-11-23")
        came = [cast.people["officer"]]
        other = held(session, officer, came, kind="special", roles=("street_officer",))
        with pytest.raises(Refused, match="hazard_closed"):
            decide(session, officer, other, None, hazard_id=hazard.id)


def test_a_hazard_of_another_grid_is_not_ours_to_decide(cast):
    secretary, other = cast.actor("secretary"), cast.actor("other_secretary")
    with transaction() as session:
        meeting = held(session, secretary, [cast.people["head_a"]], grid_code=COMMUNITY,
                       kind="grid_regular", roles=("grid_head",))  # fmt: skip
        hazard = report(session, other, grid_code="500118003002001")
        with pytest.raises(Refused, match="outside_grid"):
            decide(session, secretary, meeting, None, hazard_id=hazard.id)


def test_what_was_decided_is_the_first_item_of_the_next_meeting(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        first = held(session, officer, [cast.people["secretary"]], day=TODAY - timedelta(days=30))
        decide(session, officer, first, cast.people["secretary"])
        decide(session, officer, first, cast.people["officer"], words="与供电公司联系")
        (own,) = inbox(session, officer, NOW)
        tick_at_desk(
            session, officer, rule_id=own.rule, grid_code=own.grid,
            first_on=date.fromisoformat(own.first), number=1, note="", now=NOW,
        )  # fmt: skip
        second = planned(session, officer, kind="risk_analysis")
        shown = meeting_card(session, officer, second.id, NOW).last_time
        assert {(card.words, card.standing) for card in shown} == {
            ("补齐3栋消火栓水带", "open"),
            ("与供电公司联系", "done"),
        }
        holding.hold(session, officer, second.id, came=[cast.people["officer"]], guests="", now=NOW)
        # As it stood on the day stays in the minutes; the one after asks only for what is open.
        later = NOW + timedelta(days=25)
        kept = meeting_card(session, officer, second.id, later).last_time
        assert {card.standing for card in kept} == {"open", "done"}
        third = planned(session, officer, day=TODAY + timedelta(days=24), now=later)
        (still,) = meeting_card(session, officer, third.id, later).last_time
        assert (still.words, still.standing) == ("补齐3栋消火栓水带", "overdue")


def test_a_dropped_decision_takes_its_duty_back_unless_it_is_done(cast):
    officer, secretary = cast.actor("officer"), cast.actor("secretary")
    with transaction() as session:
        meeting = held(session, officer, [cast.people["secretary"]])
        made = decide(session, officer, meeting, cast.people["secretary"])
        holding.drop_decision(session, officer, meeting.id, made.id, NOW)
        assert inbox(session, secretary, NOW) == []
        assert meeting_card(session, officer, meeting.id, NOW).decisions == ()
        with pytest.raises(Refused, match="unknown_decision"):
            holding.drop_decision(session, officer, meeting.id, made.id, NOW)
        done = decide(session, officer, meeting, cast.people["secretary"])
        (card,) = inbox(session, secretary, NOW)
        tick_at_desk(
            session, secretary, rule_id=card.rule, grid_code=card.grid,
            first_on=date.fromisoformat(card.first), number=1, note="", now=NOW,
        )  # fmt: skip
        with pytest.raises(Refused, match="done_already"):
            holding.drop_decision(session, officer, meeting.id, done.id, NOW)


def test_minutes_are_changed_until_confirmed_and_then_corrected_with_a_trail(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        meeting = planned(session, officer)
        item = items_of(session, meeting)[2]
        with pytest.raises(Refused, match="not_held"):
            minutes.set_minutes(session, officer, meeting.id, item.id, was="", words="一", now=NOW)
        holding.hold(
            session, officer, meeting.id, came=[cast.people["officer"]], guests="", now=NOW
        )
        with pytest.raises(Refused, match="no_minutes"):
            minutes.confirm(session, officer, meeting.id, NOW)
        minutes.set_minutes(
            session,
            officer,
            meeting.id,
            item.id,
            was="",
            words="缺水带两盘 \r\n供水正常\n",
            now=NOW,
        )
        assert item.minutes == "缺水带两盘\n供水正常"
        with pytest.raises(Refused, match="changed_meanwhile"):
            minutes.set_minutes(session, officer, meeting.id, item.id, was="", words="二", now=NOW)
        with pytest.raises(Refused, match="not_confirmed"):
            minutes.correct(
                session, officer, meeting.id, item.id, was="", words="二", why="笔误", now=NOW
            )
        minutes.confirm(session, officer, meeting.id, NOW)
        for change in (
            lambda: minutes.set_minutes(
                session, officer, meeting.id, item.id, was=item.minutes, words="二", now=NOW
            ),
            lambda: decide(session, officer, meeting, cast.people["secretary"]),
            lambda: minutes.confirm(session, officer, meeting.id, NOW),
            lambda: holding.note_who_came(
                session, officer, meeting.id, came=[cast.people["secretary"]], guests="", now=NOW
            ),
        ):
            with pytest.raises(Refused) as refused:
                change()
            assert refused.value.code == "meetings.confirmed"
        was = item.minutes
        for words, why, code in (
            ("缺水带三盘", " ", "no_reason"),
            (was, "没有变化", "nothing_changed"),
        ):
            with pytest.raises(Refused, match=code):
                minutes.correct(
                    session, officer, meeting.id, item.id, was=was, words=words, why=why, now=NOW
                )
        minutes.correct(
            session,
            officer,
            meeting.id,
            item.id,
            was=was,
            words="缺水带三盘",
            why="数错了",
            now=NOW,
        )
        shown = meeting_card(session, officer, meeting.id, NOW).agenda[2]
        assert shown.minutes == "缺水带三盘"
        (trail,) = shown.corrections
        assert (trail.before, trail.why, trail.name) == (was, "数错了", "曹英")
        actions = [row.action for row in session.exec(select(AuditEntry))]
        assert actions[-1] == "correct_minutes"


def test_who_was_absent_reads_the_minutes_and_that_is_seen(cast):
    officer, secretary = cast.actor("officer"), cast.actor("secretary")
    with transaction() as session:
        meeting = planned(session, officer)
        assert note_read(session, secretary, meeting.id, NOW) is False
        holding.hold(
            session, officer, meeting.id, came=[cast.people["officer"]], guests="", now=NOW
        )
        (line,) = meetings_view(session, secretary, "", NOW).asked
        assert line.to_read
        assert note_read(session, secretary, meeting.id, NOW) is True
        assert note_read(session, officer, meeting.id, NOW) is False
        (line,) = meetings_view(session, secretary, "", NOW).asked
        assert not line.to_read
        card = meeting_card(session, officer, meeting.id, NOW)
        assert {
            (one.name, one.came, one.read) for one in card.invitees if one.name in ("曹英", "石珍")
        } == {
            ("曹英", True, False),
            ("石珍", False, True),
        }
        assert meeting_card(session, secretary, meeting.id, NOW).may_hold is False
        # The neighbouring street and who was not asked see nothing of it.
        for who in ("other_officer", "member_a", "resident"):
            with pytest.raises(Refused) as refused:
                meeting_card(session, cast.actor(who), meeting.id, NOW)
            assert refused.value.code == "access.outside_grid"
        with pytest.raises(Refused, match=r"meetings\.unknown"):
            meeting_card(session, officer, uuid4(), NOW)


@pytest.mark.parametrize("who", ["other_officer", "secretary", "member_a", "department"])
def test_only_who_leads_the_grid_changes_anything(cast, who):
    officer, stranger = cast.actor("officer"), cast.actor(who)
    with transaction() as session:
        meeting = held(session, officer, [cast.people["officer"]])
        item = items_of(session, meeting)[0]
        for change in (
            lambda: minutes.set_minutes(
                session, stranger, meeting.id, item.id, was="", words="改", now=NOW
            ),
            lambda: decide(session, stranger, meeting, cast.people["secretary"]),
            lambda: minutes.confirm(session, stranger, meeting.id, NOW),
            lambda: holding.drop_decision(session, stranger, meeting.id, 1, NOW),
        ):
            with pytest.raises(Refused) as refused:
                change()
            assert refused.value.code == "access.outside_grid"


def test_who_is_asked_nowhere_and_leads_nothing_has_no_page(cast):
    with transaction() as session:
        with pytest.raises(Refused, match="not_allowed"):
            meetings_view(session, cast.actor("member_b"), "", NOW)
        assert session.exec(select(Invitee)).all() == []
