"""The pages of training and drills by their handlers: whole ways, refusals, any argument."""

import csv
import io

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.training.drill_state import DrillState
from firegrid_app.training.state import TrainingState
from firegrid_app.training.tables import Certificate, Course, Drill, DrillFault
from tests.cast import COMMUNITY, A
from tests.desk.test_desk_state import NONSENSE
from tests.tabs import click, goes_to, sent, tab
from tests.training.days import certificate

PLAN = {
    "kind": "topical", "subject": "professional", "title": "冬季用电", "audience": "grid_staff",
    "hours": "2", "trainer": "大队", "place": "社区", "day": "2026-11-23",
}  # fmt: skip
CERTIFICATE = {
    "kind": "first_aid", "number": "JJ-01", "issuer": "红十字会", "issued_on": "2026-01-05",
    "expires_on": "2026-12-05",
}  # fmt: skip


def opened(cast, who, cls=TrainingState):
    page = tab(cls, cast.tokens.get(who))
    click(page.load())
    return page


def test_a_course_is_planned_and_ticked(cast):
    page = opened(cast, "secretary")
    page.ask("plan")
    click(page.plan(PLAN | {"hours": "viel"}))
    assert (page.form_said.code, page.form) == ("training.bad_hours", "plan")
    click(page.plan(PLAN))
    (line,) = page.view.courses
    assert (line.noted, page.form) == (False, "")
    click(page.open(line.id))
    assert [one.came for one in page.course.people] == [False] * 5
    click(page.note({f"came {cast.people['member_a']}": "on", "others": "7"}))
    (line,) = page.view.courses
    assert (line.noted, line.came, line.others, page.course.id) == (True, 1, 7, 0)
    click(page.drop_course(line.id))
    assert page.form_said.code == "training.held_already"


def test_a_certificate_is_entered_and_taken_off(cast):
    page = opened(cast, "secretary")
    page.ask("certificate")
    click(page.enter(CERTIFICATE | {"person": ""}))
    assert page.form_said.code == "access.unknown_person"
    person = str(cast.people["member_a"])
    click(page.enter(CERTIFICATE | {"person": person, "expires_on": "2026-01-04"}))
    assert (page.form_said.code, page.form) == ("training.expires_before", "certificate")
    click(page.enter(CERTIFICATE | {"person": person}))
    assert (page.view.soon, page.view.expired, page.form) == (1, 0, "")
    assert opened(cast, "member_a").view.own_certificates[0].number == "JJ-01"
    click(page.end_certificate(page.view.certificates[0].id))
    assert page.view.certificates == ()


def test_a_drill_is_planned_noted_and_its_faults_dealt_with(cast):
    page = opened(cast, "secretary", DrillState)
    click(page.plan({"kind": "turnout", "place": "1栋", "scenario": "起火", "day": "2026-11-23"}))
    (line,) = page.view.drills
    click(page.open(line.id))
    page.ask("note")
    click(page.note({"people": "12"}))
    assert (page.form_said.code, page.form) == ("training.no_account", "note")
    click(page.note({"people": "12", "went_wrong": "水带接不上", "arrived_after": "6"}))
    assert (page.view.drills[0].noted, page.card.line.arrived_after) == (True, "6")
    assert [one.code for one in page.card.grids] == [A, "500118003001002"]
    hazard = {"category": "facility_broken", "severity": "general", "words": "水带接不上"}
    click(page.hazard(hazard | {"grid_code": A, "where_words": "1栋"}))
    click(
        page.duty({"words": "换接口", "person": str(cast.people["member_a"]), "due": "2026-11-30"})
    )
    assert [one.category for one in page.card.hazards] == ["facility_broken"]
    assert [one.words for one in page.card.decisions] == ["换接口"]
    click(page.open(line.id))
    assert page.card.id == ""


def test_the_neighbour_sees_nothing_of_it(cast):
    with transaction() as session:
        certificate(session, cast.actor("secretary"), cast.people["member_a"])
    for who in ("other_secretary", "other_officer", "member_b", "leader_a"):
        page = opened(cast, who)
        click(page.pick(COMMUNITY))
        assert "XF-" not in sent(page), who
    head = opened(cast, "head_a")
    assert "XF-" not in sent(head)
    assert "XF-" in sent(opened(cast, "officer"))


def test_who_leads_nothing_sees_the_own_training_and_no_drills(cast):
    page = opened(cast, "member_b")
    assert (page.phase, page.view.may_hold, page.view.courses) == ("ready", False, ())
    assert goes_to(click(tab(DrillState, cast.tokens["member_b"]).load())) == ["/"]
    for cls in (TrainingState, DrillState):
        assert goes_to(click(tab(cls).load())) == ["/login"]


@pytest.mark.parametrize(
    "handler",
    ["pick", "ask", "open", "plan", "note", "drop_course", "enter", "end_certificate"],
)
def test_any_argument_is_answered(cast, handler):
    page = opened(cast, "officer")
    for nonsense in NONSENSE:
        click(getattr(page, handler)(nonsense))
        assert "server_error" not in (page.said.code, page.form_said.code), nonsense
    with reading() as session:
        assert session.exec(select(Course)).all() == session.exec(select(Certificate)).all() == []


@pytest.mark.parametrize("handler", ["pick", "ask", "open", "plan", "note", "hazard", "duty"])
def test_any_argument_is_answered_by_the_drills(cast, handler):
    page = opened(cast, "officer", DrillState)
    for nonsense in NONSENSE:
        click(getattr(page, handler)(nonsense))
        assert "server_error" not in (page.said.code, page.form_said.code), nonsense
    with reading() as session:
        assert session.exec(select(Drill)).all() == session.exec(select(DrillFault)).all() == []


def test_lists_are_kept_in_the_readers_language(cast, door):
    page = opened(cast, "secretary")
    click(page.plan(PLAN))
    click(page.enter(CERTIFICATE | {"person": str(cast.people["member_a"])}))
    answer = door("secretary").get(f"/training/{COMMUNITY}/courses.csv?lang=en")
    headings, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    named = dict(zip(headings, row, strict=True))
    assert (named["Kind"], named["Hours"]) == ("Grid staff training", "2")
    answer = door("secretary").get(f"/training/{COMMUNITY}/certificates.csv")
    _, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row[:4] == ["姜龙", "小桥子社区第1网格", "急救证", "JJ-01"]
    assert door("head_a").get(f"/training/{A}/certificates.csv").status_code == 403
    assert door("secretary").get(f"/training/{COMMUNITY}/drills.xlsx").status_code == 200
