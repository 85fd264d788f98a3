"""Rules as data: what cannot be is refused in words, and every preset names its plan."""

import re
from dataclasses import replace
from datetime import date

import pytest

from firegrid_app.access.rules import GRID_LEVELS, Role
from firegrid_app.duties.presets import presets
from firegrid_app.duties.rules.obligations import (
    Kind,
    Obligation,
    Rhythm,
    obligation_from,
    problem_of,
)
from firegrid_app.duties.rules.periods import Workdays, comes_due

MEETING = {
    "code": "m",
    "kind": "meeting",
    "role": "street_officer",
    "level": 1,
    "rhythm": "month",
}
TODAY = date(2026, 11, 23)


def test_the_presets_of_the_plans_are_there():
    assert set(presets()) == {"jilin_2023", "chongqing_2021", "zhengzhou_2009"}
    chongqing = {rule.code: rule for rule in presets()["chongqing_2021"]}
    walk = chongqing["daily_walk"]
    assert (walk.role, walk.level, walk.target, walk.source) == (Role.GRID_MEMBER, 3, 120, "YC-33")
    assert chongqing["daily_go_down"].target == 60
    meetings = [
        (rule.rhythm, rule.level, rule.source)
        for name in ("jilin_2023", "zhengzhou_2009")
        for rule in presets()[name]
        if rule.kind == Kind.MEETING
    ]
    # A.1.8 no. 3: monthly and quarterly in Yanbian, every two months in Zhengzhou.
    assert meetings == [("month", 1, "YB-54"), ("quarter", 0, "YB-25"), ("two_months", 1, "ZZ-09")]


@pytest.mark.parametrize("name", ["jilin_2023", "chongqing_2021", "zhengzhou_2009"])
def test_every_rule_of_a_preset_can_be_and_names_its_row(name):
    rules = presets()[name]
    assert len({rule.code for rule in rules}) == len(rules)
    for rule in rules:
        assert problem_of(rule) == ""
        assert re.fullmatch(r"(LY|YB|YC|ZZ)-\d{2,3}", rule.source)
        assert set(rule.ours) <= {"rhythm", "target"}
        assert rule.level in GRID_LEVELS[rule.role]
        assert comes_due(rule, TODAY, Workdays())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rhythm": "minute"}, "duties.too_often"),
        ({"rhythm": "hour"}, "duties.too_often"),
        ({"rhythm": "workday", "times": 99}, "duties.too_often"),
        ({"times": 11}, "duties.too_often"),
        ({"times": -1}, "duties.never"),
        ({"rhythm": "fortnight"}, "duties.malformed_rule"),
        ({"kind": "dance"}, "duties.malformed_rule"),
        ({"role": "mayor"}, "duties.malformed_rule"),
        ({"level": "high"}, "duties.malformed_rule"),
        ({"level": None}, "duties.malformed_rule"),
        ({"level": 3}, "duties.role_not_at_level"),
        ({"season": "monsoon"}, "duties.unknown_season"),
        ({"rhythm": "season"}, "duties.unknown_season"),
        ({"rhythm": "once"}, "duties.day_and_rhythm"),
        ({"once_on": "2026-12-01"}, "duties.day_and_rhythm"),
        ({"once_on": "2026-13-01", "rhythm": "once"}, "duties.malformed_rule"),
        ({"starts_on": "2026-12-01", "ends_on": "2026-11-30"}, "duties.never"),
        ({"starts_on": "2026-12-02", "rhythm": "once", "once_on": "2026-12-01"}, "duties.never"),
        ({"kind": "other"}, "duties.no_words"),
        ({"kind": "other", "words": "x" * 121}, "duties.no_words"),
        ({"target": 5}, "duties.bad_target"),
        ({"kind": "walk"}, "duties.bad_target"),
        ({"kind": "walk", "rhythm": "workday", "target": 1500}, "duties.bad_target"),
        ({"kind": "walk", "rhythm": "month", "target": 60}, "duties.bad_target"),
        ({"kind": "shout", "target": 0}, "duties.bad_target"),
        ({"kind": "shout", "target": -3}, "duties.bad_target"),
    ],
    ids=str,
)
def test_a_rule_that_cannot_be_is_refused_by_its_reason(change, code):
    assert obligation_from(MEETING | change) == code


def test_a_whole_rule_is_taken():
    made = obligation_from(MEETING | {"words": "  月度  研判 ", "starts_on": "2026-12-01"})
    assert isinstance(made, Obligation)
    assert (made.words, made.starts_on) == ("月度 研判", date(2026, 12, 1))


def test_a_rule_for_days_that_never_come_is_noticed():
    rule = Obligation("w", Kind.WALK, Role.GRID_MEMBER, 3, Rhythm.WORKDAY, target=60)
    weekend = replace(rule, starts_on=date(2026, 11, 28), ends_on=date(2026, 11, 29))
    assert not comes_due(weekend, TODAY, Workdays())
    # A make-up Saturday is a workday.
    assert comes_due(weekend, TODAY, Workdays({date(2026, 11, 28): True}))
    past = Obligation(
        "o", Kind.MEETING, Role.STREET_OFFICER, 1, Rhythm.ONCE, once_on=date(2026, 11, 22)
    )
    assert not comes_due(past, TODAY, Workdays())
    assert comes_due(replace(past, once_on=TODAY), TODAY, Workdays())
    summer = replace(rule, season="ebike_summer", ends_on=date(2027, 3, 1))
    assert not comes_due(summer, TODAY, Workdays())
