"""A plan drawn: which doors a building has, and which plans are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firegrid_app.households.rules import (
    HIGHEST,
    MOST_DOORS,
    DoorPlace,
    Plan,
    drawn,
    storeys_in_words,
    what_is_wrong,
)


def plan(style="digits", units=1, first=1, last=6, per_floor=2):
    return Plan(style, units, first, last, per_floor)


def test_floors_times_doors_are_drawn_stair_by_stair_from_the_ground_up():
    doors = drawn(plan(units=2, last=2))
    assert doors[:3] == [
        DoorPlace("1单元", 1, "101"),
        DoorPlace("1单元", 1, "102"),
        DoorPlace("1单元", 2, "201"),
    ]
    assert len(doors) == 8
    assert {door.unit for door in drawn(plan(units=0))} == {""}


def test_storeys_below_ground_have_no_storey_nought_between():
    assert [door.room for door in drawn(plan(first=-1, last=1, per_floor=1))] == ["B101", "101"]


def test_doors_can_be_lettered_and_a_village_runs_on():
    assert [door.room for door in drawn(plan("letters", first=3, last=3, per_floor=3))] == [
        "3A", "3B", "3C",
    ]  # fmt: skip
    houses = drawn(plan("village", per_floor=45))
    assert (houses[0], houses[-1].room, len(houses)) == (DoorPlace("", 1, "1"), "45", 45)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (plan(first=0, last=0), "households.bad_floors"),
        (plan(last=0), "households.bad_floors"),
        (plan(last=400), "households.bad_floors"),
        (plan(first=6, last=5), "households.bad_floors"),
        (plan(per_floor=0), "households.bad_per_floor"),
        (plan(units=-1), "households.bad_units"),
        (plan(units=21), "households.bad_units"),
        (plan(units=20, last=60), "households.too_many_doors"),
        (plan("village", per_floor=0), "households.bad_houses"),
        (plan("roman"), "households.bad_style"),
    ],
)
def test_a_building_that_cannot_be_is_refused_by_name(wrong, code):
    assert what_is_wrong(wrong)[0] == code


numbers = some.integers(-10, 200)


@given(some.builds(plan, some.sampled_from(["digits", "letters", "village"]), *[numbers] * 4))
def test_a_good_plan_gives_different_doors_and_no_more_than_one_can_look_at(found):
    if what_is_wrong(found) is not None:
        return
    doors = drawn(found)
    assert 0 < len(doors) <= MOST_DOORS
    assert len(set(doors)) == len(doors) == len({door.key for door in doors})
    assert all(door.floor and door.floor <= HIGHEST and len(door.room) <= 30 for door in doors)


def test_storeys_are_told_as_people_write_them():
    assert storeys_in_words([3, 1, 2, 2, 6]) == "1-3、6"
    assert storeys_in_words([-1, 1, 2]) == "-1-2"
    assert storeys_in_words([]) == ""
