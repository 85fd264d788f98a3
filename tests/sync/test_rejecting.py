"""Items that are malformed: rejected by field, and nothing half-written."""

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
