"""Ticks that come from phones: once, kept, and each bad one answered by itself."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.duties.tables import Duty, DutyTick
from firegrid_app.duties.ticking import ticks_of
from tests.cast import A, B
from tests.duties.test_ticks import DRILL, ask, card
from tests.factories import NOW, item, send


def body(row_id, **changes):
    return {"rule": row_id, "grid": A, "first": "2026-11-01", "number": 1, "note": "做了"} | changes


@pytest.fixture
def drill(cast):
    with transaction() as session:
        return ask(session, cast, DRILL).id


def test_ticked_offline_and_sent_twice_is_one_tick(cast, door, drill):
    one = item(cast, "member_a", "duty.done", body(drill))
    assert [answer["status"] for answer in send(door("member_a"), one)] == ["created"]
    assert [answer["status"] for answer in send(door("member_a"), one)] == ["already"]
    with transaction() as session:
        (made,) = session.exec(select(DutyTick)).all()
        assert (made.note, made.person_id) == ("做了", cast.people["member_a"])


def test_ticked_from_two_phones_both_are_kept_and_the_first_counts(cast, door, drill):
    first = item(cast, "member_a", "duty.done", body(drill, note="早上"))
    later = item(
        cast,
        "member_a",
        "duty.done",
        body(drill, note="晚上"),
        captured_at=(NOW + timedelta(minutes=5)).isoformat(),
    )
    answers = send(door("member_a"), later, first)
    assert [answer["status"] for answer in answers] == ["created", "created"]
    with transaction() as session:
        assert card(session, cast, "member_a", "drill").note == "早上"
        duty = session.get(Duty, (drill, cast.grids["a"], date(2026, 11, 1), 1))
        assert [one.note for one in ticks_of(session, duty)] == ["早上", "晚上"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"first": "2026-11-31"}, "rejected"),
        ({"first": "1066-01-01"}, "rejected"),
        ({"number": 0}, "rejected"),
        ({"rule": 0}, "rejected"),
        ({"note": "x" * 501}, "rejected"),
        ({"grid": ""}, "rejected"),
        ({"more": 1}, "rejected"),
        ({"number": 2}, "refused"),
        ({"grid": B}, "refused"),
    ],
    ids=str,
)
def test_a_bad_tick_is_answered_by_itself(cast, door, drill, changes, status):
    good = item(cast, "member_a", "duty.done", body(drill))
    bad = item(cast, "member_a", "duty.done", body(drill, **changes), id=str(uuid4()))
    assert [answer["status"] for answer in send(door("member_a"), bad, good)] == [status, "created"]
