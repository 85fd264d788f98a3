"""What the map is fed: outlines and figures for those who may see them, for nobody else."""

from datetime import timedelta

import pytest

from firegrid_app.database import transaction
from firegrid_app.desk.cards import Asked
from firegrid_app.desk.service import overview
from firegrid_app.grids.tables import Grid
from firegrid_app.places.cards import PlaceAsk
from firegrid_app.places.tables import Place
from firegrid_app.places.views import places_view
from tests.cast import COMMUNITY, OTHER_COMMUNITY, STREET, A, B, C
from tests.factories import NOW, report, walk
from tests.maps.reading import codes_of, names_of

DATA = ("/api/map/grids", "/api/map/today")


@pytest.fixture
def busy_day(cast):
    """a: walked enough; b: an overdue hazard; c: nobody came."""
    with transaction() as session:
        walk(session, cast.actor("member_a"), NOW - timedelta(hours=3), 125)
        report(session, cast.actor("member_a"))
        report(session, cast.actor("member_b"), NOW - timedelta(days=30), grid_code=B)


@pytest.mark.parametrize("path", DATA)
def test_nobody_gets_it_without_logging_in(client, cast, path):
    answer = client.get(path, params={"grid": A})
    assert (answer.status_code, answer.json()["code"]) == (401, "access.not_logged_in")


@pytest.mark.parametrize("path", DATA)
@pytest.mark.parametrize(
    ("who", "grid"),
    [
        ("member_b", A),
        ("other_secretary", A),
        ("other_secretary", COMMUNITY),
        ("other_officer", STREET),
        ("secretary", STREET),
        ("leader_a", A),
        ("resident", A),
    ],
)
def test_the_neighbour_is_refused(door, path, who, grid):
    answer = door(who).get(path, params={"grid": grid})
    assert (answer.status_code, answer.json()["code"]) == (403, "access.outside_grid")


@pytest.mark.parametrize("path", DATA)
def test_who_is_switched_off_is_out(door, path):
    assert door("switched_off").get(path, params={"grid": A}).status_code == 403


@pytest.mark.parametrize("path", DATA)
def test_unknown_and_malformed_grids_are_refused(door, path):
    officer = door("officer")
    assert officer.get(path, params={"grid": "nowhere"}).json()["code"] == "grids.unknown"
    assert officer.get(path).status_code == 422
    assert officer.get(path, params={"grid": "9" * 31}).status_code == 422


def test_the_map_shows_the_figures_of_the_list(door, session, cast, busy_day):
    list_ = overview(session, cast.actor("officer"), STREET, NOW)
    grids = door("officer").get("/api/map/grids", params={"grid": STREET}).json()
    today = door("officer").get("/api/map/today", params={"grid": STREET}).json()
    shown = [
        (code, name, today["standings"][standing], *figures)
        for code, name, standing, *figures in zip(
            codes_of(grids),
            names_of(grids),
            today["standing"],
            today["minutes"],
            today["targets"],
            today["open_hazards"],
            today["overdue_hazards"],
            today["doors_left"],
            today["shouts"],
            today["points_left"],
            strict=True,
        )
    ]
    assert shown == [
        (r.code, r.name, r.standing, r.minutes, r.target, r.open_hazards, r.overdue_hazards,
         r.doors_left, r.shouts, r.points_left)
        for r in list_.rows
    ]  # fmt: skip
    assert today["sums"] == {name: getattr(list_, name) for name in today["sums"]}
    assert today["sums"]["doors_left"] == 9
    assert today["tallies"] == [[tally.standing, tally.grids] for tally in list_.tallies]
    assert sum(count for _, count in today["tallies"]) == len(shown) == 3
    assert {row[2] for row in shown} == {"done", "overdue", "not_walked"}
    assert today["tree"] == grids["tree"]


def test_every_grid_knows_its_community_and_its_outline(door, cast):
    grids = door("officer").get("/api/map/grids", params={"grid": STREET}).json()
    assert codes_of(grids) == [A, B, C]
    assert names_of(grids) == ["小桥子社区第1网格", "小桥子社区第2网格", "泸州街社区第1网格"]
    assert [grids["groups"]["names"][place] for place in grids["parents"]] == [
        "小桥子社区",
        "小桥子社区",
        "泸州街社区",
    ]
    assert grids["grids"]["shapes"]["rings"] == [1, 1, 1]
    assert grids["grids"]["shapes"]["sizes"] == [4, 4, 4]


def test_one_small_grid_is_a_map_too(door, cast):
    grids = door("member_a").get("/api/map/grids", params={"grid": A}).json()
    assert (codes_of(grids), grids["parents"], grids["groups"]["names"]) == ([A], [-1], [])


def test_a_grid_without_an_outline_is_counted_all_the_same(door, cast):
    with transaction() as session:
        session.get_one(Grid, cast.grids["b"]).outline = None
    grids = door("officer").get("/api/map/grids", params={"grid": STREET}).json()
    today = door("officer").get("/api/map/today", params={"grid": STREET}).json()
    assert grids["grids"]["shapes"]["rings"] == [1, 0, 1]
    assert sum(count for _, count in today["tallies"]) == 3


def test_an_empty_county_is_an_empty_map(door, cast):
    grids = door("other_officer").get("/api/map/grids", params={"grid": "500118004"}).json()
    today = door("other_officer").get("/api/map/today", params={"grid": "500118004"}).json()
    assert (codes_of(grids), today["standing"], today["tallies"]) == ([], [], [])


@pytest.mark.parametrize("path", DATA)
def test_what_is_known_already_is_not_sent_again(door, busy_day, path):
    officer = door("officer")
    first = officer.get(path, params={"grid": STREET})
    assert first.headers["cache-control"] == "private, no-cache"
    assert "Cookie" in first.headers["vary"]
    again = officer.get(
        path, params={"grid": STREET}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_change_of_the_day_is_sent(door, cast, busy_day):
    officer = door("officer")
    first = officer.get("/api/map/today", params={"grid": STREET})
    with transaction() as session:
        walk(session, cast.actor("other_secretary"), NOW - timedelta(hours=1), 10, grid_code=C)
    tag = {"If-None-Match": first.headers["etag"]}
    second = officer.get("/api/map/today", params={"grid": STREET}, headers=tag)
    assert second.status_code == 200
    assert second.json()["minutes"][2] == 10


def test_a_tag_is_no_key(door, client, busy_day):
    tag = door("officer").get("/api/map/today", params={"grid": STREET}).headers["etag"]
    told = {"If-None-Match": tag}
    assert client.get("/api/map/today", params={"grid": STREET}, headers=told).status_code == 401
    neighbour = door("other_officer")
    assert neighbour.get("/api/map/today", params={"grid": STREET}, headers=told).status_code == 403


@pytest.mark.parametrize("path", DATA)
def test_no_name_of_a_person_no_door_and_no_words_travel(door, busy_day, path):
    body = door("officer").get(path, params={"grid": STREET}).text
    for private in ("龚丽", "姜龙", "13800000008", "elderly_alone", "楼道堆满纸箱", "1栋"):
        assert private not in body


def test_the_communities_of_another_secretary_stay_out(door, cast):
    grids = door("other_secretary").get("/api/map/grids", params={"grid": OTHER_COMMUNITY}).json()
    assert (codes_of(grids), grids["groups"]["names"]) == ([C], ["泸州街社区"])


def test_another_day_is_the_list_of_that_day(door, session, cast, busy_day):
    friday = NOW - timedelta(days=3)
    with transaction() as writing:
        walk(writing, cast.actor("member_a"), friday, 30)
    params = {"grid": STREET, "day": "2026-11-20"}
    list_ = overview(session, cast.actor("officer"), STREET, NOW, Asked("2026-11-20"))
    then = door("officer").get("/api/map/today", params=params).json()
    assert (then["first"], then["day"], then["is_now"]) == ("2026-11-20", "2026-11-20", False)
    assert then["minutes"] == [row.minutes for row in list_.rows] == [30, 0, 0]
    assert then["open_hazards"] == [row.open_hazards for row in list_.rows] == [0, 1, 0]
    week = door("officer").get("/api/map/today", params=params | {"week": True}).json()
    assert (week["first"], week["day"]) == ("2026-11-16", "2026-11-22")
    list_ = overview(session, cast.actor("officer"), STREET, NOW, Asked("2026-11-20", week=True))
    assert week["minutes"] == [row.minutes for row in list_.rows] == [30, 0, 0]
    assert week["tallies"] == [[tally.standing, tally.grids] for tally in list_.tallies]
    assert week["sums"] == {name: getattr(list_, name) for name in week["sums"]}


@pytest.mark.parametrize("path", DATA)
@pytest.mark.parametrize("day", ["2026-11-24", "2020-01-01", "soon"])
def test_no_such_day_is_said_in_words(door, path, day):
    answer = door("officer").get(path, params={"grid": STREET, "day": day})
    assert (answer.status_code, answer.json()["code"]) == (422, "desk.no_such_day")


def test_premises_are_coloured_as_their_list_says(door, session, cast):
    with transaction() as writing:
        report(writing, cast.actor("member_a"), NOW - timedelta(days=30), place_id=cast.places["a"])
        here = writing.get_one(Place, cast.places["b"])
        here.lat = None
        writing.add(
            Place(
                code="P9", name="搬走的", category="小商店", grid_id=here.grid_id, lat=29.351,
                lon=105.903, outcome="moved", called_at=NOW,
            )
        )  # fmt: skip
    card = door("officer").get("/api/map/places", params={"grid": STREET}).json()
    view = places_view(session, cast.actor("officer"), PlaceAsk(code=STREET), NOW)
    listed = {one.which: one.count for one in view.tallies}
    shown = dict(card["tallies"])
    assert [shown["red"], shown["yellow"], shown["grey"]] == [
        listed[which] for which in ("red", "yellow", "never")
    ]
    assert dict(card["tallies"]) == {"red": 1, "yellow": 0, "green": 0, "grey": 1}
    assert [card["colours"][number] for number in card["colour"]] == ["red"]
    place = session.get_one(Place, cast.places["a"])
    assert card["xy"] == [round(place.lon * card["units"]), round(place.lat * card["units"])]
    assert card["unplaced"] == 1


def test_premises_travel_without_names_and_numbers(door, cast):
    body = door("officer").get("/api/map/places", params={"grid": STREET}).text
    for private in ("旅馆", "石珍强", "13900000001"):
        assert private not in body


@pytest.mark.parametrize("who", ["member_b", "other_officer", "leader_a"])
def test_the_neighbour_sees_no_premises(door, cast, who):
    answer = door(who).get("/api/map/places", params={"grid": A})
    assert answer.status_code == 403
