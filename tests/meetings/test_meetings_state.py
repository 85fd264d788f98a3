"""The page of meetings: planned, held, minuted and decided by its handlers; any argument."""

from uuid import UUID

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.meetings import holding
from firegrid_app.meetings.meeting_state import MeetingState
from firegrid_app.meetings.state import MeetingsState
from firegrid_app.meetings.tables import Decision, Meeting
from tests.cast import STREET
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW
from tests.tabs import click, goes_to, sent, tab

FORM = {
    "day": "2026-11-23",
    "clock_time": "14:30",
    "place": "三楼",
    "title": "",
    "first": "2026-11-01",
    "role street_officer": "on",
    "role community_secretary": "on",
    "item 0": "消火栓缺水",
    "tag 0": "facilities",
}


def opened(cast, who):
    page = tab(MeetingsState, cast.tokens.get(who))
    click(page.load())
    return page


def planned(cast, who="officer", **changes):
    page = opened(cast, who)
    click(page.choose_kind("risk_analysis"))
    click(page.plan(FORM | changes))
    return page


def beside(page):
    """The state of the one open meeting in the same tab."""
    return page._get_root_state().get_substate(MeetingState.get_full_name().split("."))


def test_a_meeting_from_its_plan_to_its_minutes(cast):
    page = planned(cast)
    (line,) = page.view.meetings
    assert (line.standing, line.invited, page.draft.kind) == ("today", 3, "")
    one = beside(page)
    click(one.open(line.id))
    assert [item.kind for item in one.card.agenda] == ["last_time", "figures", "own"]
    one.ask("hold")
    ids = {invitee.name: invitee.person for invitee in one.card.invitees}
    click(one.hold({f"came {ids['曹英']}": "on", "guests": "派出所"}))
    assert (one.card.standing, one.card.came, one.form) == ("held", 1, "")
    one.ask_item(one.card.agenda[2].id)
    click(one.write({"words": "下周补水"}))
    assert one.card.agenda[2].minutes == "下周补水"
    one.ask("decide")
    click(one.decide({"words": "补水带", "person": str(ids["石珍"]), "due": "2026-11-22"}))
    assert (one.form_said.code, one.form) == ("meetings.due_before", "decide")
    click(one.decide({"words": "补水带", "person": str(ids["石珍"]), "due": "2026-11-30"}))
    (decided,) = one.card.decisions
    assert (decided.owner, decided.due) == ("石珍", "2026-11-30")
    click(one.confirm())
    assert one.card.standing == "confirmed"
    one.ask_item(one.card.agenda[2].id)
    click(one.write({"words": "本周补水", "why": "改期"}))
    assert one.card.agenda[2].corrections[0].before == "下周补水"
    one.shut()
    assert one.card.id == ""
    click(page.load())
    assert [card.words for card in page.view.open] == ["补水带"]


def test_a_refusal_stands_in_the_form_and_what_was_chosen_stays(cast):
    page = planned(cast, day="2006-11-23")
    assert (page.form_said.code, page.draft.kind) == ("meetings.day_far_off", "risk_analysis")
    click(page.plan({}))
    assert page.form_said.code == "access.bad_date"
    click(page.choose_kind("tea"))
    assert (page.form_said.code, page.draft.kind) == ("meetings.unknown_kind", "risk_analysis")
    page.drop_form()
    assert page.draft.kind == ""


def test_who_is_asked_sees_it_and_may_change_nothing(cast):
    page = planned(cast)
    (line,) = page.view.meetings
    other = opened(cast, "secretary")
    assert [one.id for one in other.view.asked] == [line.id]
    one = beside(other)
    click(one.open(line.id))
    assert not one.card.may_hold
    click(one.hold({f"came {invitee.person}": "on" for invitee in one.card.invitees}))
    assert one.form_said.code == "access.outside_grid"
    with reading() as session:
        assert session.exec(select(Meeting)).one().held_at is None


def test_the_neighbour_sees_nothing_of_it(cast):
    (line,) = planned(cast).view.meetings
    other = opened(cast, "other_officer")
    click(other.pick(STREET))
    one = beside(other)
    click(one.open(line.id))
    assert (other.said.code, one.said.code) == ("access.outside_grid", "access.outside_grid")
    assert "三楼" not in sent(other)


@pytest.mark.parametrize("who", ["resident", "leader_a", "member_a"])
def test_who_has_nothing_here_is_sent_home(cast, who):
    assert goes_to(click(tab(MeetingsState, cast.tokens[who]).load())) == ["/"]


def test_nobody_is_sent_to_the_log_in(cast):
    assert goes_to(click(tab(MeetingsState).load())) == ["/login"]
    assert goes_to(click(tab(MeetingState).open("7b1f1d3c-1f5e-4a53-a8e3-3f1d5f0f0d11"))) == [
        "/login"
    ]


@pytest.mark.parametrize("handler", ["pick", "choose_kind", "plan"])
def test_any_argument_is_answered_by_the_list(cast, handler):
    page = opened(cast, "officer")
    for nonsense in NONSENSE:
        click(getattr(page, handler)(nonsense))
    with reading() as session:
        assert session.exec(select(Meeting)).all() == []


@pytest.mark.parametrize(
    "handler",
    ["open", "ask", "ask_item", "hold", "move", "call_off", "add_item", "write", "decide",
     "drop_decision"],
)  # fmt: skip
def test_any_argument_is_answered_by_the_one_open(cast, handler):
    page = planned(cast)
    one = beside(page)
    click(one.open(page.view.meetings[0].id))
    for nonsense in NONSENSE:
        click(getattr(one, handler)(nonsense))
        assert one.form_said.code != "server_error", nonsense
        assert one.said.code != "server_error", nonsense
    with reading() as session:
        assert session.exec(select(Decision)).all() == []
        meeting = session.exec(select(Meeting)).one()
        assert (meeting.held_at, meeting.cancelled_at) == (None, None)


def test_opened_anew_the_page_shows_the_open_meeting_as_it_stands_now(cast):
    page = planned(cast)
    (line,) = page.view.meetings
    one = beside(page)
    click(one.open(line.id))
    with transaction() as session:
        officer = cast.actor("officer")
        holding.hold(
            session, officer, UUID(line.id), came=[cast.people["secretary"]], guests="", now=NOW
        )
    click(one.again())
    assert one.card.standing == "held"
    one.shut()
    click(one.again())
    assert one.card.id == ""
