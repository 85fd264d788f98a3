"""What goes along when grids are split and merged: equipment, and who is posted for a building."""

from sqlmodel import select

from firegrid_app.access.tables import Post
from firegrid_app.boards.service import board
from firegrid_app.boards.tables import PublicContact
from firegrid_app.equipment.tables import Equipment
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.posting.deciding import decide
from firegrid_app.visits.tables import Household
from tests.cast import SIDE, SOUTH, WEST, A, B
from tests.factories import NOW
from tests.grids.test_changing import TODAY, do, grid, refused, split

WESTERN = {"lat": SOUTH + SIDE / 2, "lon": WEST + 0.0002}
EASTERN = {"lat": SOUTH + SIDE / 2, "lon": WEST + 0.0015}


def piece(session, cast, name, key="a", **more):
    session.add(
        Equipment(
            code=name,
            kind="hydrant",
            name=name,
            grid_id=cast.grids[key],
            every_months=6,
            **more,
        )
    )
    session.flush()


def where(session):
    rows = session.exec(select(Equipment.name, Grid.code).join(Grid, Grid.id == Equipment.grid_id))
    return dict(rows.all())


def keeper(session, cast, *buildings):
    session.add(
        PublicContact(
            grid_id=cast.grids["a"],
            person_id=cast.people["leader_a"],
            role="building_leader",
            display_name="罗强",
            basis="duty",
            starts_on=TODAY.replace(month=1),
            houses=[[building, "2单元"] for building in buildings or ("1栋",)],
        )
    )
    session.flush()


def test_of_a_split_grid_equipment_goes_with_its_ground_its_premises_its_point(session, cast):
    session.get_one(Place, cast.places["a"]).lon = WESTERN["lon"]
    piece(session, cast, "西边的", **WESTERN)
    piece(session, cast, "东边的", **EASTERN)
    piece(session, cast, "旅馆里的", place_id=cast.places["a"], **EASTERN)
    piece(session, cast, "楼道里的", check_point_id=cast.check_points["a2"])
    piece(session, cast, "不知在哪的")
    piece(session, cast, "邻格的", "b", **WESTERN)
    split(session, cast, buildings=["1栋"])
    assert where(session) == {
        "西边的": "A9",
        "东边的": A,
        "旅馆里的": "A9",
        "楼道里的": "A9",
        "不知在哪的": A,
        "邻格的": B,
    }


def test_who_keeps_a_building_keeps_it_in_the_new_grid(session, cast):
    keeper(session, cast)
    card = split(session, cast, buildings=["1栋"])
    assert card.moved.posts == 1
    new = grid(session, "A9").id
    post = session.exec(select(Post).where(Post.grid_id == new)).one()
    assert (post.person_id, post.role, post.starts_on) == (
        cast.people["leader_a"],
        "building_leader",
        TODAY,
    )
    assert kept(session) == {new: [["1栋", "2单元"]]}
    assert "罗强" in str(board(session, "A9", NOW))


def kept(session):
    """What is kept, by grid."""
    return {one.grid_id: one.houses for one in session.exec(select(PublicContact)) if one.houses}


def test_who_keeps_buildings_on_both_sides_is_posted_on_both_as_was_decided(session, cast):
    keeper(session, cast, "1栋", "2栋")
    contact = session.exec(select(PublicContact).where(PublicContact.display_name == "罗强")).one()
    decide(session, cast.actor("secretary"), contact.id, "name", shown=False, now=NOW)
    split(session, cast, buildings=["1栋"])
    new = grid(session, "A9").id
    assert kept(session) == {cast.grids["a"]: [["2栋", "2单元"]], new: [["1栋", "2单元"]]}
    # What was hidden on the old board is hidden on the new one.
    assert "罗强" not in str(board(session, "A9", NOW))
    assert "罗强" not in str(board(session, A, NOW))


def test_who_keeps_another_building_stays(session, cast):
    keeper(session, cast, "2栋")
    split(session, cast, buildings=["1栋"])
    assert kept(session) == {cast.grids["a"]: [["2栋", "2单元"]]}
    assert session.exec(select(Post).where(Post.grid_id == grid(session, "A9").id)).all() == []


def test_of_a_merged_grid_equipment_and_who_is_posted_come_along(session, cast):
    for door in session.exec(select(Household).where(Household.grid_id == cast.grids["b"])):
        door.building = "9栋"
    session.add(
        PublicContact(
            grid_id=cast.grids["b"],
            person_id=cast.people["member_b"],
            role="grid_member",
            display_name="邻格员",
            basis="duty",
            starts_on=TODAY.replace(month=1),
        )
    )
    piece(session, cast, "邻格的", "b", **EASTERN)
    do(session, cast, kind="merge", code=A, other=B)
    assert where(session) == {"邻格的": A}
    assert "邻格员" in str(board(session, A, NOW))


def test_a_grid_with_equipment_in_it_is_not_ended(session, cast):
    session.get_one(Grid, cast.grids["c"]).outline = None
    for table in (Household, CheckPoint, Place):
        rows = session.exec(select(table).where(table.grid_id == cast.grids["c"]))
        for number, row in enumerate(rows):
            row.grid_id = cast.grids["b"]
            if table is Household:
                row.building = f"{number}号楼"
    piece(session, cast, "还在的", "c")
    assert refused(session, cast, kind="end", code="500118003002001") == "grids.still_holds"
