"""The desk's page of duties: who sees what, ticks, sets; any argument from anyone."""

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.duties import choosing
from firegrid_app.duties.cards import PlanView
from firegrid_app.duties.plan_state import PlanState
from firegrid_app.duties.state import DutiesState
from firegrid_app.duties.tables import CalendarDay, DutyTick, ObligationRule, PresetChoice
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, STREET, A
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW
from tests.tabs import click, goes_to, sent, tab


@pytest.fixture
def county(cast):
    with transaction() as session:
        administrator = cast.actor("administrator")
        choosing.choose_preset(session, administrator, COUNTY, "chongqing_2021", NOW)
    return cast


def opened(cast, who, cls=DutiesState):
    page = tab(cls, cast.tokens.get(who))
    click(page.load())
    return page


def test_an_officer_sees_the_street_and_opens_a_grid(county):
    page = opened(county, "officer")
    assert page.phase == "ready"
    assert page.code == STREET
    assert {row.code for row in page.rows} >= {STREET, COMMUNITY, A}
    assert page.totals.today == sum(row.today for row in page.rows)
    click(page.open_grid(A))
    assert {card.grid for card in page.duties} == {A}
    (row,) = [row for row in page.rows if row.code == A]
    assert len([card for card in page.duties if card.standing == "today"]) == row.today
    click(page.open_grid(A))
    assert page.duties == []


def test_a_secretary_ticks_the_meeting_of_the_month(county):
    page = opened(county, "secretary")
    (card,) = [card for card in page.mine if card.kind == "meeting"]
    key = f"{card.rule} {card.grid} {card.first} {card.number}"
    page.begin(key)
    click(page.tick({"note": "11月例会，讨论取暖用电"}))
    assert page.ticking == ""
    (card,) = [card for card in page.mine if card.kind == "meeting"]
    assert (card.standing, card.note) == ("done", "11月例会，讨论取暖用电")
    # What records count is refused without a word, beside the button.
    (card,) = [card for card in page.mine if card.kind == "go_down"]
    page.begin(f"{card.rule} {card.grid} {card.first} {card.number}")
    click(page.tick({}))
    assert page.tick_said.code == "duties.note_needed"


def test_a_neighbour_sees_nothing_of_ours(county):
    page = opened(county, "member_b")
    assert "第1网格" not in sent(page)
    click(page.pick(A))
    click(page.open_grid(A))
    assert page.duties == []


@pytest.mark.parametrize("who", ["resident", "leader_a"])
def test_who_may_not_look_is_sent_home(county, who):
    page = tab(DutiesState, county.tokens[who])
    assert goes_to(click(page.load())) == ["/"]


def test_nobody_is_sent_to_the_log_in(county):
    assert goes_to(click(tab(DutiesState).load())) == ["/login"]
    page = tab(PlanState)
    assert goes_to(click(page.choose("jilin_2023"))) == ["/login"]


@pytest.mark.parametrize("handler", ["pick", "turn", "open_grid", "begin", "tick"])
def test_any_argument_is_answered(county, handler):
    page = opened(county, "officer")
    for nonsense in NONSENSE:
        click(getattr(page, handler)(nonsense))
    with reading() as session:
        assert session.exec(select(DutyTick)).all() == []


@pytest.mark.parametrize(
    "key", ["", "1", "1 2 3", "x a 2026-11-23 1", "1 a never 1", "9999999999 a 2026-11-23 1"]
)
def test_a_made_up_key_ticks_nothing(county, key):
    page = opened(county, "member_a")
    page.begin(key)
    click(page.tick({"note": "x"}))
    with reading() as session:
        assert session.exec(select(DutyTick)).all() == []


def test_an_administrator_chooses_a_plan_adds_a_rule_and_ends_it(county):
    page = opened(county, "administrator", PlanState)
    assert [grid.code for grid in page.grids] == [COUNTY, STREET, OTHER_STREET]
    assert page.plan.preset == "chongqing_2021"
    click(page.pick(STREET))
    assert (page.plan.chosen, page.plan.inherited) == (False, "chongqing_2021")
    assert page.plan.rules
    click(page.choose("jilin_2023"))
    assert (page.plan.chosen, page.plan.preset) == (True, "jilin_2023")
    form = {"kind": "drill", "role": "grid_member", "level": "3", "rhythm": "quarter", "times": "1"}
    click(page.add_rule(form))
    assert page.rule_said.code == ""
    (own,) = [rule for rule in page.plan.rules if rule.own]
    click(page.add_rule(form))
    assert page.rule_said.code == "duties.twice"
    click(page.add_rule(form | {"times": "99"}))
    assert page.rule_said.code == "duties.too_often"
    click(page.end_rule(own.id))
    assert not any(rule.own for rule in page.plan.rules)


def test_phases_of_a_drive_follow_each_other_and_stand_with_their_days(county):
    """YC-67; a weekend alone holds no workday, and the rule would never come due."""
    page = opened(county, "officer", PlanState)
    words = {"kind": "other", "words": "彩钢板房排查", "role": "grid_member", "level": "3"}
    form = words | {"rhythm": "workday", "times": "1"}
    first = {"starts_on": "2026-12-01", "ends_on": "2026-12-04"}
    click(page.add_rule(form | first))
    click(page.add_rule(form | {"starts_on": "2026-12-07", "ends_on": "2026-12-11"}))
    assert page.rule_said.code == ""
    own = [(rule.starts_on, rule.ends_on) for rule in page.plan.rules if rule.own]
    assert own == [("2026-12-01", "2026-12-04"), ("2026-12-07", "2026-12-11")]
    click(page.add_rule(form | {"starts_on": "2026-12-04", "ends_on": ""}))
    assert page.rule_said.code == "duties.twice"
    for days in (
        {"starts_on": "2026-12-19", "ends_on": "2026-12-20"},
        {"starts_on": "2026-12-20", "ends_on": "2026-12-19"},
    ):
        click(page.add_rule(form | days))
        assert page.rule_said.code == "duties.never"
    click(page.add_rule(form | {"starts_on": "2026-13-01"}))
    assert page.rule_said.code == "duties.malformed_rule"
    assert len([rule for rule in page.plan.rules if rule.own]) == 2


def test_the_calendar_is_seen_by_officers_and_kept_by_the_county(county):
    page = opened(county, "officer", PlanState)
    assert (page.year, page.keeps_calendar) == (2026, False)
    assert [day.day for day in page.days] == ["2026-10-01", "2026-10-10"]
    click(page.set_day({"day": "2026-12-07", "works": "off", "name": "x"}))
    assert page.day_said.code == "duties.calendar_of_all"
    page = opened(county, "administrator", PlanState)
    click(page.set_day({"day": "2026-12-07", "works": "off", "name": "停工"}))
    assert page.days[-1].name == "停工"
    click(page.set_day({"day": "2026-13-07", "works": "off"}))
    assert page.day_said.code == "access.bad_date"
    click(page.drop_day("2026-12-07"))
    assert page.days[-1].day == "2026-10-10"
    click(page.look_at_year(2027))
    assert (page.year, page.year_known) == (2027, False)


@pytest.mark.parametrize("who", ["secretary", "member_a", "department"])
def test_who_sets_nothing_changes_nothing(county, who):
    page = opened(county, who, PlanState)
    assert page.grids == []
    with reading() as session:
        before = len(session.exec(select(ObligationRule)).all())
    page.plan = PlanView(STREET, "", "", "", False, (), ())
    for handler, argument in (
        (page.choose, "jilin_2023"),
        (page.add_rule, {"kind": "drill", "role": "grid_member", "level": "3", "rhythm": "week"}),
        (page.end_rule, 1),
        (page.set_day, {"day": "2026-12-07", "works": "off"}),
    ):
        click(handler(argument))
    with reading() as session:
        assert len(session.exec(select(ObligationRule)).all()) == before
        assert len(session.exec(select(PresetChoice)).all()) == 1
        assert len(session.exec(select(CalendarDay)).all()) == 2


@pytest.mark.parametrize(
    "handler", ["pick", "look_at_year", "choose", "add_rule", "end_rule", "set_day", "drop_day"]
)
def test_any_argument_of_the_plan_is_answered(county, handler):
    page = opened(county, "officer", PlanState)
    for nonsense in NONSENSE:
        click(getattr(page, handler)(nonsense))
