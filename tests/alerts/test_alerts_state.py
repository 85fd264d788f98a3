"""The desk's page of warnings: who sees what, writes, corrects, lifts; any argument from anyone."""

import pytest
from sqlmodel import select

from firegrid_app.alerts import api
from firegrid_app.alerts.issue_state import IssueState
from firegrid_app.alerts.senders_state import SendersState
from firegrid_app.alerts.state import AlertsState
from firegrid_app.alerts.tables import Alert, AlertSender
from firegrid_app.database import reading, transaction
from tests.alerts.making import WORDS, called_out, warn
from tests.cast import COMMUNITY, OTHER_COMMUNITY, OTHER_STREET, STREET, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.factories import statuses
from tests.tabs import click, goes_to, sent, tab

FORM = {
    "title": "",
    "words": WORDS,
    "issuer": "区气象台",
    "number": "3号",
    "starts_at": "2026-11-23T10:00",
    "ends_at": "2026-11-24T10:00",
    "deadline_at": "2026-11-23T12:00",
    "to_residents": "on",
    "own_task": "",
}


def opened(cast, who, cls=AlertsState):
    page = tab(cls, cast.tokens.get(who))
    click(page.load() if cls is not IssueState else page.open_form())
    return page


def written(session):
    session.rollback()
    return session.exec(select(Alert).order_by(Alert.id)).all()


@pytest.fixture
def alert_id(cast):
    with transaction() as session:
        return warn(session, cast).id


def test_an_officer_follows_it_from_the_street_to_the_grid(cast, door, alert_id):
    statuses(door("member_a"), called_out(cast, "member_a", alert_id, A, people=30))
    page = opened(cast, "officer")
    assert (page.phase, page.code, page.may_issue) == ("ready", STREET, True)
    (line,) = page.lines
    assert (line.tally.grids, line.tally.passed_on, line.tally.reached) == (3, 1, 30)
    click(page.open_alert(alert_id))
    assert {row.code for row in page.view.levels} == {COMMUNITY, OTHER_COMMUNITY}
    click(page.pick(COMMUNITY))
    assert (page.opened, page.view.tally.grids) == (alert_id, 2)
    click(page.narrow("unseen"))
    assert [row.code for row in page.view.rows] == [B]
    click(page.narrow("unseen"))
    assert [row.code for row in page.view.rows] == [A, B]
    click(page.open_alert(alert_id))
    assert (page.opened, page.view.rows) == (0, [])


def test_what_does_not_concern_the_grid_one_goes_to_is_closed(cast):
    with transaction() as session:
        one = warn(session, cast, codes=[A]).id
    page = opened(cast, "officer")
    click(page.open_alert(one))
    click(page.pick(OTHER_COMMUNITY))
    assert (page.opened, page.lines, page.said.code) == (0, [], "")


def test_a_neighbour_sees_nothing_of_ours(cast, alert_id):
    with transaction() as session:
        warn(session, cast, codes=[A], title="只给第1网格的话")
    page = opened(cast, "member_b")
    click(page.pick(A))
    click(page.open_alert(alert_id))
    click(page.narrow("late"))
    text = sent(page)
    assert "只给第1网格的话" not in text
    assert "第1网格" not in text
    assert page.may_issue is False


@pytest.mark.parametrize("who", ["resident", "leader_a"])
def test_who_may_not_look_is_sent_home(cast, who):
    assert goes_to(click(tab(AlertsState, cast.tokens[who]).load())) == ["/"]


def test_nobody_is_sent_to_the_log_in(cast, alert_id):
    assert goes_to(click(tab(AlertsState).load())) == ["/login"]
    assert goes_to(click(tab(IssueState).open_form())) == ["/login"]
    assert goes_to(click(tab(IssueState).send(dict(FORM)))) == ["/login"]


def test_writing_one_proposes_title_and_tasks_and_issues_it(cast, session):
    page = opened(cast, "officer", IssueState)
    assert [one.code for one in page.homes] == [STREET, COMMUNITY, OTHER_COMMUNITY]
    assert page.home == STREET
    assert page.times == {
        "starts_at": "2026-11-23T10:00",
        "ends_at": "2026-11-24T10:00",
        "deadline_at": "2026-11-23T12:00",
    }
    assert (page.title, page.measures) == ("暴雨黄色预警", ["shout_daily", "wiring_water"])
    page.choose_weather("gale")
    page.choose_colour("red")
    assert page.title == "大风红色预警"
    assert page.measures == ["shout_twice", "loose_lines"]
    page.choose_measure("loose_lines")
    page.choose_measure("check_daily")
    click(page.choose_home(COMMUNITY))
    assert [one.code for one in page.below] == [A, B]
    page.choose_target(A)
    assert goes_to(click(page.send(dict(FORM)))) == ["open_alert"]
    assert page.homes == []
    (alert,) = written(session)
    assert (alert.title, alert.weather, alert.colour) == ("大风红色预警", "gale", "red")
    view = tab(AlertsState, cast.tokens["officer"])
    click(view.load())
    click(view.open_alert(alert.id))
    assert [row.code for row in view.view.rows] == [A]
    assert {(task.kind, task.target) for task in view.view.tasks} == {("shout", 2), ("check", 0)}


def test_a_notice_has_no_colour_and_no_proposed_task(cast, session):
    page = opened(cast, "secretary", IssueState)
    page.choose_kind("notice")
    assert (page.title, page.measures) == ("", [])
    click(page.send(FORM | {"to_residents": ""}))
    assert page.said.code == "alerts.no_title"
    click(page.send(FORM | {"title": "明天停水", "to_residents": ""}))
    (alert,) = written(session)
    assert (alert.kind, alert.weather, alert.colour, alert.to_residents) == (
        "notice",
        "",
        "",
        False,
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": ""}, "alerts.no_words"),
        ({"ends_at": "2026-11-23T09:00"}, "alerts.ends_before"),
        ({"ends_at": ""}, "alerts.bad_moment"),
        ({"starts_at": "soon"}, "alerts.bad_moment"),
        ({"deadline_at": "2026-13-41T99:99"}, "alerts.bad_moment"),
        ({"deadline_at": "2026-11-30T10:00"}, "alerts.bad_deadline"),
    ],
)
def test_a_mistake_is_said_beside_the_button_and_the_form_stays(cast, session, changes, code):
    page = opened(cast, "officer", IssueState)
    click(page.send(FORM | changes))
    assert page.said.code == code
    assert page.homes != []
    assert written(session) == []


@pytest.mark.parametrize("who", ["member_a", "head_a", "department", "leader_a"])
def test_who_manages_no_grid_gets_no_form_and_issues_nothing(cast, session, who):
    page = opened(cast, who, IssueState)
    assert page.homes == []
    page.home, page.targets = A, []
    click(page.send(dict(FORM)))
    assert page.said.code == "access.outside_grid"
    assert written(session) == []


def test_a_made_up_home_is_refused_by_the_service(cast, session):
    page = opened(cast, "secretary", IssueState)
    click(page.choose_home(OTHER_STREET))
    assert page.said.code == "access.outside_grid"
    assert page.home == COMMUNITY
    page.home = OTHER_STREET
    click(page.send(dict(FORM)))
    assert page.said.code == "access.outside_grid"
    assert written(session) == []


def test_correcting_changes_what_was_touched_and_lifting_ends_it(cast, session, alert_id):
    page = opened(cast, "officer")
    click(page.open_alert(alert_id))
    page.begin("correct")
    form = {
        "title": page.view.line.title,
        "words": "雨停得晚一些，晚上也不要用地下室的电。",
        "issuer": page.view.line.issuer,
        "number": page.view.line.number,
        "ends_at": page.view.ends_on,
        "deadline_at": page.view.deadline_on,
        "why": "措辞",
    }
    click(page.correct(form | {"words": ""}))
    assert (page.form_said.code, page.changing) == ("alerts.no_words", "correct")
    click(page.correct(form | {"anew": "on"}))
    assert (page.form_said.code, page.changing, page.view.line.edition) == ("", "", 2)
    assert [one.field for one in page.view.trail[0].changes] == ["words"]
    page.begin("lift")
    click(page.lift({"why": "雨停了"}))
    assert page.view.line.phase == "lifted"
    assert written(session)[0].lifted_at is not None
    click(page.lift({"why": "再来"}))
    assert page.form_said.code == "alerts.lifted"


def test_a_member_who_calls_the_handlers_changes_nothing(cast, session, alert_id):
    page = opened(cast, "member_a")
    click(page.open_alert(alert_id))
    click(page.lift({}))
    assert page.form_said.code == "access.outside_grid"
    click(page.correct({"title": "改掉改掉"}))
    assert page.form_said.code != ""
    (alert,) = written(session)
    assert (alert.lifted_at, alert.title) == (None, "暴雨橙色预警")


@pytest.mark.parametrize(
    ("cls", "handler"),
    [
        *((AlertsState, name) for name in
          ("pick", "turn", "open_alert", "narrow", "begin", "correct", "lift")),
        *((IssueState, name) for name in
          ("choose_home", "choose_target", "choose_kind", "choose_weather", "choose_colour",
           "choose_measure", "send")),
        *((SendersState, name) for name in ("let_in", "shut_out")),
    ],
)  # fmt: skip
def test_any_argument_is_answered(cast, session, alert_id, cls, handler):
    page = opened(cast, "officer", cls)
    for nonsense in NONSENSE:
        click(getattr(page, handler)(nonsense))
    assert [alert.lifted_at for alert in written(session)] == [None]
    assert session.exec(select(AlertSender)).all() == []


def test_an_officer_lets_a_system_in_sees_the_token_once_and_ends_it(cast, client):
    api.ASKED.forget()
    page = opened(cast, "officer")
    senders = page._get_root_state().get_substate(SendersState.get_full_name().split("."))
    click(senders.load())
    assert (senders.may, senders.lines) == (True, [])
    click(senders.let_in({"name": "区气象台"}))
    token = senders.key
    assert len(token) > 30
    assert senders.address.endswith("/api/alerts")
    (line,) = senders.lines
    with reading() as session:
        assert token not in str(session.exec(select(AlertSender)).all())
    click(senders.load())
    assert senders.key == ""
    assert token not in sent(senders)
    click(senders.shut_out(line.id))
    assert senders.lines == []
    answer = client.post("/api/alerts", json={}, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_a_secretary_is_not_shown_the_systems(cast):
    page = opened(cast, "secretary")
    senders = page._get_root_state().get_substate(SendersState.get_full_name().split("."))
    click(senders.load())
    assert senders.may is False
    click(senders.let_in({"name": "区气象台"}))
    assert senders.key == ""
