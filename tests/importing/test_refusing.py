"""Bad files: each fault has its own reason, all are said at once, nothing is written."""

import pytest
from sqlmodel import select

from firegrid_app.access.tables import Person
from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.rules.problems import Notice, Reason
from firegrid_app.importing.service import run
from firegrid_app.texts import catalogue
from tests.importing.bring import (
    PEOPLE,
    TREE,
    bring,
    check,
    counts,
    everything,
    faults,
    feature,
    geojson,
    looking,
    square,
    world,
)

HEAD = "姓名,手机号,岗位,网格编码\n"
PLACE_HEAD = "code,name,category,grid_code,lat,lon,phone\n"
DOOR_HEAD = "grid_code,building,unit,floor,room,vulnerability\n"


@pytest.fixture
def street(database, tmp_path):
    """The small world, imported."""
    assert bring(tmp_path, world()).written


def ring(*points):
    return {"type": "Polygon", "coordinates": [[list(p) for p in (*points, points[0])]]}


BOW_TIE = ring((105.9, 29.3), (105.91, 29.31), (105.91, 29.3), (105.9, 29.31))
FAR = ring((-0.1, 51.5), (0.1, 51.5), (0.1, 51.6))
SWAPPED = ring((29.3, 105.9), (29.31, 105.9), (29.31, 105.91))
METRES = ring((36500000, 3200000), (36500100, 3200000), (36500100, 3200100))
HOLED = {
    "type": "Polygon",
    "coordinates": [*square(0)["coordinates"], *square(5)["coordinates"]],
}
NO_NUMBER = ring((105.9, "x"), (105.9, 29.3), (105.8, 29.4))
NO_MEMBER = {"type": "Feature", "properties": TREE[3]["properties"]}
TWICE = {"type": "MultiPolygon", "coordinates": [square(0)["coordinates"]] * 2}


@pytest.mark.parametrize(
    ("grid", "column", "reason"),
    [
        (feature("", "无", 3, "111"), "code", "required"),
        (feature("1113", "", 3, "111"), "name", "required"),
        (feature("1113", "无", None, "111"), "level", "required"),
        (feature("1113", "无", 7, "111"), "level", "bad_level"),
        (feature("1113", "无", True, "111"), "level", "not_text"),
        (feature("11/13", "无", 3, "111"), "code", "bad_code"),
        (feature("9" * 31, "无", 3, "111"), "code", "too_long"),
        (feature(1.5e20, "无", 3, "111"), "code", "rounded_number"),
        (feature("1113", "无", 3, None), "parent_code", "parent_required"),
        (feature("2", "无", 0, "1"), "parent_code", "root_with_parent"),
        (feature("1113", "无", 3, "999"), "parent_code", "unknown_parent"),
        (feature("1113", "无", 3, "1113"), "parent_code", "parent_cycle"),
        (feature("1113", "无", 3, "11"), "parent_code", "level_not_below_parent"),
        (feature("1111", "无", 2, "11"), "level", "level_changed"),
        (feature("1113", "无", 3, "111", kind="城乡"), "kind", "unknown_kind"),
        (feature("1113", "无", 3, "111", supervision_phone="x"), "supervision_phone", "bad_phone"),
        (feature("1113", "无\x07", 3, "111"), "name", "unprintable"),
        (feature("1113", "无\ud800", 3, "111"), "name", "unprintable"),
        (feature("1113", "无", 3, "111", BOW_TIE), "geometry", "self_crossing"),
        (feature("1113", "无", 3, "111", FAR), "geometry", "outside_china"),
        (feature("1113", "无", 3, "111", SWAPPED), "geometry", "lat_lon_swapped"),
        (feature("1113", "无", 3, "111", METRES), "geometry", "metres_not_degrees"),
        (feature("1113", "无", 3, "111", HOLED), "geometry", "hole_outside"),
        (feature("1113", "无", 3, "111", TWICE), "geometry", "parts_overlap"),
        (feature("1113", "无", 3, "111", ring((105, 29), (106, 29))), "geometry", "too_few_points"),
        (feature("1113", "无", 3, "111", {"type": "Point"}), "geometry", "not_a_polygon"),
        (feature("1113", "无", 3, "111", {"type": "Polygon"}), "geometry", "bad_coordinates"),
        (feature("1113", "无", 3, "111", NO_NUMBER), "geometry", "bad_coordinates"),
        (NO_MEMBER, "geometry", "no_geometry_member"),
    ],
)  # fmt: skip
def test_a_bad_grid(tmp_path, grid, column, reason):
    found = check(tmp_path, "grids", geojson(grid).replace("\ud800", "\\ud800"))
    assert [(c, r) for _, c, _, r in found] == [(column, reason)]


@pytest.mark.parametrize(
    ("line", "column", "value", "reason"),
    [
        (",13800000009,网格员,1111", "姓名", "", "required"),
        ("赵,13800000009,网格员,1111", "姓名", "赵", "bad_name"),
        ("赵六,,网格员,1111", "手机号", "", "required"),
        ("赵六,1380000,网格员,1111", "手机号", "1380000", "bad_phone"),
        ("赵六,23800000009,网格员,1111", "手机号", "23800000009", "bad_phone"),
        ("赵六,1.38E+10,网格员,1111", "手机号", "1.38E+10", "scientific"),
        ("赵六,13800000009,大王,1111", "岗位", "大王", "unknown_role"),
        ("赵六,13800000009,社区书记,1111", "岗位", "社区书记", "role_at_wrong_level"),
        ("赵六,13800000009,网格员,9999", "网格编码", "9999", "unknown_grid"),
        ("赵六,13800000009,网格员,1.11E+14", "网格编码", "1.11E+14", "scientific"),
        ("赵六,13800000009,网格员,1111,x,y", "", "x、y", "extra_cells"),
    ],
)
def test_a_bad_person(tmp_path, line, column, value, reason):
    assert check(tmp_path, "people", HEAD + line) == [(2, column, value, reason)]


@pytest.mark.parametrize(
    ("line", "column", "value", "reason"),
    [
        ("P9,店,小商店,1,,,", "grid_code", "1", "wrong_grid_level"),
        ("P9,店,小商店,1111,29.3,,", "lon", "", "half_a_point"),
        ("P9,店,小商店,1111,北纬,105.9,", "lat", "北纬", "not_a_number"),
        ("P9,店,小商店,1111,nan,105.9,", "lat", "nan", "not_a_number"),
        ("P9,店,小商店,1111,105.9,29.3,", "lat", "105.9, 29.3", "lat_lon_swapped"),
        ("P9,店,小商店,1111,51.5,0.1,", "lat", "51.5, 0.1", "outside_china"),
        ("P9,店,小商店,1111,,,12345678", "phone", "12345678", "bad_phone"),
        ("P9,,小商店,1111,,,", "name", "", "required"),
        ("P/9,店,小商店,1111,,,", "code", "P/9", "bad_code"),
    ],
)
def test_a_bad_place(tmp_path, line, column, value, reason):
    assert check(tmp_path, "places", PLACE_HEAD + line) == [(2, column, value, reason)]


@pytest.mark.parametrize(
    ("line", "column", "value", "reason"),
    [
        ("1111,1栋,1单元,一,101,", "floor", "一", "floor_not_a_number"),
        ("1111,1栋,1单元,999,101,", "floor", "999", "floor_out_of_range"),
        ("1111,1栋,1单元,1,,", "room", "", "required"),
        ("1111,1栋,1单元,1,1月2日,", "room", "1月2日", "excel_date"),
        ("1111,1栋,1单元,1,101,糖尿病", "vulnerability", "糖尿病", "unknown_care_word"),
        ("1111,1栋,1单元,1,101,独居老人 残疾人", "vulnerability", "独居老人 残疾人", "several_care_words"),  # noqa: E501
        ("11,1栋,1单元,1,101,", "grid_code", "11", "wrong_grid_level"),
        ("1111," + "楼" * 31 + ",1单元,1,101,", "building", "楼" * 31, "too_long"),
    ],
)  # fmt: skip
def test_a_bad_door(tmp_path, line, column, value, reason):
    assert check(tmp_path, "households", DOOR_HEAD + line) == [(2, column, value, reason)]


def test_rows_that_contradict_each_other_name_the_earlier_row(tmp_path):
    people = HEAD + (
        "赵六,13800000009,网格员,1111\n赵六,13800000009,网格员,1111\n"
        "赵七,13800000009,网格长,1111\n钱八,13800000008,专职网格员,1111\n钱八,13800000008,网格员,1111\n"
    )
    places = PLACE_HEAD + "P9,店,小商店,1111,,,\nP9,馆,小商店,1111,,,\n"
    doors = DOOR_HEAD + "1111,9栋,,1,101,\n1111,９栋,,1层,101,独居老人\n"
    assert check(tmp_path, "people", people) == [
        (3, "手机号", "13800000009", "duplicate_row"),
        (4, "姓名", "赵七", "phone_other_name"),
        (6, "手机号", "13800000008", "duplicate_post"),
    ]
    assert check(tmp_path, "places", places) == [(3, "code", "P9", "duplicate_code")]
    assert check(tmp_path, "households", doors) == [(3, "room", "101", "duplicate_door")]


def test_circles_of_parents_are_written_out(database, tmp_path):
    loop = (feature("A", "甲", 2, "B"), feature("B", "乙", 2, "A"))
    card = bring(tmp_path, {"grids": geojson(*loop)})
    problems = card.files[0].problems
    assert [(p.row, p.reason, p.details["chain"]) for p in problems] == [
        (1, Reason.PARENT_CYCLE, "A → B → A"),
        (2, Reason.PARENT_CYCLE, "B → A → B"),
    ]


def test_below_a_bad_grid_everything_is_bad(database, tmp_path):
    tree = [*TREE]
    tree[1] = feature("11", "", 1, "1")
    files = {**world(), "grids": geojson(*tree)}
    card = bring(tmp_path, files)
    assert [(row, reason) for row, _, _, reason in faults(card, "grids")] == [
        (2, "required"),
        (3, "parent_row_bad"),
        (4, "parent_row_bad"),
        (5, "parent_row_bad"),
    ]
    assert {reason for *_, reason in faults(card, "people")} == {"grid_row_bad"}
    assert everything()["grid"] == []


def test_an_unreadable_grids_file_accuses_no_other_file(database, tmp_path):
    card = bring(tmp_path, {**world(), "grids": "{"})
    assert [reason for *_, reason in faults(card, "grids")] == ["broken_json"]
    assert faults(card, "people") == faults(card, "places") == []
    assert not card.written


def test_closed_grids_take_nothing_in(street, tmp_path, clock):
    with transaction() as session:
        grid = session.exec(select(Grid).where(Grid.code == "1112")).one()
        grid.valid_to = clock.now().date()
    card = bring(tmp_path, world())
    assert {reason for *_, reason in faults(card, "grids")} == {"grid_closed"}
    assert [row for row, *_, reason in faults(card, "people") if reason == "grid_closed"] == [4]


def test_one_bad_row_in_one_file_keeps_all_four_out(database, tmp_path):
    files = {**world(), "people": PEOPLE + "赵六,12345,网格员,1111\n"}
    before = everything()
    card = bring(tmp_path, files)
    assert card.stopped
    assert everything() == before


def test_bad_rows_can_be_skipped(database, tmp_path):
    files = {
        **world(),
        "people": PEOPLE + "赵六,12345,网格员,1111\n钱七,13800000008,网格员,1111,多\n",
    }
    card = bring(tmp_path, files, skip_bad_rows=True)
    assert card.written
    assert counts(card, "people") == (4, 0, 0, 2)
    with looking() as session:
        assert len(session.exec(select(Person)).all()) == 3


def test_a_file_without_a_column_cannot_be_skipped_row_by_row(street, tmp_path):
    before = everything()
    card = bring(tmp_path, {"people": "姓名,岗位\n张三,网格员\n"}, skip_bad_rows=True)
    assert [(row, column) for row, column, *_ in faults(card, "people")] == [
        (1, "phone"),
        (1, "grid_code"),
    ]
    assert card.stopped
    assert everything() == before


def test_a_known_parent_counts_as_it_is_stored_not_as_a_bad_row_says(street, tmp_path):
    wrong = (feature("111", "丙社区", 1, "1"), feature("1119", "新", 2, "111"))
    card = bring(tmp_path, {"grids": geojson(*wrong)}, skip_bad_rows=True)
    assert [(row, reason) for row, *_, reason in faults(card, "grids")] == [
        (1, "level_changed"),
        (2, "level_not_below_parent"),
    ]


def test_an_error_while_writing_leaves_nothing(database, tmp_path, monkeypatch):
    def fail(session):
        raise RuntimeError

    monkeypatch.setattr(run, "write_check_points", fail)
    before = everything()
    with pytest.raises(RuntimeError):
        bring(tmp_path, world())
    assert everything() == before


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_reason_and_notice_has_its_sentence(language):
    texts = catalogue(language)
    wanted = {f"importing.reason.{reason}" for reason in Reason}
    wanted |= {f"importing.notice.{notice}" for notice in Notice}
    assert wanted <= set(texts)
    ours = {k for k in texts if k.startswith(("importing.reason.", "importing.notice."))}
    assert ours - wanted <= {"importing.notice.title"}
