"""A piece looked at or tested: by phone through the outbox, at the desk, and what the list says."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.equipment import checking, keeping
from firegrid_app.equipment.tables import Equipment, EquipmentCheck
from firegrid_app.hazards.tables import Hazard
from firegrid_app.patrols.tables import Patrol
from firegrid_app.photos.tables import Photo
from tests.cast import A
from tests.equipment.test_register import TODAY, add, view
from tests.factories import NOW, announced, hazard_body, item, send, statuses
from tests.photos.pictures import clean_jpeg

OLD = date(2025, 6, 1)


@pytest.fixture
def piece(session, cast):
    """An extinguisher of grid a whose yearly test is overdue."""
    made = add(session, cast, tested_on=OLD)
    session.commit()
    return made.id


def looked(cast, number, who="member_a", at=NOW, **body):
    return item(
        cast,
        who,
        "equipment.checked",
        {"piece": number, "found": "fine"} | body,
        captured_at=at.isoformat(),
    )


def seen(session, cast, **ask):
    """The desk's list as it stands now."""
    session.commit()
    return view(session, cast, **ask)


def of(session, piece):
    session.rollback()
    return session.get_one(Equipment, piece)


def test_a_test_moves_the_due_date_and_a_look_does_not(door, cast, session, piece):
    client = door("member_a")
    assert statuses(client, looked(cast, piece)) == ["created"]
    assert of(session, piece).next_on == date(2026, 6, 1)
    assert seen(session, cast, which="overdue").matches == 1
    after = looked(cast, piece, at=NOW + timedelta(minutes=1), tested=True)
    assert statuses(client, after) == ["created"]
    assert (of(session, piece).tested_on, of(session, piece).next_on) == (TODAY, date(2027, 11, 23))
    (row,) = seen(session, cast, which="good").rows
    assert [(one.tested, one.found) for one in row.trail] == [(True, "fine"), (False, "fine")]
    assert row.trail[0].who == cast.actor("member_a").name


def test_it_counts_for_the_day_it_was_made_not_for_when_it_came(door, cast, session, piece):
    late = looked(cast, piece, at=NOW - timedelta(days=3), tested=True)
    newer = looked(cast, piece, at=NOW - timedelta(days=1), tested=True)
    assert statuses(door("member_a"), newer, late) == ["created", "created"]
    assert of(session, piece).tested_on == TODAY - timedelta(days=1)


def test_a_fault_stands_in_the_list_until_somebody_finds_it_fine(door, cast, session, piece):
    client = door("member_a")
    fault = looked(cast, piece, found="faulty", note="压力不足")
    assert statuses(client, fault) == ["created"]
    (row,) = seen(session, cast, which="wrong").rows
    assert (row.fault, row.standing) == ("压力不足", "overdue")
    after = looked(cast, piece, at=NOW + timedelta(minutes=5))
    assert statuses(client, after) == ["created"]
    assert seen(session, cast, which="wrong").matches == 0


def test_what_is_not_there_is_told_and_its_keeper_takes_it_off(door, cast, session, piece):
    gone = looked(cast, piece, found="gone", note="不在原处")
    assert statuses(door("member_a"), gone) == ["created"]
    (row,) = seen(session, cast, which="wrong").rows
    assert (row.fault, row.may_keep) == ("不在原处", True)
    keeping.take_away(session, cast.actor("head_a"), piece, NOW)
    assert seen(session, cast, which="wrong").matches == 0


def test_a_look_at_what_was_taken_away_since_is_kept(door, cast, session, piece):
    keeping.take_away(session, cast.actor("head_a"), piece, NOW)
    session.commit()
    assert statuses(door("member_a"), looked(cast, piece)) == ["created"]


def test_its_hazard_is_named_before_it_comes_and_the_trail_says_how_it_stands(
    door, cast, session, piece
):
    hazard = item(cast, "member_a", "hazard.report", hazard_body())
    fault = looked(cast, piece, found="faulty", note="压力不足", hazard=hazard["id"])
    client = door("member_a")
    assert statuses(client, fault) == ["created"]
    assert [one.hazard for one in seen(session, cast, which="wrong").rows[0].trail] == [""]
    assert statuses(client, hazard) == ["created"]
    assert [one.hazard for one in seen(session, cast, which="wrong").rows[0].trail] == ["open"]


def test_a_photo_of_it_is_awaited_and_shown_to_who_sees_the_grid(door, cast, session, piece):
    picture = clean_jpeg()
    one = looked(cast, piece, photos=[announced(picture)])
    member = door("member_a")
    assert statuses(member, one) == ["created"]
    session.rollback()
    photo = session.exec(select(Photo)).one()
    assert (photo.record_kind, str(photo.record_id)) == ("equipment", one["id"])
    assert member.put(f"/api/photos/{photo.id}", content=picture).status_code == 200
    session.rollback()
    assert seen(session, cast, which="all").rows[0].trail[0].photos == [str(photo.id)]
    address = f"/api/photos/{photo.id}/thumbnail"
    assert door("head_a").get(address).status_code == 200
    assert door("member_b").get(address).status_code == 403


def test_it_moves_the_end_of_the_walk_it_was_made_in(door, cast, session, piece):
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    later = NOW + timedelta(minutes=7)
    statuses(door("member_a"), start, looked(cast, piece, at=later, patrol=start["id"]))
    session.rollback()
    assert session.exec(select(Patrol)).one().last_record_at == later


@pytest.mark.parametrize(
    ("who", "body", "code"),
    [
        ("member_b", {}, "access.outside_grid"),
        ("officer", {}, "access.outside_grid"),
        ("member_a", {"piece": 999_999}, "equipment.unknown"),
        ("member_a", {"found": "faulty"}, "equipment.say_fault"),
        ("member_a", {"found": "gone", "note": " x "}, "equipment.say_fault"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(door, cast, session, piece, who, body, code):
    (answer,) = send(door(who), looked(cast, piece, who, **body))
    assert (answer["status"], answer["code"]) == ("refused", code)
    session.rollback()
    assert session.exec(select(EquipmentCheck)).all() == []
    assert of(session, piece).tested_on == OLD


def test_a_finding_nobody_knows_is_rejected(door, cast, piece):
    (answer,) = send(door("member_a"), looked(cast, piece, found="lovely"))
    assert answer["status"] == "rejected"


def test_the_desk_notes_by_the_same_way_and_its_hazard_is_named(session, cast, piece):
    check = checking.note_test(
        session,
        cast.actor("head_a"),
        piece,
        tested_on=TODAY - timedelta(days=2),
        fine=False,
        note="瓶体锈蚀",
        report_fault=True,
        now=NOW,
    )
    assert session.exec(select(Hazard)).one().id == check.hazard_id
    (row,) = seen(session, cast, which="wrong").rows
    assert (row.trail[0].on, row.trail[0].hazard) == ("2026-11-21", "open")


def test_the_phone_is_told_what_was_found_last(door, cast, session, piece):
    client = door("member_a")
    (before,) = client.get("/api/pack").json()["equipment"]
    assert (before["found"], before["at"], before["next_on"]) == ("", "", "2026-06-01")
    statuses(client, looked(cast, piece, found="faulty", note="压力不足"))
    (after,) = client.get("/api/pack").json()["equipment"]
    assert (after["found"], after["at"][:19]) == ("faulty", NOW.isoformat()[:19])
    assert "压力不足" not in str(after)


def test_the_trail_keeps_to_the_latest_few(session, cast, door, piece):
    client = door("member_a")
    for minute in range(7):
        at = NOW + timedelta(minutes=minute)
        assert statuses(client, looked(cast, piece, at=at)) == ["created"]
    session.rollback()
    assert len(seen(session, cast, which="all").rows[0].trail) == 5
    assert len({one.id for one in session.exec(select(EquipmentCheck))} | {uuid4()}) == 8
