"""The check points file: floor by floor, all mistakes at once, twice is unchanged."""

from datetime import date

import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.points.tables import CheckPoint
from tests.importing.bring import bring, check, counts, everything, looking, world

HEAD = "所属网格,类型,楼栋,单元,楼层,名称,编码,纬度,经度,停用日期\n"
GOOD = HEAD + (
    "1111,楼梯间,1栋,1单元,3,,,,,\n"
    "1111,楼梯间,1栋,1单元,2层,,,,,\n"
    "1111,楼顶,1栋,,,,,,,\n"
    "1111,地下室,1栋,,负1,,,,,\n"
    "1111,电表间,1栋,,1,,,,,\n"
    "1111,电梯厅,1栋,2单元,1,东厅,,,,\n"
    "1112,电动车棚,,,,村口车棚,CP-9,29.305,105.915,2026-12-31\n"
)


@pytest.fixture
def street(database, tmp_path):
    return bring(tmp_path, world() | {"check_points": GOOD})


def points():
    with looking() as session:
        return {point.name: point for point in session.exec(select(CheckPoint))}


def test_a_building_has_its_floors_and_they_are_named(street):
    assert counts(street, "check_points") == (7, 0, 0, 0)
    found = points()
    third = found["1栋1单元3层楼梯间"]
    assert (third.kind, third.building, third.unit, third.floor) == (
        "stairwell",
        "1栋",
        "1单元",
        3,
    )
    assert (found["1栋楼顶"].kind, found["1栋楼顶"].floor) == ("roof", None)
    assert found["1栋地下1层地下室"].floor == -1
    assert found["东厅"].kind == "lift_lobby"
    shed = found["村口车棚"]
    assert (shed.code, shed.lat, shed.lon, shed.ends_on) == (
        "CP-9",
        29.305,
        105.915,
        date(2026, 12, 31),
    )


def test_the_points_of_the_registers_stay_and_know_their_building(street):
    found = points()
    whole = found["1栋1单元楼梯间"]
    assert (whole.code, whole.building, whole.unit, whole.floor) == (
        "S.1111.1.1",
        "1栋",
        "1单元",
        None,
    )
    assert (found["龚记幼儿园"].lat, found["龚记幼儿园"].lon) == (29.305, 105.905)
    assert len({point.tag for point in found.values()}) == len(found) == 12


def test_a_second_time_changes_nothing_not_even_a_printed_code(street, tmp_path):
    before = everything()
    card = bring(tmp_path, world() | {"check_points": GOOD})
    assert counts(card, "check_points") == (0, 0, 7, 0)
    assert everything() == before


def test_a_point_is_closed_by_its_last_day_and_opened_again(street, tmp_path):
    closed = GOOD.replace("1111,楼顶,1栋,,,,,,,", "1111,楼顶,1栋,,,,,,,2026-11-30")
    assert counts(bring(tmp_path, {"check_points": closed}), "check_points") == (0, 1, 6, 0)
    assert points()["1栋楼顶"].ends_on == date(2026, 11, 30)
    bring(tmp_path, {"check_points": GOOD})
    assert points()["1栋楼顶"].ends_on is None


def test_a_whole_stairwell_of_the_registers_can_be_closed_by_file(street, tmp_path):
    row = HEAD + "1111,楼梯间,1栋,2单元,,,,,,2026-11-30\n"
    assert counts(bring(tmp_path, {"check_points": row}), "check_points") == (0, 1, 0, 0)
    assert points()["1栋2单元楼梯间"].ends_on == date(2026, 11, 30)


def test_what_was_named_or_closed_at_the_desk_stays(street, tmp_path):
    with transaction() as session:
        point = session.exec(select(CheckPoint).where(CheckPoint.code == "S.1111.1.1")).one()
        point.name, point.ends_on, point.kept_by_hand = "东梯", date(2026, 11, 1), True
    card = bring(tmp_path, world() | {"check_points": GOOD})
    assert (card.check_points.updated, counts(card, "check_points")[1]) == (0, 0)
    assert points()["东梯"].ends_on == date(2026, 11, 1)


def test_a_file_without_a_column_leaves_what_is_stored(street, tmp_path):
    short = "网格编码,类型,名称,编码\n1112,车棚,村口车棚,CP-9\n"
    assert counts(bring(tmp_path, {"check_points": short}), "check_points") == (0, 0, 1, 0)
    assert points()["村口车棚"].ends_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1111,,1栋,,,,,,,", (2, "类型", "", "required")),
        ("1111,凉亭,1栋,,,,,,,", (2, "类型", "凉亭", "unknown_point_kind")),
        ("9999,楼顶,1栋,,,,,,,", (2, "所属网格", "9999", "unknown_grid")),
        ("11,楼顶,1栋,,,,,,,", (2, "所属网格", "11", "wrong_grid_level")),
        ("1111,楼梯间,1栋,1单元,三,,,,,", (2, "楼层", "三", "floor_not_a_number")),
        ("1111,其他,,,,,,,,", (2, "名称", "", "point_without_name")),
        ("1111,巷道,,,,,,,,", (2, "名称", "", "point_without_name")),
        ("1111,车棚,,,,棚,,29.3,,", (2, "经度", "", "half_a_point")),
        ("1111,车棚,,,,棚,,105.9,29.3,", (2, "纬度", "105.9, 29.3", "lat_lon_swapped")),
        ("1111,楼顶,1栋,,,,,,,明年", (2, "停用日期", "明年", "bad_date")),
        ("1111,楼顶,1栋,,,,a b,,,", (2, "编码", "a b", "bad_code")),
    ],
)
def test_what_is_wrong_is_said_by_row(tmp_path, line, fault):
    assert check(tmp_path, "check_points", HEAD + line + "\n") == [fault]


def test_the_same_point_twice_is_one_mistake(tmp_path):
    line = "1111,楼梯间,1栋,1单元,3,,,,,\n"
    assert check(tmp_path, "check_points", HEAD + line + line.replace("3", "3层")) == [
        (3, "类型", "楼梯间", "duplicate_point")
    ]
    two = line.replace("3,,", "3,东侧,") + line.replace("3,,", "3,西侧,")
    assert check(tmp_path, "check_points", HEAD + two) == []
