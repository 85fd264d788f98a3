"""The desk's page of reports: what a browser is sent, what anybody may call with any argument."""

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.database import reading, transaction
from firegrid_app.desk.state import DeskState
from firegrid_app.hazards.tables import Hazard
from firegrid_app.residents.state import ReportsState
from firegrid_app.residents.tables import ResidentReport
from tests.cast import COMMUNITY, A
from tests.desk.test_desk_state import NONSENSE
from tests.factories import report
from tests.residents.sending import keep
from tests.tabs import click, goes_to, sent, tab

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
FORM = {"category": "route_blocked", "severity": "general", "grid": A}


@pytest.fixture
def waiting(cast):
    """Id of a report in grid a whose maker left a number."""
    with transaction() as session:
        return str(keep(session, name="王阿姨", phone="13800009999")[0].id)


def opened(cast, who, report_id=""):
    page = tab(ReportsState, cast.tokens.get(who))
    click(page.load())
    if report_id:
        click(page.open_one(report_id))
    return page


def standing():
    with reading() as session:
        return session.exec(select(ResidentReport.standing)).one()


def test_one_tap_takes_a_report_on_as_it_is_proposed(cast, waiting):
    page = opened(cast, "secretary", waiting)
    detail = page.detail
    proposed = {
        "category": detail.row.category,
        "severity": detail.severity,
        "grid": detail.grid,
    }
    assert proposed == FORM
    click(page.take_on(proposed))
    assert (page.form_said.code, page.done, standing()) == ("", "taken_on", "taken_on")
    assert (page.view.matches, page.detail.hazard_status) == (0, "open")


def test_a_number_travels_only_once_it_is_asked_for(cast, waiting):
    page = opened(cast, "secretary", waiting)
    assert "13800009999" not in sent(page)
    click(page.show_who())
    assert page.who.phone == "13800009999"
    click(page.close())
    assert page.who.phone == ""
    with reading() as session:
        seen = select(AuditEntry).where(AuditEntry.action == "see_reporter")
        assert len(session.exec(seen).all()) == 1


def test_it_is_joined_or_turned_down_by_a_form_of_its_own(cast, waiting):
    with transaction() as session:
        hazard_id = str(report(session, cast.actor("member_a")).id)
    page = opened(cast, "secretary", waiting)
    click(page.ask("turned_down"))
    click(page.decide({"reason": "other", "words": ""}))
    assert (page.form_said.code, page.form) == ("residents.no_reason", "turned_down")
    click(page.ask("joined"))
    click(page.decide({}))
    assert (page.form_said.code, standing()) == ("residents.unknown", "waiting")
    click(page.decide({"hazard": hazard_id}))
    assert (page.form_said.code, standing()) == ("", "joined")


@pytest.mark.parametrize("who", ["head_a", "member_a", "department", "resident", "leader_a"])
def test_who_decides_nothing_is_sent_away(cast, waiting, who):
    page = tab(ReportsState, cast.tokens[who])
    assert goes_to(click(page.load())) == ["/"]
    click(page.open_one(waiting))
    for event in (page.show_who(), page.take_on(FORM), page.decide({"reason": "not_fire"})):
        click(event)
    assert "3栋2单元4楼" not in sent(page)
    assert "13800009999" not in sent(page)
    assert standing() == "waiting"


def test_a_neighbour_reads_and_changes_nothing(cast, waiting):
    page = opened(cast, "other_secretary", waiting)
    assert page.detail_said.code == "access.outside_grid"
    click(page.ask("turned_down"))
    click(page.decide({"reason": "not_fire"}))
    click(page.take_on(FORM))
    click(page.show_who())
    assert (standing(), page.who.phone) == ("waiting", "")


def test_nobody_logged_in_is_sent_to_the_log_in(cast, waiting):
    page = tab(ReportsState)
    assert goes_to(click(page.load())) == ["/login"]
    assert goes_to(click(page.take_on(FORM))) == ["/login"]
    assert standing() == "waiting"


@pytest.mark.parametrize("name", ["pick", "narrow", "turn", "open_one", "ask", "decide", "take_on"])
def test_any_argument_changes_nothing(cast, waiting, name):
    page = opened(cast, "secretary", waiting)
    for argument in NONSENSE:
        click(getattr(page, name)(argument))
        assert page.phase == "ready", argument
    assert standing() == "waiting"
    with reading() as session:
        assert session.exec(select(Hazard)).all() == []


def test_the_desk_says_that_residents_wait(cast, waiting, clock):
    for who, count in (("secretary", 1), ("officer", 1), ("other_secretary", 0), ("head_a", 0)):
        desk = tab(DeskState, cast.tokens[who])
        click(desk.load())
        assert (desk.head.reports, desk.head.reports_late) == (count, 0), who
    clock.forward(hours=25)
    desk = tab(DeskState, cast.tokens["secretary"])
    click(desk.load())
    assert (desk.head.reports, desk.head.reports_late) == (1, 1)


def test_the_list_narrows_and_changes_its_grid(cast, waiting):
    page = opened(cast, "officer")
    click(page.narrow("turned_down"))
    assert (page.view.which, page.view.matches) == ("turned_down", 0)
    click(page.narrow("waiting"))
    click(page.pick(COMMUNITY))
    assert (page.view.code, page.view.matches) == (COMMUNITY, 1)
