"""A day's walks and minutes, per person and per grid."""

from datetime import date, timedelta

from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.service import (
    check_points_of,
    last_patrols,
    minutes_by_grid,
    walks_of_day,
)
from tests.cast import A, B
from tests.factories import NOW, walk

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


def test_an_open_walk_of_yesterday_is_not_todays(session, cast):
    member = cast.actor("member_a")
    walk(session, member, MIDNIGHT - timedelta(days=1, minutes=20), None)
    cards, minutes = walks_of_day(session, member, MONDAY)
    assert (cards, minutes) == ([], 0)


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


def test_check_points_are_those_of_the_grids_asked_for(session, cast):
    grid = session.get(Grid, cast.grids["a"])
    listed = check_points_of(session, [grid])
    assert [(card.grid, card.name, card.kind) for card in listed] == [
        (A, "1栋1单元", "stairwell"),
        (A, "A记旅馆", "place"),
    ]
    assert check_points_of(session, []) == []
