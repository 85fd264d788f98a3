"""How a grid stands: late thirty minutes after its duty list, or on workdays its usual hour."""

from datetime import datetime, time

import pytest

from firegrid_app.supervision.rules import Progress, due_by_habit, progress, usual_start


def at(hour, minute=0):
    return datetime(2026, 11, 23, hour, minute)  # noqa: DTZ001 - a wall clock


@pytest.mark.parametrize(
    ("minutes", "target", "started", "walking", "now", "said"),
    [
        (0, 120, False, False, at(9, 30), Progress.NOT_YET),
        (0, 120, False, False, at(9, 31), Progress.LATE),
        (0, 120, True, True, at(9, 31), Progress.WALKING),
        (40, 120, True, False, at(15), Progress.PAUSED),
        (120, 120, True, True, at(15), Progress.DONE),
        (0, 0, False, False, at(15), Progress.REST),
        (10, 0, True, False, at(15), Progress.DONE),
        (10, 0, True, True, at(15), Progress.WALKING),
    ],
)
def test_a_grid_stands_in_one_way(minutes, target, started, walking, now, said):
    due = due_by_habit(now, time(9), target)
    found = progress(minutes, target, started=started, walking=walking, now=now, due=due)
    assert found is said


def test_the_usual_hour_is_the_middle_of_the_days_and_nine_where_there_are_few():
    assert usual_start([]) == time(9)
    assert usual_start([time(7), time(7)]) == time(9)
    assert usual_start([time(19), time(8, 10), time(8, 20)]) == time(8, 20)
    assert usual_start([time(8), time(8, 10), time(8, 21), time(20)]) == time(8, 15)


@pytest.mark.parametrize(
    ("target", "due", "now", "said"),
    [
        # The list says eight: late before the usual hour has come.
        (120, at(8), at(8, 31), Progress.LATE),
        (120, at(8), at(8, 30), Progress.NOT_YET),
        # The list says the evening: nobody is late in the morning.
        (120, at(20), at(11), Progress.NOT_YET),
        # Somebody is on the list on a day off: the list counts.
        (0, at(8), at(8, 31), Progress.LATE),
        # The list names nobody today: nobody is late.
        (120, None, at(23), Progress.NOT_YET),
        (0, None, at(23), Progress.REST),
    ],
)
def test_the_duty_list_says_when_somebody_should_have_begun(target, due, now, said):
    assert progress(0, target, started=False, walking=False, now=now, due=due) is said
