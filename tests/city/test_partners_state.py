"""The desk's part about other systems: who sees it, what a client may send it."""

import pytest
from sqlmodel import select

from firegrid_app.city.partners_state import PartnersState
from firegrid_app.city.tables import CityPartner
from firegrid_app.database import reading
from tests.desk.test_desk_state import NONSENSE
from tests.tabs import click, tab


def opened(cast, who):
    page = tab(PartnersState, cast.tokens.get(who))
    click(page.load())
    return page


def kept():
    with reading() as session:
        return [(one.name, one.ended_at) for one in session.exec(select(CityPartner))]


def test_a_key_is_shown_once_and_can_be_taken_back(cast):
    page = opened(cast, "administrator")
    assert (page.may, page.lines, page.key) == (True, [], "")
    click(page.let_in({"name": "区城市运行中心"}))
    assert len(page.key) > 30
    (line,) = page.lines
    assert (line.name, line.maker, line.used) == ("区城市运行中心", "文静", "")
    click(page.load())
    assert page.key == ""
    click(page.let_in({"name": ""}))
    assert page.said.code == "access.system_unnamed"
    click(page.shut_out(line.id))
    assert page.lines == []
    assert kept()[0][1] is not None


@pytest.mark.parametrize("who", ["officer", "other_officer", "secretary", "member_b"])
def test_nobody_below_sees_or_makes_any(cast, who):
    click(opened(cast, "administrator").let_in({"name": "区城市运行中心"}))
    page = opened(cast, who)
    assert (page.may, page.lines) == (False, [])
    click(page.let_in({"name": "我的系统"}))
    assert page.key == ""
    click(page.shut_out(1))
    assert kept() == [("区城市运行中心", None)]


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_any_argument_is_taken_calmly(cast, nonsense):
    page = opened(cast, "administrator")
    click(page.let_in(nonsense))
    click(page.shut_out(nonsense))
    assert all(ended is None for _, ended in kept())
