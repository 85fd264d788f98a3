"""A month from the database's own gaps is the month counted record by record, on both databases."""

from datetime import date, timedelta
from random import Random

from firegrid_app.clock import day_bounds
from firegrid_app.patrols import service as patrols
from firegrid_app.patrols.days import minutes_by_grid
from firegrid_app.patrols.reached import minutes_between
from firegrid_app.settings import settings
from tests.cast import A, B
from tests.factories import NOW, stamp
from tests.factories import report as hazard

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 22)
START, _ = day_bounds(FIRST, settings().zone)


def a_fortnight(session, cast, seed):
    """Walks of three people in two grids, day and night, some forgotten, with gaps and words."""
    chance = Random(seed)
    for number in range(60):
        who, code = chance.choice([("member_a", A), ("head_a", A), ("member_b", B)])
        actor = cast.actor(who)
        began = START + timedelta(minutes=chance.randrange(14 * 24 * 60), seconds=number)
        walk = patrols.start(session, actor, stamp(began), grid_code=code, now=NOW)
        session.flush()
        at = began
        for _ in range(chance.randrange(6)):
            at += timedelta(seconds=chance.randrange(10, 150 * 60))
            point = cast.check_points["a1" if code == A else "b1"]
            patrols.arrive(
                session, actor, stamp(at), patrol_id=walk.id, check_point_id=point,
                all_fine=True, note="", now=NOW,
            )  # fmt: skip
            if chance.random() < 0.3:
                since = at - timedelta(minutes=chance.randrange(1, 200))
                patrols.say_walking(
                    session, actor, stamp(at), patrol_id=walk.id, since=since, until=at,
                    note="", now=NOW,
                )  # fmt: skip
        if chance.random() < 0.7:
            over = at + timedelta(minutes=chance.choice([0, 5, 90, 20 * 60]))
            patrols.end(session, actor, stamp(over), patrol_id=walk.id, note="", now=NOW)
        session.flush()


def test_a_month_is_the_sum_of_its_days_counted_record_by_record(session, cast):
    ids = [cast.grids["a"], cast.grids["b"], cast.grids["c"]]
    for seed in (1, 2, 3):
        a_fortnight(session, cast, seed)
        days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
        daily = dict.fromkeys(ids, 0)
        for day in days:
            for grid_id, minutes in minutes_by_grid(session, ids, day).items():
                daily[grid_id] += minutes
        found = minutes_between(session, ids, FIRST, LAST)
        assert {grid_id: found.get(grid_id, 0) for grid_id in ids} == daily
        assert daily[cast.grids["a"]] > 0
        assert daily[cast.grids["c"]] == 0


def test_every_kind_of_record_says_that_the_walk_went_on(session, cast):
    member, began = cast.actor("member_a"), START + timedelta(hours=9)
    walk = patrols.start(session, member, stamp(began), grid_code=A, now=NOW)
    session.flush()
    for minutes in (50, 100):
        hazard(session, member, began + timedelta(minutes=minutes), patrol_id=walk.id)
    patrols.end(session, member, stamp(began + timedelta(minutes=150)), patrol_id=walk.id, note="", now=NOW)  # fmt: skip  # noqa: E501
    session.flush()
    assert minutes_between(session, [cast.grids["a"]], FIRST, FIRST) == {cast.grids["a"]: 150}


def test_what_somebody_else_recorded_in_the_walk_keeps_no_gap_closed(session, cast):
    member, began = cast.actor("member_a"), START + timedelta(hours=9)
    walk = patrols.start(session, member, stamp(began), grid_code=A, now=NOW)
    session.flush()
    hazard(session, cast.actor("head_a"), began + timedelta(minutes=50), patrol_id=walk.id)
    patrols.end(session, member, stamp(began + timedelta(minutes=100)), patrol_id=walk.id, note="", now=NOW)  # fmt: skip  # noqa: E501
    session.flush()
    assert minutes_between(session, [cast.grids["a"]], FIRST, FIRST) == {cast.grids["a"]: 0}
