"""Equipment, guard posts and homes to care for on the map: what the lists beside it say."""

import pytest

from firegrid_app.alarms.figures import alarms_view
from firegrid_app.database import transaction
from firegrid_app.equipment.cards import EquipmentAsk
from firegrid_app.equipment.service import equipment_view
from firegrid_app.equipment.tables import Equipment
from firegrid_app.maps.rules import units
from firegrid_app.places.tables import Place
from tests.cast import COMMUNITY, SIDE, SOUTH, STREET, WEST, A, B
from tests.equipment.test_register import TODAY
from tests.factories import NOW
from tests.maps.reading import codes_of

WORKS = "/api/map/works"


def piece(grid_id, kind, name, lon=None, **more):
    lat = None if lon is None else SOUTH + SIDE / 2
    return Equipment(
        code=name, kind=kind, name=name, grid_id=grid_id, lat=lat, lon=lon, every_months=6, **more
    )


@pytest.fixture
def equipped(cast):
    a, b = cast.grids["a"], cast.grids["b"]
    good = {"tested_on": TODAY, "next_on": TODAY.replace(year=2027)}
    with transaction() as session:
        session.add_all(
            [
                piece(a, "hydrant", "东口消火栓", WEST + SIDE * 0.2, **good),
                piece(a, "water_crane", "水鹤", WEST + SIDE * 0.3),
                piece(a, "extinguisher", "没有坐标的", **good),
                piece(b, "extinguisher", "旅馆里的", place_id=cast.places["b"], **good),
                piece(a, "guard_post", "东门岗", WEST + SIDE * 0.9, amount=12),
                piece(b, "guard_post", "商场岗", WEST + SIDE * 1.1, amount=25, **good),
                piece(b, "micro_station", "撤走的", WEST + SIDE * 1.2, ends_on=TODAY),
            ]
        )


def ask(door, who="officer", grid=STREET):
    return door(who).get(WORKS, params={"grid": grid}).json()


def test_each_layer_says_what_the_register_says(door, session, cast, equipped):
    body = ask(door)
    listed = equipment_view(session, cast.actor("officer"), EquipmentAsk(STREET, which="all"), NOW)
    standing = [row for row in listed.rows if row.standing != "gone"]
    tallies = {one["layer"]: one for one in body["tallies"]}
    assert sum(one["pieces"] for one in body["tallies"]) == len(standing) == 6
    assert sum(one["due"] for one in body["tallies"]) == sum(
        row.standing in ("overdue", "never") for row in standing
    )
    assert (tallies["hydrant"]["pieces"], tallies["hydrant"]["due"]) == (2, 1)
    assert (tallies["gear"]["pieces"], tallies["gear"]["unplaced"]) == (2, 1)
    assert tallies["station"]["pieces"] == 0
    assert len(body["layer"]) == len(body["due"]) == len(body["names"]) == len(body["xy"]) / 2 == 5


def test_what_stands_at_premises_stands_where_they_are(door, session, cast, equipped):
    body = ask(door)
    at = body["names"].index("旅馆里的")
    place = session.get(Place, cast.places["b"])
    assert body["xy"][at * 2 : at * 2 + 2] == [units(place.lon), units(place.lat)]


def test_guard_posts_that_help_each_other_are_joined(door, equipped):
    body = ask(door)
    assert [{body["names"][a], body["names"][b]} for a, b in body["lines"]] == [
        {"东门岗", "商场岗"}
    ]


@pytest.mark.parametrize(
    ("who", "grid"), [("officer", STREET), ("secretary", COMMUNITY), ("member_a", A)]
)
def test_the_lines_of_a_map_are_the_neighbours_its_list_names(
    door, session, cast, equipped, who, grid
):
    """Of four within reach each has its nearest three, also those outside the grids shown."""
    with transaction() as writing:
        writing.add(piece(cast.grids["b"], "guard_post", "车站岗", WEST + SIDE * 1.3, amount=3))
        writing.add(piece(cast.grids["b"], "guard_post", "学校岗", WEST + SIDE * 1.5, amount=3))
        writing.add(piece(cast.grids["b"], "guard_post", "医院岗", WEST + SIDE * 1.7, amount=3))
    body = ask(door, who, grid)
    names = [*body["names"], *body["beyond_names"]]
    drawn = {frozenset((names[one], names[other])) for one, other in body["lines"]}
    listed = equipment_view(session, cast.actor(who), EquipmentAsk(grid, which="all"), NOW)
    named = {
        frozenset((row.name, said.rsplit(" ", 2)[0]))
        for row in listed.rows
        if row.joint
        for said in row.joint.split(" · ")
    }
    assert drawn == named
    assert len(body["lines"]) == len(named) >= 3
    assert len(body["beyond_xy"]) == 2 * len(body["beyond_names"])
    assert bool(body["beyond_names"]) == (grid == A)
    assert sum(one["pieces"] for one in body["tallies"]) == len(
        [row for row in listed.rows if row.standing != "gone"]
    )


def test_homes_to_care_for_are_counts_for_who_keeps_the_doors(door, session, cast):
    figures = alarms_view(session, cast.actor("secretary"), COMMUNITY, NOW)
    body = ask(door, "secretary", COMMUNITY)
    assert sum(body["care_homes"]) == body["care_total"] == figures.total.care_homes > 0
    grids = door("secretary").get("/api/map/grids", params={"grid": COMMUNITY}).json()
    assert body["tree"] == grids["tree"]
    assert dict(zip(codes_of(grids), body["care_homes"], strict=True)) == {
        one.code: one.care_homes for one in figures.grids
    } | {code: 0 for code in codes_of(grids) if code not in {one.code for one in figures.grids}}
    assert "care_mark" not in door("secretary").get(WORKS, params={"grid": COMMUNITY}).text
    # A department sees the map and keeps no doors.
    others = ask(door, "department", COMMUNITY)
    assert (others["care_homes"], others["care_total"]) == ([], 0)


@pytest.mark.parametrize(
    ("who", "grid"), [("member_b", A), ("other_secretary", COMMUNITY), ("leader_a", A)]
)
def test_the_neighbour_sees_nothing_of_it(door, equipped, who, grid):
    answer = door(who).get(WORKS, params={"grid": grid})
    assert (answer.status_code, answer.json()["code"]) == (403, "access.outside_grid")


def test_nobody_gets_it_without_logging_in(client, cast):
    assert client.get(WORKS, params={"grid": B}).status_code == 401
