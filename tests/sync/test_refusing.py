"""Items that a use case refuses: said in words by code, and nothing half-written."""

from uuid import uuid4

import pytest

from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.photos.tables import Photo
from tests.cast import A, B
from tests.factories import announced, hazard_body, item, send, shout_body, statuses
from tests.photos.pictures import clean_jpeg
from tests.sync.walks import LATER, count, nothing_written, one_of_each

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
    for language in ("zh-CN", "en-GB"):
        (answer,) = send(door("member_a"), one, **{"Accept-Language": language})
        assert (answer["status"], answer["code"]) == ("refused", code)
        assert answer["message"]
        assert "{" not in answer["message"]
        has_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in answer["message"])
        assert has_chinese is (language == "zh-CN")
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
    items = one_of_each(cast, who)
    assert statuses(door(who), *items) == ["refused"] * len(items)
    assert nothing_written(session)
