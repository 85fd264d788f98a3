"""Ended later than it was over, and the person's word about a gap: kept, refused, counted once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.patrols import service as patrols
from firegrid_app.patrols.days import walks_of_day
from firegrid_app.patrols.tables import Patrol, PatrolWord
from firegrid_app.refusals import Refused
from tests.cast import A
from tests.factories import NOW, item, send, stamp, statuses, walk

HOURS = timedelta(hours=1)
BACK = NOW + 4 * HOURS
"""When the person opens the app again."""


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def say(session, actor, patrol_id, since, until, at=BACK):
    word = patrols.say_walking(
        session,
        actor,
        stamp(at),
        patrol_id=patrol_id,
        since=since,
        until=until,
        note="爬楼",
        now=NOW,
    )
    session.flush()
    return word


def end(session, actor, patrol_id, ended_at, at=BACK):
    return patrols.end(
        session, actor, stamp(at), patrol_id=patrol_id, ended_at=ended_at, note="", now=NOW
    )


def minutes(session, cast):
    return walks_of_day(session, cast.actor("member_a"), NOW.date())[1]


def test_the_end_is_the_moment_the_person_names(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    end(session, member, patrol.id, NOW + timedelta(minutes=40))
    session.flush()
    assert patrol.ended_at == patrol.last_record_at == NOW + timedelta(minutes=40)
    assert minutes(session, cast) == 40


def test_an_end_before_the_start_or_after_it_was_said_is_refused(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    with refused(r"patrols\.end_before_start"):
        end(session, member, patrol.id, NOW - timedelta(minutes=1))
    with refused(r"patrols\.end_ahead"):
        end(session, member, patrol.id, BACK + timedelta(minutes=1))
    assert patrol.ended_at is None


def test_the_gap_up_to_the_end_counts_by_the_persons_word_only(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    end(session, member, patrol.id, NOW + 3 * HOURS)
    session.flush()
    assert minutes(session, cast) == 0
    say(session, member, patrol.id, NOW + HOURS, NOW + 3 * HOURS)
    assert minutes(session, cast) == 120
    say(session, member, patrol.id, NOW, NOW + 2 * HOURS)
    assert minutes(session, cast) == 180, "over each other they count once"


def test_a_word_beyond_the_walk_counts_nothing_there(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, 30)
    say(session, member, patrol.id, NOW - HOURS, NOW + 3 * HOURS)
    assert minutes(session, cast) == 30
    assert patrol.ended_at == NOW + timedelta(minutes=30)


def test_still_walking_moves_the_open_end_to_now(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    say(session, member, patrol.id, NOW, BACK)
    assert patrol.last_record_at == BACK
    assert minutes(session, cast) == 240


def test_a_word_about_what_is_still_to_come_is_refused(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW, None)
    with refused(r"patrols\.word_ahead"):
        say(session, member, patrol.id, NOW, BACK + timedelta(minutes=1))
    assert session.exec(select(PatrolWord)).all() == []


@pytest.mark.parametrize("who", ["member_b", "head_a", "secretary", "officer"])
def test_nobody_gives_a_word_for_somebody_else(session, cast, who):
    patrol = walk(session, cast.actor("member_a"), NOW, None)
    with refused(r"patrols\.not_yours"):
        say(session, cast.actor(who), patrol.id, NOW, BACK)
    with refused(r"patrols\.unknown"):
        say(session, cast.actor("member_a"), uuid4(), NOW, BACK)
    assert session.exec(select(PatrolWord)).all() == []


def test_a_walk_forgotten_for_three_days_is_ended_when_it_was_over(session, cast):
    member = cast.actor("member_a")
    patrol = walk(session, member, NOW - timedelta(days=3), None)
    ended_at = NOW - timedelta(days=3) + timedelta(minutes=50)
    end(session, member, patrol.id, ended_at, at=NOW)
    session.flush()
    day = (NOW - timedelta(days=3)).date()
    assert walks_of_day(session, member, day)[1] == 50
    assert walks_of_day(session, member, NOW.date()) == ([], 0)


def said(cast, patrol_id, **changes):
    body = {
        "patrol": patrol_id,
        "since": NOW.isoformat(),
        "until": (NOW + 2 * HOURS).isoformat(),
    } | changes
    return item(cast, "member_a", "patrol.word", body, captured_at=BACK.isoformat())


def test_a_word_from_a_phone_is_applied_once(door, cast, session):
    client = door("member_a")
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    word = said(cast, start["id"])
    assert statuses(client, start, word, word) == ["created", "created", "already"]
    assert statuses(client, word) == ["already"]
    assert len(session.exec(select(PatrolWord)).all()) == 1
    (found,) = client.get("/api/pack").json()["walks"]
    began = int(NOW.timestamp() * 1000)
    assert found["words"] == [[began, began + 7_200_000]]


@pytest.mark.parametrize("until", [NOW.isoformat(), (NOW - HOURS).isoformat()])
def test_a_word_that_ends_before_it_begins_is_rejected(door, cast, until):
    client = door("member_a")
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    (_, answer) = send(client, start, said(cast, start["id"], until=until))
    assert (answer["status"], answer["fields"]) == ("rejected", {"item": "not_forward"})


def test_started_on_two_phones_and_ended_on_both_counts_once(door, cast, session):
    client = door("member_a")
    starts = [item(cast, "member_a", "patrol.start", {"grid": A}) for _ in range(2)]
    later = (NOW + timedelta(minutes=30)).isoformat()
    ends = [
        item(cast, "member_a", "patrol.end", {"patrol": one["id"]}, captured_at=later)
        for one in starts
    ]
    assert statuses(client, *starts, *ends) == ["created"] * 4
    again = item(cast, "member_a", "patrol.end", {"patrol": starts[0]["id"]}, captured_at=later)
    (answer,) = send(client, again)
    assert (answer["status"], answer["code"]) == ("refused", "patrols.already_ended")
    assert minutes(session, cast) == 30
    assert len(session.exec(select(Patrol)).all()) == 2
