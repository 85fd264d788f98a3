"""The page of duty lists as it is used; any argument from anyone."""

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.rota.state import RotaState
from firegrid_app.rota.tables import RotaSetting, Shift
from tests.cast import COMMUNITY, STREET, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.rota.lists import DECEMBER, add, draw
from tests.tabs import click, goes_to, sent, tab


def opened(cast, who, month=DECEMBER):
    page = tab(RotaState, cast.tokens.get(who))
    click(page.load())
    if page.phase == "ready":
        click(page.go(month))
    return page


def filled(page, **changes):
    people = {f"person-{one.id}": "on" for one in page.order if one.chosen}
    return {
        **people,
        "from-0": "08:30",
        "to-0": "17:30",
        "from-1": "",
        "to-1": "",
        "days": "workdays",
        "turn": "day",
        "at_once": "1",
        "first": "",
        **changes,
    }


def test_a_head_draws_up_a_month_and_changes_a_day(cast):
    page = opened(cast, "head_a")
    assert (page.phase, page.view.code, page.view.count) == ("ready", A, 0)
    page.ask_draw()
    chosen = [(one.name, one.chosen) for one in page.order]
    assert chosen == [("龚丽", True), ("姜龙", True), ("罗强", False)]
    page.move_up(cast.people["leader_a"])
    page.move_up(cast.people["leader_a"])
    page.move_up(cast.people["leader_a"])
    assert [one.name for one in page.order] == ["罗强", "龚丽", "姜龙"]
    leader = {f"person-{cast.people['leader_a']}": "on"}
    click(page.draw(filled(page, **leader, **{"to-0": ""})))
    assert (page.form_said.code, page.drawing) == ("rota.bad_hours", True)
    click(page.draw(filled(page, **leader)))
    assert (page.drawing, page.drawn.made, page.view.count) == (False, 23, 23)
    assert page.view.days[0].shifts[0].name == "罗强"
    page.open_day("2026-12-01")
    shift = page.view.days[0].shifts[0]
    click(page.give(shift.id, str(cast.people["member_a"])))
    assert page.view.days[0].shifts[0].name == "姜龙"
    click(page.add({"person": str(cast.people["head_a"]), "starts": "20:00", "ends": "08:00"}))
    assert [one.hours for one in page.view.days[0].shifts] == ["08:30–17:30", "20:00–08:00 +1"]
    click(page.take_off(shift.id))
    assert len(page.view.days[0].shifts) == 1
    page.ask_draw()
    click(page.draw(filled(page)))
    assert page.form_said.code == "rota.there_already"
    click(page.draw(filled(page, replace="on")))
    assert (page.form_said.code, page.drawn.replaced) == ("", 23)


def test_a_secretary_copies_the_month_before(cast):
    with transaction() as session:
        draw(session, cast)
    page = opened(cast, "secretary")
    click(page.pick(A))
    click(page.go("2027-01"))
    page.ask_draw()
    click(page.copy_last({}))
    assert (page.form_said.code, page.drawing) == ("", False)
    assert page.view.count == page.drawn.made > 0


def test_an_officer_lets_boards_show_the_list(cast):
    page = opened(cast, "officer")
    click(page.pick(STREET))
    assert (page.view.may_show, page.view.on_board) == (True, False)
    click(page.show_boards(True))
    assert page.view.on_board
    click(page.pick(COMMUNITY))
    assert not page.view.may_show


def test_a_member_looks_and_changes_nothing(cast):
    with transaction() as session:
        draw(session, cast)
        shift_id = add(session, cast).id
    page = opened(cast, "member_a")
    assert (page.view.count, page.view.may_set) == (23, False)
    page.ask_draw()
    click(page.draw(filled(page, **{f"person-{cast.people['member_a']}": "on"})))
    assert page.form_said.code in ("access.outside_grid", "rota.no_people")
    click(page.take_off(shift_id))
    assert page.form_said.code == "access.outside_grid"
    click(page.give(shift_id, str(cast.people["head_a"])))
    assert page.form_said.code == "access.outside_grid"


def test_a_neighbour_sees_nothing_of_ours(cast):
    with transaction() as session:
        draw(session, cast)
    page = opened(cast, "member_b")
    click(page.pick(A))
    assert page.said.code == "access.outside_grid"
    assert page.view.code == B
    assert "姜龙" not in sent(page)


@pytest.mark.parametrize("who", ["resident", "leader_a"])
def test_who_may_not_look_is_sent_home(cast, who):
    assert goes_to(click(tab(RotaState, cast.tokens[who]).load())) == ["/"]


def test_nobody_is_sent_to_the_log_in(cast):
    assert goes_to(click(tab(RotaState).load())) == ["/login"]
    assert goes_to(click(tab(RotaState).take_off(1))) == ["/login"]


@pytest.mark.parametrize(
    "handler",
    ["pick", "go", "open_day", "move_up", "draw", "copy_last", "add", "take_off", "show_boards"],
)
def test_any_argument_is_answered(cast, handler):
    page = opened(cast, "secretary")
    page.ask_draw()
    for nonsense in NONSENSE:
        click(getattr(page, handler)(nonsense))
        click(page.give(nonsense, nonsense))
        assert page.phase == "ready"
        assert page.said.code in ("", "grids.unknown")
        assert page.form_said.code not in ("server_error",), nonsense
    with reading() as session:
        assert session.exec(select(Shift)).all() == []
        assert session.exec(select(RotaSetting).where(RotaSetting.on_board)).all() == []
