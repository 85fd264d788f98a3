"""Deadlines in workdays: make-up days, holidays, a street's own terms, and who keeps which."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.duties.rules.periods import Workdays
from firegrid_app.hazards.deadlines import set_terms, terms_in, terms_of
from firegrid_app.hazards.rules.deadlines import (
    LONGEST,
    SHIPPED,
    Due,
    Terms,
    due_on,
    first_look,
    late_from,
    nth_workday,
    presses,
    problem_of,
    what_is_due,
)
from firegrid_app.hazards.rules.kinds import Severity
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.refusals import Refused
from tests.cast import COUNTY, OTHER_STREET, STREET, A
from tests.factories import NOW, report

MONDAY = date(2026, 11, 23)
PLAIN = Workdays()
NATIONAL_DAY = Workdays(
    {date(2026, 10, day): False for day in range(1, 8)}
    | {date(2026, 9, 27): True, date(2026, 10, 10): True}
)
"""The holiday of 2026 with its two make-up days at weekends."""
OWN = Terms(3, 1, 2, False)


@pytest.mark.parametrize(
    ("severity", "last_day"),
    [
        (Severity.MINOR, date(2026, 11, 23)),
        (Severity.SUSPECTED_MAJOR, date(2026, 11, 24)),
        (Severity.GENERAL, date(2026, 11, 30)),
        (Severity.MAJOR, date(2026, 12, 23)),
    ],
)
def test_each_severity_has_its_last_day(severity, last_day):
    assert due_on(SHIPPED[severity], MONDAY, PLAIN) == last_day


def test_every_severity_has_terms_that_hold():
    assert set(SHIPPED) == set(Severity)
    assert {problem_of(terms) for terms in SHIPPED.values()} == {""}


@pytest.mark.parametrize(
    ("found", "last_day"),
    [
        (date(2026, 9, 25), date(2026, 10, 8)),  # Friday: Sunday is a workday, a week is off
        (date(2026, 10, 3), date(2026, 10, 13)),  # in the holiday: Saturday the 10th counts
        (date(2026, 10, 8), date(2026, 10, 14)),
    ],
)
def test_holidays_do_not_count_and_make_up_days_do(found, last_day):
    assert due_on(SHIPPED[Severity.GENERAL], found, NATIONAL_DAY) == last_day


@given(st.dates(date(2026, 9, 1), date(2026, 11, 1)), st.integers(1, LONGEST))
def test_a_deadline_is_a_workday_and_so_many_workdays_lie_in_it(found, days):
    due = due_on(Terms(days, 0, 1, False), found, NATIONAL_DAY)
    between = [found + timedelta(days=n) for n in range(1, (due - found).days + 1)]
    assert due in NATIONAL_DAY
    assert sum(day in NATIONAL_DAY for day in between) == days
    assert nth_workday(-days, nth_workday(1, due, NATIONAL_DAY), NATIONAL_DAY) <= due


def test_at_once_is_the_same_day_also_on_a_sunday():
    assert due_on(SHIPPED[Severity.MINOR], date(2026, 11, 22), PLAIN) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("assigned", "pressing", "look"),
    [
        (True, False, date(2026, 11, 26)),  # two workdays before Monday the 30th
        (False, False, date(2026, 11, 24)),  # nobody has it: the next workday already
        (True, True, date(2026, 11, 26)),
    ],
)
def test_the_first_look(assigned, pressing, look):
    terms = SHIPPED[Severity.GENERAL]
    due = due_on(terms, MONDAY, PLAIN)
    found = first_look(terms, due, MONDAY, PLAIN, assigned=assigned, pressing=pressing)
    assert found == look


def test_late_is_the_next_workday_but_what_presses_waits_for_none():
    friday = date(2026, 11, 27)
    assert late_from(friday, PLAIN, pressing=False) == date(2026, 11, 30)
    assert late_from(friday, PLAIN, pressing=True) == date(2026, 11, 28)
    assert presses("general", True)
    assert presses("suspected_major", False)
    assert not presses("general", False)


def test_nobody_is_reminded_of_what_nobody_has():
    assert what_is_due(MONDAY, MONDAY, assigned=True) == Due.REMIND
    assert what_is_due(MONDAY, MONDAY, assigned=False) == Due.STEP_UP
    assert what_is_due(MONDAY, MONDAY + timedelta(days=1), assigned=True) == Due.STEP_UP


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (Terms(91, 0, 1, False), "hazards.terms_out_of_range"),
        (Terms(-1, 0, 1, False), "hazards.terms_out_of_range"),
        (Terms(5, 0, 0, False), "hazards.terms_out_of_range"),
        (Terms(5, -1, 1, False), "hazards.terms_out_of_range"),
        (Terms(5, 5, 1, False), "hazards.reminded_too_early"),
        (Terms(0, 1, 1, False), "hazards.reminded_too_early"),
        (Terms(90, 89, 90, True), ""),
    ],
)
def test_terms_that_cannot_hold(terms, code):
    assert problem_of(terms) == code


def test_a_streets_own_terms_go_before_the_countys_and_a_categorys_before_the_grades(session, cast):
    county, street = cast.actor("administrator"), cast.actor("officer")
    set_terms(session, county, COUNTY, "general", "", Terms(10, 0, 1, False), NOW)
    assert report(session, cast.actor("member_a")).due_on == date(2026, 12, 7)
    set_terms(session, street, STREET, "general", "", OWN, NOW)
    set_terms(session, county, COUNTY, "general", "exit_locked", Terms(2, 0, 1, True), NOW)
    assert report(session, cast.actor("member_a")).due_on == date(2026, 11, 26)
    # The street's rule for the whole grade lies nearer than the county's for the category.
    assert report(session, cast.actor("member_a"), category="exit_locked").due_on == date(
        2026, 11, 26
    )
    set_terms(session, street, STREET, "general", "exit_locked", Terms(1, 0, 1, True), NOW)
    assert report(session, cast.actor("member_a"), category="exit_locked").due_on == date(
        2026, 11, 24
    )
    assert report(session, cast.actor("officer"), severity="minor").due_on == MONDAY


def test_a_hazard_keeps_its_terms_when_the_street_sets_others(session, cast):
    officer = cast.actor("officer")
    set_terms(session, officer, STREET, "general", "", OWN, NOW)
    made = report(session, cast.actor("member_a"))
    set_terms(session, officer, STREET, "general", "", Terms(60, 0, 9, True), NOW)
    assert (made.due_on, terms_of(session, made)) == (date(2026, 11, 26), OWN)
    assert report(session, cast.actor("member_a")).due_on > date(2027, 1, 31)
    set_terms(session, officer, STREET, "general", "", None, NOW)
    assert report(session, cast.actor("member_a")).due_on == date(2026, 11, 30)
    assert terms_of(session, made) == OWN


def test_no_comment_and_no_urge_moves_the_deadline_or_the_next_look(session, cast):
    made = report(session, cast.actor("member_a"))
    before = (made.due_on, made.look_on)
    move(session, cast.actor("head_a"), made.id, Step.COMMENTED, "已联系业主", NOW)
    move(session, cast.actor("member_a"), made.id, Step.URGED, "", NOW)
    move(session, cast.actor("head_a"), made.id, Step.ANSWERED, "周三清", NOW)
    assert (made.due_on, made.look_on) == before


def test_terms_are_listed_with_where_they_come_from(session, cast):
    set_terms(session, cast.actor("officer"), STREET, "general", "", OWN, NOW)
    county = cast.actor("administrator")
    set_terms(session, county, COUNTY, "minor", "smoking", Terms(1, 0, 1, False), NOW)
    found = terms_in(session, cast.actor("secretary"), A, NOW)
    assert [(one.severity, one.category, one.days, one.origin) for one in found] == [
        ("minor", "", 0, "shipped"),
        ("general", "", 3, "above"),
        ("suspected_major", "", 1, "shipped"),
        ("major", "", 22, "shipped"),
        ("minor", "smoking", 1, "above"),
    ]
    own = terms_in(session, cast.actor("officer"), STREET, NOW)
    assert {one.origin for one in own if one.severity == "general"} == {"own"}


@pytest.mark.parametrize(
    ("who", "code", "refusal"),
    [
        ("other_officer", STREET, "access.outside_grid"),
        ("secretary", STREET, "access.outside_grid"),
        ("head_a", A, "access.outside_grid"),
        ("member_a", STREET, "access.outside_grid"),
        ("officer", OTHER_STREET, "access.outside_grid"),
        ("officer", COUNTY, "access.outside_grid"),
        ("officer", A, "hazards.terms_of_street"),
    ],
)
def test_only_a_street_or_county_sets_its_own_terms(session, cast, who, code, refusal):
    with pytest.raises(Refused, match=f"^{refusal}$"):
        set_terms(session, cast.actor(who), code, "general", "", OWN, NOW)


@pytest.mark.parametrize(
    ("severity", "category", "terms", "refusal"),
    [
        ("huge", "", OWN, "hazards.unknown_severity"),
        ("general", "dragons", OWN, "hazards.unknown_category"),
        ("general", "", Terms(500, 0, 1, False), "hazards.terms_out_of_range"),
        ("general", "", Terms(2, 2, 1, False), "hazards.reminded_too_early"),
    ],
)
def test_terms_that_make_no_sense_are_refused_and_nothing_changes(
    session, cast, severity, category, terms, refusal
):
    with pytest.raises(Refused, match=f"^{refusal}$"):
        set_terms(session, cast.actor("officer"), STREET, severity, category, terms, NOW)
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "set_terms")).all() == []
