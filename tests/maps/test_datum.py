"""WGS-84, GCJ-02 and BD-09: golden values to a metre, and back again to half of one."""

import json
from pathlib import Path

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.maps.rules.datum import Datum, from_wgs84, is_shifted, to_wgs84

CASES = json.loads(Path(__file__).with_name("datum_cases.json").read_text(encoding="utf-8"))
SHIFTED = [Datum.GCJ02, Datum.BD09]


def metres(one, other):
    return geodesic(one[::-1], other[::-1]).m


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("datum", Datum)
def test_golden_values(case, datum):
    assert metres(from_wgs84(*case["wgs84"], datum), case[datum]) < 0.05
    assert metres(to_wgs84(*case[datum], datum), case["wgs84"]) < 0.05


@given(lon=st.floats(72.1, 137.7), lat=st.floats(0.9, 55.7), datum=st.sampled_from(SHIFTED))
def test_there_and_back_is_the_same_place(lon, lat, datum):
    shifted = from_wgs84(lon, lat, datum)
    assert metres(shifted, (lon, lat)) < 3_000
    assert metres(to_wgs84(*shifted, datum), (lon, lat)) < 0.01


@given(lon=st.floats(-180, 180), lat=st.floats(-89, 89), datum=st.sampled_from(Datum))
def test_outside_the_box_nothing_moves(lon, lat, datum):
    if not is_shifted(lon, lat):
        assert from_wgs84(lon, lat, datum) == to_wgs84(lon, lat, datum) == (lon, lat)


def test_one_offset_for_a_whole_town_would_not_do():
    """Within 3 km of Yanji the shift itself changes by metres (D.2): each corner has its own."""
    shifts = set()
    for step in range(-3, 4):
        place = (129.5087 + step * 0.01, 42.9068)
        shifts.add(round(metres(from_wgs84(*place, Datum.GCJ02), place)))
    assert max(shifts) - min(shifts) >= 5
