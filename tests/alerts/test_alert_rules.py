"""What a warning may be, and where a grid stands with it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firegrid_app.alerts.measures import measures, proposed
from firegrid_app.alerts.rules import (
    COLOURS,
    WEATHERS,
    Standing,
    covers,
    is_late,
    phase_of,
    problem_of,
    standing_of,
    tops,
    touches,
)
from firegrid_app.texts import LANGUAGES, catalogue
from tests.alerts.making import draft
from tests.factories import NOW

HOUR = timedelta(hours=1)
LONG_AGO = NOW - timedelta(days=30)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"kind": "fire_danger", "weather": ""}, ""),
        ({"kind": "notice", "weather": "", "colour": ""}, ""),
        ({"kind": "rumour"}, "alerts.unknown_kind"),
        ({"weather": ""}, "alerts.unknown_weather"),
        ({"weather": "comet"}, "alerts.unknown_weather"),
        ({"colour": "pink"}, "alerts.unknown_weather"),
        ({"kind": "notice", "colour": ""}, "alerts.unknown_weather"),
        ({"colour": ""}, "alerts.no_colour"),
        ({"kind": "document", "weather": ""}, "alerts.no_colour"),
        ({"title": "雨"}, "alerts.no_title"),
        ({"title": "雨" * 61}, "alerts.no_title"),
        ({"words": "下雨"}, "alerts.no_words"),
        ({"words": "雨" * 301}, "alerts.no_words"),
        ({"ends_at": NOW}, "alerts.ends_before"),
        ({"ends_at": NOW - HOUR}, "alerts.ends_before"),
        ({"starts_at": LONG_AGO, "ends_at": NOW - HOUR}, "alerts.over"),
        ({"ends_at": NOW + timedelta(days=191)}, "alerts.too_long"),
        ({"deadline_at": NOW + 25 * HOUR}, "alerts.bad_deadline"),
        ({"deadline_at": NOW - timedelta(days=8)}, "alerts.bad_deadline"),
        ({"deadline_at": NOW + 24 * HOUR}, ""),
    ],
)
def test_what_cannot_be_issued_has_a_reason(changes, code):
    assert problem_of(draft(**changes), NOW) == code


@pytest.mark.parametrize(
    ("lifted", "hours", "phase"),
    [
        (None, -1, "coming"),
        (None, 0, "in_force"),
        (None, 23, "in_force"),
        (None, 24, "over"),
        (NOW, 1, "lifted"),
        (NOW, 99, "lifted"),
    ],
)
def test_it_is_in_force_from_its_first_moment_up_to_its_end(lifted, hours, phase):
    assert phase_of(NOW, NOW + 24 * HOUR, lifted, NOW + hours * HOUR) == phase


@pytest.mark.parametrize(
    ("seen", "passed", "residents", "asked", "done", "standing"),
    [
        (None, None, True, 0, 0, Standing.UNSEEN),
        (NOW, None, True, 0, 0, Standing.SEEN),
        (None, NOW, True, 0, 0, Standing.PASSED_ON),
        (NOW, NOW, True, 2, 1, Standing.PASSED_ON),
        (NOW, NOW, True, 2, 2, Standing.DONE),
        (NOW, None, True, 2, 2, Standing.SEEN),
        (NOW, None, False, 0, 0, Standing.SEEN),
        (NOW, None, False, 1, 1, Standing.DONE),
        (None, None, False, 1, 1, Standing.UNSEEN),
    ],
)
def test_a_grid_stands_somewhere(seen, passed, residents, asked, done, standing):
    found = standing_of(seen, passed, to_residents=residents, tasks_asked=asked, tasks_done=done)
    assert found == standing


def test_late_is_after_the_deadline_or_not_at_all_when_it_is_over():
    deadline = NOW + HOUR
    assert not is_late(None, deadline, NOW)
    assert not is_late(deadline, deadline, NOW + 9 * HOUR)
    assert is_late(None, deadline, NOW + 2 * HOUR)
    assert is_late(NOW + 2 * HOUR, deadline, NOW + 3 * HOUR)


def test_it_covers_what_lies_below_and_touches_what_lies_above():
    assert covers("1/2/3/", ("1/2/",))
    assert not covers("1/", ("1/2/",))
    assert touches("1/", ("1/2/",))
    assert not touches("1/3/", ("1/2/",))
    assert not covers("1/22/", ("1/2/",))


@given(some.lists(some.sampled_from(["1/", "1/2/", "1/2/3/", "1/3/", "1/30/", "2/"]), max_size=6))
def test_tops_cover_the_same_and_none_lies_in_another(paths):
    found = tops(paths)
    for path in paths:
        assert sum(path.startswith(top) for top in found) == 1
    assert set(found) <= set(paths)


def test_every_weather_colour_and_measure_has_its_words():
    for language in LANGUAGES:
        known = catalogue(language)
        for code in WEATHERS:
            assert {f"alerts.weather.{code}", f"alerts.script.{code}"} <= set(known)
        for code in COLOURS:
            assert f"alerts.colour.{code}" in known
        for code in measures():
            assert 2 <= len(known[f"alerts.measure.{code}"]) <= 120


def test_no_proposed_script_is_too_long_to_be_issued():
    for language in LANGUAGES:
        for key, words in catalogue(language).items():
            if key.startswith("alerts.script."):
                assert problem_of(draft(words=words), NOW) == "", key


@pytest.mark.parametrize("weather", WEATHERS)
def test_the_graver_it_is_the_more_is_proposed(weather):
    counts = [len(proposed("weather", weather, colour)) for colour in COLOURS]
    assert counts == sorted(counts)
    assert proposed("weather", weather, "mauve") == []


def test_a_measure_takes_the_place_of_another():
    assert "shout_daily" in proposed("weather", "gale", "orange")
    found = proposed("weather", "gale", "red")
    assert "shout_twice" in found
    assert "shout_daily" not in found
    assert {"check_daily", "open_fire"} <= set(proposed("fire_danger", "", "orange"))
