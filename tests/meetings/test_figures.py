"""The figures of a period are the desk's own, to the digit, and stay as they were on the day."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from firegrid_app.alerts.issuing import lift
from firegrid_app.database import transaction
from firegrid_app.desk.service import overview
from firegrid_app.duties import choosing
from firegrid_app.duties.lists import duties_below
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards import service as hazards
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.meetings import holding
from firegrid_app.meetings.figures import figures_of, frozen, thawed
from firegrid_app.meetings.service import meeting_card
from firegrid_app.patrols.days import minutes_by_grid
from firegrid_app.patrols.reached import minutes_between
from firegrid_app.shouts import service as shouts
from firegrid_app.visits import service as visits
from tests.alerts.making import warn
from tests.cast import COUNTY, OTHER_STREET, STREET, B, C
from tests.factories import NOW, report, stamp, walk
from tests.meetings.days import TODAY, planned


def work(session, cast):
    """Three weeks of work in three grids."""
    member, neighbour, other = (
        cast.actor(who) for who in ("member_a", "member_b", "other_secretary")
    )
    for days, minutes in ((0, 45), (1, 30), (9, 130), (40, 20)):
        walk(session, member, NOW - timedelta(days=days, hours=3), minutes)
    walk(session, neighbour, NOW - timedelta(days=2), 25, grid_code=B)
    # Over midnight: each day gets its part.
    walk(session, other, NOW - timedelta(days=3, hours=10, minutes=20), 40, grid_code=C)
    for door, days in (("a1", 0), ("a1", 2), ("a2", 2), ("a3", 50)):
        visits.log(
            session, member, stamp(NOW - timedelta(days=days)), patrol_id=None,
            household_id=cast.doors[door], outcome="met", note="", now=NOW,
        )  # fmt: skip
    for days in (0, 0, 5, 35):
        shouts.log(
            session, member, stamp(NOW - timedelta(days=days)), grid_code="500118003001001",
            patrol_id=None, script="ebike", means="loudhailer", people_reached=3, where_words="",
            now=NOW,
        )  # fmt: skip
    report(session, member, NOW - timedelta(days=12))
    report(session, member, NOW, severity="minor", category="smoking")
    report(session, neighbour, NOW - timedelta(days=60), grid_code=B)
    closed = report(session, member, NOW - timedelta(days=3))
    hazards.move(session, member, closed.id, Step.CORRECTED, "", NOW)
    hazards.move(session, cast.actor("head_a"), closed.id, Step.CLOSED, "", NOW)
    report(session, other, NOW, grid_code=C, fixed_on_spot=True)
    session.flush()


def test_a_day_says_what_the_desk_says_of_every_grid(cast):
    with transaction() as session:
        work(session, cast)
        officer = cast.actor("officer")
        for code in ("street", "community", "a"):
            grid = session.get(Grid, cast.grids[code])
            desk = overview(session, officer, grid.code, NOW)
            figures = figures_of(session, officer, grid, TODAY, TODAY, NOW)
            for name, theirs in (
                ("minutes", "minutes"), ("knocks", "knocks"), ("shouts", "shouts"),
                ("open", "open_hazards"), ("overdue", "overdue_hazards"),
            ):  # fmt: skip
                assert getattr(figures.total, name) == getattr(desk, theirs), (code, name)
                by_code = {row.code: getattr(row, theirs) for row in desk.rows}
                for row in figures.rows:
                    below = sum(number for c, number in by_code.items() if c.startswith(row.code))
                    assert getattr(row, name) == below, (row.code, name)
        assert figures.total.minutes == 45


def test_a_period_is_the_sum_of_its_days_and_of_its_grids(cast):
    with transaction() as session:
        work(session, cast)
        officer = cast.actor("officer")
        street = session.get(Grid, cast.grids["street"])
        first = TODAY - timedelta(days=14)
        figures = figures_of(session, officer, street, first, TODAY, NOW)
        days = [first + timedelta(days=n) for n in range(15)]
        daily = [figures_of(session, officer, street, day, day, NOW).total for day in days]
        for name in ("walks", "minutes", "shouts", "found", "closed"):
            assert getattr(figures.total, name) == sum(getattr(day, name) for day in daily), name
            assert getattr(figures.total, name) == sum(getattr(row, name) for row in figures.rows)
        # A door knocked at on two days is one door.
        assert (figures.total.knocks, sum(day.knocks for day in daily)) == (2, 3)
        for name in ("found", "closed", "open", "overdue"):
            assert getattr(figures.total, name) == sum(
                getattr(one, name) for one in figures.hazards
            )
        assert figures.total.found == 4
        assert figures.total.closed == 2
        assert (figures.total.open, figures.total.overdue) == (3, 2)
        assert [row.name for row in figures.rows] == ["小桥子社区", "泸州街社区"]


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    walks=some.lists(
        some.tuples(some.integers(0, 6 * 1440), some.integers(1, 500), some.booleans()), max_size=6
    )
)
def test_minutes_of_a_period_are_those_of_its_days(cast, walks):
    with transaction() as session:
        for before, minutes, left_open in walks:
            walk(
                session, cast.actor("member_a"), NOW - timedelta(minutes=before),
                None if left_open else minutes,
            )  # fmt: skip
        ids = [cast.grids["a"]]
        days = [TODAY - timedelta(days=n) for n in range(9)]
        daily = sum(minutes_by_grid(session, ids, day).get(ids[0], 0) for day in days)
        assert minutes_between(session, ids, days[-1], days[0]).get(ids[0], 0) == daily
        session.rollback()


def test_duties_are_those_of_the_page_of_duties(cast):
    with transaction() as session:
        administrator = cast.actor("administrator")
        choosing.choose_preset(session, administrator, COUNTY, "chongqing_2021", NOW)
        work(session, cast)
        street = session.get(Grid, cast.grids["street"])
        figures = figures_of(session, cast.actor("officer"), street, TODAY, TODAY, NOW)
        board = duties_below(session, cast.actor("officer"), STREET, NOW)
        assert figures.duties_done == sum(row.done for row in board.grids) > 0
        assert figures.duties_overdue == sum(row.overdue for row in board.grids)


def test_what_is_recorded_later_does_not_change_a_meeting_that_was_held(cast):
    officer = cast.actor("officer")
    with transaction() as session:
        work(session, cast)
        meeting = planned(session, officer)
        live = meeting_card(session, officer, meeting.id, NOW).figures
        assert live.total.found == 4
        holding.hold(
            session, officer, meeting.id, came=[cast.people["officer"]], guests="", now=NOW
        )
        report(session, cast.actor("member_a"), NOW)
        kept = meeting_card(session, officer, meeting.id, NOW + timedelta(days=30)).figures
        assert kept == live
        assert thawed(frozen(live)) == live
        # Who was asked but may not look into the street sees the figures with the minutes.
        other = planned(session, officer, kind="special", roles=("grid_head", "street_officer"))
        head = cast.actor("head_a")
        assert meeting_card(session, head, other.id, NOW).figures.first == ""
        holding.hold(session, officer, other.id, came=[cast.people["head_a"]], guests="", now=NOW)
        assert meeting_card(session, head, other.id, NOW).figures.total.code == STREET


def test_warnings_and_notices_of_the_period_are_those_for_this_grid(cast):
    day, hour = timedelta(days=1), timedelta(hours=1)
    past = {"deadline_at": NOW - 20 * day + hour, "now": NOW - 20 * day}
    with transaction() as session:
        officer = cast.actor("officer")
        warn(session, cast)
        warn(session, cast, codes=[B], title="大风蓝色预警", weather="gale", colour="blue")
        warn(session, cast, kind="notice", weather="", colour="", title="迎检通知")
        warn(session, cast, who="other_officer", home=OTHER_STREET)
        warn(session, cast, starts_at=NOW - 20 * day, ends_at=NOW - 19 * day, **past)
        lifted = warn(session, cast, title="暴雨红色预警", colour="red")
        lift(session, officer, lifted.id, "雨停", NOW)
        grids = {key: session.get(Grid, cast.grids[key]) for key in ("street", "a", "other_street")}

        def counted(key, first, last):
            found = figures_of(session, cast.actor("administrator"), grids[key], first, last, NOW)
            return found.warnings, found.notices

        # One lifted in the moment it began was never in force; one long over is not of today.
        assert counted("street", TODAY, TODAY) == (2, 1)
        assert counted("a", TODAY, TODAY) == (1, 1)
        assert counted("other_street", TODAY, TODAY) == (1, 0)
        assert counted("street", TODAY - 25 * day, TODAY) == (3, 1)
        assert counted("street", TODAY - 25 * day, TODAY - 22 * day) == (0, 0)
