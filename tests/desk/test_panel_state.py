"""The panel of one grid: what it shows to whom, and the steps with a hazard."""

from uuid import UUID

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.desk.panel_state import GridState
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.shouts import service as shouts
from firegrid_app.visits import service as visits
from tests.cast import COMMUNITY, MONDAY_MORNING, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.factories import report, stamp, walk
from tests.tabs import click, goes_to, sent, tab


@pytest.fixture
def hazard(cast) -> str:
    """Reported by the member of grid a."""
    with transaction() as session:
        return str(report(session, cast.actor("member_a")).id)


def opened(cast, who, code=A):
    panel = tab(GridState, cast.tokens[who])
    click(panel.open_grid(code))
    return panel


def trail():
    with reading() as session:
        found = session.exec(select(HazardEvent).order_by(HazardEvent.number))
        return [event.step for event in found]


def status():
    with reading() as session:
        return session.exec(select(Hazard.status)).one()


def take(panel, hazard, step, note="") -> list[str]:
    click(panel.ask_step(hazard, step))
    return goes_to(click(panel.take_step({"note": note})))


def test_the_panel_tells_the_grid_in_full(cast, hazard):
    with transaction() as session:
        member = cast.actor("member_a")
        walk(session, member, MONDAY_MORNING.replace(hour=0), 45)
        shouts.log(
            session,
            member,
            stamp(),
            grid_code=A,
            patrol_id=None,
            script="ebike",
            means="loudhailer",
            people_reached=12,
            where_words="",
            now=MONDAY_MORNING,
        )
        visits.log(
            session,
            member,
            stamp(),
            household_id=cast.doors["a1"],
            patrol_id=None,
            outcome="met",
            note="",
            now=MONDAY_MORNING,
        )
    grid = opened(cast, "secretary").detail
    assert (grid.name, grid.parent, grid.minutes, grid.target) == (
        "小桥子社区第1网格",
        "小桥子社区",
        45,
        120,
    )
    assert [holder.name for holder in grid.holders] == ["龚丽", "姜龙", "吴刚", "罗强"]
    assert [day.minutes for day in grid.days] == [0] * 6 + [45]
    assert grid.board == f"/g/{A}"
    assert (grid.open, len(grid.hazards), grid.knocked_doors) == (1, 1, 1)
    assert (grid.shouts[0].script, grid.shouts[0].people) == ("ebike", 12)
    assert grid.knocks[0].door.endswith("101")
    line = grid.hazards[0]
    assert (line.owner_name, line.reporter_name, line.last_step) == ("龚丽", "姜龙", "reported")


@pytest.mark.parametrize(
    ("who", "phone"),
    [("officer", "13800000007"), ("head_a", "13800000007"), ("member_a", "138****0007")],
)
def test_phone_numbers_are_whole_only_for_who_may_see_them(cast, who, phone):
    panel = opened(cast, who)
    assert panel.detail.holders[0].phone == phone
    if "*" in phone:
        assert "1380000" not in sent(panel)


def test_a_department_sees_the_grid_with_masked_numbers_and_no_steps(cast, hazard):
    panel = opened(cast, "department")
    assert {holder.phone[3:7] for holder in panel.detail.holders} == {"****"}
    assert panel.detail.hazards[0].steps == ()


@pytest.mark.parametrize(("who", "door"), [("secretary", True), ("officer", False)])
def test_a_door_is_named_only_to_its_community(cast, who, door):
    with transaction() as session:
        visits.log(
            session,
            cast.actor("member_a"),
            stamp(),
            household_id=cast.doors["a1"],
            patrol_id=None,
            outcome="met",
            note="",
            now=MONDAY_MORNING,
        )
    knock = opened(cast, who).detail.knocks[0]
    assert bool(knock.door) is door


@pytest.mark.parametrize("who", ["member_b", "other_secretary", "other_officer", "resident"])
def test_the_neighbour_gets_nothing_of_it(cast, hazard, who):
    panel = opened(cast, who)
    assert panel.said.code == "access.outside_grid"
    assert panel.detail.code == ""
    for foreign in ("小桥子", "龚丽", "纸箱"):
        assert foreign not in sent(panel)


def test_nobody_is_sent_to_the_log_in(cast, hazard):
    panel = tab(GridState, None)
    assert goes_to(click(panel.open_grid(A))) == ["/login"]
    assert take(panel, hazard, "corrected") == ["/login"]
    assert trail() == ["reported"]


@pytest.mark.parametrize("code", [COMMUNITY, "999", ""])
def test_only_a_small_grid_has_a_panel(cast, code):
    panel = opened(cast, "officer", code)
    assert panel.said.code == "grids.unknown"


def test_nonsense_opens_nothing_and_changes_nothing(cast, hazard):
    panel = opened(cast, "head_a")
    for argument in NONSENSE:
        click(panel.ask_step(argument, "corrected"))
        click(panel.ask_step(hazard, argument))
        click(panel.take_step(argument))
        click(panel.open_grid(argument))
        assert panel.detail.code in ("", A), argument
    assert trail() == ["reported"]


def test_put_right_by_one_and_closed_by_another(cast, hazard):
    member, head = opened(cast, "member_a"), opened(cast, "head_a")
    assert member.detail.hazards[0].steps == ("corrected",)
    assert take(member, hazard, "corrected", "纸箱已清走") == ["refresh"]
    assert (member.done, member.detail.hazards[0].status) == ("corrected", "corrected")
    assert member.detail.hazards[0].last_note == "纸箱已清走"
    assert member.detail.hazards[0].steps == ()
    click(head.refresh())
    assert head.detail.hazards[0].steps == ("closed", "reopened")
    assert take(head, hazard, "closed") == ["refresh"]
    assert (head.detail.open, status()) == (0, "closed")


def test_whoever_put_it_right_cannot_close_it_and_is_told_so_beside_the_button(cast, hazard):
    head = opened(cast, "head_a")
    take(head, hazard, "corrected")
    take(head, hazard, "closed", "看过了")
    assert head.step_said.code == "hazards.second_person"
    assert (head.hazard, head.step) == (hazard, "closed"), "the form stays open with its note"
    assert trail() == ["reported", "corrected"]
    click(head.drop_step())
    assert (head.hazard, head.step_said.code) == ("", "")


def test_a_step_somebody_else_took_meanwhile_is_refused_in_words(cast, hazard):
    head = opened(cast, "head_a")
    click(head.ask_step(hazard, "corrected"))
    with transaction() as session:
        move(session, cast.actor("member_a"), UUID(hazard), Step.CORRECTED, "", MONDAY_MORNING)
    click(head.take_step({"note": ""}))
    assert head.step_said.code == "hazards.already_closed"


@pytest.mark.parametrize("who", ["member_b", "other_secretary", "department", "leader_a"])
def test_a_forged_step_of_somebody_without_the_right_is_refused(cast, hazard, who):
    with transaction() as session:
        move(session, cast.actor("member_a"), UUID(hazard), Step.CORRECTED, "", MONDAY_MORNING)
    panel = tab(GridState, cast.tokens[who])
    take(panel, hazard, "closed")
    assert panel.step_said.code == "access.outside_grid"
    assert trail() == ["reported", "corrected"]


@pytest.mark.parametrize("step", ["fixed_on_spot", "reported", "", "nonsense"])
def test_steps_that_belong_to_the_field_cannot_be_taken_here(cast, hazard, step):
    panel = opened(cast, "head_a")
    panel.hazard, panel.step = hazard, step
    click(panel.take_step({}))
    assert panel.step_said.code == "invalid"
    assert trail() == ["reported"]


@pytest.mark.parametrize("unknown", ["0" * 32, "nonsense"])
def test_an_unknown_hazard_is_refused(cast, hazard, unknown):
    panel = opened(cast, "head_a")
    take(panel, unknown, "corrected")
    assert panel.step_said.code == "hazards.unknown"


def test_closing_the_panel_forgets_the_grid(cast, hazard):
    panel = opened(cast, "head_a")
    panel.close()
    assert panel.detail.code == ""
    assert click(panel.refresh()) == []
    assert opened(cast, "member_b", B).detail.name == "小桥子社区第2网格"
