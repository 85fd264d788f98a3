"""A day's walks and minutes, per person and per grid."""

from datetime import date, timedelta

from firegrid_app.patrols import service as patrols
from firegrid_app.patrols.days import (
    last_patrols,
    minutes_by_grid,
    walks_of_day,
)
from firegrid_app.settings import settings
from firegrid_app.visits import service as visits
from tests.cast import A, B
from tests.factories import NOW, report, stamp, walk

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
MIDNIGHT = NOW + timedelta(hours=14)
"""The next one in Shanghai."""


def test_my_walks_of_a_day_are_listed_in_order_with_their_minutes(session, cast):
    member = cast.actor("member_a")
    walk(session, member, NOW + timedelta(hours=3), 20)
    walk(session, member, NOW, 30)
    walk(session, member, NOW - timedelta(days=1), 45)
    walk(session, cast.actor("member_b"), NOW, 60, grid_code=B)
    cards, minutes = walks_of_day(session, member, MONDAY)
    assert minutes == 50
    assert [card.started_at for card in cards] == [
        NOW.isoformat(),
        (NOW + timedelta(hours=3)).isoformat(),
    ]
    assert [card.grid for card in cards] == [A, A]
    assert cards[0].ended_at == (NOW + timedelta(minutes=30)).isoformat()


def test_a_walk_over_midnight_is_listed_on_both_days(session, cast):
    member = cast.actor("member_a")
    walk(session, member, MIDNIGHT - timedelta(minutes=20), 60)
    assert [walks_of_day(session, member, day)[1] for day in (MONDAY, TUESDAY)] == [20, 40]
    assert all(len(walks_of_day(session, member, day)[0]) == 1 for day in (MONDAY, TUESDAY))


def test_what_an_open_walk_came_to_goes_out_with_it_until_it_ends(session, cast):
    member, point = cast.actor("member_a"), cast.check_points["a2"]
    patrol = walk(session, member, NOW, None)
    came = ((5, point, "locked", ""), (9, point, "checked", ""), (12, None, "", "后门"))
    for minutes, check_point, outcome, where in came:
        patrols.arrive(
            session,
            member,
            stamp(NOW + timedelta(minutes=minutes)),
            patrol_id=patrol.id,
            check_point_id=check_point,
            where_words=where,
            all_fine=True,
            outcome=outcome,
            note="",
            now=NOW,
        )
        session.flush()
    at = [int((NOW + timedelta(minutes=minutes)).timestamp() * 1000) for minutes in (5, 9)]
    (card,), _ = walks_of_day(session, member, MONDAY)
    assert card.arrivals == ((point, at[0], "locked"), (point, at[1], "checked"))
    patrol.ended_at = NOW + timedelta(minutes=20)
    session.flush()
    (card,), _ = walks_of_day(session, member, MONDAY)
    assert card.arrivals == ()


def test_a_walk_left_open_is_told_of_for_weeks_and_counts_nothing_today(session, cast):
    member = cast.actor("member_a")
    left = walk(session, member, MIDNIGHT - timedelta(days=4, minutes=20), None)
    walk(session, member, MIDNIGHT - timedelta(days=1, minutes=20), 15)
    walk(session, cast.actor("head_a"), MIDNIGHT - timedelta(days=4), None)
    cards, minutes = walks_of_day(session, member, MONDAY)
    assert ([card.id for card in cards], minutes) == ([str(left.id)], 0)
    assert walks_of_day(session, member, MONDAY + timedelta(days=61)) == ([], 0)


def test_what_was_recorded_in_a_walk_goes_out_with_it_and_nobody_elses_records(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    for actor, minutes in ((member, 40), (cast.actor("head_a"), 60), (member, 80)):
        visits.log(
            session,
            actor,
            stamp(NOW + timedelta(minutes=minutes)),
            household_id=cast.doors["a1"],
            patrol_id=patrol.id,
            outcome="met",
            note="",
            now=NOW,
        )
    report(session, member, NOW + timedelta(minutes=200), patrol_id=patrol.id)
    session.flush()
    (card,), minutes = walks_of_day(session, member, MONDAY)
    began = int(NOW.timestamp() * 1000)
    assert card.records == tuple(began + m * 60_000 for m in (40, 80, 200))
    assert minutes == 80, "the two hours without a record wait for a word"
    assert minutes_by_grid(session, [cast.grids["a"]], MONDAY) == {cast.grids["a"]: 80}


def test_the_limit_is_the_setting(session, cast, monkeypatch):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    patrols.end(
        session, member, stamp(NOW + timedelta(minutes=90)), patrol_id=patrol.id, note="", now=NOW
    )
    session.flush()
    assert walks_of_day(session, member, MONDAY)[1] == 0
    monkeypatch.setenv("FIREGRID_LONGEST_GAP_MINUTES", "90")
    settings.cache_clear()
    assert walks_of_day(session, member, MONDAY)[1] == 90


def test_two_people_in_one_grid_at_the_same_time_make_the_grids_time_once(session, cast):
    walk(session, cast.actor("member_a"), NOW, 60)
    walk(session, cast.actor("head_a"), NOW + timedelta(minutes=30), 60)
    walk(session, cast.actor("member_b"), NOW, 10, grid_code=B)
    ids = [cast.grids["a"], cast.grids["b"], cast.grids["c"]]
    assert minutes_by_grid(session, ids, MONDAY) == {cast.grids["a"]: 90, cast.grids["b"]: 10}
    assert minutes_by_grid(session, ids[:1], MONDAY) == {cast.grids["a"]: 90}
    assert minutes_by_grid(session, ids, TUESDAY) == {}


def test_the_last_patrol_of_a_grid_is_its_latest_record(session, cast):
    walk(session, cast.actor("member_a"), NOW, 60)
    walk(session, cast.actor("head_a"), NOW - timedelta(days=3), 60)
    found = last_patrols(session, [cast.grids["a"], cast.grids["b"]])
    assert found == {cast.grids["a"]: NOW + timedelta(minutes=60)}
