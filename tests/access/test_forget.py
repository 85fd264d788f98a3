"""Another log-in in the same tab: nothing of the last person's page is sent to it."""

import asyncio

import pytest

from firegrid_app.access.forget import ForgetOthers, LastLogin
from firegrid_app.access.state import PeopleState
from firegrid_app.desk.state import DeskState
from tests.tabs import click, sent, tab, use_cookie


def any_event(state):
    asyncio.run(ForgetOthers().preprocess(None, state._get_root_state(), None))


@pytest.fixture
def desk(cast):
    desk = tab(DeskState, cast.tokens["secretary"])
    any_event(desk)
    click(desk.load())
    people = desk._get_root_state().get_substate(PeopleState.get_full_name().split("."))
    click(people.load())
    return desk


def whole(state):
    return str(state._get_root_state().dict())


@pytest.mark.parametrize("next_one", ["member_b", "resident", None])
def test_whoever_is_next_in_the_tab_finds_it_empty(cast, desk, next_one):
    assert "龚丽" in whole(desk)
    use_cookie(desk, cast.tokens[next_one] if next_one else None)
    any_event(desk)
    for foreign in ("龚丽", "小桥子", "1380000"):
        assert foreign not in whole(desk)


def test_the_same_log_in_keeps_its_page(cast, desk):
    use_cookie(desk, cast.tokens["secretary"])
    any_event(desk)
    assert len(desk.rows) == 2


def test_the_mark_of_a_log_in_stays_on_the_server(cast, desk):
    mark = desk._get_root_state().get_substate(LastLogin.get_full_name().split("."))._login
    assert mark
    assert mark not in whole(desk)
    assert mark not in sent(desk)
