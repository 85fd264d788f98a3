"""Two reports of one hazard: found, made one, taken apart; the child follows the parent."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.hazards.cards import HazardAsk
from firegrid_app.hazards.listing import hazards_view
from firegrid_app.hazards.lists import counts_by_grid
from firegrid_app.hazards.merging import followed, join, join_by_number, take_apart
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.rules.twins import Spot, floor_of, may_be_same
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import Hazard, HazardNotice
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.hazards.views import hazard_detail
from firegrid_app.hazards.writing import number_of
from firegrid_app.refusals import Refused
from tests.cast import B
from tests.factories import NOW, item, report, statuses
from tests.tabs import click, tab

CASES = json.loads((Path(__file__).parent / "twins.json").read_text(encoding="utf-8"))


AT = NOW.isoformat()


def spot(category="route_blocked", happened_at=AT, where_words="", **more):
    return Spot(category, datetime.fromisoformat(happened_at), where_words, **more)


@pytest.mark.parametrize("case", CASES, ids=lambda one: one["why"])
def test_the_same_or_not_as_the_phone_says(case):
    one, other = spot(**case["one"]), spot(**case["other"])
    assert may_be_same(one, other) is may_be_same(other, one) is case["same"]


def test_floors_in_figures_and_words():
    found = [floor_of(one) for one in ("二十一楼", "十楼", "21层", "负2层", "3号楼", "后院")]
    assert found == ["21", "10", "21", "-2", "", ""]


@pytest.fixture
def pair(session, cast):
    """Two reports of one heap, by a member and by the building's leader."""
    first = report(session, cast.actor("member_a"))
    second = report(session, cast.actor("leader_a"), NOW + timedelta(hours=1))
    session.commit()
    return first, second


def refused(use_case, *arguments):
    with pytest.raises(Refused) as caught:
        use_case(*arguments)
    return caught.value.code


def test_a_double_is_shown_and_made_one_and_counted_once(session, cast, pair):
    first, second = pair
    head = cast.actor("head_a")
    assert [one.id for one in hazard_detail(session, head, second.id, NOW).twins] == [str(first.id)]
    join(session, head, second.id, first.id, "同一堆", NOW)
    assert (second.status, second.parent_id, followed(session, second)) == (
        "merged",
        first.id,
        first,
    )
    today = NOW.date()
    assert counts_by_grid(session, [first.grid_id], today)[first.grid_id].open == 1
    detail = hazard_detail(session, head, second.id, NOW)
    assert [one.number for one in detail.parent] == [number_of(first)]
    assert "unmerged" in detail.steps
    assert "closed" not in detail.steps
    parent = hazard_detail(session, head, first.id, NOW)
    assert [one.id for one in parent.children] == [str(second.id)]
    assert parent.twins == ()
    view = hazards_view(session, head, HazardAsk(which="merged"), NOW)
    assert [row.id for row in view.rows] == [str(second.id)]
    for one in pair:
        assert faults(one, trail(session, one.id)) == ()


@pytest.mark.parametrize("before", ["open", "corrected"])
def test_taken_apart_it_stands_as_it_stood(session, cast, pair, before):
    first, second = pair
    if before == "corrected":
        move(session, cast.actor("member_a"), second.id, Step.CORRECTED, "", NOW)
    due, owner, corrected_by = second.due_on, second.owner_id, second.corrected_by_id
    head = cast.actor("head_a")
    join(session, head, second.id, first.id, "", NOW)
    assert second.look_on is None
    assert refused(take_apart, session, head, second.id, " ", NOW) == "hazards.say_why"
    take_apart(session, head, second.id, "一个在二楼，一个在三楼", NOW)
    assert (second.status, second.parent_id, second.merged_from) == (before, None, "")
    assert (second.due_on, second.owner_id, second.corrected_by_id) == (due, owner, corrected_by)
    assert second.look_on is not None
    assert faults(second, trail(session, second.id)) == ()
    assert refused(take_apart, session, head, second.id, "再来", NOW) == "hazards.already_closed"


def test_a_link_changed_behind_the_trail_shows(session, cast, pair):
    first, second = pair
    join(session, cast.actor("head_a"), second.id, first.id, "", NOW)
    second.parent_id = None
    assert faults(second, trail(session, second.id)) == ("parent_id",)


def test_what_cannot_be_made_one_is_said(session, cast, pair):
    first, second = pair
    head = cast.actor("head_a")
    third = report(session, cast.actor("member_a"))
    assert refused(join, session, head, first.id, first.id, "", NOW) == "hazards.same_hazard"
    join(session, head, second.id, first.id, "", NOW)
    assert refused(join, session, head, second.id, third.id, "", NOW) == "hazards.already_closed"
    assert refused(join, session, head, third.id, second.id, "", NOW) == "hazards.parent_gone"
    assert refused(join, session, head, first.id, third.id, "", NOW) == "hazards.has_children"
    third.listing = "督1"
    assert refused(join, session, head, third.id, first.id, "", NOW) == "hazards.still_listed"


@pytest.mark.parametrize("who", ["member_a", "member_b", "department", "other_officer", "resident"])
def test_who_may_not_makes_nothing_one(session, cast, pair, who):
    first, second = pair
    assert refused(join, session, cast.actor(who), second.id, first.id, "", NOW) in (
        "access.outside_grid",
        "hazards.unknown",
    )
    join(session, cast.actor("head_a"), second.id, first.id, "", NOW)
    assert refused(take_apart, session, cast.actor(who), second.id, "x", NOW) == (
        "access.outside_grid"
    )


def test_the_neighbours_hazard_is_neither_shown_nor_joined(session, cast, pair):
    first, _ = pair
    there = report(session, cast.actor("member_b"), grid_code=B)
    detail = hazard_detail(session, cast.actor("head_a"), first.id, NOW)
    assert str(there.id) not in {one.id for one in detail.twins}
    head = cast.actor("head_a")
    assert refused(join, session, head, first.id, there.id, "", NOW) == "access.outside_grid"
    number = number_of(there)
    assert refused(join_by_number, session, head, first.id, number, "", NOW) == (
        "hazards.no_such_number"
    )
    above = hazard_detail(session, cast.actor("secretary"), first.id, NOW)
    assert str(there.id) in {one.id for one in above.twins}


@pytest.mark.parametrize("number", ["", "x", "20261123-", "20261123-00000000", "%" * 17])
def test_a_number_nobody_has_is_said(session, cast, pair, number):
    found = refused(join_by_number, session, cast.actor("head_a"), pair[0].id, number, "", NOW)
    assert found == "hazards.no_such_number"


def test_joined_by_its_number_in_any_case(session, cast, pair):
    first, second = pair
    number = number_of(first).lower()
    assert join_by_number(session, cast.actor("head_a"), second.id, number, "", NOW) is second


def test_the_finder_of_a_double_hears_when_it_is_done(session, cast, pair):
    first, second = pair
    join(session, cast.actor("head_a"), second.id, first.id, "", NOW)
    move(session, cast.actor("member_a"), first.id, Step.CORRECTED, "", NOW)
    move(session, cast.actor("head_a"), first.id, Step.CLOSED, "", NOW)
    told = session.exec(
        select(HazardNotice.why).where(HazardNotice.person_id == cast.people["leader_a"])
    ).all()
    assert sorted(told) == ["merged", "result"]


def test_what_a_phone_did_about_the_double_counts_for_the_one_it_follows(cast, door):
    with transaction() as session:
        first = report(session, cast.actor("member_a"))
        second = report(session, cast.actor("member_a"))
        join(session, cast.actor("head_a"), second.id, first.id, "", NOW)
        ids = first.id, second.id
    sent = item(cast, "member_a", "hazard.move", {"hazard": str(ids[1]), "step": "corrected"})
    assert statuses(door("member_a"), sent) == ["created"]
    with reading() as session:
        assert [session.get(Hazard, one).status for one in ids] == ["corrected", "merged"]


def test_made_one_and_taken_apart_from_the_panel(cast):
    with transaction() as session:
        first = report(session, cast.actor("member_a"))
        second = report(session, cast.actor("member_a"))
        ids = str(first.id), str(second.id)
        number = number_of(first)
    panel = tab(HazardState, cast.tokens["head_a"])
    # The other one's number is read on its own panel.
    click(panel.open_hazard(ids[0]))
    assert panel.detail.number == number
    click(panel.open_hazard(ids[1]))
    click(panel.ask_step("merged"))
    click(panel.take_step({}))
    assert panel.step_said.code == "hazards.no_other"
    click(panel.take_step({"twin": "x"}))
    assert panel.step_said.code == "hazards.unknown"
    click(panel.take_step({"twin": ids[0], "note": ""}))
    assert (panel.done, panel.detail.row.status) == ("merged", "merged")
    click(panel.ask_step("unmerged"))
    click(panel.take_step({"note": "不是"}))
    assert panel.detail.row.status == "open"
    click(panel.ask_step("merged"))
    click(panel.take_step({"twin": "", "number": number}))
    assert panel.detail.parent[0].id == ids[0]
