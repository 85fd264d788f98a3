"""One cell to one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.importing.rules import check_points, values
from firegrid_app.importing.rules.households import care_mark
from firegrid_app.importing.rules.problems import Bad
from firegrid_app.visits.rules import CARE_MARK_OF_WORD, CARE_MARKS


@pytest.mark.parametrize(
    ("cell", "floor"),
    [
        ("", 1),
        ("3", 3),
        ("3.0", 3),
        ("３层", 3),
        ("3楼", 3),
        ("第3层", 3),
        ("12F", 12),
        ("-1", -1),
        ("负2", -2),
        ("B1", -1),
        ("地下1层", -1),
    ],
)
def test_floors(cell, floor):
    assert values.floor(cell) == floor


@pytest.mark.parametrize(
    "cell",
    ["13800000001", " 138 0000 0001 ", "138-0000-0001", "+8613800000001", "１３８００００００01"],
)
def test_mobile_numbers(cell):
    assert values.mobile(cell) == "13800000001"


@pytest.mark.parametrize("cell", ["023-49800001", "02349800001", "4001234567", "12345", "96119"])
def test_offices_may_have_landlines_and_short_numbers(cell):
    assert values.any_phone(cell) == cell
    with pytest.raises(Bad):
        values.mobile(cell)


@given(st.text(max_size=40))
def test_no_text_breaks_a_parser(cell):
    parsers = (values.floor, values.number, values.mobile, values.any_phone, values.person_name,
               values.part_of_address, care_mark, lambda c: values.code(c, 30))  # fmt: skip
    for parse in parsers:
        try:
            value = parse(cell)
        except Bad:
            continue
        assert value is None or not isinstance(value, str) or value.isprintable()


def test_every_known_word_gives_a_mark_that_exists():
    for word in CARE_MARK_OF_WORD:
        assert care_mark(word) in CARE_MARKS
    for mark in CARE_MARKS:
        assert care_mark(mark) == mark
    assert care_mark("无") == care_mark(" ") == ""
    assert care_mark("高龄老人、残疾人") == "needs_evacuation_help"


def test_check_point_codes_are_stable_and_differ():
    stairs = [
        ("1栋", "1单元"),
        ("1栋", "2单元"),
        ("11栋", "1单元"),
        ("1栋", ""),
        ("幸福楼", "东"),
        ("幸福楼东", ""),
    ]
    codes = [check_points.stairwell_code("111", *stair) for stair in stairs]
    assert codes[:4] == ["S.111.1.1", "S.111.1.2", "S.111.11.1", "S.111.1"]
    assert codes[4] == "S.111.x0ddcf2b4c8c5" or codes[4].startswith("S.111.x")
    assert len(set(codes)) == len(codes)
    assert max(map(len, codes)) <= 60


def test_the_longest_codes_fit_their_column():
    assert len(check_points.stairwell_code("9" * 30, "楼" * 30, "元" * 30)) <= 60
    assert len(check_points.place_code("9" * 40)) <= 60
    assert len(check_points.lane_name("格" * 60, "village")) <= 80
    assert len(check_points.stairwell_name("楼" * 30, "元" * 30)) <= 80
