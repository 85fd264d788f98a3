"""When a piece is tested again, and how it stands."""

from datetime import date, timedelta

import pytest

from firegrid_app.equipment.rules import (
    EVERY_MONTHS,
    Kind,
    Standing,
    fault_category,
    next_test,
    standing,
)
from firegrid_app.hazards.rules.kinds import CATEGORIES

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("tested_on", "months", "due_on"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (None, 12, None),
    ],
)
def test_the_next_test_is_so_many_months_on(tested_on, months, due_on):
    assert next_test(tested_on, months) == due_on


def test_its_last_day_is_in_time_the_next_is_not():
    def at(days):
        return standing(TODAY + timedelta(days=days), False, TODAY)

    assert [at(days) for days in (-1, 0, 30, 31)] == [
        Standing.OVERDUE,
        Standing.SOON,
        Standing.SOON,
        Standing.GOOD,
    ]
    assert standing(None, False, TODAY) is Standing.NEVER
    assert standing(TODAY, True, TODAY) is Standing.GONE


def test_every_kind_has_months_and_a_category_that_there_is():
    assert set(EVERY_MONTHS) == set(Kind)
    assert {fault_category(kind) for kind in Kind} <= {one.code for one in CATEGORIES}
