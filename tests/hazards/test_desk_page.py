"""The desk's page of hazards: narrowed, searched, one in full, given away, a street's terms."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.desk.service import overview
from firegrid_app.hazards.cards import HazardAsk
from firegrid_app.hazards.listing import WHICH, hazards_view
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.hazards.state import HazardsState
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.hazards.terms_state import TermsState
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, STREET, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, report
from tests.tabs import click, goes_to, sent, tab


@pytest.fixture
def street(cast) -> dict[str, str]:
    """Six hazards that stand differently, by what they are."""
    with transaction() as session:
        member, head = cast.actor("member_a"), cast.actor("head_a")
        made = {
            "new": report(session, member, words="楼道堆满纸箱"),
            "overdue": report(session, member, NOW - timedelta(days=10), words="灭火器过期"),
            "urged": report(session, member, category="ebike_flying_wire", words=""),
            "recheck": report(session, member, where_words="3栋消防通道"),
            "nobody": report(session, cast.actor("member_b"), grid_code=B),
            "closed": report(session, member),
        }
        move(session, member, made["urged"].id, Step.URGED, "", NOW)
        for one in ("recheck", "closed"):
            move(session, member, made[one].id, Step.CORRECTED, "", NOW)
        move(session, head, made["closed"].id, Step.CLOSED, "", NOW)
        move(session, head, made["overdue"].id, Step.STEPPED_UP, "办不了", NOW)
        made["nobody"].owner_id = None
        return {name: str(one.id) for name, one in made.items()}


def view(cast, who, **ask):
    with reading() as session:
        return hazards_view(session, cast.actor(who), HazardAsk(**ask), NOW)


def which(cast, who, one, street, **ask):
    names = {hazard: name for name, hazard in street.items()}
    return {names[row.id] for row in view(cast, who, which=one, **ask).rows}


@pytest.mark.parametrize(
    ("who", "one", "found"),
    [
        ("officer", "all", {"new", "overdue", "urged", "recheck", "nobody"}),
        ("officer", "overdue", {"overdue"}),
        ("officer", "stepped_up", {"overdue"}),
        ("officer", "unassigned", {"nobody"}),
        ("officer", "urged", {"urged"}),
        ("officer", "recheck", {"recheck"}),
        ("officer", "closed", {"closed"}),
        ("officer", "mine", set()),
        ("head_a", "mine", {"new", "urged", "recheck"}),
        ("secretary", "mine", {"overdue", "recheck"}),
        ("member_a", "mine", set()),
        ("secretary", "new", {"overdue"}),
        ("head_a", "all", {"new", "overdue", "urged", "recheck"}),
    ],
)
def test_each_narrowing_finds_its_own_and_counts_it(cast, street, who, one, found):
    assert which(cast, who, one, street) == found
    tallies = {tally.which: tally.count for tally in view(cast, who, which=one).tallies}
    assert tallies[one] == len(found)
    assert set(tallies) == set(WHICH)


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("head_a", "mine"),  # has some to do
        ("officer", "all"),  # nothing to do, told of nothing
        ("department", "all"),
    ],
)
def test_the_page_opens_on_what_the_person_looks_for_first(cast, street, who, first):
    opened = view(cast, who)
    assert opened.which == opened.ask.which == first
    assert len(opened.rows) == opened.matches > 0


def test_the_page_opens_on_news_where_nothing_waits(cast):
    """What may be major is nobody's task at the street yet, and the street is told (YB-12)."""
    with transaction() as session:
        found = report(session, cast.actor("member_a"), severity="suspected_major").id
    opened = view(cast, "officer")
    assert (opened.which, [row.id for row in opened.rows]) == ("new", [str(found)])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("纸箱", {"new", "recheck", "nobody"}),
        ("飞线", {"urged"}),
        ("过期 灭火器", {"overdue"}),
        ("3栋", {"recheck"}),
        ("第2网格", {"nobody"}),
        ("Flying", {"urged"}),
        ("没有的词", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_search_finds_parts_of_sentences_kinds_and_grids(cast, street, words, found):
    assert which(cast, "officer", "all", street, words=words) == found


def test_figures_agree_with_the_overview_and_the_map(cast, street):
    with reading() as session:
        seen = overview(session, cast.actor("officer"), STREET, NOW)
    tallies = {one.which: one.count for one in view(cast, "officer", code=STREET).tallies}
    assert (tallies["all"], tallies["overdue"]) == (seen.open_hazards, seen.overdue_hazards)


def test_what_is_recorded_for_a_community_itself_is_listed_and_said_apart(cast):
    with transaction() as session:
        report(session, cast.actor("secretary"), grid_code=COMMUNITY)
    found = view(cast, "officer", which="all")
    assert (found.matches, found.not_on_map) == (1, 1)


@pytest.mark.parametrize("who", ["other_officer", "other_secretary", "member_b"])
def test_the_neighbour_sees_nothing_of_it(cast, street, who):
    page = tab(HazardsState, cast.tokens[who])
    click(page.load())
    click(page.narrow("all"))
    assert {row.grid_name for row in page.view.rows} <= {"小桥子社区第2网格"}
    panel = tab(HazardState, cast.tokens[who])
    click(panel.open_hazard(street["urged"]))
    assert panel.said.code == "access.outside_grid"
    for foreign in ("纸箱", "龚丽", "飞线", "ebike_flying_wire"):
        assert foreign not in sent(panel)
    click(page.pick(A))
    assert page.said.code == "access.outside_grid"


def test_nobody_is_sent_to_the_log_in_and_who_sees_no_grid_home(cast, street):
    assert goes_to(click(tab(HazardsState, None).load())) == ["/login"]
    assert goes_to(click(tab(HazardsState, cast.tokens["resident"]).load())) == ["/"]
    panel = tab(HazardState, None)
    assert "/login" in goes_to(click(panel.open_hazard(street["new"])))


def test_one_in_full_with_its_trail_and_what_one_may_do(cast, street):
    panel = tab(HazardState, cast.tokens["secretary"])
    click(panel.open_hazard(street["overdue"]))
    detail = panel.detail
    assert [(one.step, one.person_name, one.given_to) for one in detail.trail] == [
        ("reported", "姜龙", ""),
        ("stepped_up", "龚丽", "石珍"),
    ]
    assert detail.whole
    assert detail.row.told == "yours"
    assert "closed" not in detail.steps
    assert {"assigned", "stepped_up", "skipped", "commented", "corrected"} <= set(detail.steps)
    assert [one.name for one in detail.assignees][:2] == ["姜龙", "龚丽"]
    click(panel.open_hazard(street["overdue"]))
    assert panel.detail.row.told == "", "it was looked at"


def test_a_touched_trail_shows_at_the_desk(cast, street):
    with transaction() as session:
        event = session.exec(
            select(HazardEvent).where(HazardEvent.hazard_id == UUID(street["new"]))
        ).one()
        event.note = "改过"
    panel = tab(HazardState, cast.tokens["officer"])
    click(panel.open_hazard(street["new"]))
    assert not panel.detail.whole


def test_who_may_not_is_not_even_asked(cast, street):
    panel = tab(HazardState, cast.tokens["department"])
    click(panel.open_hazard(street["new"]))
    assert set(panel.detail.steps) == {"commented", "urged"}
    assert panel.detail.assignees == ()


def test_urged_from_the_panel_and_refused_the_second_time_in_words(cast, street):
    panel = tab(HazardState, cast.tokens["officer"])
    click(panel.open_hazard(street["new"]))
    click(panel.ask_step("urged"))
    click(panel.take_step({"note": "请抓紧"}))
    assert (panel.done, panel.detail.row.urges_open) == ("urged", 1)
    click(panel.ask_step("urged"))
    click(panel.take_step({"note": ""}))
    assert panel.step_said.code == "hazards.urged_today"
    assert panel.step == "urged", "the form stays"
    click(panel.drop_step())
    assert (panel.step, panel.step_said.code) == ("", "")


def test_given_to_somebody_from_the_panel(cast, street):
    panel = tab(HazardState, cast.tokens["head_a"])
    click(panel.open_hazard(street["new"]))
    click(panel.ask_step("assigned"))
    click(panel.take_step({"person": str(cast.people["member_a"]), "note": "请去看"}))
    assert panel.detail.row.owner_name == "姜龙"
    for person in ("", "x", "999999", str(cast.people["resident"])):
        click(panel.ask_step("assigned"))
        click(panel.take_step({"person": person}))
        assert panel.step_said.code == "hazards.unknown_assignee"


@pytest.mark.parametrize("who", ["member_b", "other_officer", "leader_a", "resident"])
def test_a_forged_step_is_refused(cast, street, who):
    panel = tab(HazardState, cast.tokens[who])
    panel.hazard, panel.step = street["new"], "assigned"
    click(panel.take_step({"person": str(cast.people["member_a"])}))
    assert panel.step_said.code == "access.outside_grid"


def test_nonsense_changes_nothing(cast, street):
    page = tab(HazardsState, cast.tokens["officer"])
    panel = tab(HazardState, cast.tokens["officer"])
    terms = tab(TermsState, cast.tokens["officer"])
    click(page.load())
    for argument in NONSENSE:
        for handler in (page.pick, page.narrow, page.search, page.turn, page.choose, page.give):
            click(handler(argument))
        page.drop_chosen()
        click(panel.open_hazard(argument))
        panel.ask_step(argument)
        click(panel.take_step(argument))
        terms.ask(argument, argument)
        click(terms.save(argument))
        click(terms.let_go(argument, argument))
    with reading() as session:
        assert len(session.exec(select(Hazard)).all()) == 6
        assert len(session.exec(select(HazardEvent)).all()) == 6 + 5


def test_several_are_chosen_and_given_to_one_who_works_over_all_of_them(cast, street):
    page = tab(HazardsState, cast.tokens["secretary"])
    click(page.load())
    click(page.narrow("all"))
    for one in ("new", "urged"):
        click(page.choose(street[one]))
    assert [one.name for one in page.people][:2] == ["姜龙", "龚丽"]
    click(page.choose(street["nobody"]))
    assert [one.name for one in page.people] == ["石珍", "曹英", "唐宁", "文静"]
    click(page.choose(street["nobody"]))
    click(page.give({"person": str(cast.people["member_a"]), "note": "本周清"}))
    assert (page.given, page.chosen) == (2, [])
    with reading() as session:
        owners = {str(one.id): one.owner_id for one in session.exec(select(Hazard))}
    assert owners[street["new"]] == owners[street["urged"]] == cast.people["member_a"]


@pytest.mark.parametrize("who", ["member_a", "department", "other_officer"])
def test_who_may_not_give_is_refused_when_choosing(cast, street, who):
    page = tab(HazardsState, cast.tokens[who])
    click(page.choose(street["new"]))
    assert page.form_said.code == "access.outside_grid"
    assert page.people == []


def opened_terms(cast, who, code):
    page = tab(HazardsState, cast.tokens[who])
    click(page.load())
    click(page.pick(code))
    terms = page._get_root_state().get_substate(TermsState.get_full_name().split("."))
    click(terms.unfold())
    return page, terms


def test_a_street_sets_its_terms_and_lets_them_go(cast):
    page, terms = opened_terms(cast, "officer", STREET)
    assert page.view.may_set_terms
    assert [one.days for one in terms.terms] == [0, 5, 1, 22]
    terms.ask("general", "")
    click(terms.save({"days": "3", "remind": "1", "step": "2", "after_photo": "yes"}))
    own = next(one for one in terms.terms if one.severity == "general")
    assert (own.days, own.after_photo, own.origin) == (3, True, "own")
    terms.ask("general", "")
    click(terms.save({"days": "x", "remind": "", "step": "2"}))
    assert terms.said.code == "hazards.terms_out_of_range"
    assert terms.setting.severity == "general", "the form stays"
    click(terms.let_go("general", ""))
    assert [one.origin for one in terms.terms] == ["shipped"] * 4


def test_a_community_sees_the_terms_and_sets_none(cast):
    page, terms = opened_terms(cast, "secretary", COMMUNITY)
    assert not page.view.may_set_terms
    terms.ask("general", "")
    click(terms.save({"days": "3", "remind": "1", "step": "2"}))
    assert terms.said.code == "access.outside_grid"


@pytest.mark.parametrize("code", [COUNTY, OTHER_STREET])
def test_forged_terms_of_others_are_refused(cast, code):
    _, terms = opened_terms(cast, "officer", STREET)
    terms.ask("general", "")
    terms.code = code
    click(terms.save({"days": "3", "remind": "1", "step": "2"}))
    assert terms.said.code == "access.outside_grid"
