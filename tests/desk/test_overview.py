"""The desk's figures: rows, sums and tallies of the same day agree to the digit."""

from datetime import timedelta

import pytest

from firegrid_app.access.rules import Action
from firegrid_app.access.tables import Person
from firegrid_app.desk.cards import Asked
from firegrid_app.desk.service import desk_grids, overview
from firegrid_app.hazards.lists import counts_at, counts_by_grid
from firegrid_app.patrols import service as patrols
from firegrid_app.refusals import Refused
from firegrid_app.shouts import service as shouts
from firegrid_app.visits import service as visits
from tests.cast import COMMUNITY, COUNTY, OTHER_COMMUNITY, STREET, A, B, C
from tests.factories import NOW, report, stamp, walk

MORNING = NOW - timedelta(hours=1)


def shout(session, actor, grid):
    shouts.log(session, actor, stamp(NOW), grid_code=grid, patrol_id=None, script="ebike",
               means="own_voice", people_reached=3, where_words="", now=NOW)  # fmt: skip
    session.flush()


def knock(session, actor, door):
    visits.log(session, actor, stamp(NOW), household_id=door, patrol_id=None, outcome="met",
               note="", now=NOW)  # fmt: skip
    session.flush()


@pytest.fixture
def busy_day(session, cast):
    """a: walked enough, two doors, one shout; b: overdue; c: nobody came."""
    member_a, member_b = cast.actor("member_a"), cast.actor("member_b")
    walk(session, member_a, MORNING, 125)
    knock(session, member_a, cast.doors["a1"])
    knock(session, member_a, cast.doors["a2"])
    shout(session, member_a, A)
    report(session, member_a)
    walk(session, member_b, MORNING, 20, grid_code=B)
    report(session, member_b, NOW - timedelta(days=30), grid_code=B)
    report(session, member_b, grid_code=B)


def rows(session, cast, who, code, now=NOW):
    return {row.code: row for row in overview(session, cast.actor(who), code, now).rows}


def test_each_grid_has_its_own_figures(session, cast, busy_day):
    found = rows(session, cast, "officer", STREET)
    a, b, c = found[A], found[B], found[C]
    assert (a.standing, a.minutes, a.target) == ("done", 125, 120)
    assert (a.knocks, a.shouts, a.open_hazards, a.overdue_hazards) == (2, 1, 1, 0)
    assert (b.standing, b.minutes, b.open_hazards, b.overdue_hazards) == ("overdue", 20, 2, 1)
    assert (c.standing, c.minutes, c.knocks, c.shouts, c.open_hazards) == ("not_walked", 0, 0, 0, 0)
    assert a.last_patrol == (MORNING + timedelta(minutes=125)).isoformat()
    assert c.last_patrol == ""


def test_holders_are_named_heads_first_and_no_numbers(session, cast, busy_day):
    found = rows(session, cast, "secretary", COMMUNITY)
    assert found[A].holders.startswith("龚丽、姜龙")
    assert found[B].holders == "何芳"
    assert found[A].parent_name == "小桥子社区"


def test_who_is_switched_off_is_not_named(session, cast):
    session.get(Person, cast.people["member_b"]).switched_off_at = NOW
    session.flush()
    assert rows(session, cast, "secretary", COMMUNITY)[B].holders == ""


@pytest.mark.parametrize("code", [COUNTY, STREET, COMMUNITY, OTHER_COMMUNITY, A])
def test_sums_equal_the_rows_and_tallies_add_up(session, cast, busy_day, code):
    card = overview(session, cast.actor("administrator"), code, NOW)
    for figure in (
        "minutes",
        "knocks",
        "shouts",
        "open_hazards",
        "overdue_hazards",
        "doors",
        "doors_left",
        "points",
        "points_left",
    ):
        assert getattr(card, figure) == sum(getattr(row, figure) for row in card.rows)
    assert sum(tally.grids for tally in card.tallies) == len(card.rows)
    for tally in card.tallies:
        assert tally.grids == sum(row.standing == tally.standing for row in card.rows)


def test_a_small_grid_is_its_own_only_row(session, cast, busy_day):
    assert list(rows(session, cast, "member_a", A)) == [A]


def test_yesterdays_work_is_not_todays(session, cast, busy_day):
    found = rows(session, cast, "secretary", COMMUNITY, NOW + timedelta(days=1))
    assert (found[A].minutes, found[A].knocks, found[A].shouts) == (0, 0, 0)
    assert found[A].open_hazards == 1
    assert found[A].standing == "not_walked"


def test_on_a_holiday_nothing_is_asked_for(session, cast):
    national_day = NOW.replace(month=10, day=1)
    card = overview(session, cast.actor("secretary"), COMMUNITY, national_day)
    assert not card.is_workday
    assert {(row.target, row.standing) for row in card.rows} == {(0, "rest_day")}


def test_a_make_up_saturday_is_a_workday(session, cast):
    card = overview(session, cast.actor("secretary"), COMMUNITY, NOW.replace(month=10, day=10))
    assert card.is_workday
    assert {(row.target, row.standing) for row in card.rows} == {(120, "not_walked")}


def test_work_on_a_day_of_rest_is_seen(session, cast):
    sunday = NOW - timedelta(days=1)
    walk(session, cast.actor("member_a"), sunday, 15)
    assert rows(session, cast, "secretary", COMMUNITY, sunday)[A].standing == "done"


@pytest.mark.parametrize("code", [COUNTY, STREET, COMMUNITY, OTHER_COMMUNITY, A, B, C])
@pytest.mark.parametrize(
    "who", ["administrator", "officer", "department", "secretary", "member_b", "leader_a"]
)
def test_the_desk_opens_exactly_where_the_table_of_rights_says(session, cast, who, code):
    actor = cast.actor(who)
    path = next(cast.paths[key] for key, one in cast.codes.items() if one == code)
    try:
        overview(session, actor, code, NOW)
        opened = True
    except Refused as refused:
        opened = refused.code != "access.outside_grid"
    assert opened is actor.may(Action.SEE_GRID, path)


def test_an_unknown_grid_is_unknown(session, cast):
    with pytest.raises(Refused, match=r"^grids\.unknown$"):
        overview(session, cast.actor("administrator"), "nowhere", NOW)


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("officer", [STREET, COMMUNITY, OTHER_COMMUNITY]),
        ("secretary", [COMMUNITY]),
        ("member_a", [A]),
    ],
)
def test_the_desk_can_be_opened_for_streets_and_communities_or_the_own_grid(
    session, cast, who, codes
):
    assert [grid.code for grid in desk_grids(session, cast.actor(who))] == codes


@pytest.mark.parametrize("who", ["leader_a", "resident"])
def test_who_sees_no_grid_gets_no_desk(session, cast, who):
    with pytest.raises(Refused, match=r"^access\.not_allowed$"):
        desk_grids(session, cast.actor(who))


def then(session, cast, day, week=False, who="officer", code=STREET):
    return overview(session, cast.actor(who), code, NOW, Asked(day, week))


def test_another_day_has_the_figures_of_that_day(session, cast):
    friday = NOW - timedelta(days=3)
    member = cast.actor("member_a")
    walk(session, member, friday, 45)
    report(session, member, friday)
    walk(session, member, MORNING, 20)
    report(session, member)
    found = {row.code: row for row in then(session, cast, "2026-11-20").rows}[A]
    assert (found.minutes, found.standing, found.open_hazards) == (45, "under_target", 1)
    assert found.last_patrol == (friday + timedelta(minutes=45)).isoformat()
    day_before = {row.code: row for row in then(session, cast, "2026-11-19").rows}[A]
    assert (day_before.minutes, day_before.open_hazards, day_before.last_patrol) == (0, 0, "")
    today = {row.code: row for row in then(session, cast, "").rows}[A]
    assert (today.minutes, today.open_hazards) == (20, 2)


def test_what_was_closed_later_was_open_then(session, cast):
    friday = NOW - timedelta(days=3)
    hazard = report(session, cast.actor("member_a"), friday, fixed_on_spot=False)
    hazard.status, hazard.closed_at = "closed", NOW
    hazard.due_on = (friday - timedelta(days=1)).date()
    session.flush()
    card = then(session, cast, "2026-11-20")
    assert (card.open_hazards, card.overdue_hazards) == (1, 1)
    assert then(session, cast, "").open_hazards == 0


def test_the_end_of_today_counts_hazards_as_the_list_of_today_does(session, cast, busy_day):
    ids = list(cast.grids.values())
    midnight = NOW.replace(hour=16)
    assert counts_at(session, ids, midnight, NOW.date()) == counts_by_grid(session, ids, NOW.date())


def test_a_week_adds_up_its_days(session, cast):
    sunday = NOW - timedelta(days=1)
    for at, minutes in ((sunday - timedelta(days=2), 30), (sunday - timedelta(days=5), 50)):
        walk(session, cast.actor("member_a"), at, minutes)
    card = then(session, cast, "2026-11-18", week=True)
    found = {row.code: row for row in card.rows}[A]
    assert (card.first, card.day) == ("2026-11-16", "2026-11-22")
    assert (found.minutes, found.target, found.standing) == (80, 600, "under_target")
    this_week = then(session, cast, "2026-11-23", week=True)
    assert (this_week.first, this_week.day) == ("2026-11-23", "2026-11-23")


@pytest.mark.parametrize("day", ["2026-11-24", "2025-11-22", "yesterday", "2026-02-30"])
def test_a_day_that_cannot_be_looked_at_is_refused_in_words(session, cast, day):
    with pytest.raises(Refused, match=r"^desk\.no_such_day$"):
        then(session, cast, day)


def test_doors_and_points_left_go_down_with_the_work(session, cast, busy_day):
    before = rows(session, cast, "officer", STREET)[A]
    assert (before.doors, before.doors_left) == (6, 4)
    assert (before.points, before.points_left) == (2, 2)
    patrol = walk(session, cast.actor("member_a"), NOW, None)
    patrols.arrive(
        session,
        cast.actor("member_a"),
        stamp(NOW),
        patrol_id=patrol.id,
        check_point_id=cast.check_points["a1"],
        all_fine=True,
        note="",
        now=NOW,
    )
    session.flush()
    assert rows(session, cast, "officer", STREET)[A].points_left == 1
    # A knock of an earlier round no longer counts: the doors are to be knocked at anew.
    later = overview(session, cast.actor("officer"), STREET, NOW + timedelta(days=91))
    assert {row.code: row for row in later.rows}[A].doors_left == 6
