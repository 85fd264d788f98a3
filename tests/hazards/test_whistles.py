"""The grid whistles, departments report in: named, in time or late, and what they did."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.hazards.cards import HazardAsk
from firegrid_app.hazards.departments import departments_over, end_department, set_department
from firegrid_app.hazards.departments_state import DepartmentsState
from firegrid_app.hazards.listing import hazards_view
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.hazards.rules.whistles import standing_of
from firegrid_app.hazards.state import HazardsState
from firegrid_app.hazards.tables import Department, Hazard, HazardNotice
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.hazards.views import hazard_detail
from firegrid_app.hazards.whistles import reply, report_in, whistle, whistles_of
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, STREET
from tests.factories import NOW, report
from tests.tabs import click, tab

HOUR = timedelta(hours=1)
TODAY = date(2026, 11, 23)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


@pytest.fixture
def market(session, cast) -> int:
    """A department of the street, for which its handler reports in."""
    made = set_department(
        session, cast.actor("officer"), STREET, " 市场监管所 ", cast.people["department"], NOW
    )
    assert made.id is not None
    return made.id


@pytest.fixture
def hazard(session, cast):
    return report(session, cast.actor("member_a"))


@pytest.fixture
def called(session, cast, hazard, market):
    return whistle(session, cast.actor("head_a"), hazard.id, [market], 2, "请到场", NOW)


@pytest.mark.parametrize(
    ("here", "done", "now", "standing"),
    [
        (None, None, NOW, "waiting"),
        (None, None, NOW + HOUR, "waiting"),
        (None, None, NOW + 2 * HOUR, "late"),
        (NOW, None, NOW + 2 * HOUR, "here"),
        (NOW + 2 * HOUR, None, NOW + 2 * HOUR, "here_late"),
        (NOW, NOW, NOW + 2 * HOUR, "done"),
    ],
)
def test_how_a_whistle_stands(here, done, now, standing):
    assert standing_of(NOW + HOUR, here, done, now) == standing


def test_called_reported_in_and_what_was_done(session, cast, called, market):
    department = cast.actor("department")
    told = session.exec(select(HazardNotice).where(HazardNotice.why == "whistled")).all()
    assert [one.person_id for one in told] == [cast.people["department"]]
    with refused(r"hazards\.not_here_yet"):
        reply(session, department, called.id, "已处理", NOW)
    report_in(session, department, called.id, "", NOW + HOUR)
    with refused(r"hazards\.not_called"):
        report_in(session, department, called.id, "", NOW + HOUR)
    with refused(r"hazards\.say_why"):
        reply(session, department, called.id, " ", NOW + HOUR)
    reply(session, department, called.id, "责令三日内清理", NOW + 3 * HOUR)
    (line,) = whistles_of(session, called.id, NOW + 4 * HOUR)
    assert (line.department, line.standing, line.words) == (
        "市场监管所",
        "done",
        "责令三日内清理",
    )
    steps = [(one.step, one.note) for one in trail(session, called.id)][1:]
    assert steps == [
        ("whistled", "市场监管所：请到场"),
        ("checked_in", "市场监管所"),
        ("replied", "市场监管所：责令三日内清理"),
    ]
    assert faults(called, trail(session, called.id)) == ()
    assert called.status == "open", "a reply closes nothing"


def test_who_comes_late_is_kept_as_late_and_who_does_not_come_is_seen(session, cast, called):
    later = NOW + 5 * HOUR

    def found(which, who="officer"):
        view = hazards_view(session, cast.actor(who), HazardAsk(which=which), later)
        return [row.id for row in view.rows]

    assert found("not_here") == [str(called.id)]
    assert found("mine", "department") == [str(called.id)]
    assert whistles_of(session, called.id, later)[0].standing == "late"
    report_in(session, cast.actor("department"), called.id, "", later)
    assert found("not_here") == []
    assert found("whistled") == [str(called.id)]
    assert whistles_of(session, called.id, later)[0].standing == "here_late"
    reply(session, cast.actor("department"), called.id, "已清理", later)
    assert found("whistled") == found("mine", "department") == []


@pytest.mark.parametrize(
    "who", ["member_a", "member_b", "leader_a", "department", "other_secretary", "other_officer"]
)
def test_only_a_leader_of_the_grid_whistles(session, cast, hazard, market, who):
    with refused(r"access\.outside_grid"):
        whistle(session, cast.actor(who), hazard.id, [market], 2, "", NOW)


@pytest.mark.parametrize(
    ("departments", "hours", "code"),
    [
        ([], 2, r"hazards\.unknown_department"),
        ([999], 2, r"hazards\.unknown_department"),
        (None, 5, r"hazards\.unknown_limit"),
        (None, 0, r"hazards\.unknown_limit"),
    ],
)
def test_a_whistle_for_nobody_or_without_a_limit_is_refused(
    session, cast, hazard, market, departments, hours, code
):
    wanted = [market] if departments is None else departments
    with refused(code):
        whistle(session, cast.actor("head_a"), hazard.id, wanted, hours, "", NOW)
    assert hazard.steps == 1


def test_called_twice_is_said_so_until_it_has_replied(session, cast, called, market):
    with refused(r"hazards\.called_already"):
        whistle(session, cast.actor("officer"), called.id, [market], 24, "", NOW)
    report_in(session, cast.actor("department"), called.id, "", NOW)
    reply(session, cast.actor("department"), called.id, "已清理", NOW)
    whistle(session, cast.actor("officer"), called.id, [market], 24, "又堆了", NOW)
    assert len(whistles_of(session, called.id, NOW)) == 2


@pytest.mark.parametrize("who", ["officer", "head_a", "member_a"])
def test_nobody_reports_in_for_a_department_they_do_not_act_for(session, cast, called, who):
    with refused(r"hazards\.not_called"):
        report_in(session, cast.actor(who), called.id, "", NOW)
    with refused(r"hazards\.not_called"):
        reply(session, cast.actor(who), called.id, "x", NOW)


@pytest.mark.parametrize("who", ["member_b", "other_officer", "resident"])
def test_the_neighbour_reports_nothing_in(session, cast, called, who):
    with refused(r"access\.outside_grid"):
        report_in(session, cast.actor(who), called.id, "", NOW)


@pytest.mark.parametrize(
    ("who", "code", "name", "person", "refusal"),
    [
        ("secretary", COMMUNITY, "消防", "department", r"access\.outside_grid"),
        ("officer", COMMUNITY, "消防", "department", r"hazards\.departments_of_street"),
        ("officer", OTHER_STREET, "消防", "department", r"access\.outside_grid"),
        ("officer", STREET, " 消 ", "department", r"hazards\.no_department_name"),
        ("officer", STREET, "消防大队", "member_a", r"hazards\.no_handler"),
        ("administrator", COUNTY, "消防大队", "department", r"hazards\.no_handler"),
    ],
)
def test_a_department_that_cannot_be_is_refused(session, cast, who, code, name, person, refusal):
    with refused(refusal):
        set_department(session, cast.actor(who), code, name, cast.people[person], NOW)
    assert session.exec(select(Department)).all() == []


def test_an_ended_department_is_called_no_more_and_comes_back_by_its_name(
    session, cast, hazard, market
):
    with refused(r"hazards\.unknown_department"):
        end_department(session, cast.actor("other_officer"), market, NOW)
    end_department(session, cast.actor("officer"), market, NOW)
    assert departments_over(session, cast.paths["a"], TODAY) == []
    with refused(r"hazards\.unknown_department"):
        whistle(session, cast.actor("head_a"), hazard.id, [market], 2, "", NOW)
    set_department(
        session, cast.actor("officer"), STREET, "市场监管所", cast.people["department"], NOW
    )
    (found,) = departments_over(session, cast.paths["a"], TODAY)
    assert (found.id, found.people) == (market, ("唐宁",))


def test_what_each_may_do_stands_in_the_panel(session, cast, called):
    def steps(who):
        return set(hazard_detail(session, cast.actor(who), called.id, NOW).steps)

    assert "checked_in" in steps("department")
    assert "replied" not in steps("department")
    assert not {"checked_in", "replied"} & steps("officer")
    assert "whistled" in steps("officer")


def test_from_the_desk_named_whistled_and_reported_in(cast):
    with transaction() as session:
        hazard = str(report(session, cast.actor("member_a")).id)
    page = tab(HazardsState, cast.tokens["officer"])
    click(page.load())
    click(page.pick(STREET))
    departments = page._get_root_state().get_substate(DepartmentsState.get_full_name().split("."))
    click(departments.unfold())
    click(departments.add({"name": "城管中队", "person": "x"}))
    assert departments.said.code == "hazards.no_handler"
    click(departments.add({"name": "城管中队", "person": str(cast.people["department"])}))
    (one,) = departments.departments
    panel = tab(HazardState, cast.tokens["head_a"])
    click(panel.open_hazard(hazard))
    click(panel.ask_step("whistled"))
    click(panel.take_step({"hours": "24", "department-x": "on", "department-": "on"}))
    assert panel.step_said.code == "hazards.unknown_department"
    click(panel.take_step({"hours": "24", f"department-{one.id}": "on", "note": ""}))
    assert [line.standing for line in panel.detail.whistles] == ["waiting"]
    handler = tab(HazardState, cast.tokens["department"])
    click(handler.open_hazard(hazard))
    for step, note in (("checked_in", ""), ("replied", "已劝离")):
        click(handler.ask_step(step))
        click(handler.take_step({"note": note}))
        assert handler.step_said.code == ""
    assert handler.detail.whistles[0].words == "已劝离"
    click(departments.end(one.id))
    assert departments.departments == []
    with reading() as session:
        assert session.exec(select(Hazard.steps)).one() == 4
