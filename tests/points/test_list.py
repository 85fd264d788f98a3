"""The check points a phone gets."""

from datetime import date, timedelta

from firegrid_app.grids.tables import Grid
from firegrid_app.points.rules import PointKind, is_tag, new_tag, point_name, tag_digest
from firegrid_app.points.service import check_points_of
from firegrid_app.points.tables import CheckPoint
from tests.cast import A, tag_of

TODAY = date(2026, 11, 23)


def test_the_points_of_the_grids_asked_for_and_no_other(session, cast):
    grid = session.get(Grid, cast.grids["a"])
    first, second = check_points_of(session, [grid], TODAY)
    assert (first.grid, first.name, first.kind) == (A, "1栋1单元", "stairwell")
    assert (first.building, first.unit, first.floor, first.place) == ("1栋", "1单元", None, None)
    assert (second.name, second.kind, second.place) == ("A记旅馆", "place", cast.places["a"])
    assert check_points_of(session, [], TODAY) == []


def test_a_phone_knows_a_printed_code_again_and_cannot_print_it(session, cast):
    (first, _) = check_points_of(session, [session.get(Grid, cast.grids["a"])], TODAY)
    assert first.digest == tag_digest(tag_of("a1"))
    assert tag_of("a1") not in repr(first)


def test_a_closed_point_stays_in_the_list_and_says_since_when(session, cast):
    grid = session.get(Grid, cast.grids["a"])
    point = session.get(CheckPoint, cast.check_points["a1"])
    point.ends_on = TODAY
    assert check_points_of(session, [grid], TODAY)[0].closed_on == ""
    assert check_points_of(session, [grid], TODAY + timedelta(days=1))[0].closed_on == "2026-11-23"


def test_printed_codes_are_drawn_and_read_without_look_alikes():
    tags = {new_tag() for _ in range(500)}
    assert len(tags) == 500
    assert all(is_tag(tag) and not set(tag) & set("01ILOU") for tag in tags)
    assert not is_tag("")
    assert not is_tag("1" * 10)
    assert not is_tag("A" * 11)


def test_names_are_as_people_say_them():
    assert point_name("1栋", "2单元", 3, "stairwell") == "1栋2单元3层楼梯间"
    assert point_name("1栋", "", 7, PointKind.ROOF) == "1栋楼顶"
    assert point_name("1栋", "", -2, PointKind.BASEMENT) == "1栋地下2层地下室"
    assert point_name("", "", None, PointKind.EBIKE_SHED) == "电动车棚"
