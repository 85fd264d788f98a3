"""A month drawn up by a pattern, or copied; by who keeps that grid's list and nobody else."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry, Person, Post
from firegrid_app.duties.tables import CalendarDay
from firegrid_app.rota.copying import copy_month
from firegrid_app.rota.month import rota_view
from firegrid_app.rota.patterns import pattern_of
from firegrid_app.rota.tables import Shift, ShiftChange
from tests.cast import COMMUNITY, PHONE_NUMBER, STREET, A, B
from tests.factories import NOW
from tests.rota.lists import DECEMBER, NIGHT, add, draw, listed, refused


def test_a_month_of_workdays_goes_round(session, cast):
    made = draw(session, cast, "head_a", "member_a", "leader_a")
    rows = listed(session, cast)
    assert (made.made, made.replaced, made.empty) == (23, 0, 0)
    assert len(rows) == 23
    assert rows[:4] == [
        ("12-01", "head_a"), ("12-02", "member_a"), ("12-03", "leader_a"), ("12-04", "head_a"),
    ]  # fmt: skip
    assert rows[4] == ("12-07", "member_a")
    (noted,) = session.exec(select(AuditEntry).where(AuditEntry.action == "draw_rota")).all()
    assert (noted.person_id, noted.subject) == (cast.people["head_a"], f"{A} 2026-12 +23 -0")


def test_public_holidays_are_left_out_and_make_up_days_are_not(session, cast):
    session.add(CalendarDay(day=date(2026, 12, 1), is_workday=False, name="放假"))
    session.add(CalendarDay(day=date(2026, 12, 5), is_workday=True, name="调休"))
    session.flush()
    draw(session, cast)
    days = [day for day, _ in listed(session, cast)]
    assert "12-01" not in days
    assert "12-05" in days


def test_the_next_month_goes_on_in_turn(session, cast):
    draw(session, cast, "head_a", "member_a")
    assert listed(session, cast)[-1] == ("12-31", "head_a")
    draw(session, cast, "head_a", "member_a", month="2027-01")
    january = [row for row in listed(session, cast) if row[0].startswith("01-")]
    assert january[0][1] == "member_a"
    view = rota_view(session, cast.actor("head_a"), A, "2027-02", NOW)
    assert view.pattern.hours == [["08:30", "17:30"]]
    assert [one.name for one in view.people if one.chosen] == ["龚丽", "姜龙"]
    assert view.pattern.first in (cast.people["head_a"], cast.people["member_a"])


def test_somebody_named_begins(session, cast):
    draw(session, cast, "head_a", "member_a", first=cast.people["member_a"])
    assert listed(session, cast)[0] == ("12-01", "member_a")


def test_who_leaves_in_the_middle_of_the_month_is_stepped_in_for(session, cast):
    post = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
    post.ends_on = date(2026, 12, 10)
    session.flush()
    made = draw(session, cast)
    rows = dict(listed(session, cast))
    assert made.empty == 0
    assert rows["12-10"] == "member_a"
    assert {rows[day] for day in rows if day > "12-10"} == {"head_a"}


def test_days_for_which_nobody_is_free_are_counted(session, cast):
    post = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
    post.ends_on = date(2026, 12, 10)
    session.flush()
    made = draw(session, cast, "member_a")
    assert (made.made, made.empty) == (8, 15)


def test_who_is_on_duty_elsewhere_is_not_put_on_twice(session, cast):
    add(session, cast, "head_a", day=date(2026, 12, 1), by="secretary", grid_code=COMMUNITY)
    draw(session, cast, "head_a", "member_a")
    assert listed(session, cast)[0] == ("12-01", "member_a")


def test_a_night_that_reaches_into_the_month_counts_too(session, cast):
    add(session, cast, "head_a", day=date(2026, 11, 30), starts="20:00", ends="09:00")
    draw(session, cast, "head_a")
    assert ("12-01", "head_a") not in listed(session, cast)


def test_this_month_is_drawn_up_from_now_on(session, cast):
    """10:00 on Monday 23 November: today's shift has begun, so it is not made any more."""
    made = draw(session, cast, month="2026-11")
    assert listed(session, cast)[0][0] == "11-24"
    assert (made.made, made.empty) == (5, 0)


def test_an_early_morning_does_not_replace_what_has_begun(session, cast):
    begun = add(session, cast, day=date(2026, 11, 23))
    add(session, cast, day=date(2026, 11, 24))
    with refused("rota.there_already"):
        draw(session, cast, month="2026-11")
    made = draw(session, cast, month="2026-11", replace=True)
    assert made.replaced == 1
    assert begun.dropped_at is None
    (change,) = session.exec(select(ShiftChange)).all()
    assert (change.what, change.by_id, change.from_id) == (
        "dropped", cast.people["head_a"], cast.people["member_a"],
    )  # fmt: skip


def test_drawing_up_twice_leaves_one_list(session, cast):
    draw(session, cast)
    first = listed(session, cast)
    made = draw(session, cast, replace=True, first=cast.people["head_a"])
    assert (made.made, made.replaced) == (23, 23)
    assert listed(session, cast) == first


@pytest.mark.parametrize(
    ("who", "by", "grid"),
    [
        ("head_a", "member_a", A),
        ("head_a", "member_b", A),
        ("head_a", "other_secretary", A),
        ("head_a", "department", A),
        ("head_a", "leader_a", A),
        ("head_a", "head_a", B),
        ("head_a", "head_a", COMMUNITY),
    ],
)
def test_nobody_draws_up_a_list_that_is_not_theirs_to_keep(session, cast, who, by, grid):
    with refused("access.outside_grid"):
        draw(session, cast, who, by=by, grid=grid)
    assert session.exec(select(Shift)).all() == []


@pytest.mark.parametrize("who", ["member_b", "switched_off", "resident", "secretary"])
def test_who_has_no_post_there_is_not_put_on_the_list(session, cast, who):
    with refused("rota.not_here"):
        draw(session, cast, who)


def test_a_community_and_a_street_keep_lists_of_their_own(session, cast):
    draw(session, cast, "secretary", "head_a", "member_b", by="secretary", grid=COMMUNITY)
    assert len(listed(session, cast, "community")) == 23
    draw(session, cast, "officer", by="officer", grid=STREET, hours=NIGHT, days="rest")
    assert [row[0] for row in listed(session, cast, "street")][:2] == ["12-05", "12-06"]


@pytest.mark.parametrize(
    ("month", "code"),
    [
        ("2026-10", "rota.over"),
        ("2027-12", "rota.bad_month"),
        ("9999-12", "rota.bad_month"),
        ("2026-13", "rota.bad_month"),
        ("", "rota.bad_month"),
    ],
)
def test_only_this_month_and_a_year_ahead(session, cast, month, code):
    with refused(code):
        draw(session, cast, month=month)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"people": []}, "rota.no_people"),
        ({"people": list(range(1, 62))}, "rota.bad_pattern"),
        ({"hours": []}, "rota.bad_hours"),
        ({"hours": [("08:30", "")]}, "rota.bad_hours"),
        ({"hours": [("08:00", "33:00")]}, "rota.bad_hours"),
        ({"hours": [("01:00", "02:00")] * 4}, "rota.bad_pattern"),
        ({"days": "sundays"}, "rota.bad_pattern"),
        ({"turn": ""}, "rota.bad_pattern"),
        ({"at_once": 0}, "rota.bad_pattern"),
        ({"at_once": 5}, "rota.bad_pattern"),
    ],
)
def test_a_pattern_that_does_not_fit_is_said(changes, code):
    good = {"people": [1], "hours": [("8:30", "17:30")], "days": "every", "turn": "day"}
    with refused(code):
        pattern_of(**{**good, "at_once": 1, **changes})


def test_the_month_before_once_more(session, cast):
    draw(session, cast, "head_a", "member_a", turn="week")
    made = copy_month(session, cast.actor("head_a"), A, "2027-01", now=NOW)
    rows = dict(listed(session, cast))
    assert made.empty == 0
    # New Year's Day is a Friday and a day off; the Monday after repeats the Monday four weeks ago.
    assert rows["01-04"] == rows["12-07"]
    assert rows["01-29"] == rows["12-25"]
    january = [day for day in rows if day.startswith("01-")]
    assert len(january) == len([d for d in january if date(2027, 1, int(d[3:])).weekday() < 5])


def test_a_copy_leaves_out_who_has_left(session, cast):
    draw(session, cast, "head_a", "member_a")
    session.get(Person, cast.people["member_a"]).switched_off_at = NOW
    session.flush()
    made = copy_month(session, cast.actor("head_a"), A, "2027-01", now=NOW)
    assert made.empty > 0
    assert {who for day, who in listed(session, cast) if day.startswith("01-")} == {"head_a"}


def test_a_copy_asks_before_it_replaces(session, cast):
    draw(session, cast)
    draw(session, cast, month="2027-01")
    with refused("rota.there_already"):
        copy_month(session, cast.actor("head_a"), A, "2027-01", now=NOW)
    made = copy_month(session, cast.actor("head_a"), A, "2027-01", replace=True, now=NOW)
    assert made.replaced > 0
    with refused("rota.nothing_to_copy"):
        copy_month(session, cast.actor("head_a"), A, "2027-06", now=NOW)
    with refused("access.outside_grid"):
        copy_month(session, cast.actor("member_a"), A, "2027-01", now=NOW)


def test_a_list_over_midnight_is_copied_with_its_hours(session, cast):
    draw(session, cast, hours=NIGHT, days="every")
    copy_month(session, cast.actor("head_a"), A, "2027-01", now=NOW)
    lengths = {row.ends_at - row.starts_at for row in session.exec(select(Shift))}
    assert lengths == {timedelta(hours=12)}


def test_everybody_who_sees_the_grid_sees_its_list_and_only_who_keeps_it_the_numbers(session, cast):
    draw(session, cast)
    view = rota_view(session, cast.actor("member_a"), A, DECEMBER, NOW)
    assert (view.count, view.may_set, view.people, view.sheet) == (23, False, [], "")
    assert view.days[0].shifts[0].hours == "08:30–17:30"
    assert not PHONE_NUMBER.search(repr(view))
    with refused("access.outside_grid"):
        rota_view(session, cast.actor("member_b"), A, DECEMBER, NOW)
    with refused("access.not_allowed"):
        rota_view(session, cast.actor("leader_a"), A, DECEMBER, NOW)
