"""The leader's view: counts match the list to the digit, nobody sees another's grids."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.patrols import service as patrols
from firegrid_app.presence.tables import PresenceFlag
from firegrid_app.records import Position, Stamp
from firegrid_app.refusals import Refused
from firegrid_app.rota.changing import give_shift
from firegrid_app.supervision.checks import check, last_checks, walks_to_compare
from firegrid_app.supervision.service import walks_view
from firegrid_app.supervision.state import WalksState
from firegrid_app.supervision.tables import SpotCheck
from tests.cast import COMMUNITY, STREET, A, B, C
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, stamp, walk
from tests.rota.lists import add
from tests.tabs import click, goes_to, sent, tab

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def view(session, cast, who="secretary", code=COMMUNITY, chosen="", now=NOW):
    return walks_view(session, cast.actor(who), code, chosen, now)


def duty(session, cast, who, starts, ends, **more):
    return add(session, cast, who, starts=starts, ends=ends, **{"day": TODAY, **more})


def of(found):
    return {row.code: row for row in found.rows}


def test_who_has_started_who_is_late_and_who_is_done(session, cast):
    walk(session, cast.actor("member_a"), NOW - timedelta(minutes=150), 125)
    found = view(session, cast)
    rows = of(found)
    assert (rows[A].progress, rows[A].minutes, rows[A].started) == ("done", 125, "07:30")
    assert rows[A].walkers == "姜龙"
    assert (rows[B].progress, rows[B].started, rows[B].usual) == ("late", "", "09:00")
    assert {one.progress: one.grids for one in found.tallies} == {"late": 1, "done": 1}


def test_an_open_walk_is_walking_and_a_short_one_paused(session, cast):
    walk(session, cast.actor("member_a"), NOW - timedelta(minutes=20), None)
    walk(session, cast.actor("member_b"), NOW - timedelta(minutes=50), 10, grid_code=B)
    rows = of(view(session, cast))
    assert (rows[A].progress, rows[B].progress) == ("walking", "paused")


def test_a_grid_that_starts_at_noon_is_not_late_in_the_morning(session, cast):
    for days in (1, 2, 3):
        walk(session, cast.actor("member_b"), NOW - timedelta(days=days, hours=-4), 10, grid_code=B)
    row = of(view(session, cast))[B]
    assert (row.usual, row.progress) == ("14:00", "not_yet")


def test_a_duty_list_says_who_should_have_begun_and_when(session, cast):
    """Ten in the morning: by habit grid b would be late since half past nine."""
    duty(session, cast, "member_b", "09:45", "17:30", by="secretary", grid_code=B)
    duty(session, cast, "member_a", "09:00", "17:30")
    duty(session, cast, "head_a", "09:00", "12:00")
    rows = of(view(session, cast))
    assert (rows[B].progress, rows[B].usual, rows[B].listed) == ("not_yet", "09:45", True)
    assert [(one.name, one.phone) for one in rows[B].due] == [("何芳", "13800000009")]
    assert (rows[A].progress, rows[A].usual) == ("late", "09:00")
    assert [one.name for one in rows[A].due] == ["姜龙", "龚丽"]


def test_where_the_list_of_the_month_names_nobody_today_nobody_is_late(session, cast):
    duty(session, cast, "member_b", "08:00", "17:30", by="secretary", grid_code=B, day=TOMORROW)
    row = of(view(session, cast))[B]
    assert (row.progress, row.listed, row.due) == ("not_yet", True, [])


def test_a_shift_that_was_swapped_calls_the_one_who_is_on_now(session, cast):
    shift = duty(session, cast, "member_a", "09:00", "17:30")
    give_shift(session, cast.actor("head_a"), shift.id, cast.people["head_a"], NOW)
    assert [one.name for one in of(view(session, cast))[A].due] == ["龚丽"]


def test_on_a_day_off_nobody_is_late(session, cast):
    sunday = NOW - timedelta(days=1)
    found = view(session, cast, now=sunday)
    assert not found.is_workday
    assert {row.progress for row in found.rows} == {"rest"}


def test_counts_are_those_of_the_list_to_the_digit(session, cast):
    walk(session, cast.actor("member_a"), NOW - timedelta(minutes=20), None)
    found = view(session, cast, "officer", STREET)
    assert sum(one.grids for one in found.tallies) == len(found.rows) == found.matches == 3
    for tally in found.tallies:
        narrowed = view(session, cast, "officer", STREET, tally.progress)
        assert narrowed.matches == len(narrowed.rows) == tally.grids
        assert narrowed.tallies == found.tallies


def test_a_week_is_a_strip_of_seven_days_with_their_minutes(session, cast):
    walk(session, cast.actor("member_a"), NOW - timedelta(days=3), 60)
    days = of(view(session, cast))[A].days
    assert [day.label for day in days] == [f"11-{n}" for n in range(17, 24)]
    assert [day.minutes for day in days] == [0, 0, 0, 60, 0, 0, 0]
    assert days[3].share == 50
    assert [day.is_workday for day in days] == [True, True, True, True, False, False, True]


@pytest.mark.parametrize(
    ("who", "code", "refusal"),
    [
        ("member_a", A, "access.not_allowed"),
        ("leader_a", A, "access.not_allowed"),
        ("department", STREET, "access.not_allowed"),
        ("resident", A, "access.not_allowed"),
        ("head_a", B, "access.outside_grid"),
        ("secretary", C, "access.outside_grid"),
        ("secretary", "nowhere", "grids.unknown"),
    ],
)
def test_the_view_is_for_who_leads_and_only_there(session, cast, who, code, refusal):
    with refused(refusal):
        view(session, cast, who, code)


def test_a_head_sees_the_own_grid_without_flags_and_checks(session, cast):
    found = view(session, cast, "head_a", A)
    assert [row.code for row in found.rows] == [A]
    assert not found.may_supervise


def test_an_unannounced_check_is_kept_beside_the_walk(session, cast):
    secretary = cast.actor("secretary")
    patrol = walk(session, cast.actor("member_a"), NOW - timedelta(minutes=60), 30)
    (pick,) = walks_to_compare(session, secretary, A, NOW)
    assert (pick.id, pick.label) == (str(patrol.id), "11-23 09:00–09:30 姜龙")
    made = check(
        session,
        secretary,
        grid_code=A,
        patrol=pick.id,
        agrees=False,
        found=" 3栋楼顶门锁着，记录写正常 ",
        now=NOW,
    )
    assert (made.kind, made.patrol_id, made.agrees) == ("unannounced", patrol.id, False)
    (line,) = view(session, cast).checks
    assert (line.found, line.person_name, line.walk) == (
        "3栋楼顶门锁着，记录写正常",
        "石珍",
        "11-23 09:00–09:30 姜龙",
    )


@pytest.mark.parametrize(
    ("who", "grid", "patrol", "agrees", "code"),
    [
        ("member_a", A, "", True, "access.outside_grid"),
        ("head_a", A, "", True, "access.outside_grid"),
        ("other_secretary", A, "", True, "access.outside_grid"),
        ("secretary", A, "", False, "supervision.no_words"),
        ("secretary", A, "not a walk", True, "patrols.unknown"),
        ("secretary", A, "b", True, "patrols.unknown"),
        ("secretary", "nowhere", "", True, "grids.unknown"),
    ],
)
def test_a_check_is_refused_in_words_and_nothing_is_written(
    session, cast, who, grid, patrol, agrees, code
):
    other = walk(session, cast.actor("member_b"), NOW, 5, grid_code=B)
    with refused(code):
        check(
            session,
            cast.actor(who),
            grid_code=grid,
            patrol=str(other.id) if patrol == "b" else patrol,
            agrees=agrees,
            found=" ",
            now=NOW,
        )
    assert session.exec(select(SpotCheck)).all() == []


def test_checks_of_other_grids_are_not_listed(session, cast):
    check(session, cast.actor("secretary"), grid_code=A, patrol="", agrees=True, found="", now=NOW)
    assert view(session, cast, "other_secretary", C).checks == []
    from firegrid_app.grids.tables import Grid

    with refused(r"access\.outside_grid"):
        last_checks(session, cast.actor("other_secretary"), session.get(Grid, cast.grids["a"]))


def opened(cast, who):
    page = tab(WalksState, cast.tokens.get(who))
    return page, goes_to(click(page.load()))


def test_the_page_shows_a_flag_and_takes_a_word_about_it(cast):
    with transaction() as session:
        member = cast.actor("member_a")
        patrol = walk(session, member, NOW, None)
        far = Position(lat=29.5, lon=105.9, accuracy_m=5)
        made = Stamp(stamp().id, NOW, far)
        patrols.arrive(
            session,
            member,
            made,
            patrol_id=patrol.id,
            check_point_id=cast.check_points["a2"],
            all_fine=True,
            note="",
            now=NOW,
        )
    page, _ = opened(cast, "secretary")
    assert (page.phase, page.view.flag_count) == ("ready", 1)
    click(page.ask_flag(page.view.flags[0].id))
    click(page.answer_flag({"outcome": "punished", "note": ""}))
    assert page.form_said.code == "invalid"
    click(page.answer_flag({"outcome": "fine", "note": "定位漂移"}))
    assert page.view.flag_count == 0
    with reading() as session:
        assert session.exec(select(PresenceFlag)).one().note == "定位漂移"


def test_the_page_writes_a_check_down(cast):
    page, _ = opened(cast, "secretary")
    click(page.ask_check(A))
    assert page.checked == A
    click(page.write_check({"agrees": "no", "found": ""}))
    assert page.form_said.code == "supervision.no_words"
    click(page.write_check({"agrees": "no", "found": "没有人"}))
    assert page.view.checks[0].found == "没有人"
    assert page.checked == ""


def test_who_may_not_look_is_sent_away_and_takes_nothing_along(cast):
    assert opened(cast, "member_a")[1] == ["/"]
    assert opened(cast, None)[1] == ["/login"]
    page, _ = opened(cast, "member_a")
    assert A not in sent(page)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_any_argument_is_survived(cast, nonsense):
    page, _ = opened(cast, "secretary")
    for handler in (page.pick, page.narrow, page.ask_flag, page.ask_check):
        click(handler(nonsense))
    click(page.answer_flag({"outcome": nonsense}))
    click(page.write_check({"patrol": nonsense, "agrees": nonsense}))
    with reading() as session:
        assert session.exec(select(SpotCheck)).all() == []
