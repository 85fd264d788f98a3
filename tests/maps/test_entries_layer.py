"""The five entries on the map: what their table says, for the same days, grid by grid."""

from datetime import timedelta

import pytest

from firegrid_app.maps.entries import map_entries
from firegrid_app.shouts.cards import EntriesAsk
from firegrid_app.shouts.entries import entries_view
from tests.cast import OTHER_COMMUNITY, STREET, A, C
from tests.factories import NOW
from tests.maps.reading import codes_of
from tests.shouts.test_entries import knock, shout

GONE_BY = NOW - timedelta(days=100)


def asked(door, who="officer", grid=STREET, **days):
    return door(who).get("/api/map/entries", params={"grid": grid, **days}).json()


@pytest.fixture
def reached(session, cast):
    """The hotel of a was called at twice, its community once, one family of a was met; the other
    community long ago."""
    shout(session, cast, place_id=cast.places["a"])
    shout(session, cast, place_id=cast.places["a"])
    shout(session, cast)
    knock(session, cast, "a1", "met")
    shout(session, cast, who="other_secretary", grid_code=C, at=GONE_BY)
    session.commit()


@pytest.mark.parametrize("days", [{}, {"day": (NOW - timedelta(days=1)).date().isoformat()}])
def test_map_and_table_agree_to_the_digit(door, session, cast, reached, days):
    shown = asked(door, **days)
    ask = EntriesAsk(STREET, first=shown["first"], last=shown["last"])
    table = entries_view(session, cast.actor("officer"), ask, NOW)
    assert shown["tallies"] == [[one.entry, one.reached, one.of] for one in table.tallies]
    assert shown["last"] == days.get("day", NOW.date().isoformat())
    usual = entries_view(session, cast.actor("officer"), EntriesAsk(STREET), NOW)
    if not days:
        assert (shown["first"], shown["last"]) == (usual.first, usual.last)


def test_each_grid_has_its_own_and_a_community_itself(door, cast, reached):
    shown = asked(door)
    grids = door("officer").get("/api/map/grids", params={"grid": STREET}).json()
    assert shown["tree"] == grids["tree"]
    a = codes_of(grids).index(A)
    # Its premises and its families; the community's own shout is the community's.
    assert (shown["reached"][a], shown["of"][a]) == (2, 2)
    assert sum(shown["reached"]) == 2
    communities = dict(
        zip(
            grids["groups"]["names"],
            zip(shown["groups_reached"], shown["groups_of"], strict=True),
            strict=True,
        )
    )
    assert communities == {"小桥子社区": (1, 1), "泸州街社区": (0, 1)}


def test_an_earlier_day_counts_the_season_up_to_it(door, cast, reached):
    shown = asked(door, day=GONE_BY.date().isoformat())
    assert sum(shown["reached"]) == 0
    assert sum(shown["groups_reached"]) == 1
    assert shown["last"] == GONE_BY.date().isoformat()


def test_a_grid_looked_at_alone_counts_as_its_own_community(session, cast, reached):
    shown = map_entries(session, cast.actor("member_a"), A, NOW)
    assert (shown.groups_of, shown.of, shown.reached) == ((), (3,), (3,))


def test_the_neighbour_sees_nothing_of_it(door, cast):
    answer = door("secretary").get("/api/map/entries", params={"grid": OTHER_COMMUNITY})
    assert answer.json()["code"] == "access.outside_grid"
