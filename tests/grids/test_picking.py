"""Which grids a page offers: all of few; of very many a way to each."""

import pytest

from firegrid_app.access.rules import Action
from firegrid_app.alarms.figures import alarms_view
from firegrid_app.equipment.cards import EquipmentAsk
from firegrid_app.equipment.service import equipment_view
from firegrid_app.grids import picking
from firegrid_app.grids.picking import grids_to_open, to_open
from firegrid_app.households.service import register_view
from firegrid_app.points.managing import points_view
from firegrid_app.posting.service import posting_view
from firegrid_app.refusals import Refused
from firegrid_app.rota.month import rota_view
from tests.cast import COMMUNITY, OTHER_COMMUNITY, STREET, A, B, C
from tests.factories import NOW

PAGES = {
    "equipment": lambda *who: equipment_view(*who[:2], EquipmentAsk(code=who[2]), NOW),
    "alarms": lambda *who: alarms_view(*who, NOW),
    "rota": lambda *who: rota_view(*who, "", NOW),
}
SMALL_PAGES = {
    "points": lambda *who: points_view(*who, NOW),
    "doors": lambda *who: register_view(*who),
}


@pytest.fixture
def many(monkeypatch):
    """As if two grids were more than a choice may hold."""
    monkeypatch.setattr(picking, "MOST_OFFERED", 2)


def codes(view):
    return [code for code, _ in view.picks]


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("officer", [STREET, COMMUNITY, OTHER_COMMUNITY]),
        ("secretary", [COMMUNITY]),
        ("member_b", [B]),
        ("resident", []),
    ],
)
def test_a_desk_is_opened_for_the_larger_grids_or_ones_own_small_ones(session, cast, who, offered):
    found = grids_to_open(session, cast.actor(who), Action.SEE_GRID)
    assert [one.code for one in found] == offered


@pytest.mark.parametrize("page", PAGES)
def test_few_are_all_offered(session, cast, page):
    everything = [STREET, COMMUNITY, A, B, OTHER_COMMUNITY, C]
    assert codes(PAGES[page](session, cast.actor("officer"), "")) == everything


@pytest.mark.parametrize("page", PAGES)
def test_of_many_the_larger_and_the_small_ones_beside_the_open_one(session, cast, many, page):
    officer = cast.actor("officer")
    larger = [STREET, COMMUNITY, OTHER_COMMUNITY]
    assert codes(PAGES[page](session, officer, "")) == larger
    for code in (COMMUNITY, B):
        assert codes(PAGES[page](session, officer, code)) == [STREET, COMMUNITY, A, B, larger[2]]
    assert codes(PAGES[page](session, officer, C)) == [*larger, C]


@pytest.mark.parametrize("page", SMALL_PAGES)
def test_a_page_of_small_grids_has_a_way_to_each_by_its_community(session, cast, many, page):
    officer, show = cast.actor("officer"), SMALL_PAGES[page]
    first = show(session, officer, "")
    assert (first.code, codes(first)) == (A, [COMMUNITY, A, B, OTHER_COMMUNITY])
    other = show(session, officer, OTHER_COMMUNITY)
    assert (other.code, codes(other)) == (C, [COMMUNITY, OTHER_COMMUNITY, C])


@pytest.mark.parametrize("page", SMALL_PAGES)
def test_of_few_a_page_of_small_grids_offers_those_alone(session, cast, page):
    shown = SMALL_PAGES[page](session, cast.actor("officer"), OTHER_COMMUNITY)
    assert (shown.code, codes(shown)) == (C, [A, B, C])


def test_walls_are_of_communities_and_small_grids(session, cast, many):
    officer = cast.actor("officer")
    assert codes(posting_view(session, officer, "", NOW)) == [COMMUNITY, A, B, OTHER_COMMUNITY]
    assert codes(posting_view(session, officer, C, NOW)) == [COMMUNITY, OTHER_COMMUNITY, C]


def test_what_is_offered_stays_within_ones_reach(session, cast, many):
    member = cast.actor("member_a")
    grid, offered = to_open(session, member, Action.SEE_GRID, "")
    assert (grid.code, [one.code for one in offered]) == (A, [A])
    assert [one.code for one in picking.small_beside(session, member, Action.SEE_GRID, grid)] == [A]
    with pytest.raises(Refused, match=r"^access\.outside_grid$"):
        to_open(session, cast.actor("secretary"), Action.SEE_GRID, C)
    with pytest.raises(Refused, match=r"^access\.not_allowed$"):
        to_open(session, cast.actor("resident"), Action.SEE_GRID, A)
