"""The filters of the list, those a person saved, and giving several away at once."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.hazards.cards import HazardAsk
from firegrid_app.hazards.filter_state import FilterState
from firegrid_app.hazards.listing import PAGE, hazards_view
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.saved import MOST, save_filter
from firegrid_app.hazards.service import move
from firegrid_app.hazards.state import HazardsState
from firegrid_app.hazards.tables import Hazard, SavedFilter
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, OTHER_COMMUNITY, STREET, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, report
from tests.tabs import click, tab


@pytest.fixture
def made(cast) -> dict[str, str]:
    with transaction() as session:
        member = cast.actor("member_a")
        found = {
            "paper": report(session, member, NOW - timedelta(days=10)),
            "bike": report(session, member, category="ebike_indoors"),
            "minor": report(session, member, category="smoking", severity="minor"),
            "next": report(session, cast.actor("member_b"), grid_code=B),
        }
        return {name: str(one.id) for name, one in found.items()}


def names(cast, made, who="officer", **ask):
    with reading() as session:
        view = hazards_view(session, cast.actor(who), HazardAsk(which="all", **ask), NOW)
    called = {hazard: name for name, hazard in made.items()}
    assert view.matches == len(view.rows)
    return {called[row.id] for row in view.rows}


@pytest.mark.parametrize(
    ("ask", "left"),
    [
        ({}, {"paper", "bike", "minor", "next"}),
        ({"severity": "minor"}, {"minor"}),
        ({"severity": "nonsense"}, {"paper", "bike", "minor", "next"}),
        ({"category": "route_blocked"}, {"paper", "next"}),
        ({"code": COMMUNITY, "grid": B}, {"next"}),
        ({"code": STREET, "grid": COMMUNITY}, {"paper", "bike", "minor", "next"}),
        ({"code": STREET, "grid": OTHER_COMMUNITY}, set()),
        ({"found_to": "2026-11-22"}, {"paper"}),
        ({"found_from": "2026-11-23", "found_to": "2026-11-23"}, {"bike", "minor", "next"}),
        ({"found_from": "2026-11-24"}, set()),
        ({"words": "电动车 室", "category": "ebike_indoors"}, set()),
        ({"words": "进楼", "code": COMMUNITY, "grid": A}, {"bike"}),
    ],
)
def test_a_filter_leaves_its_own(cast, made, ask, left):
    assert names(cast, made, **ask) == left


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ({"found_from": "2026-11-23", "found_to": "2026-11-22"}, "hazards.bad_period"),
        ({"found_from": "yesterday"}, "access.bad_date"),
        ({"found_to": "0001-01-01"}, "access.bad_date"),
        ({"code": COMMUNITY, "grid": OTHER_COMMUNITY}, "access.outside_grid"),
        ({"code": COMMUNITY, "grid": "1"}, "grids.unknown"),
    ],
)
def test_what_cannot_be_looked_for_is_said(cast, made, ask, code):
    with pytest.raises(Refused) as refused:
        names(cast, made, **ask)
    assert refused.value.code == code


@pytest.mark.parametrize("who", ["member_b", "other_officer"])
def test_the_neighbour_filters_nothing_out_of_a(cast, made, who):
    with pytest.raises(Refused) as refused:
        names(cast, made, who, code=COMMUNITY, grid=A)
    assert refused.value.code == "access.outside_grid"


def opened(cast, who="officer"):
    page = tab(HazardsState, cast.tokens[who])
    click(page.load())
    filters = page._get_root_state().get_substate(FilterState.get_full_name().split("."))
    click(filters.load())
    return page, filters


def test_saved_once_and_taken_again_and_again(cast, made):
    page, filters = opened(cast)
    click(page.narrow("all"))
    click(page.search("楼道"))
    click(filters.use({"category": "route_blocked", "found_to": "2026-11-22"}))
    assert [row.id for row in page.view.rows] == [made["paper"]]
    click(filters.save({"name": " 上旬  楼道 "}))
    assert [one.name for one in filters.saved] == ["上旬 楼道"]
    click(filters.clear())
    assert (page.view.matches, page.words, page.view.ask.category) == (4, "", "")
    click(page.narrow("mine"))
    click(filters.take(filters.saved[0].id))
    assert [row.id for row in page.view.rows] == [made["paper"]]
    assert (page.view.which, page.words) == ("all", "楼道")
    click(filters.save({"name": ""}))
    assert filters.name_said.code == "hazards.filter_no_name"
    click(filters.drop(filters.saved[0].id))
    assert filters.saved == []


def test_a_saved_filter_is_its_owners_alone(cast, made):
    _, filters = opened(cast)
    click(filters.save({"name": "我的"}))
    kept = filters.saved[0].id
    page, others = opened(cast, "secretary")
    assert others.saved == []
    before = page.view
    for handler in (others.take, others.drop):
        click(handler(kept))
        assert others.name_said.code == "hazards.unknown_filter"
    assert page.view == before
    with reading() as session:
        assert len(session.exec(select(SavedFilter)).all()) == 1


def test_the_same_name_means_the_new_filter_and_there_is_an_end(cast):
    with transaction() as session:
        actor = cast.actor("officer")
        for number in range(MOST):
            save_filter(session, actor, f"{number}", HazardAsk())
        save_filter(session, actor, "0", HazardAsk(severity="major"))
        with pytest.raises(Refused) as refused:
            save_filter(session, actor, "另一个", HazardAsk())
    assert refused.value.code == "hazards.filters_full"


def test_a_day_that_is_none_is_said_and_the_list_stays(cast, made):
    page, filters = opened(cast)
    click(page.narrow("all"))
    click(filters.use({"found_from": "2026-12-01", "found_to": "2026-11-01"}))
    assert page.said.code == "hazards.bad_period"
    assert (page.phase, page.view.matches) == ("ready", 4)


def test_nonsense_changes_no_filter(cast, made):
    page, filters = opened(cast)
    for argument in NONSENSE:
        for handler in (filters.use, filters.save, filters.take, filters.drop):
            click(handler(argument))
    assert filters.saved == []
    assert page.phase == "ready"


def test_all_are_given_or_none_and_it_is_said_which_stood_in_the_way(cast, made):
    with transaction() as session:
        member, head = cast.actor("member_a"), cast.actor("head_a")
        move(session, member, UUID(made["bike"]), Step.CORRECTED, "", NOW)
        move(session, head, UUID(made["bike"]), Step.CLOSED, "", NOW)
    page, _ = opened(cast, "secretary")
    click(page.narrow("all"))
    for one in ("paper", "minor", "bike", "next"):
        click(page.choose(made[one]))
    click(page.give({"person": str(cast.people["member_a"])}))
    assert {(one.id, one.code) for one in page.not_given} == {
        (made["bike"], "hazards.already_closed"),
        (made["next"], "hazards.unknown_assignee"),
    }
    assert (page.given, len(page.chosen)) == (0, 4)
    with reading() as session:
        owners = {str(one.id): one.owner_id for one in session.exec(select(Hazard))}
    assert cast.people["member_a"] not in owners.values(), "none was given"
    for one in ("bike", "next"):
        click(page.choose(made[one]))
    click(page.give({"person": str(cast.people["member_a"])}))
    assert (page.given, page.not_given) == (2, [])


def test_what_one_may_not_see_is_not_told_when_it_is_not_given(cast, made):
    page, _ = opened(cast, "other_secretary")
    page.chosen = [made["paper"]]
    click(page.give({"person": str(cast.people["member_a"])}))
    (one,) = page.not_given
    assert (one.code, one.category, one.where_words) == ("access.outside_grid", "other", "")


def test_a_page_is_chosen_at_once_and_turning_goes_there_and_back(cast):
    with transaction() as session:
        for _ in range(PAGE + 3):
            report(session, cast.actor("member_a"))
    page, _ = opened(cast, "secretary")
    click(page.narrow("all"))
    first = [row.id for row in page.view.rows]
    click(page.choose_page())
    assert page.chosen == first
    click(page.turn(2))
    assert len(page.view.rows) == 3
    click(page.choose_page())
    assert len(page.chosen) == PAGE + 3
    click(page.turn(1))
    assert [row.id for row in page.view.rows] == first
    for wrong in (0, 3, -1, 99):
        click(page.turn(wrong))
        assert page.view.page == 1
