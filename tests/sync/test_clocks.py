"""Clocks that are wrong, or changed in the middle of a patrol: order and minutes stay true."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from firegrid_app.patrols.tables import Patrol
from firegrid_app.photos.tables import Photo
from firegrid_app.sync.rules import moment_of
from firegrid_app.sync.tables import ReceivedItem
from tests.cast import A
from tests.factories import NOW, announced, batch, hazard_body, item, shout_body
from tests.photos.pictures import clean_jpeg

CASES = json.loads((Path(__file__).parent / "moment_cases.json").read_text(encoding="utf-8"))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_server_rights_moments_as_the_shared_cases_say(case):
    offset = None if case["offset_ms"] is None else timedelta(milliseconds=case["offset_ms"])
    captured_at, received_at = map(
        datetime.fromisoformat, (case["captured_at"], case["received_at"])
    )
    wanted = datetime.fromisoformat(case["moment"])
    assert moment_of(captured_at, offset, received_at) == wanted


def hand_in(client, *made):
    """Items with the offset of the clock they were made by; the status of each."""
    items = [one for one, _ in made]
    offsets = {
        one["id"]: round(offset.total_seconds() * 1000)
        for one, offset in made
        if offset is not None
    }
    answer = client.post("/api/sync", json=batch(*items, clock_offsets_ms=offsets))
    assert answer.status_code == 200, answer.text
    return [
        one["status"] if not one.get("code") else one["code"] for one in answer.json()["results"]
    ]


def walk(cast, *, offset):
    """Start 50 minutes ago by a right clock; shout and end 20 and 10 minutes ago by one that is
    off by `offset` from then on."""

    def made(kind, body, minutes_ago, off):
        at = NOW - timedelta(minutes=minutes_ago) - off
        return item(cast, "member_a", kind, body, captured_at=at.isoformat()), off

    start = made("patrol.start", {"grid": A}, 50, timedelta(0))
    patrol = start[0]["id"]
    return [
        start,
        made("shout.log", shout_body(patrol=patrol), 20, offset),
        made("patrol.end", {"patrol": patrol}, 10, offset),
    ]


@pytest.mark.parametrize(
    "offset",
    [HOUR, -DAY, 8 * HOUR, -8 * HOUR],
    ids=["set back an hour", "a day ahead", "zone too far west", "zone too far east"],
)
def test_a_clock_changed_in_the_middle_of_a_patrol_costs_no_minute(door, cast, session, offset):
    assert hand_in(door("member_a"), *walk(cast, offset=offset)) == ["created"] * 3
    patrol = session.exec(select(Patrol)).one()
    assert patrol.happened_at == NOW - timedelta(minutes=50)
    assert patrol.ended_at == NOW - timedelta(minutes=10)
    assert door("member_a").get("/api/pack").json()["minutes"] == 40


def test_what_the_phone_said_itself_is_kept_beside(door, cast, session):
    (start, shout, end) = walk(cast, offset=HOUR)
    hand_in(door("member_a"), start, shout, end)
    row = session.get(ReceivedItem, UUID(end[0]["id"]))
    assert row.captured_at.isoformat() == end[0]["captured_at"]
    assert (row.clock_offset_ms, row.sent_at, row.received_at) == (3_600_000, NOW, NOW)


def test_without_an_offset_the_phone_is_taken_at_its_word(door, cast, session):
    made = item(cast, "member_a", "patrol.start", {"grid": A}, captured_at=(NOW - HOUR).isoformat())
    assert hand_in(door("member_a"), (made, None)) == ["created"]
    assert session.exec(select(Patrol)).one().happened_at == NOW - HOUR
    assert session.exec(select(ReceivedItem)).one().clock_offset_ms is None


def test_a_clock_far_ahead_is_refused_only_while_nobody_knows_how_far(door, cast):
    ahead = NOW + 3 * DAY
    made = item(cast, "member_a", "patrol.start", {"grid": A}, captured_at=ahead.isoformat())
    assert hand_in(door("member_a"), (made, None)) == ["sync.future"]
    assert hand_in(door("member_a"), (made, -3 * DAY)) == ["created"]


def test_the_same_record_with_another_offset_is_already_there(door, cast, session):
    made = item(cast, "member_a", "patrol.start", {"grid": A})
    assert hand_in(door("member_a"), (made, HOUR)) == ["created"]
    assert hand_in(door("member_a"), (made, 2 * HOUR)) == ["already"]
    assert hand_in(door("member_a"), (made, None)) == ["already"]


def test_a_photo_is_righted_with_its_record(door, cast, session):
    taken_at = NOW - 2 * HOUR
    photo = announced(clean_jpeg(), taken_at=taken_at.isoformat())
    made = item(
        cast, "member_a", "hazard.report", hazard_body(photos=[photo]),
        captured_at=(NOW - HOUR).isoformat(),
    )  # fmt: skip
    assert hand_in(door("member_a"), (made, HOUR)) == ["created"]
    assert session.exec(select(Photo)).one().taken_at == NOW - HOUR


@pytest.mark.parametrize(
    "offsets", [{"x" * 41: 1}, {"a": 10**13}, {"a": "late"}, {str(n): 1 for n in range(201)}, []]
)
def test_offsets_that_are_none_refuse_the_request(door, cast, offsets):
    answer = door("member_a").post("/api/sync", json=batch(clock_offsets_ms=offsets))
    assert (answer.status_code, answer.json()["code"]) == (422, "sync.malformed")
