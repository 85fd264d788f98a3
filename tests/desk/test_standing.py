"""How a grid stands: one word, the worst thing first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.desk.rules import Standing, standing
from firegrid_app.texts import LANGUAGES, catalogue

amounts = st.integers(0, 1000)


@pytest.mark.parametrize(
    ("minutes", "target", "overdue", "expected"),
    [
        (None, 120, 0, "not_walked"),
        (0, 120, 0, "under_target"),
        (1, 120, 0, "under_target"),
        (119, 120, 0, "under_target"),
        (120, 120, 0, "done"),
        (300, 120, 0, "done"),
        (None, 0, 0, "rest_day"),
        (0, 0, 0, "done"),
        (5, 0, 0, "done"),
        (None, 120, 1, "overdue"),
        (300, 120, 2, "overdue"),
        (0, 0, 1, "overdue"),
    ],
)
def test_standings(minutes, target, overdue, expected):
    assert standing(minutes, target, overdue) == expected


@given(amounts, amounts, amounts)
def test_an_overdue_hazard_outweighs_everything_and_nothing_else_says_so(minutes, target, overdue):
    assert (standing(minutes, target, overdue) == Standing.OVERDUE) is (overdue > 0)


@given(amounts, st.integers(1, 1000))
def test_done_on_a_workday_means_the_target_is_reached(minutes, target):
    assert (standing(minutes, target, 0) == Standing.DONE) is (minutes >= target)


def test_every_standing_has_its_words():
    for language in LANGUAGES:
        assert all(catalogue(language)[f"desk.standing.{one}"] for one in Standing)
