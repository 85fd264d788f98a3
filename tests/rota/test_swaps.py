"""Swaps: asked, answered, taken back; within one list and before the shift begins."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import Person
from firegrid_app.rota.changing import drop_shift, give_shift
from firegrid_app.rota.month import rota_view
from firegrid_app.rota.swapping import answer_swap, ask_swap, choices, open_swaps, withdraw_swap
from firegrid_app.rota.tables import ShiftChange
from tests.cast import A, B
from tests.factories import NOW
from tests.rota.lists import add, listed, refused


@pytest.fixture
def pair(session, cast):
    """member_a on Tuesday, leader_a on Wednesday."""
    tuesday = add(session, cast)
    wednesday = add(session, cast, "leader_a", day=date(2026, 11, 25))
    return tuesday, wednesday


def ask(session, cast, shift, who="member_a", person=None, other=None, words="", now=NOW):
    return ask_swap(
        session,
        cast.actor(who),
        shift_id=shift.id if shift else 2**31 - 1,
        person_id=cast.people[person] if person else None,
        other_shift_id=other.id if other else None,
        words=words,
        now=now,
    )


def test_two_exchange_their_shifts_once_the_other_says_yes(session, cast, pair):
    swap = ask(session, cast, pair[0], other=pair[1], words="  孩子 家长会 ")
    assert swap.words == "孩子 家长会"
    assert listed(session, cast) == [("11-24", "member_a"), ("11-25", "leader_a")]
    (asked,) = open_swaps(session, cast.actor("leader_a"), NOW)
    assert (asked.own, asked.name, asked.words) == (False, "姜龙", "孩子 家长会")
    (mine,) = open_swaps(session, cast.actor("member_a"), NOW)
    assert (mine.own, mine.name) == (True, "罗强")
    answer_swap(session, cast.actor("leader_a"), swap.id, True, NOW)
    assert listed(session, cast) == [("11-24", "leader_a"), ("11-25", "member_a")]
    assert open_swaps(session, cast.actor("leader_a"), NOW) == []
    changes = session.exec(select(ShiftChange)).all()
    assert {(one.what, one.by_id) for one in changes} == {("swapped", cast.people["leader_a"])}
    (line,) = rota_view(session, cast.actor("head_a"), A, "2026-11", NOW).swaps
    assert (line.answer, line.asked_by, line.shift, line.other) == (
        "yes", "姜龙", "11-24 08:30–17:30", "11-25 08:30–17:30",
    )  # fmt: skip


def test_somebody_steps_in(session, cast, pair):
    swap = ask(session, cast, pair[0], person="head_a")
    answer_swap(session, cast.actor("head_a"), swap.id, True, NOW)
    assert listed(session, cast)[0] == ("11-24", "head_a")


def test_no_is_no(session, cast, pair):
    swap = ask(session, cast, pair[0], other=pair[1])
    answer_swap(session, cast.actor("leader_a"), swap.id, False, NOW)
    assert listed(session, cast)[0] == ("11-24", "member_a")
    with refused("rota.swap_over"):
        answer_swap(session, cast.actor("leader_a"), swap.id, True, NOW)
    # And one may ask somebody else then.
    ask(session, cast, pair[0], person="head_a")


def test_what_was_asked_can_be_taken_back(session, cast, pair):
    swap = ask(session, cast, pair[0], other=pair[1])
    with refused("rota.unknown_swap"):
        withdraw_swap(session, cast.actor("leader_a"), swap.id, NOW)
    withdraw_swap(session, cast.actor("member_a"), swap.id, NOW)
    with refused("rota.swap_over"):
        answer_swap(session, cast.actor("leader_a"), swap.id, True, NOW)
    with refused("rota.swap_over"):
        withdraw_swap(session, cast.actor("member_a"), swap.id, NOW)


def test_only_who_was_asked_answers(session, cast, pair):
    swap = ask(session, cast, pair[0], other=pair[1])
    for who in ("member_a", "head_a", "member_b", "secretary"):
        with refused("rota.unknown_swap"):
            answer_swap(session, cast.actor(who), swap.id, True, NOW)
    with refused("rota.unknown_swap"):
        answer_swap(session, cast.actor("leader_a"), 2**31 - 1, True, NOW)


def test_one_asks_only_for_a_shift_of_ones_own(session, cast, pair):
    for who in ("head_a", "member_b", "leader_a"):
        with refused("rota.not_yours"):
            ask(session, cast, pair[0], who=who, person="head_a")
        with refused("rota.not_yours"):
            choices(session, cast.actor(who), pair[0].id, NOW)
    with refused("rota.unknown"):
        ask(session, cast, None, person="head_a")
    with refused("rota.unknown"):
        ask(session, cast, pair[0])


def test_nobody_swaps_with_themselves_or_with_another_list(session, cast, pair):
    own = add(session, cast, day=date(2026, 11, 26))
    neighbour = add(session, cast, "member_b", by="secretary", grid_code=B, day=date(2026, 11, 27))
    with refused("rota.with_self"):
        ask(session, cast, pair[0], person="member_a")
    with refused("rota.with_self"):
        ask(session, cast, pair[0], other=own)
    with refused("rota.other_grid"):
        ask(session, cast, pair[0], other=neighbour)
    with refused("rota.not_here"):
        ask(session, cast, pair[0], person="member_b")
    with refused("rota.not_here"):
        ask(session, cast, pair[0], person="switched_off")


def test_a_shift_that_has_begun_is_not_swapped(session, cast, pair):
    later = NOW + timedelta(days=1)
    with refused("rota.begun"):
        ask(session, cast, pair[0], other=pair[1], now=later)
    swap = ask(session, cast, pair[0], other=pair[1])
    with refused("rota.swap_over"):
        answer_swap(session, cast.actor("leader_a"), swap.id, True, later)
    with refused("rota.begun"):
        ask(session, cast, pair[1], who="leader_a", other=pair[0], now=later)
    with refused("rota.begun"):
        choices(session, cast.actor("member_a"), pair[0].id, later)


def test_a_swap_that_would_put_somebody_on_twice_is_refused_when_asked_and_when_answered(
    session, cast, pair
):
    add(session, cast, "leader_a")
    with refused("rota.overlap"):
        ask(session, cast, pair[0], other=pair[1])
    swap = ask(session, cast, pair[0], person="head_a")
    add(session, cast, "head_a")
    with refused("rota.overlap"):
        answer_swap(session, cast.actor("head_a"), swap.id, True, NOW)


def test_two_shifts_at_overlapping_hours_can_be_exchanged(session, cast):
    """Each gives up the very shift that would stand in the way."""
    day = add(session, cast)
    late = add(session, cast, "leader_a", starts="16:00", ends="22:00")
    swap = ask(session, cast, day, other=late)
    answer_swap(session, cast.actor("leader_a"), swap.id, True, NOW)
    assert listed(session, cast) == [("11-24", "leader_a"), ("11-24", "member_a")]


def test_one_swap_at_a_time(session, cast, pair):
    ask(session, cast, pair[0], other=pair[1])
    with refused("rota.swap_stands"):
        ask(session, cast, pair[0], person="head_a")
    with refused("rota.swap_stands"):
        ask(session, cast, pair[1], who="leader_a", person="head_a")


def test_what_the_leader_changes_ends_a_swap(session, cast, pair):
    swap = ask(session, cast, pair[0], other=pair[1])
    give_shift(session, cast.actor("head_a"), pair[0].id, cast.people["head_a"], NOW)
    assert open_swaps(session, cast.actor("leader_a"), NOW) == []
    (line,) = rota_view(session, cast.actor("head_a"), A, "2026-11", NOW).swaps
    assert line.answer == "lapsed"
    with refused("rota.swap_over"):
        answer_swap(session, cast.actor("leader_a"), swap.id, True, NOW)
    # It stands in nobody's way.
    ask(session, cast, pair[1], who="leader_a", person="member_a")
    drop_shift(session, cast.actor("head_a"), pair[1].id, NOW)
    with refused("rota.unknown"):
        ask(session, cast, pair[1], who="leader_a", person="member_a")


def test_the_choices_are_the_people_and_shifts_of_that_list(session, cast, pair):
    add(session, cast, "member_b", by="secretary", grid_code=B, day=date(2026, 11, 27))
    found = choices(session, cast.actor("member_a"), pair[0].id, NOW)
    assert {one.name for one in found.people} == {"龚丽", "罗强"}
    assert [one.name for one in found.shifts] == ["罗强"]
    session.get(Person, cast.people["leader_a"]).switched_off_at = NOW
    session.flush()
    found = choices(session, cast.actor("member_a"), pair[0].id, NOW)
    assert {one.name for one in found.people} == {"龚丽"}
    assert found.shifts == ()


def test_by_the_routes(session, cast, door, pair):
    session.commit()
    mine, asked, neighbour = door("member_a"), door("leader_a"), door("member_b")
    found = mine.get(f"/api/rota/shifts/{pair[0].id}/choices").json()
    body = {"shift": pair[0].id, "other_shift": found["shifts"][0]["id"], "words": "换一下"}
    assert neighbour.post("/api/rota/swaps", json=body).status_code == 403
    made = mine.post("/api/rota/swaps", json=body)
    assert made.status_code == 201
    swap = made.json()["id"]
    assert mine.post("/api/rota/swaps", json=body).json()["code"] == "rota.swap_stands"
    answer = f"/api/rota/swaps/{swap}/answer"
    assert neighbour.post(answer, json={"yes": True}).status_code == 404
    assert asked.post(answer, json={"yes": "yes"}).status_code == 422
    assert asked.post(answer, json={"yes": True}).status_code == 204
    assert mine.delete(f"/api/rota/swaps/{swap}").status_code == 409
    session.expire_all()
    session.rollback()
    assert listed(session, cast)[0] == ("11-24", "leader_a")
    for nonsense in ({}, {"shift": 0}, {"shift": 2**31}, {"shift": pair[0].id, "more": 1}, []):
        assert mine.post("/api/rota/swaps", json=nonsense).status_code == 422
