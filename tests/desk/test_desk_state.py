"""The desk's state: what it shows to whom, and what it refuses whoever calls its handlers."""

from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.people import switch_off
from firegrid_app.access.tables import Person
from firegrid_app.database import transaction
from firegrid_app.desk import state as desk_state
from firegrid_app.desk.state import DeskState
from tests.cast import COMMUNITY, MONDAY_MORNING, OTHER_COMMUNITY, STREET, A, B, C
from tests.factories import report, walk
from tests.tabs import click, goes_to, sent, settle, tab

NONSENSE = (None, 7, -1, 10**30, 1.5, True, "", "%", "x" * 5000, [], ["a"], {}, {"code": "a"})


def opened(cast, who):
    desk = tab(DeskState, cast.tokens[who])
    click(desk.load())
    return desk


def codes(desk):
    return [row.code for row in desk.rows]


def test_a_secretary_sees_the_grids_of_the_community(cast):
    desk = opened(cast, "secretary")
    assert desk.phase == "ready"
    assert codes(desk) == [A, B]
    assert [pick.code for pick in desk.picks] == [COMMUNITY]
    assert (desk.head.name, desk.head.as_of, desk.head.is_workday) == ("小桥子社区", "10:00", True)


def test_an_officer_begins_with_the_street_and_can_open_each_community(cast):
    desk = opened(cast, "officer")
    assert codes(desk) == [A, B, C]
    assert [pick.code for pick in desk.picks] == [STREET, COMMUNITY, OTHER_COMMUNITY]
    click(desk.pick(OTHER_COMMUNITY))
    assert codes(desk) == [C]


def test_a_member_sees_the_own_grid_and_nothing_of_the_neighbours(cast):
    desk = opened(cast, "member_b")
    assert codes(desk) == [B]
    assert A not in sent(desk)
    assert "第1网格" not in sent(desk)


def test_tallies_rows_and_figures_agree(cast):
    with transaction() as session:
        walk(session, cast.actor("member_a"), MONDAY_MORNING, 0)
        report(session, cast.actor("member_a"))
    desk = opened(cast, "officer")
    assert sum(tally.grids for tally in desk.tallies) == desk.head.grids == desk.matches == 3
    assert desk.head.open == sum(row.open for row in desk.rows) == 1


def test_nobody_is_sent_to_the_log_in_and_gets_nothing(cast):
    desk = tab(DeskState, None)
    assert goes_to(click(desk.load())) == ["/login"]
    assert codes(desk) == []
    assert "社区" not in sent(desk)


@pytest.mark.parametrize("who", ["leader_a", "resident"])
def test_who_looks_over_no_grid_is_sent_home(cast, who):
    desk = tab(DeskState, cast.tokens[who])
    assert goes_to(click(desk.load())) == ["/"]
    assert codes(desk) == []


def test_switched_off_is_out_at_the_next_click_and_keeps_nothing(cast):
    desk = opened(cast, "secretary")
    settle(desk)
    with transaction() as session:
        switch_off(session, cast.actor("officer"), cast.people["secretary"], MONDAY_MORNING)
    assert goes_to(click(desk.refresh())) == ["/login"]
    assert codes(desk) == []
    assert "小桥子" not in sent(desk)


@pytest.mark.parametrize("code", [OTHER_COMMUNITY, STREET, C])
def test_a_grid_out_of_reach_is_refused_and_the_desk_stays_as_it_was(cast, code):
    desk = opened(cast, "secretary")
    settle(desk)
    click(desk.pick(code))
    assert desk.said.code == "access.outside_grid"
    assert (desk.code, codes(desk)) == (COMMUNITY, [A, B])
    assert "泸州街" not in sent(desk)


def test_an_unknown_grid_is_refused_with_its_code(cast):
    desk = opened(cast, "secretary")
    click(desk.pick("999"))
    assert (desk.said.code, desk.said.gaps) == ("grids.unknown", {"code": "999"})
    click(desk.refresh())
    assert desk.said.code == ""


@pytest.mark.parametrize("name", ["pick", "narrow", "search", "turn"])
def test_a_handler_called_with_nonsense_shows_nothing_foreign(cast, name):
    desk = opened(cast, "secretary")
    for argument in NONSENSE:
        click(getattr(desk, name)(argument))
        assert set(codes(desk)) <= {A, B}, argument
        assert desk.phase == "ready"
        assert desk.said.code in ("", "grids.unknown")
        click(desk.show_all())
        assert codes(desk) == [A, B], argument


@pytest.mark.parametrize("name", ["refresh", "show_all"])
@pytest.mark.parametrize("who", [None, "resident"])
def test_every_handler_asks_who_is_asking(cast, name, who):
    desk = tab(DeskState, cast.tokens[who] if who else None)
    assert goes_to(click(getattr(desk, name)()))
    for handler, argument in (
        ("pick", COMMUNITY),
        ("narrow", "done"),
        ("search", "龚"),
        ("turn", 1),
    ):
        assert goes_to(click(getattr(desk, handler)(argument)))
    assert "社区" not in sent(desk)


def test_narrowing_twice_shows_all_again(cast):
    with transaction() as session:
        walk(session, cast.actor("member_a"), MONDAY_MORNING.replace(hour=0), 30)
    desk = opened(cast, "secretary")
    click(desk.narrow("under_target"))
    assert codes(desk) == [A]
    click(desk.narrow("under_target"))
    assert codes(desk) == [B, A], "what matters most comes first"


@pytest.mark.parametrize(
    ("words", "found"), [("第2", [B]), ("何芳", [B]), (A, [A]), ("无此", []), ("%", [])]
)
def test_the_list_is_searched_by_name_holder_and_code(cast, words, found):
    desk = opened(cast, "secretary")
    click(desk.search(words))
    assert codes(desk) == found
    assert desk.matches == len(found)


def test_a_minute_in_which_nothing_happened_sends_almost_nothing(cast, clock):
    desk = opened(cast, "officer")
    settle(desk)
    clock.forward(minutes=1)
    click(desk.refresh())
    assert "第1网格" not in sent(desk)
    assert len(sent(desk)) < 700
    assert desk.head.as_of == "10:01"


def test_nothing_private_travels(cast):
    with transaction() as session:
        hashes = [person.password_hash for person in session.exec(select(Person))]
    for who in ("officer", "secretary", "member_a"):
        travelled = sent(opened(cast, who))
        for private in (*hashes, "password", "1380000", "token-of", cast.tokens[who], "elderly"):
            assert private not in travelled


def test_a_fault_is_told_in_a_plain_sentence_and_the_old_figures_stay(cast, monkeypatch):
    desk = opened(cast, "secretary")

    def broken(*_):
        raise ZeroDivisionError("SELECT secret")

    monkeypatch.setattr(desk_state, "desk_view", broken)
    click(desk.refresh())
    assert desk.said.code == "server_error"
    assert codes(desk) == [A, B]
    assert "secret" not in sent(desk)


def test_a_desk_that_never_came_says_so(cast, monkeypatch):
    desk = tab(DeskState, cast.tokens["secretary"])

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(desk_state, "desk_view", broken)
    click(desk.load())
    assert (desk.phase, desk.said.code) == ("broken", "server_error")


def test_a_desk_left_in_a_grid_lost_since_opens_the_highest_in_reach(cast):
    desk = opened(cast, "officer")
    desk.code = "500118004"
    click(desk.load())
    assert (desk.said.code, desk.code) == ("", STREET)


def test_another_day_and_back(cast):
    with transaction() as session:
        walk(session, cast.actor("member_a"), MONDAY_MORNING - timedelta(days=3), 30)
    desk = opened(cast, "officer")
    assert (desk.day, desk.head.is_today, desk.head.minutes) == ("", True, 0)
    click(desk.go_to_day("2026-11-20"))
    assert (desk.day, desk.head.is_today, desk.head.minutes) == ("2026-11-20", False, 30)
    click(desk.set_week(True))
    assert (desk.week, desk.head.minutes, desk.head.first.date) == (True, 30, 16)
    click(desk.set_week(False))
    click(desk.go_to_day(""))
    assert (desk.day, desk.head.is_today) == ("", True)


def test_a_day_to_come_is_refused_and_the_day_before_stays(cast):
    desk = opened(cast, "officer")
    click(desk.go_to_day("2026-11-20"))
    click(desk.go_to_day("2026-11-25"))
    assert (desk.said.code, desk.day, desk.phase) == ("desk.no_such_day", "2026-11-20", "ready")


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_days_of_nonsense_break_nothing(cast, nonsense):
    desk = opened(cast, "officer")
    click(desk.go_to_day(nonsense))
    click(desk.set_week(nonsense))
    assert desk.phase == "ready"
    assert codes(desk) == [A, B, C]


@pytest.mark.parametrize(
    ("who", "may"), [("officer", True), ("secretary", False), ("member_a", False)]
)
def test_the_way_to_draw_grids_is_shown_to_who_may(cast, who, may):
    assert opened(cast, who).head.may_draw is may


@pytest.mark.parametrize(("who", "there"), [("officer", True), ("administrator", False)])
def test_the_way_to_the_work_record_is_shown_where_there_is_one(cast, who, there):
    assert opened(cast, who).head.has_log is there
