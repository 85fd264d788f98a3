"""Items that are malformed: rejected by field, and nothing half-written."""

import json
from uuid import uuid4

import pytest

from firegrid_app.photos.tables import Photo
from firegrid_app.shouts.tables import Shout
from tests.cast import A
from tests.factories import NOW, announced, hazard_body, item, send, shout_body, statuses
from tests.photos.pictures import clean_jpeg
from tests.sync.walks import count, nothing_written


def test_an_unknown_kind_and_an_unknown_version_are_told_apart(door, cast, session):
    kind, version = send(
        door("member_a"),
        item(cast, "member_a", "dance", {}),
        item(cast, "member_a", "shout.log", shout_body(), version=99),
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


def test_half_a_character_in_one_record_stops_no_other(door, cast, session):
    """A text cut in the middle of an emoji: the others must not wait for it, nor it be a fault."""
    cut = item(cast, "member_a", "shout.log", shout_body(where="3栋\ud83d"))
    asked = {"door": cast.doors["a1"], "outcome": "met", "campaign": 1, "answers": {"\ud83d": "x"}}
    named = item(cast, "member_a", "visit.log", asked, version=3)
    nameless = item(cast, "member_a", "shout.log", shout_body(), id="\ud83d")
    good = item(cast, "member_a", "shout.log", shout_body())
    text = json.dumps({"sent_at": NOW.isoformat(), "items": [cut, named, nameless, good]})
    answer = door("member_a").post("/api/sync", content=text)
    assert answer.status_code == 200, answer.text
    results = answer.json()["results"]
    assert [one["status"] for one in results] == ["rejected"] * 3 + ["created"]
    assert results[0]["fields"] == {"where": "string_unicode"}
    assert results[1]["fields"] == {"answers.���.[key]": "string_unicode"}
    assert count(session, Shout) == 1


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
