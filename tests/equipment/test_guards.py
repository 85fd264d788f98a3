"""Guard posts: their class by guards, who comes to whose help, what the register says of it."""

import pytest

from firegrid_app.equipment.guards import MOST_NEIGHBOURS, Post, class_of, lines, neighbours
from firegrid_app.equipment.service import equipment_of
from firegrid_app.equipment.tables import Equipment
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place
from tests.cast import SIDE, SOUTH, WEST, A
from tests.equipment.test_register import NOW, TODAY, add, view

METRE = 1 / 111_000
"""Of latitude."""


def post(number, metres):
    return Post(number, f"岗{number}", 29.35 + metres * METRE, 105.9)


@pytest.mark.parametrize(
    ("guards", "size"), [(1, "small"), (9, "small"), (10, "medium"), (19, "medium"), (20, "large")]
)
def test_the_class_follows_from_the_guards(guards, size):
    assert class_of(guards) == size


def test_the_nearest_come_first_and_none_from_afar():
    found = neighbours([post(1, 0), post(2, 300), post(3, 100), post(4, 2_000)])
    assert [one.id for one in found[1]] == [3, 2]
    assert found[1][0].metres == pytest.approx(100, abs=2)
    assert found[4] == ()
    assert lines(found) == [(1, 2), (1, 3), (2, 3)]


def test_of_many_the_nearest_few():
    found = neighbours([post(number, number * 50) for number in range(1, 8)])
    assert all(len(some) == MOST_NEIGHBOURS for some in found.values())


def test_two_at_one_place_are_neighbours_and_nobody_is_their_own():
    found = neighbours([post(1, 0), post(2, 0)])
    assert [(one.id, one.metres) for one in found[1]] == [(2, 0)]
    assert neighbours([post(1, 0)]) == {1: ()}


def guard_post(session, grid_id, name, lon, guards, **more):
    session.add(
        Equipment(code=name, kind="guard_post", name=name, grid_id=grid_id, amount=guards,
                  lat=SOUTH + SIDE / 2, lon=lon, every_months=1, **more)
    )  # fmt: skip
    session.flush()


def test_the_register_names_the_neighbours_beyond_the_grids_edge(session, cast):
    guard_post(session, cast.grids["a"], "东门岗", WEST + SIDE * 0.9, 12)
    guard_post(session, cast.grids["b"], "商场岗", WEST + SIDE * 1.1, 25)
    guard_post(session, cast.grids["b"], "撤了的岗", WEST + SIDE, 5, ends_on=TODAY)
    (row,) = view(session, cast, which="all", code=A).rows
    assert (row.size, row.amount) == ("medium", 12)
    assert row.joint.startswith("商场岗 ")
    assert row.joint.endswith(" m")
    assert "撤了的岗" not in row.joint


def test_a_guard_post_is_added_like_any_piece(session, cast):
    piece = add(session, cast, kind="guard_post", name="大门岗", amount="8", tested_on=None)
    assert (piece.every_months, piece.next_on) == (1, None)
    assert view(session, cast, which="never").rows[0].size == "small"
    assert NOW.date() == TODAY


def test_a_phone_knows_where_a_piece_stands(session, cast):
    """On its own spot, else at its premises or check point: the phone's map is drawn from this."""
    add(session, cast, spot=f"place:{cast.places['a']}", name="旅馆里的")
    guard_post(session, cast.grids["a"], "东门岗", WEST + SIDE * 0.9, 12)
    place = session.get(Place, cast.places["a"])
    cards = equipment_of(session, [session.get(Grid, cast.grids["a"])], TODAY)
    assert {one.name: (one.lat, one.lon) for one in cards} == {
        "旅馆里的": (place.lat, place.lon),
        "东门岗": (SOUTH + SIDE / 2, WEST + SIDE * 0.9),
    }
