"""Grids drawn anew, split, merged, ended by date: nothing half-done, old days as they were."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import Post
from firegrid_app.database import transaction
from firegrid_app.desk.cards import Asked
from firegrid_app.desk.service import overview
from firegrid_app.grids.bodies import Wanted
from firegrid_app.grids.changing import apply_due, change, drop, some_are_due
from firegrid_app.grids.history import drawings_on
from firegrid_app.grids.looking import changes_below, neighbourhood
from firegrid_app.grids.service import subtree
from firegrid_app.grids.tables import Grid, GridChange, PastOutline
from firegrid_app.maps.outlines import map_grids
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.refusals import Refused
from firegrid_app.texts import LANGUAGES, refusal
from firegrid_app.visits.tables import Household
from tests.cast import COMMUNITY, COUNTY, SIDE, SOUTH, STREET, WEST, A, B, C, outline
from tests.factories import NOW, report, walk
from tests.maps.reading import codes_of

TODAY = date(2026, 11, 23)
NORTH = SOUTH + SIDE
CUT = [(WEST + 0.0005, SOUTH - 0.001), (WEST + 0.0005, NORTH + 0.001)]
"""Through grid a from outside to outside: the smaller part is the western quarter."""


def do(session, cast, who="officer", confirm=True, now=NOW, **wanted):
    card = change(session, cast.actor(who), Wanted(**wanted), now, confirm=confirm)
    session.flush()
    return card


def split(session, cast, **more):
    values = {"kind": "split", "code": A, "line": CUT, "new_code": "A9", "new_name": "西片"}
    return do(session, cast, **values | more)


def grid(session, code):
    return session.exec(select(Grid).where(Grid.code == code)).one()


def refused(session, cast, **wanted):
    with pytest.raises(Refused) as found:
        do(session, cast, **wanted)
    return found.value.code


def corners(west, east):
    return {"type": "Polygon", "coordinates": [[
        [west, SOUTH], [east, SOUTH], [east, NORTH], [west, NORTH], [west, SOUTH]]]}  # fmt: skip


def shifted(by):
    """The edge between a and b moved east, in both."""
    middle = WEST + SIDE + by
    return {A: corners(WEST, middle), B: corners(middle, WEST + 2 * SIDE)}


def test_a_split_makes_two_that_fill_the_one(session, cast):
    card = split(session, cast, buildings=["1栋"])
    assert (card.applied, card.drawn, card.from_on) == (True, 2, "2026-11-23")
    fresh = grid(session, "A9")
    assert (fresh.name, fresh.level, fresh.parent_id) == ("西片", 3, cast.grids["community"])
    assert fresh.path == cast.paths["community"] + "A9/"
    assert fresh.valid_from == TODAY
    whole = sorted(
        {x for code in (A, "A9") for x, _ in grid(session, code).outline["coordinates"][0]}
    )
    assert whole == pytest.approx([WEST, WEST + 0.0005, WEST + SIDE])


def test_what_lies_in_the_new_part_goes_along_and_records_stay(session, cast):
    hazard = report(session, cast.actor("member_a"))
    place = session.get_one(Place, cast.places["a"])
    place.lon = WEST + 0.0002
    session.flush()
    card = split(session, cast, buildings=["1栋"])
    new = grid(session, "A9").id
    assert (card.moved.places, card.moved.doors) == (1, 6)
    assert place.grid_id == new
    point = session.get_one(CheckPoint, cast.check_points["a2"])
    session.refresh(point)
    assert point.grid_id == new
    assert hazard.grid_id == cast.grids["a"]
    doors = session.exec(select(Household.grid_id).where(Household.building == "1栋")).all()
    assert set(doors) == {new, cast.grids["b"], cast.grids["c"]}


def test_old_days_keep_their_outlines_and_their_records(session, cast):
    friday = NOW - timedelta(days=3)
    walk(session, cast.actor("member_a"), friday, 30)
    before = map_grids(session, cast.actor("officer"), STREET, NOW)
    split(session, cast)
    then = Asked("2026-11-20")
    officer = cast.actor("officer")
    assert map_grids(session, officer, STREET, NOW, then) == before
    now = map_grids(session, officer, STREET, NOW)
    assert codes_of(now) == [A, B, "A9", C]
    assert now.grids.shapes != before.grids.shapes
    rows = {row.code: row.minutes for row in overview(session, officer, STREET, NOW, then).rows}
    assert rows == {A: 30, B: 0, C: 0}


def test_an_edge_moved_in_both_grids_is_no_gap(session, cast):
    card = do(session, cast, kind="redraw", code=A, outlines=shifted(0.0003))
    assert card.drawn == 2
    was = drawings_on(session, [cast.grids["a"], cast.grids["c"]], TODAY - timedelta(days=1))
    assert was.keys() == {cast.grids["a"]}
    assert was[cast.grids["a"]].outline == outline(0, 1)
    # Twice on one day: only the last stays, and yesterday is still as it was.
    do(session, cast, kind="redraw", code=A, outlines=shifted(0.0001))
    assert drawings_on(session, [cast.grids["a"]], TODAY - timedelta(days=1)) == {
        cast.grids["a"]: was[cast.grids["a"]]
    }
    assert drawings_on(session, [cast.grids["a"]], TODAY) == {}


def test_many_drawings_and_each_day_has_its_own(session, cast):
    for day in range(3):
        do(session, cast, kind="redraw", code=A, outlines=shifted(0.0001 * (day + 1)),
           now=NOW + timedelta(days=10 * day))  # fmt: skip
    east = []
    for day in (-1, 5, 15, 25):
        then = TODAY + timedelta(days=day)
        drawn = drawings_on(session, [cast.grids["a"]], then).get(cast.grids["a"])
        ring = (drawn.outline if drawn else grid(session, A).outline)["coordinates"][0]
        east.append(round(max(x for x, _ in ring) - WEST - SIDE, 5))
    assert east == [0, 0.0001, 0.0002, 0.0003]


@pytest.mark.parametrize(
    ("outlines", "code"),
    [
        ({A: corners(WEST, WEST + SIDE - 0.0005)}, "grids.makes_gap"),
        ({A: corners(WEST, WEST + SIDE + 0.0005)}, "grids.makes_overlap"),
        ({A: corners(WEST - 0.0005, WEST + SIDE)}, "grids.leaves_parent"),
        ({B: corners(WEST, WEST + SIDE)}, "grids.bad_outline"),
        ({A: outline(0, 1), C: outline(2, 3)}, "grids.not_neighbours"),
        ({A: {"type": "Point", "coordinates": [105.9, 29.3]}}, "grids.bad_outline"),
        ({A: {"type": "Polygon", "coordinates": [[[105.9, 29.35], [105.9, 29.35]]]}},
         "grids.bad_outline"),
        ({A: {"type": "Polygon", "coordinates": "everything"}}, "grids.bad_outline"),
        ({A: {"type": "Polygon", "coordinates": [[
            [105.9, 29.35], [105.902, 29.352], [105.902, 29.35], [105.9, 29.352]]]}},
         "grids.crosses_itself"),
        ({A: {"type": "Polygon", "coordinates": [[
            [29.35, 105.9], [29.35, 105.902], [29.352, 105.902], [29.35, 105.9]]]}},
         "grids.axes_swapped"),
        ({A: {"type": "Polygon", "coordinates": [[
            [590000, 3247000], [590100, 3247000], [590100, 3247100], [590000, 3247000]]]}},
         "grids.metres"),
    ],
)  # fmt: skip
def test_what_is_no_good_outline_is_refused_and_nothing_stays(session, cast, outlines, code):
    assert refused(session, cast, kind="redraw", code=A, outlines=outlines) == code
    assert grid(session, A).outline == outline(0, 1)
    assert session.exec(select(PastOutline)).all() == []
    assert session.exec(select(GridChange)).all() == []


def test_an_outline_in_gcj_02_is_refused_for_where_it_lies(session, cast):
    # Drawn on an Amap picture: everything lies half a kilometre off (maps-in-china D.2).
    by = (0.00349, -0.003)
    moved = {code: {"type": "Polygon", "coordinates": [[
        [x + by[0], y + by[1]] for x, y in drawn["coordinates"][0]]]}
        for code, drawn in ((A, outline(0, 1)), (B, outline(1, 2)))}  # fmt: skip
    assert refused(session, cast, kind="redraw", code=A, outlines=moved) in (
        "grids.leaves_parent",
        "grids.makes_gap",
    )


def test_less_than_the_tolerance_is_no_fault(session, cast):
    half_a_metre = 0.000005
    outlines = {A: corners(WEST, WEST + SIDE - half_a_metre)}
    assert do(session, cast, kind="redraw", code=A, outlines=outlines).drawn == 1


@pytest.mark.parametrize(
    "line",
    [
        [],
        [(WEST, SOUTH)],
        [(WEST + 0.0005, SOUTH - 0.001), (WEST + 0.0005, SOUTH + 0.0005)],
        [(0, 0), (1, 1)],
        [(WEST + 0.0005, SOUTH - 0.001), (WEST + 0.0005, NORTH + 0.001),
         (WEST + 0.0015, NORTH + 0.001), (WEST + 0.0015, SOUTH - 0.001)],
    ],
    ids=["none", "a point", "ends inside", "elsewhere", "there and back"],
)  # fmt: skip
def test_a_line_that_does_not_cut_in_two_is_refused(session, cast, line):
    assert refused(
        session, cast, kind="split", code=A, line=line, new_code="A9", new_name="西片"
    ) == ("grids.line_cuts_not_in_two")


@pytest.mark.parametrize(
    ("code", "name", "why"),
    [
        (B, "西片", "grids.code_taken"),
        ("", "西片", "grids.bad_code"),
        ("a b", "西片", "grids.bad_code"),
        ("A9", "", "grids.bad_name"),
        ("A9", "a\x00b", "grids.bad_name"),
    ],
)
def test_a_new_grid_needs_a_code_of_its_own_and_a_name(session, cast, code, name, why):
    found = refused(session, cast, kind="split", code=A, line=CUT, new_code=code, new_name=name)
    assert found == why


def test_a_merger_moves_everything_and_ends_the_other(session, cast):
    for door in session.exec(select(Household).where(Household.grid_id == cast.grids["b"])):
        door.building = "9栋"
    session.flush()
    card = do(session, cast, kind="merge", code=A, other=B)
    assert (card.moved.doors, card.moved.places, card.moved.points, card.moved.posts) == (
        2,
        1,
        1,
        1,
    )
    b = grid(session, B)
    assert b.valid_to == TODAY - timedelta(days=1)
    street = session.get_one(Grid, cast.grids["street"])
    assert [one.code for one in subtree(session, street, level=3)] == [A, C]
    ring = grid(session, A).outline["coordinates"][0]
    assert {round(x, 6) for x, _ in ring} >= {WEST, round(WEST + 2 * SIDE, 6)}
    posts = session.exec(select(Post).where(Post.person_id == cast.people["member_b"])).all()
    assert sorted((post.grid_id, post.starts_on, post.ends_on) for post in posts) == [
        (cast.grids["a"], TODAY, None),
        (cast.grids["b"], date(2026, 3, 1), TODAY - timedelta(days=1)),
    ]
    # Yesterday both were there, each drawn as it was.
    then = map_grids(session, cast.actor("officer"), STREET, NOW, Asked("2026-11-22"))
    assert codes_of(then) == [A, B, C]


def test_a_grid_with_open_hazards_neither_ends_nor_is_swallowed(session, cast):
    for door in session.exec(select(Household).where(Household.grid_id == cast.grids["b"])):
        door.building = "9栋"
    report(session, cast.actor("member_b"), grid_code=B)
    assert refused(session, cast, kind="merge", code=A, other=B) == "grids.open_hazards"


def test_a_grid_that_is_ended_with_open_hazards_is_told_how_many_and_stays(session, cast):
    grid = session.get_one(Grid, cast.grids["c"])
    grid.outline = None  # else its ground is what stands in the way first
    for table in (Place, Household, CheckPoint):
        for row in session.exec(select(table).where(table.grid_id == grid.id)):
            row.grid_id = cast.grids["b"]
            if isinstance(row, Household):
                row.building = "9栋"
    report(session, cast.actor("other_secretary"), grid_code=C)
    report(session, cast.actor("other_secretary"), grid_code=C, words="电线老化")
    with pytest.raises(Refused, match=r"^grids\.open_hazards$") as found:
        do(session, cast, kind="end", code=C)
    assert grid.valid_to is None
    for language in LANGUAGES:
        words = refusal("grids.open_hazards", language, **found.value.details)
        assert grid.name in words
        assert "2" in words


def test_a_second_grid_with_one_code_is_told_which_code_and_nothing_is_made(session, cast):
    before = len(session.exec(select(Grid.id)).all())
    with pytest.raises(Refused, match=r"^grids\.code_taken$") as found:
        do(session, cast, kind="split", code=A, line=CUT, new_code=B, new_name="西片")
    assert len(session.exec(select(Grid.id)).all()) == before
    for language in LANGUAGES:
        assert B in refusal("grids.code_taken", language, **found.value.details)


def test_the_same_door_in_both_is_said_before_anything_moves(session, cast):
    with pytest.raises(Refused, match=r"^grids\.same_doors$") as found:
        do(session, cast, kind="merge", code=A, other=B)
    assert found.value.details["count"] == 2
    assert found.value.details["door"].startswith("1栋 1单元 1")


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"kind": "end", "code": A}, "grids.makes_gap"),
        ({"kind": "end", "code": COMMUNITY}, "grids.has_grids_below"),
        ({"kind": "merge", "code": A, "other": A}, "grids.not_neighbours"),
        ({"kind": "merge", "code": A, "other": C}, "grids.not_neighbours"),
        ({"kind": "merge", "code": COMMUNITY, "other": "500118003002"}, "grids.has_grids_below"),
        ({"kind": "merge", "code": A, "other": "nowhere"}, "grids.unknown"),
        ({"kind": "end", "code": A, "from_on": TODAY - timedelta(days=1)},
         "grids.day_out_of_reach"),
        ({"kind": "end", "code": A, "from_on": TODAY + timedelta(days=181)},
         "grids.day_out_of_reach"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_says_why(session, cast, wanted, why):
    assert refused(session, cast, **wanted) == why


def test_the_topmost_grid_is_not_changed_here(session, cast):
    with pytest.raises(Refused, match=r"^grids\.not_the_topmost$"):
        do(session, cast, who="administrator", kind="end", code=COUNTY)


def test_a_grid_known_by_name_ends_once_it_is_empty(session, cast):
    grid(session, C).outline = None
    session.flush()
    assert refused(session, cast, kind="end", code=C) == "grids.still_holds"
    for table in (CheckPoint, Household):
        for row in session.exec(select(table).where(table.grid_id == cast.grids["c"])):
            row.grid_id = cast.grids["b"]
            if isinstance(row, Household):
                row.building = "9栋"
    session.flush()
    do(session, cast, kind="end", code=C)
    assert refused(session, cast, kind="end", code=C) == "grids.ended_already"


def test_a_trial_says_what_would_happen_and_leaves_nothing(cast):
    with transaction() as session:
        card = do(session, cast, confirm=False, kind="split", code=A, line=CUT, new_code="A9",
                  new_name="西片", buildings=["1栋"])  # fmt: skip
        session.rollback()
    assert (card.applied, card.drawn, card.moved.doors) == (False, 2, 6)
    with transaction() as session:
        assert session.exec(select(Grid).where(Grid.code == "A9")).first() is None
        assert session.exec(select(GridChange)).all() == []


def test_a_plan_waits_for_its_day(cast):
    day = TODAY + timedelta(days=2)
    with transaction() as session:
        card = split(session, cast, from_on=day)
        assert (card.applied, card.from_on) == (False, "2026-11-25")
    with transaction() as session:
        assert session.exec(select(Grid).where(Grid.code == "A9")).first() is None
        assert not some_are_due(session, NOW)
        assert apply_due(session, NOW + timedelta(days=1)) == 0
        later = NOW + timedelta(days=2)
        assert some_are_due(session, later)
        assert apply_due(session, later) == 1
        assert grid(session, "A9").valid_from == day
        assert not some_are_due(session, later)
        (line,) = changes_below(session, cast.actor("officer"), COMMUNITY)
        assert (line.state, line.code, line.other, line.made_by) == ("done", A, "A9", "曹英")


def test_a_plan_that_became_impossible_is_kept_with_its_reason(cast):
    with transaction() as session:
        split(session, cast, from_on=TODAY + timedelta(days=2))
        split(session, cast, line=[(x + 0.0005, y) for x, y in CUT])
    with transaction() as session:
        assert apply_due(session, NOW + timedelta(days=2)) == 0
        states = [(one.state, one.refused) for one in
                  changes_below(session, cast.actor("officer"), COMMUNITY)]  # fmt: skip
        assert states == [("failed", "grids.code_taken"), ("done", "")]


def test_a_plan_can_be_taken_back_once(session, cast):
    split(session, cast, from_on=TODAY + timedelta(days=2))
    (line,) = changes_below(session, cast.actor("officer"), COMMUNITY)
    drop(session, cast.actor("officer"), line.id, NOW)
    assert apply_due(session, NOW + timedelta(days=3)) == 0
    for change_id, why in ((line.id, "grids.change_done"), (line.id + 9, "grids.unknown_change")):
        with pytest.raises(Refused, match=why.replace(".", r"\.")):
            drop(session, cast.actor("officer"), change_id, NOW)


@pytest.mark.parametrize(
    "who",
    ["secretary", "head_a", "member_a", "department", "other_officer", "leader_a", "resident"],
)
def test_who_may_not_manage_grids_changes_none_and_sees_no_plans(session, cast, who):
    split(session, cast, from_on=TODAY + timedelta(days=2))
    planned = session.exec(select(GridChange.id)).one()
    for ask in (
        lambda: split(session, cast, who=who, new_code="A8"),
        lambda: changes_below(session, cast.actor(who), COMMUNITY),
        lambda: neighbourhood(session, cast.actor(who), COMMUNITY),
        lambda: drop(session, cast.actor(who), planned, NOW),
    ):
        with pytest.raises(Refused, match=r"^access\.outside_grid$"):
            ask()


def test_an_officer_draws_no_grid_of_another_street_along(session, cast):
    outlines = {A: outline(0, 1), "500118004": outline(3, 4)}
    assert refused(session, cast, kind="redraw", code=A, outlines=outlines) == "access.outside_grid"


def test_whoever_draws_sees_the_work_of_each_grid(session, cast):
    report(session, cast.actor("member_a"))
    card = neighbourhood(session, cast.actor("officer"), COMMUNITY)
    assert card.parent == outline(0, 2)
    assert [(one.code, one.doors, one.places, one.open_hazards) for one in card.grids] == [
        (A, 6, 1, 1),
        (B, 2, 1, 0),
    ]
    assert card.buildings[A] == ("1栋",)
