"""What can go wrong with a walk is answered in words, in every language, and loses nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.patrols.days import walks_of_day
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.points.managing import close_point
from firegrid_app.presence.tables import PresenceFlag
from firegrid_app.texts import HTML_LANG
from tests.cast import A, B, tag_of
from tests.factories import NOW, send, statuses
from tests.factories import item as of_version

LATER = (NOW + timedelta(minutes=20)).isoformat()


NEWEST = {"patrol.end": 2, "patrol.arrive": 4}


def item(cast, who, kind, body, **more):
    """A record as today's phones make it."""
    return of_version(cast, who, kind, body, version=NEWEST.get(kind, 1), **more)


@pytest.fixture
def walk(cast, door):
    """One of member_a in grid a, on its way."""
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    assert statuses(door("member_a"), start) == ["created"]
    return start["id"]


def patrols():
    with reading() as session:
        return [
            (str(row.id), row.ended_at is not None) for row in session.exec(select(Patrol)).all()
        ]


def arrivals():
    with reading() as session:
        return [
            (row.check_point_id, row.where_words, row.grid_id, row.how)
            for row in session.exec(select(Arrival)).all()
        ]


CASES = {
    "an end before the start": (
        "member_a",
        "patrol.end",
        lambda cast, walk: {
            "patrol": walk,
            "ended_at": (NOW - timedelta(hours=1)).isoformat(),
        },
        "patrols.end_before_start",
    ),
    "an end that is still to come": (
        "member_a",
        "patrol.end",
        lambda cast, walk: {"patrol": walk, "ended_at": (NOW + timedelta(hours=3)).isoformat()},
        "patrols.end_ahead",
    ),
    "the end of somebody else's patrol": (
        "member_b",
        "patrol.end",
        lambda cast, walk: {"patrol": walk},
        "patrols.not_yours",
    ),
    "the end of a patrol that never began": (
        "member_a",
        "patrol.end",
        lambda cast, walk: {"patrol": str(uuid4())},
        "patrols.unknown",
    ),
    "a start in the neighbour's grid": (
        "member_b",
        "patrol.start",
        lambda cast, walk: {"grid": A},
        "access.outside_grid",
    ),
    "a point of another grid": (
        "member_a",
        "patrol.arrive",
        lambda cast, walk: {"patrol": walk, "check_point": cast.check_points["b1"]},
        "patrols.other_grid",
    ),
    "a point there is not": (
        "member_a",
        "patrol.arrive",
        lambda cast, walk: {"patrol": walk, "check_point": 999_999},
        "patrols.unknown_check_point",
    ),
    "a word about the future": (
        "member_a",
        "patrol.word",
        lambda cast, walk: {
            "patrol": walk,
            "since": NOW.isoformat(),
            "until": (NOW + timedelta(hours=5)).isoformat(),
        },
        "patrols.word_ahead",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_words_and_the_walk_stays_as_it_is(cast, door, walk, name):
    who, kind, body, code = CASES[name]
    record = item(cast, who, kind, body(cast, walk), captured_at=LATER)
    told = set()
    for language in HTML_LANG.values():
        (answer,) = send(door(who), record, **{"Accept-Language": language})
        assert (answer["status"], answer["code"]) == ("refused", code)
        assert len(answer["message"]) > 5
        assert not {"{", "}"} & set(answer["message"])
        told.add(answer["message"])
    assert len(told) == len(HTML_LANG)
    assert patrols() == [(walk, False)]
    assert arrivals() == []


def test_started_twice_both_are_kept_and_time_counts_once(cast, door, walk):
    again = item(cast, "member_a", "patrol.start", {"grid": A})
    ends = [
        item(cast, "member_a", "patrol.end", {"patrol": one}, captured_at=LATER)
        for one in (walk, again["id"])
    ]
    assert statuses(door("member_a"), again, *ends) == ["created"] * 3
    with reading() as session:
        _, minutes = walks_of_day(session, cast.actor("member_a"), NOW.date())
    assert minutes == 20
    assert {is_over for _, is_over in patrols()} == {True}


@pytest.mark.parametrize("code", ["of the neighbour", "of nothing"])
def test_a_foreign_or_unknown_code_is_kept_as_it_was_scanned(cast, door, walk, code):
    tag = tag_of("b1") if code == "of the neighbour" else "AAAAAAAAAA"
    body = {"patrol": walk, "where": f"扫到 {tag}", "tag": tag}
    record = item(cast, "member_a", "patrol.arrive", body, captured_at=LATER)
    assert statuses(door("member_a"), record) == ["created"]
    assert arrivals() == [(None, f"扫到 {tag}", cast.grids["a"], "tap")]
    with reading() as session:
        assert session.exec(select(PresenceFlag.reason)).all() == ["other_code"]


def test_a_point_closed_meanwhile_is_arrived_at_all_the_same(cast, door, walk):
    with transaction() as session:
        close_point(session, cast.actor("secretary"), cast.check_points["a1"], NOW)
    body = {"patrol": walk, "check_point": cast.check_points["a1"]}
    record = item(cast, "member_a", "patrol.arrive", body, captured_at=LATER)
    assert statuses(door("member_a"), record) == ["created"]
    assert [one[0] for one in arrivals()] == [cast.check_points["a1"]]


def test_evenings_and_sundays_count_as_any_other_hour(cast, door, clock):
    """Users: "evening walks are refused". Sunday, eight in the evening in the street."""
    evening = NOW - timedelta(hours=14)
    start = item(cast, "member_a", "patrol.start", {"grid": A}, captured_at=evening.isoformat())
    over = (evening + timedelta(minutes=40)).isoformat()
    end = item(cast, "member_a", "patrol.end", {"patrol": start["id"]}, captured_at=over)
    assert statuses(door("member_a"), start, end) == ["created"] * 2
    sunday = (evening + timedelta(hours=8)).date()
    assert sunday.isoweekday() == 7
    with reading() as session:
        _, minutes = walks_of_day(session, cast.actor("member_a"), sunday)
    assert minutes == 40


def test_twenty_five_hours_in_a_day_are_no_more_than_a_forgotten_walk(cast, door):
    began = NOW - timedelta(hours=26)
    start = item(cast, "member_a", "patrol.start", {"grid": A}, captured_at=began.isoformat())
    word = {
        "patrol": start["id"],
        "since": began.isoformat(),
        "until": (began + timedelta(hours=25)).isoformat(),
    }
    over = (began + timedelta(hours=25)).isoformat()
    records = [
        start,
        item(cast, "member_a", "patrol.word", word, captured_at=over),
        item(cast, "member_a", "patrol.end", {"patrol": start["id"]}, captured_at=over),
    ]
    assert statuses(door("member_a"), *records) == ["created"] * 3
    days = [(NOW - timedelta(days=ago)).date() for ago in (2, 1, 0)]
    with reading() as session:
        each = [walks_of_day(session, cast.actor("member_a"), day)[1] for day in days]
    assert sum(each) == 16 * 60
    assert max(each) <= 24 * 60


def test_a_walk_in_the_neighbours_grid_changes_nothing_of_ours(cast, door, walk):
    theirs = item(cast, "member_b", "patrol.start", {"grid": B})
    assert statuses(door("member_b"), theirs) == ["created"]
    assert dict(patrols())[walk] is False
