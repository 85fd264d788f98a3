"""Records the server said no to: their maker is reminded, whoever leads the grid can help."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.messages import digest, waiting
from firegrid_app.supervision.service import walks_view
from firegrid_app.sync import unaccepted
from firegrid_app.sync.tables import ReceivedItem, Unaccepted
from tests.cast import COMMUNITY, COUNTY, OTHER_COMMUNITY, STREET, A, B
from tests.factories import NOW, item, send, shout_body, statuses
from tests.handover.test_taking_in import hand, signed

A_DAY = timedelta(days=1, minutes=1)


def noted():
    with reading() as session:
        rows = session.exec(select(Unaccepted).order_by(Unaccepted.since_at))
        return [(str(row.id), row.person_id, row.kind, row.code) for row in rows]


def in_digest(cast, who, now=NOW):
    with reading() as session:
        found = waiting._unaccepted(session, cast.actor(who), now)
    return found["refused"], found["refused_below"]


@pytest.fixture
def refused(cast, door):
    """A shout of member_a in the neighbour's grid: refused, and kept on the phone."""
    one = item(cast, "member_a", "shout.log", shout_body(grid=B))
    assert statuses(door("member_a"), one) == ["refused"]
    return one


def test_a_refused_record_is_noted_without_what_it_says(cast, refused):
    assert noted() == [(refused["id"], cast.people["member_a"], "shout.log", "access.outside_grid")]
    assert set(Unaccepted.model_fields) == {"person_id", "id", "kind", "code", "since_at"}


def test_said_no_to_again_it_is_one_record_with_its_first_moment(cast, door, refused, clock):
    with reading() as session:
        first = session.exec(select(Unaccepted.since_at)).one()
    clock.forward(hours=3)
    send(door("member_a"), refused, refused)
    with reading() as session:
        assert session.exec(select(Unaccepted.since_at)).all() == [first]


def test_mended_and_accepted_nobody_is_reminded_any_more(cast, door, refused):
    mended = refused | {"body": shout_body(grid=A)}
    assert statuses(door("member_a"), mended) == ["created"]
    assert noted() == []


def test_both_in_one_request_leave_no_note(cast, door, refused):
    send(door("member_a"), refused, refused | {"body": shout_body(grid=A)})
    assert noted() == []


def test_a_malformed_record_and_a_conflict_are_noted(cast, door):
    bad = item(cast, "member_a", "shout.log", {"grid": 7})
    good = item(cast, "member_a", "shout.log", shout_body(grid=A))
    other = good | {"body": shout_body(grid=A, people_reached=9)}
    assert statuses(door("member_a"), bad, good, other) == ["rejected", "created", "conflict"]
    assert {(one, code) for one, _, _, code in noted()} == {
        (bad["id"], "sync.malformed"),
        (good["id"], "sync.conflict"),
    }


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "moon.walk"},
        {"version": 900},
        {"id": "not an id"},
        {"made_by": 1_000_000},
        {"kind": ["shout.log"]},
    ],
    ids=["newer kind", "newer version", "no id", "somebody else's", "no kind"],
)
def test_what_goes_again_by_itself_or_is_nobodys_is_not_noted(cast, door, change):
    one = item(cast, "member_a", "shout.log", shout_body(grid=A)) | change
    assert statuses(door("member_a"), one) != ["created"]
    assert noted() == []


def test_a_phone_gone_wild_leaves_so_many_notes_and_no_more(cast, door, monkeypatch):
    monkeypatch.setattr(unaccepted, "MOST_EACH", 3)
    many = [item(cast, "member_a", "shout.log", shout_body(grid=B)) for _ in range(5)]
    send(door("member_a"), *many)
    send(door("member_a"), item(cast, "member_a", "shout.log", shout_body(grid=B)))
    assert len(noted()) == 3


def test_taken_in_by_file_the_note_goes(cast, door, refused):
    mended = refused | {"body": shout_body(grid=A)}
    assert hand(door("secretary"), signed(cast, "member_a", mended)).status_code == 200
    assert noted() == []


def test_put_aside_on_the_phone_it_is_settled_by_its_maker_only(cast, door, refused):
    told = {"ids": [refused["id"], str(uuid4())]}
    assert door("member_b").post("/api/sync/aside", json=told).json() == {"settled": 0}
    assert len(noted()) == 1
    assert door("member_a").post("/api/sync/aside", json=told).json() == {"settled": 1}
    assert noted() == []
    with reading() as session:
        assert session.exec(select(ReceivedItem)).all() == []


def test_the_maker_hears_of_it_at_once_and_who_leads_the_grid_a_day_later(cast, refused):
    assert in_digest(cast, "member_a") == (1, 0)
    assert in_digest(cast, "head_a") == (0, 0)
    for who, below in (
        ("head_a", 1),
        ("secretary", 1),
        ("member_a", 0),
        ("member_b", 0),
        ("other_secretary", 0),
        ("officer", 0),
        ("administrator", 0),
    ):
        assert in_digest(cast, who, NOW + A_DAY)[1] == below, who


def test_a_lost_phone_is_forgotten_after_thirty_days(cast, refused):
    later = NOW + unaccepted.KEPT + timedelta(minutes=1)
    assert in_digest(cast, "member_a", later) == (0, 0)
    with transaction() as session:
        unaccepted.sweep(session, later)
    assert noted() == []


def test_it_stands_in_the_digest_in_words(cast, refused, clock):
    digest.make_digests()
    clock.forward(days=1, minutes=5)
    digest.make_digests()
    from tests.messages.test_digest import made

    assert made()["姜龙"] == "【消防网格】今日待办：您手机上未接收的记录1条。"
    assert made()["龚丽"] == "【消防网格】今日待办：网格人员手机上未接收的记录1条。"


def test_the_leaders_view_names_whom_to_help(cast, refused):
    with reading() as session:
        for who, code, count in (
            ("secretary", COMMUNITY, 1),
            ("officer", STREET, 1),
            ("administrator", COUNTY, 1),
            ("other_secretary", OTHER_COMMUNITY, 0),
        ):
            found = walks_view(session, cast.actor(who), code, "", NOW + A_DAY)
            assert (found.unaccepted_count, len(found.unaccepted)) == (count, count), who
        fresh = walks_view(session, cast.actor("secretary"), COMMUNITY, "", NOW)
        assert fresh.unaccepted_count == 0
        (line,) = walks_view(
            session, cast.actor("secretary"), COMMUNITY, "", NOW + A_DAY
        ).unaccepted
    assert (line.person_name, line.kind, line.code) == ("姜龙", "shout.log", "access.outside_grid")
