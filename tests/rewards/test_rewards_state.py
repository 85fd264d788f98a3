"""The desk's page of rewards: what a browser is sent, what anybody may call with any argument."""

from uuid import UUID

import pytest

from firegrid_app.database import reading, transaction
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.residents.state import ReportsState
from firegrid_app.rewards.state import RewardsState
from firegrid_app.rewards.tables import Reward
from tests.desk.test_desk_state import NONSENSE
from tests.rewards.test_rewards import set_up, taken_on
from tests.tabs import at_address, click, goes_to, sent, tab

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def case(cast):
    """Id of a report taken on under a scheme, and what opens it."""
    with transaction() as session:
        set_up(session, cast)
        report, key = taken_on(session, cast, name="王阿姨", phone="13800009999")
        return str(report.id), key


def opened(cast, who, reward=""):
    page = tab(RewardsState, cast.tokens.get(who))
    click(page.load())
    if reward:
        click(page.open_one(reward))
    return page


def stage(report_id):
    with reading() as session:
        return session.get(Reward, UUID(report_id)).stage


def test_one_grants_and_another_pays(cast, case):
    reward, key = case
    page = opened(cast, "officer", reward)
    assert (page.detail.row.least, page.detail.row.most, page.detail.row.why) == (50, 100, "")
    click(page.grant({"amount": "80"}))
    assert (page.form_said.code, stage(reward)) == ("rewards.not_checked", "open")
    click(page.grant({"amount": "80", "checked": "on"}))
    assert (page.form_said.code, page.done, page.detail.own_grant) == ("", "granted", True)
    other = opened(cast, "administrator", reward)
    assert other.detail.may_pay is True
    click(other.pay({"code": key.code, "checked": "on", "voucher": "7号"}))
    assert (other.form_said.code, other.done, stage(reward)) == ("", "paid", "paid")
    for one in (page, other):
        assert "13800009999" not in sent(one)
        assert "王阿姨" not in sent(one)
        assert key.code not in sent(one)


def test_declined_with_words(cast, case):
    reward, _ = case
    page = opened(cast, "officer", reward)
    click(page.decline({"words": ""}))
    assert page.form_said.code == "rewards.say_why"
    click(page.decline({"words": "现场不属实"}))
    assert (page.done, page.detail.note, stage(reward)) == ("declined", "现场不属实", "declined")


def test_a_scheme_is_set_and_switched_off(cast, database):
    page = opened(cast, "officer")
    assert page.view.scheme.is_on is False
    fields = {"is_on": "on", "general_least": "50", "claim_days": "30", "collect_at": "窗口"}
    click(page.set_scheme(fields | {"claim_days": "x"}))
    assert (page.scheme_said.code, page.scheme_done) == ("rewards.bad_days", False)
    click(page.set_scheme(fields))
    assert (page.scheme_said.code, page.scheme_done, page.view.scheme.is_on) == ("", True, True)
    click(page.set_scheme({}))
    assert page.view.scheme.is_on is False


def test_who_decides_on_none_is_sent_away(cast, case):
    page = tab(RewardsState, cast.tokens["secretary"])
    assert goes_to(click(page.load())) == ["/"]
    assert (page.view.rows, page.phase) == ((), "loading")
    reports = tab(ReportsState, cast.tokens["secretary"])
    click(reports.load())
    assert reports.view.rewards is False
    reports = tab(ReportsState, cast.tokens["officer"])
    click(reports.load())
    assert reports.view.rewards is True


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_any_argument_is_taken_calmly(cast, case, nonsense):
    reward, _ = case
    page = opened(cast, "officer", reward)
    for handler in (
        page.pick, page.narrow, page.turn, page.grant, page.decline, page.pay, page.open_one,
    ):  # fmt: skip
        click(handler(nonsense))
    assert stage(reward) == "open"


@pytest.mark.parametrize("state", [ReportsState, RewardsState])
def test_a_link_opens_the_one_it_names(cast, case, state):
    report, _ = case
    page = tab(state, cast.tokens["officer"])
    at_address(page, f"/desk/reports?open={report}")
    click(page.load())
    click(page.open_asked())
    assert page.detail.row.id == report
    assert page.detail.hazard
    member = tab(state, cast.tokens["member_b"])
    at_address(member, f"/desk/reports?open={report}")
    click(member.open_asked())
    assert (member.detail.row.id, member.detail_said.code) == ("", "access.outside_grid")
    click(page.close())
    at_address(page, "/desk/reports")
    click(page.open_asked())
    assert page.detail.row.id == ""


def test_a_report_and_its_reward_name_what_was_found(cast, case):
    report, _ = case
    reward = opened(cast, "officer", report).detail
    page = tab(HazardState, cast.tokens["officer"])
    at_address(page, f"/desk/hazards?open={reward.hazard}")
    click(page.open_asked())
    assert page.detail.row.id == reward.hazard
    for who, rewarded in (("officer", True), ("secretary", False)):
        page = tab(ReportsState, cast.tokens[who])
        click(page.open_one(report))
        assert (page.detail.hazard, page.detail.rewarded) == (reward.hazard, rewarded)


@pytest.mark.parametrize("asked", ["", "?open=", "?open=nonsense", "?open=" + "9" * 400, "?x=1"])
def test_nonsense_in_a_link_opens_nothing(cast, asked):
    page = tab(RewardsState, cast.tokens["officer"])
    at_address(page, f"/desk/rewards{asked}")
    click(page.open_asked())
    assert page.detail.row.id == ""
