"""When a message may go, how often it is tried; no database."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firegrid_app.messages.rules import (
    CLOSES,
    FINAL,
    LEASE,
    MOST_TRIES,
    UNSURE,
    Counts,
    Reason,
    by_grid,
    digest_window,
    nearest,
    next_try,
)


@given(st.sampled_from(list(Reason)), st.integers(1, 20))
def test_trying_ends_and_never_hurries(reason, tries):
    wait = next_try(reason, tries)
    if wait is not None:
        assert tries < MOST_TRIES
        assert wait >= timedelta(minutes=1)


@pytest.mark.parametrize("reason", sorted(FINAL))
def test_what_only_a_person_can_mend_is_not_tried_again(reason):
    assert next_try(reason, 1) is None


@pytest.mark.parametrize("reason", sorted(UNSURE))
def test_what_may_have_arrived_goes_once_more_and_no_further(reason):
    assert next_try(reason, 1) is not None
    assert next_try(reason, 2) is None


def test_a_provider_that_wants_to_be_left_alone_is_left_alone():
    assert next_try(Reason.TOO_MANY, 1, timedelta(minutes=10)) == timedelta(minutes=10)
    assert next_try(Reason.TOO_MANY, 4, timedelta(minutes=10)) == timedelta(hours=1)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(8, 17))
def test_a_digest_never_leaves_outside_working_hours(day, hour):
    zone = ZoneInfo("Asia/Shanghai")
    opens, closes = digest_window(day, hour, zone)
    assert opens.astimezone(zone).date() == closes.astimezone(zone).date() == day
    assert opens.hour >= 8
    assert opens < closes
    assert closes.timetz().replace(tzinfo=None) == CLOSES


def test_a_lease_outlives_a_letter():
    from firegrid_app.messages.channels.posting import LONGEST

    assert LEASE.total_seconds() > 3 * LONGEST


def test_nothing_to_say_is_empty():
    assert Counts().is_empty
    assert not Counts(flags=1).is_empty
    assert set(Counts().gaps().values()) == {"0"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        (" , ", {}),
        ("key", {"": "key"}),
        ("1=a, 2=b,c", {"1": "a", "2": "b", "": "c"}),
        ("1=a=b", {"1": "a=b"}),
    ],
)
def test_robots_are_given_by_grid(text, found):
    assert by_grid(text) == found


def test_the_nearest_grid_counts():
    assert nearest({"1": "", "2": ""}, "1/2/3/") == "2"
    assert nearest({"1": ""}, "1/2/3/") == "1"
    assert nearest({"12": ""}, "1/2/3/") == ""
