"""The tree of grids: the one door to a row, and lists inside one's scope."""

import pytest
import sqlalchemy as sa

from firegrid_app.access.rules import Action
from firegrid_app.grids.service import (
    grid_by_code,
    grid_by_id,
    grid_codes,
    grids_in_scope,
    subtree,
)
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from tests.cast import MONDAY_MORNING, A, B


def keys(cast, grids):
    by_id = {grid_id: key for key, grid_id in cast.grids.items()}
    return [by_id[grid.id] for grid in grids]


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_by_code_and_by_id_lead_to_the_same_row(session, cast):
    member = cast.actor("member_a")
    grid = grid_by_code(session, member, A, Action.RECORD)
    assert grid is grid_by_id(session, member, cast.grids["a"], Action.RECORD)
    assert grid.path == cast.paths["a"]


@pytest.mark.parametrize("who", ["member_b", "other_secretary", "other_officer", "resident"])
def test_the_neighbour_gets_no_row_by_either_door(session, cast, who):
    with refused(r"access\.outside_grid"):
        grid_by_code(session, cast.actor(who), A, Action.SEE_GRID)
    with refused(r"access\.outside_grid"):
        grid_by_id(session, cast.actor(who), cast.grids["a"], Action.SEE_GRID)


def test_a_row_once_loaded_for_one_is_still_refused_to_another(session, cast):
    grid_by_code(session, cast.actor("member_a"), A, Action.RECORD)
    with refused(r"access\.outside_grid"):
        grid_by_code(session, cast.actor("member_b"), A, Action.RECORD)


def test_a_right_in_the_grid_is_not_every_right_in_it(session, cast):
    with refused(r"access\.outside_grid"):
        grid_by_code(session, cast.actor("member_a"), A, Action.CLOSE_HAZARD)


def test_an_unknown_grid_is_named_and_never_at_length(session, cast):
    with refused(r"grids\.unknown") as caught:
        grid_by_code(session, cast.actor("administrator"), "9" * 500, Action.SEE_GRID)
    assert caught.value.details == {"code": "9" * 30}
    with refused(r"grids\.unknown"):
        grid_by_id(session, cast.actor("administrator"), 999_999, Action.SEE_GRID)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("administrator", ["county", "street", "community", "a", "b", "other_community", "c",
                           "other_street"]),
        ("officer", ["street", "community", "a", "b", "other_community", "c"]),
        ("department", ["street", "community", "a", "b", "other_community", "c"]),
        ("secretary", ["community", "a", "b"]),
        ("other_secretary", ["other_community", "c"]),
        ("head_a", ["a"]),
        ("member_b", ["b"]),
        ("leader_a", []),
        ("resident", []),
    ],
)  # fmt: skip
def test_each_sees_the_own_part_of_the_tree(session, cast, who, seen):
    assert keys(cast, grids_in_scope(session, cast.actor(who), Action.SEE_GRID)) == seen


def test_one_level_of_the_scope_can_be_asked_for(session, cast):
    found = grids_in_scope(session, cast.actor("officer"), Action.SEE_GRID, level=2)
    assert keys(cast, found) == ["community", "other_community"]


def test_a_grid_that_is_no_longer_valid_is_in_no_list(session, cast):
    session.get(Grid, cast.grids["b"]).valid_to = MONDAY_MORNING.date()
    session.flush()
    community = session.get(Grid, cast.grids["community"])
    assert keys(cast, subtree(session, community)) == ["community", "a"]
    assert keys(cast, grids_in_scope(session, cast.actor("secretary"), Action.SEE_GRID)) == [
        "community",
        "a",
    ]


def test_the_subtree_is_the_grid_and_all_below_in_tree_order(session, cast):
    street = session.get(Grid, cast.grids["street"])
    assert keys(cast, subtree(session, street)) == [
        "street",
        "community",
        "a",
        "b",
        "other_community",
        "c",
    ]
    assert keys(cast, subtree(session, street, level=3)) == ["a", "b", "c"]


def test_a_code_that_begins_like_another_is_in_nobody_elses_subtree(session, cast):
    b = session.get(Grid, cast.grids["b"])
    session.add(
        Grid(
            code=f"{B}0",
            name="像第2网格",
            level=3,
            parent_id=b.parent_id,
            path=f"{cast.paths['community']}{B}0/",
            valid_from=b.valid_from,
        )
    )
    session.flush()
    assert keys(cast, subtree(session, b)) == ["b"]


def test_signs_of_like_in_a_path_are_taken_literally(session, cast):
    a = session.get(Grid, cast.grids["a"])
    percent = Grid(code="%", name="%", level=3, path="%/", valid_from=a.valid_from)
    session.add(percent)
    session.flush()
    assert [grid.code for grid in subtree(session, percent)] == ["%"]


def test_codes_by_id(session, cast):
    assert grid_codes(session, {cast.grids["a"], 999_999}) == {cast.grids["a"]: A}


@pytest.mark.parametrize(
    "changes", [{"code": A}, {"path": "x/"}, {"level": 4}], ids=["code", "path", "level"]
)
def test_the_database_refuses_a_second_code_or_path_and_a_fifth_level(session, cast, changes):
    session.add(Grid(code="x", name="x", level=3, path="x/", valid_from=MONDAY_MORNING.date()))
    session.flush()
    values = {"code": "y", "level": 3, "path": "y/"} | changes
    session.add(Grid(name="y", valid_from=MONDAY_MORNING.date(), **values))
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()
