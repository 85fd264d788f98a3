"""One item handed in: what becomes of it, by kind and by fault."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import func, select

from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.patrols.tables import Arrival, Patrol
from firegrid_app.photos.tables import Photo
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.tables import ReceivedItem
from firegrid_app.visits.tables import Visit
from tests.cast import A, B
from tests.factories import NOW, announced, hazard_body, item, send, shout_body, statuses
from tests.photos.pictures import clean_jpeg

LATER = (NOW + timedelta(minutes=20)).isoformat()


def count(session, table):
    session.rollback()
    return session.exec(select(func.count()).select_from(table)).one()


def nothing_written(session):
    tables = (Patrol, Arrival, Hazard, HazardEvent, Photo, Shout, Visit, ReceivedItem)
    return [table.__name__ for table in tables if count(session, table)] == []


def one_of_each(cast, who="member_a"):
    """A whole walk: every kind once, the patrol's start first."""
    start = item(cast, who, "patrol.start", {"grid": A})
    patrol = {"patrol": start["id"]}
    return [
        start,
        item(cast, who, "patrol.arrive", patrol | {"check_point": cast.check_points["a1"]}),
        item(cast, who, "hazard.report", hazard_body(photos=[announced(clean_jpeg())], **patrol)),
        item(cast, who, "shout.log", shout_body(**patrol)),
        item(cast, who, "visit.log", patrol | {"door": cast.doors["a1"], "outcome": "met"}),
        item(cast, who, "patrol.end", patrol, captured_at=LATER),
    ]


def rows(session):
    found = (Patrol, Arrival, Hazard, Photo, Shout, Visit)
    return [count(session, table) for table in found]


def test_a_whole_walk_in_one_request(door, cast, session):
    assert statuses(door("member_a"), *one_of_each(cast)) == ["created"] * 6
    assert rows(session) == [1] * 6
    patrol = session.exec(select(Patrol)).one()
    assert (patrol.ended_at - patrol.happened_at) == timedelta(minutes=20)
    for table in (Arrival, Hazard, Shout, Visit):
        assert session.exec(select(table.patrol_id)).one() == patrol.id


def test_the_same_walk_in_a_request_for_each_item(door, cast, session):
    client = door("member_a")
    for one in one_of_each(cast):
        assert statuses(client, one) == ["created"]
    assert rows(session) == [1] * 6
    assert session.exec(select(Patrol)).one().ended_at is not None


def test_everything_again_is_already_there_and_nothing_is_doubled(door, cast, session):
    client, items = door("member_a"), one_of_each(cast)
    send(client, *items)
    assert statuses(client, *items) == ["already"] * 6
    assert statuses(client, *reversed(items)) == ["already"] * 6
    assert rows(session) == [1] * 6


def test_the_order_of_keys_does_not_make_it_another_item(door, cast):
    client = door("member_a")
    one = item(cast, "member_a", "shout.log", shout_body())
    send(client, one)
    turned = dict(reversed(list(one.items())))
    turned["body"] = dict(reversed(list(one["body"].items())))
    assert list(turned) != list(one)
    assert statuses(client, turned) == ["already"]


def test_the_same_item_twice_in_one_request_is_applied_once(door, cast, session):
    one = item(cast, "member_a", "shout.log", shout_body())
    assert statuses(door("member_a"), one, one) == ["created", "already"]
    assert count(session, Shout) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"body": shout_body(people_reached=13)},
        {"captured_at": LATER},
        {"position": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_same_id_with_other_content_is_a_conflict_and_changes_nothing(
    door, cast, session, change
):
    client = door("member_a")
    one = item(cast, "member_a", "shout.log", shout_body())
    send(client, one)
    (answer,) = send(client, one | change)
    assert (answer["status"], answer["code"]) == ("conflict", "sync.conflict")
    assert session.exec(select(Shout.people_reached)).all() == [12]


def test_the_same_id_of_somebody_else_is_a_conflict(door, cast, session):
    one = item(cast, "member_a", "shout.log", shout_body())
    send(door("member_a"), one)
    other = item(cast, "member_b", "shout.log", shout_body(grid=B), id=one["id"])
    assert statuses(door("member_b"), other) == ["conflict"]
    assert count(session, Shout) == 1


def test_one_bad_item_does_not_stop_the_others(door, cast, session):
    good = [item(cast, "member_a", "shout.log", shout_body()) for _ in range(3)]
    bad = [
        item(cast, "member_a", "shout.log", shout_body(script="poem")),
        item(cast, "member_a", "shout.log", shout_body(people_reached=-1)),
        item(cast, "member_a", "dance", {}),
        item(cast, "member_b", "shout.log", shout_body()),
    ]
    mixed = [good[0], bad[0], bad[1], good[1], bad[2], bad[3], good[2]]
    assert statuses(door("member_a"), *mixed) == [
        "created", "refused", "rejected", "created", "rejected", "refused", "created",
    ]  # fmt: skip
    assert count(session, Shout) == count(session, ReceivedItem) == 3


REFUSED = {
    "the neighbour's grid": (lambda cast: ("shout.log", shout_body(grid=B)), "access.outside_grid"),
    "an unknown grid": (lambda cast: ("patrol.start", {"grid": "nowhere"}), "grids.unknown"),
    "the neighbour's door": (
        lambda cast: ("visit.log", {"door": cast.doors["b1"], "outcome": "met"}),
        "access.outside_grid",
    ),
    "no such door": (
        lambda cast: ("visit.log", {"door": 999_999, "outcome": "met"}),
        "visits.unknown_door",
    ),
    "a patrol that never came": (
        lambda cast: ("patrol.end", {"patrol": str(uuid4())}),
        "patrols.unknown",
    ),
    "grading reserved": (
        lambda cast: ("hazard.report", hazard_body(severity="major")),
        "hazards.grading_reserved",
    ),
    "no words for other": (
        lambda cast: ("hazard.report", hazard_body(category="other", words=" ")),
        "hazards.no_words_for_other",
    ),
    "a place of another grid": (
        lambda cast: ("hazard.report", hazard_body(place=cast.places["b"])),
        "places.unknown",
    ),
    "unknown means": (lambda cast: ("shout.log", shout_body(means="x")), "shouts.unknown_means"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_use_case_refuses_is_refused_in_words_and_nothing_is_written(
    door, cast, session, name
):
    make, code = REFUSED[name]
    one = item(cast, "member_a", *make(cast))
    for language, words in (("zh-CN", None), ("en-GB", None)):
        (answer,) = send(door("member_a"), one, **{"Accept-Language": language})
        assert (answer["status"], answer["code"]) == ("refused", code)
        assert answer["message"]
        assert "{" not in answer["message"]
        has_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in answer["message"])
        assert has_chinese is (language == "zh-CN"), words
    assert nothing_written(session)


def test_a_refusal_with_a_gap_fills_it(door, cast):
    client = door("member_a")
    (answer,) = send(client, item(cast, "member_a", "patrol.start", {"grid": "X9"}))
    assert "X9" in answer["message"]
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    arrive = {"patrol": start["id"], "check_point": cast.check_points["b1"]}
    _, answer = send(client, start, item(cast, "member_a", "patrol.arrive", arrive))
    assert (answer["code"], "3栋2单元" in answer["message"]) == ("patrols.other_grid", True)


def test_what_was_refused_can_be_sent_again_when_it_has_become_right(door, cast):
    client = door("member_a")
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    end = item(cast, "member_a", "patrol.end", {"patrol": start["id"]}, captured_at=LATER)
    assert statuses(client, end) == ["refused"]
    assert statuses(client, start, end) == ["created", "created"]


def test_a_record_somebody_else_made_on_this_phone_waits_for_them(door, cast, session):
    one = item(cast, "member_b", "shout.log", shout_body(grid=B))
    (answer,) = send(door("member_a"), one)
    assert (answer["status"], answer["code"]) == ("refused", "sync.other_person")
    assert nothing_written(session)
    assert statuses(door("member_b"), one) == ["created"]
    # It has arrived, but the phone learns that from its maker's log-in only.
    (answer,) = send(door("member_a"), one)
    assert (answer["status"], answer["code"]) == ("refused", "sync.other_person")
    assert statuses(door("member_b"), one) == ["already"]


def test_a_record_from_the_future_is_refused_from_a_day_on(door, cast, session):
    client = door("member_a")
    tomorrow = (NOW + timedelta(days=1)).isoformat()
    beyond = (NOW + timedelta(days=1, seconds=1)).isoformat()
    near = item(cast, "member_a", "shout.log", shout_body(), captured_at=tomorrow)
    far = item(cast, "member_a", "shout.log", shout_body(), captured_at=beyond)
    near_answer, far_answer = send(client, near, far)
    assert near_answer["status"] == "created"
    assert (far_answer["status"], far_answer["code"]) == ("refused", "sync.future")
    assert count(session, Shout) == 1


def test_a_record_that_waited_for_months_is_taken(door, cast):
    long_ago = (NOW - timedelta(days=200)).isoformat()
    one = item(cast, "member_a", "shout.log", shout_body(), captured_at=long_ago)
    assert statuses(door("member_a"), one) == ["created"]


def test_both_clocks_and_who_sent_it_are_kept(door, cast, session):
    one = item(cast, "member_a", "shout.log", shout_body(), captured_at=LATER)
    send(door("member_a"), one)
    row = session.exec(select(ReceivedItem)).one()
    assert str(row.id) == one["id"]
    assert (row.kind, row.version, row.body) == ("shout.log", 1, one["body"])
    assert (row.captured_at.isoformat(), row.sent_at, row.received_at) == (LATER, NOW, NOW)
    assert row.person_id == cast.people["member_a"]
    assert row.session_id == cast.actor("member_a").session_id


def test_an_unknown_kind_and_an_unknown_version_are_told_apart(door, cast, session):
    kind, version = send(
        door("member_a"),
        item(cast, "member_a", "dance", {}),
        item(cast, "member_a", "shout.log", shout_body(), version=2),
    )
    assert (kind["status"], kind["code"]) == ("rejected", "sync.unknown_kind")
    assert (version["status"], version["code"]) == ("rejected", "sync.unknown_version")
    assert nothing_written(session)


REJECTED = {
    "no id": ({"id": None}, {"id": "uuid_type"}),
    "an id that is none": ({"id": "x"}, {"id": "uuid_parsing"}),
    "no time zone": ({"captured_at": "2026-11-23T10:00:00"}, {"captured_at": "timezone_aware"}),
    "no time": ({"captured_at": "soon"}, {"captured_at": "datetime_from_date_parsing"}),
    "before there were phones": (
        {"captured_at": "0001-01-01T00:00:00+14:00"},
        {"captured_at": "greater_than_equal"},
    ),
    "after all calendars": (
        {"captured_at": "9999-12-31T23:59:59-14:00"},
        {"captured_at": "less_than"},
    ),
    "off the globe": (
        {"position": {"lat": 91, "lon": 0, "accuracy_m": 1}},
        {"position.lat": "less_than_equal"},
    ),
    "a field too many": ({"mood": "good"}, {"mood": "extra_forbidden"}),
    "a body that is none": ({"body": "x"}, {"body": "dict_type"}),
    "too many people": (
        {"body": shout_body(people_reached=100_001)},
        {"people_reached": "less_than_equal"},
    ),
    "half a person": (
        {"body": shout_body(people_reached=1.5)},
        {"people_reached": "int_from_float"},
    ),
    "a body field too many": ({"body": shout_body(mood="x")}, {"mood": "extra_forbidden"}),
    "a body field missing": ({"body": {"grid": A, "script": "ebike"}}, {"means": "missing"}),
    "too many words": ({"body": shout_body(where="长" * 121)}, {"where": "string_too_long"}),
    "a NUL in the words": ({"body": shout_body(where="\0")}, {"where": "string_pattern_mismatch"}),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_malformed_is_rejected_by_field_and_nothing_is_written(door, cast, session, name):
    change, fields = REJECTED[name]
    one = item(cast, "member_a", "shout.log", shout_body()) | change
    answer = door("member_a").post("/api/sync", json={"sent_at": NOW.isoformat(), "items": [one]})
    assert answer.status_code == 200
    (result,) = answer.json()["results"]
    assert (result["status"], result["code"]) == ("rejected", "sync.malformed")
    assert result["fields"] == fields
    assert nothing_written(session)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("visit.log", {"door": 2**31, "outcome": "met"}),
        ("visit.log", {"door": -1, "outcome": "met"}),
        ("visit.log", {"door": 10**30, "outcome": "met"}),
        ("patrol.arrive", {"patrol": str(uuid4()), "check_point": 10**30}),
        ("hazard.report", hazard_body(place=10**30)),
    ],
)
def test_a_number_no_database_holds_is_rejected_and_harms_no_other(door, cast, session, kind, body):
    good = item(cast, "member_a", "shout.log", shout_body())
    assert statuses(door("member_a"), good, item(cast, "member_a", kind, body)) == [
        "created",
        "rejected",
    ]
    assert count(session, Shout) == 1


def test_ten_photos_or_one_twice_are_rejected(door, cast, session):
    photos = [announced(clean_jpeg()) for _ in range(10)]
    twice = [photos[0], photos[0]]
    answers = send(
        door("member_a"),
        item(cast, "member_a", "hazard.report", hazard_body(photos=photos)),
        item(cast, "member_a", "hazard.report", hazard_body(photos=twice)),
        item(cast, "member_a", "hazard.report", hazard_body(photos=photos[:9])),
    )
    assert [one["status"] for one in answers] == ["rejected", "rejected", "created"]
    assert answers[0]["fields"] == {"photos": "too_long"}
    assert answers[1]["fields"] == {"item": "photo_twice"}
    assert count(session, Photo) == 9


def test_a_hazard_with_a_photo_id_that_is_taken_is_refused_whole(door, cast, session):
    client, photo = door("member_a"), announced(clean_jpeg())
    first = item(cast, "member_a", "hazard.report", hazard_body(photos=[photo]))
    send(client, first)
    second = item(cast, "member_a", "hazard.report", hazard_body(photos=[photo]))
    (answer,) = send(client, second)
    assert (answer["status"], answer["code"]) == ("refused", "photos.other_bytes")
    assert (count(session, Hazard), count(session, HazardEvent), count(session, Photo)) == (1, 1, 1)


def test_the_same_photo_id_in_two_hazards_of_one_request_goes_to_the_first(door, cast, session):
    photo = announced(clean_jpeg())
    items = [item(cast, "member_a", "hazard.report", hazard_body(photos=[photo])) for _ in range(2)]
    first, second = send(door("member_a"), *items)
    assert first["status"] == "created"
    assert (second["status"], second["code"]) == ("refused", "photos.other_bytes")
    assert (count(session, Hazard), count(session, Photo)) == (1, 1)


@pytest.mark.parametrize("who", ["leader_a", "officer"])
def test_who_may_only_report_hazards_reports_hazards_only(door, cast, who):
    items = [
        item(cast, who, "hazard.report", hazard_body()),
        item(cast, who, "patrol.start", {"grid": A}),
        item(cast, who, "shout.log", shout_body()),
        item(cast, who, "visit.log", {"door": cast.doors["a1"], "outcome": "met"}),
    ]
    assert statuses(door(who), *items) == ["created", "refused", "refused", "refused"]


@pytest.mark.parametrize("who", ["member_b", "other_secretary", "department", "resident"])
def test_the_neighbour_and_nobody_record_nothing_in_our_grid(door, cast, session, who):
    assert statuses(door(who), *one_of_each(cast, who)) == ["refused"] * 6
    assert nothing_written(session)
