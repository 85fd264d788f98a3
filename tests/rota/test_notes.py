"""What one shift leaves the next: kept in words, read, ticked; and it counts for nothing else."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.rota.carried import carried
from firegrid_app.rota.changing import drop_shift, give_shift
from firegrid_app.rota.month import rota_view
from firegrid_app.rota.swapping import ask_swap
from firegrid_app.rota.tables import ShiftNote, ShiftTaken
from tests.cast import PHONE_NUMBER, A, B
from tests.factories import NOW, item, send
from tests.rota.lists import add

TODAY = date(2026, 11, 23)
WORDS = "东门车棚充电桩没断电，物业今晚来修"


@pytest.fixture
def shifts(cast):
    """Last night the head was on, now member_a is."""
    with transaction() as session:
        night = add(session, cast, "head_a", day=date(2026, 11, 22), starts="20:00", ends="08:30")
        return night.id, add(session, cast, day=TODAY).id


@pytest.fixture(autouse=True)
def _night_was_drawn_up_in_time(monkeypatch):
    """Yesterday's shift is over by now; lists are drawn up beforehand."""
    earlier = NOW - timedelta(days=2)
    real = add.__globals__["add_shift"]
    monkeypatch.setitem(
        add.__globals__,
        "add_shift",
        lambda *given, **more: real(*given, **{**more, "now": earlier}),
    )


def note(cast, who, shift, at=NOW, words=WORDS):
    body = {"shift": shift, "words": words}
    return item(cast, who, "shift.note", body, captured_at=at.isoformat())


def taken(cast, who, shift, notes=(), at=NOW):
    body = {"shift": shift, "notes": list(notes)}
    return item(cast, who, "shift.taken", body, captured_at=at.isoformat())


def codes(client, *items):
    return [answer.get("code") or answer["status"] for answer in send(client, *items)]


def test_words_reach_the_next_one_and_are_gone_once_taken_over(session, cast, door, shifts):
    night, day = shifts
    left = note(cast, "head_a", night, at=NOW - timedelta(hours=1))
    assert codes(door("head_a"), left) == ["created"]
    assert codes(door("head_a"), left) == ["already"]
    mine = carried(session, cast.actor("member_a"), NOW)
    assert [(one.name, one.words, one.own) for one in mine.notes] == [("龚丽", WORDS, False)]
    assert [(one.name, one.own, one.taken) for one in mine.shifts] == [
        ("龚丽", False, False), ("姜龙", True, False),
    ]  # fmt: skip
    first = taken(cast, "member_a", day, [left["id"]], at=NOW - timedelta(minutes=10))
    assert codes(door("member_a"), first) == ["created"]
    # Somebody else's word later changes nothing: the first who took over stands.
    assert codes(door("head_a"), taken(cast, "head_a", day, [left["id"]])) == ["created"]
    session.rollback()
    after = carried(session, cast.actor("member_a"), NOW)
    assert after.notes == ()
    assert after.shifts[1].taken
    view = rota_view(session, cast.actor("secretary"), A, "2026-11", NOW)
    (line,) = view.days[21].shifts[0].notes
    assert (line.name, line.at, line.words) == ("龚丽", "11-23 09:00", WORDS)
    assert line.taken == "姜龙 11-23 09:50"


def test_a_neighbour_sees_and_writes_nothing(session, cast, door, shifts):
    night, day = shifts
    codes(door("head_a"), note(cast, "head_a", night))
    seen = carried(session, cast.actor("member_b"), NOW)
    assert (seen.shifts, seen.notes) == ((), ())
    for who in ("member_b", "leader_a", "other_secretary"):
        assert codes(door(who), note(cast, who, day)) == ["rota.not_yours"]
        assert codes(door(who), taken(cast, who, day)) == ["rota.not_yours"]
    session.rollback()
    assert len(session.exec(select(ShiftNote)).all()) == 1
    assert session.exec(select(ShiftTaken)).all() == []


def test_numbers_do_not_travel_with_a_list(session, cast, shifts):
    assert not PHONE_NUMBER.search(repr(carried(session, cast.actor("member_a"), NOW)))


def test_who_did_the_shift_without_a_signal_is_heard_also_when_it_was_given_away(
    cast, door, shifts
):
    _, day = shifts
    with transaction() as session:
        give_shift(session, cast.actor("head_a"), day, cast.people["leader_a"], NOW)
    assert codes(door("member_a"), note(cast, "member_a", day)) == ["created"]
    with transaction() as session:
        drop_shift(session, cast.actor("head_a"), day, NOW)
    assert codes(door("member_a"), note(cast, "member_a", day)) == ["created"]
    assert codes(door("leader_a"), note(cast, "leader_a", day)) == ["created"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": "  "}, "rota.no_words"),
        ({"at": NOW - timedelta(hours=2)}, "rota.not_begun"),
        ({"shift": 2**31 - 1}, "rota.unknown"),
        ({"shift": 0}, "sync.malformed"),
        ({"words": "x" * 1001}, "sync.malformed"),
        ({"words": "\x00"}, "sync.malformed"),
        ({"words": None}, "sync.malformed"),
    ],
)
def test_bad_words_are_answered_by_themselves(cast, door, shifts, changes, said):
    good = note(cast, "member_a", shifts[1])
    bad = note(cast, "member_a", **{"shift": shifts[1], **changes})
    assert codes(door("member_a"), bad, good) == [said, "created"]


def test_one_takes_over_from_two_hours_before(cast, door):
    with transaction() as session:
        shift = add(session, cast, day=TODAY, starts="12:00", ends="20:00").id
    early = taken(cast, "member_a", shift, at=NOW - timedelta(minutes=1))
    assert codes(door("member_a"), early) == ["rota.not_begun"]
    assert codes(door("member_a"), taken(cast, "member_a", shift)) == ["created"]


def test_a_phone_carries_ones_own_weeks_and_everybodys_days(session, cast):
    for day in (TODAY, date(2026, 12, 20)):
        add(session, cast, day=day)
        add(session, cast, "head_a", day=day)
    add(session, cast, day=date(2027, 2, 1))
    add(session, cast, "member_b", by="secretary", grid_code=B, day=TODAY)
    found = carried(session, cast.actor("member_a"), NOW).shifts
    assert [(one.name, one.starts_at[:10]) for one in found] == [
        ("姜龙", "2026-11-23"), ("龚丽", "2026-11-23"), ("姜龙", "2026-12-20"),
    ]  # fmt: skip


def test_who_is_on_no_list_still_hears_of_a_swap(session, cast):
    shift = add(session, cast, day=date(2026, 11, 30))
    ask_swap(
        session,
        cast.actor("member_a"),
        shift_id=shift.id,
        person_id=cast.people["leader_a"],
        other_shift_id=None,
        words="",
        now=NOW,
    )
    found = carried(session, cast.actor("leader_a"), NOW)
    assert (found.shifts, [one.name for one in found.swaps]) == ((), ["姜龙"])


def test_the_day_pack_has_it(cast, door, shifts):
    pack = door("member_a").get("/api/pack").json()
    assert [one["own"] for one in pack["rota"]["shifts"]] == [False, True]
    assert door("resident").get("/api/pack").json()["rota"]["shifts"] == []
