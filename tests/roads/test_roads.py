"""Roads around grids: cut, packed, bounded; on the map, in the day pack, on boards and paper."""

import json
from collections import OrderedDict

import orjson
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.boards.rules import draw
from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.rules.roads import RoadItem
from firegrid_app.importing.service.write_roads import write_roads
from firegrid_app.roads import kept as keeping
from firegrid_app.roads import service
from firegrid_app.roads.exporting import export_roads
from firegrid_app.roads.rules import (
    UNITS_PER_DEGREE,
    Kind,
    Line,
    Lines,
    around,
    clipped,
    packed,
    straight_run,
)
from firegrid_app.sync.pack import pack_sections
from firegrid_app.sync.sections import whole
from tests.cast import SIDE, SOUTH, STREET, WEST, A, outline
from tests.factories import NOW

MIDDLE = SOUTH + SIDE / 2
FAR = 40 * SIDE


def lines_of(columns):
    """What a phone or the desk makes of the columns (`assets/map/road-lines.js`)."""
    at = part = x = y = 0
    found = []
    for name, kind, parts in zip(columns["names"], columns["kinds"], columns["parts"], strict=True):
        made = []
        for _ in range(parts):
            line = []
            for _ in range(columns["sizes"][part]):
                x, y = x + columns["xy"][at], y + columns["xy"][at + 1]
                line.append((x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE))
                at += 2
            part += 1
            made.append(line)
        found.append((name, kind, made))
    return found


def columns_of(lines):
    return orjson.loads(orjson.dumps(lines))


@pytest.fixture
def brought(cast):
    """A road through a and b and far beyond, a lane in a, another road far away."""
    with transaction() as session:
        items = [
            RoadItem(1, "南大街", Kind.MAIN, (((WEST - FAR, MIDDLE), (WEST + FAR, MIDDLE)),)),
            RoadItem(2, "短巷", Kind.LANE, (((WEST, SOUTH), (WEST + SIDE / 2, MIDDLE)),)),
            RoadItem(3, "远路", Kind.STREET, (((WEST + FAR, 30.5), (WEST + FAR, 30.6)),)),
        ]
        write_roads(session, items, cast.grids["street"], NOW)


def test_the_map_has_the_roads_around_its_grids(brought, door):
    answer = door("officer").get(f"/api/map/roads?grid={STREET}")
    assert [name for name, _, _ in lines_of(answer.json())] == ["南大街", "短巷"]
    again = door("officer").get(
        f"/api/map/roads?grid={STREET}", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304
    ((first, last),) = lines_of(answer.json())[0][2]
    assert WEST - FAR < first[0] < WEST < last[0] < WEST + FAR


def test_a_phone_has_those_of_its_grids_clipped_to_their_surroundings(brought, cast):
    with transaction() as session:
        pack = whole(pack_sections(session, cast.actor("member_a"), NOW))
    found = lines_of(pack["roads"])
    assert [name for name, _, _ in found] == ["南大街", "短巷"]
    ((first, last),) = found[0][2]
    assert 0 < WEST - first[0] < 2 * SIDE
    assert 0 < last[0] - (WEST + SIDE) < 2 * SIDE


def test_without_roads_a_pack_has_no_section_for_them(cast):
    with transaction() as session:
        names = {one.name for one in pack_sections(session, cast.actor("member_a"), NOW)}
    assert "roads" not in names


def test_roads_taken_away_leave_the_phone(brought, cast):
    with transaction() as session:
        service.take_away(session, cast.actor("officer"), STREET, "", NOW)
        names = {one.name for one in pack_sections(session, cast.actor("member_a"), NOW)}
    assert "roads" not in names


def test_a_board_draws_them_below_its_outline_and_names_them_on_paper(brought, client, door):
    page = client.get(f"/g/{A}").text
    assert page.count('class="road main"') == 1
    assert "短巷" not in page
    answer = door("officer").get(f"/posting/board/{A}")
    assert answer.status_code == 200


def test_the_most_important_are_read_first_and_an_export_reads_all(brought, cast):
    with transaction() as session:
        later = RoadItem(4, "消防通道", Kind.FIRE_LANE, (((WEST, SOUTH), (WEST, MIDDLE)),))
        write_roads(session, [later], cast.grids["street"], NOW)
        box = service.reach(session, session.get(Grid, cast.grids["street"]))
        read = [name for name, *_ in service.roads_in(session, box, 2)]
        whole_file, _ = export_roads(session, cast.actor("officer"), STREET, "geojson", NOW)
    assert read == ["南大街", "消防通道"]
    names = [one["properties"]["name"] for one in json.loads(whole_file)["features"]]
    assert names == ["南大街", "消防通道", "短巷"]


def test_lines_of_every_grid_are_kept_and_together_they_stay_within_bounds(monkeypatch):
    monkeypatch.setattr(keeping, "_held", OrderedDict())
    monkeypatch.setattr(keeping, "MOST", 100 * 120)
    made = []

    def of(key, numbers):
        def make():
            made.append(key)
            return Lines((), (), (), (), (0,) * numbers)

        return keeping.kept(key, make)

    for _ in range(2):
        for key in range(100):
            of(key, 20)
    assert made == list(range(100))
    of("large", 10_000)
    of(99, 20)
    of(0, 20)
    assert made[100:] == ["large", 0]


def test_a_drawing_names_a_road_where_it_is_long_enough():
    own = outline(0, 1)
    long = Line("南大街", "main", (((WEST, MIDDLE), (WEST + SIDE, MIDDLE)),))
    short = Line("一条名字很长的短巷子", "lane", (((WEST, SOUTH), (WEST + SIDE / 9, SOUTH)),))
    drawing = draw(own, [], [], 1.8, roads=[long, short])
    ((x, y, angle, name),) = drawing.road_names
    assert (name, round(x), round(y), angle) == ("南大街", 50, 50, 0)
    assert [kind for kind, _ in drawing.roads] == ["lane", "main"]
    wide = draw(own, [], [], 1.8, ratio=1.5)
    assert wide.height == pytest.approx(1000 / 1.5, abs=1)


places = st.tuples(
    st.floats(105.8, 106, allow_nan=False).map(lambda x: round(x, 5)),
    st.floats(29.2, 29.4, allow_nan=False).map(lambda y: round(y, 5)),
)
roads = st.lists(
    st.builds(
        Line,
        st.text(max_size=8),
        st.sampled_from([str(kind) for kind in Kind]),
        st.lists(
            st.lists(places, min_size=2, max_size=6, unique=True).map(tuple), min_size=1, max_size=3
        ).map(tuple),
    ),
    max_size=6,
)


@given(roads)
def test_lines_come_back_corner_by_corner(lines):
    found = lines_of(columns_of(packed(lines, 10**6)))
    assert [(name, kind) for name, kind, _ in found] == [(one.name, one.kind) for one in lines]
    for (_, _, parts), line in zip(found, lines, strict=True):
        for part, there in zip(parts, line.parts, strict=True):
            assert part == [pytest.approx(place, abs=1e-9) for place in there]


@given(roads, st.integers(100, 900))
def test_no_more_bytes_than_allowed(lines, most):
    assert len(orjson.dumps(packed(lines, most))) <= most


def test_what_finds_no_room_is_the_least_important():
    ground = around([outline(0, 1)], 0.3, 150)
    through = [[WEST, MIDDLE], [WEST + SIDE, MIDDLE]]
    some = [
        (f"{kind}{n}", str(kind), {"type": "LineString", "coordinates": through})
        for n in range(40)
        for kind in Kind
    ]
    kept = packed(clipped(some, ground, 1), 1500)
    assert set(kept.kinds) <= {"main", "fire_lane"}
    assert len(orjson.dumps(kept)) > 1300


def test_a_road_that_touches_a_corner_leaves_nothing():
    ground = shapely.box(0, 0, 1, 1)
    touching = {"type": "LineString", "coordinates": [[1, 1], [2, 2]]}
    assert clipped([("", "lane", touching)], ground, 0) == []


@pytest.mark.parametrize(
    ("line", "length", "angle"),
    [
        ([(0, 0), (30, 0)], 40, None),
        ([(100, 0), (0, 0)], 50, 0),
        ([(0, 0), (20, 0), (20, 100), (22, 160)], 60, pytest.approx(89.3, abs=0.2)),
        ([(0, 0), (20, 0), (20, 20), (0, 20), (0, 0)], 40, None),
    ],
)
def test_words_follow_the_longest_straight_run_and_stand_upright(line, length, angle):
    run = straight_run(line, length)
    assert (run and run.angle) == angle


def test_the_pilot_s_roads_say_that_they_are_made_up():
    with open("firegrid_app/pilot/streets.geojson", encoding="utf-8") as file:
        names = [one["properties"]["name"] for one in json.load(file)["features"]]
    assert len(names) > 40
    assert all(name.startswith("演练") for name in names)
