"""What looks odd, and what does not."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.presence.rules import (
    Fix,
    clock_off,
    far_from_grid,
    far_from_point,
    leap,
    metres,
    surely_within,
)
from tests.cast import SIDE, SOUTH, WEST, outline
from tests.factories import NOW

MIDDLE = (SOUTH + SIDE / 2, WEST + SIDE / 2)


def fix(lat, lon, accuracy=10.0, minutes=0.0):
    return Fix(lat, lon, accuracy, NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("north", "accuracy", "said"),
    [
        (0.0, 10, None),
        (0.0015, 10, None),  # 166 m
        (0.0025, 10, 277),
        (0.0025, 100, None),  # the phone itself says: within 100 m
        (1.0, 2_000_000, None),
    ],
)
def test_far_from_a_point_counts_beyond_the_accuracy(north, accuracy, said):
    found = far_from_point(fix(MIDDLE[0] + north, MIDDLE[1], accuracy), *MIDDLE)
    assert found is None if said is None else found == pytest.approx(said, abs=2)


def test_inside_the_grid_nothing_is_far_and_beside_it_little():
    grid = outline(0, 1)
    assert far_from_grid(fix(*MIDDLE), grid) is None
    assert far_from_grid(fix(SOUTH - 0.002, MIDDLE[1]), grid) is None
    assert far_from_grid(fix(SOUTH - 0.01, MIDDLE[1]), grid) == pytest.approx(1108, abs=5)


@pytest.mark.parametrize(
    ("north", "minutes", "is_leap"),
    [
        (0.05, 2, True),  # 5.5 km in two minutes
        (0.05, 10, False),  # the same by car
        (0.04, 0.1, False),  # 4.4 km: less than the line
        (2.0, 60, True),
        (0.05, -2, True),  # records may come in any order
    ],
)
def test_a_leap_is_five_kilometres_quicker_than_a_car(north, minutes, is_leap):
    found = leap(fix(*MIDDLE), fix(MIDDLE[0] + north, MIDDLE[1], minutes=minutes))
    assert (found is not None) is is_leap


def test_a_coarse_fix_is_no_leap():
    there = fix(MIDDLE[0] + 0.05, MIDDLE[1], accuracy=3000, minutes=1)
    assert leap(fix(*MIDDLE), there) is None


@given(
    lat=st.floats(3, 54),
    lon=st.floats(73, 135),
    north=st.floats(-0.9, 0.9),
    east=st.floats(-0.9, 0.9),
)
def test_the_quick_reckoning_never_says_too_little(lat, lon, north, east):
    here = fix(lat, lon)
    away = metres(here, lat + north, lon + east)
    assert not surely_within(here, lat + north, lon + east, away * 0.9999 - 0.01)


def test_a_clock_ten_minutes_off_is_said_in_minutes():
    assert clock_off(timedelta(minutes=9)) is None
    assert clock_off(timedelta(hours=-2)) == 120
