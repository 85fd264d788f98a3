"""Flags: raised and never in the way, seen by who supervises, looked at once by somebody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.grids.tables import Grid
from firegrid_app.patrols import service as patrols
from firegrid_app.patrols.tables import Arrival
from firegrid_app.points.tables import CheckPoint
from firegrid_app.presence.service import look_at, open_flags, places_ahead
from firegrid_app.presence.tables import PresenceFlag
from firegrid_app.records import Position, Stamp
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, SIDE, SOUTH, WEST, A, B, tag_of
from tests.factories import NOW, item, send, walk

HERE = (round(SOUTH + SIDE / 2, 6), round(WEST + SIDE / 2, 6))


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def arrive(session, cast, point="a2", *, at=HERE, who="member_a", minutes=5, accuracy=10, **more):
    member = cast.actor(who)
    patrol = more.pop("patrol", None) or walk(session, member, NOW, None)
    made = Stamp(
        id=uuid4(),
        happened_at=NOW + timedelta(minutes=minutes),
        position=at and Position(lat=at[0], lon=at[1], accuracy_m=accuracy),
        righted_by=more.pop("righted_by", timedelta(0)),
    )
    arrival = patrols.arrive(
        session,
        member,
        made,
        patrol_id=patrol.id,
        check_point_id=cast.check_points[point] if point else None,
        all_fine=True,
        note="",
        now=NOW,
        **more,
    )
    session.flush()
    return patrol, arrival


def reasons(session):
    return [flag.reason for flag in session.exec(select(PresenceFlag).order_by(PresenceFlag.id))]


def test_an_arrival_at_its_place_and_time_raises_none(session, cast):
    arrive(session, cast)
    arrive(session, cast, at=None)
    assert reasons(session) == []


def test_far_from_the_point_is_kept_and_flagged_with_its_metres(session, cast):
    _, arrival = arrive(session, cast, at=(HERE[0] + 0.01, HERE[1]))
    (flag,) = session.exec(select(PresenceFlag)).all()
    assert (flag.reason, flag.record_id, flag.point_name) == (
        "far_from_point",
        arrival.id,
        "A记旅馆",
    )
    assert flag.amount == pytest.approx(1108, abs=5)
    assert session.get(Arrival, arrival.id) is not None


def test_a_point_without_a_place_is_judged_by_its_grid(session, cast):
    grid = session.get(Grid, cast.grids["a"])
    assert grid.label_lat is not None
    arrive(session, cast, "a1", at=(HERE[0] + 0.0005, HERE[1]))
    arrive(session, cast, "a1", at=(HERE[0] + 0.003, HERE[1]))
    assert reasons(session) == []
    arrive(session, cast, "a1", at=(HERE[0] + 0.02, HERE[1]))
    assert reasons(session) == ["far_from_grid"]


def test_a_grid_without_outline_is_no_ground_for_a_flag(session, cast):
    grid = session.get(Grid, cast.grids["a"])
    grid.outline, grid.label_lat, grid.label_lon = None, *HERE
    arrive(session, cast, "a1", at=(HERE[0] + 1, HERE[1]))
    assert reasons(session) == []


def test_a_leap_within_a_walk_is_flagged_once_also_across_requests(session, cast):
    patrol, _ = arrive(session, cast, "a1", minutes=5)
    session.commit()
    session.info.clear()
    arrive(session, cast, "a1", patrol=patrol, minutes=6, at=(HERE[0] + 0.1, HERE[1]))
    assert reasons(session).count("leap") == 1
    arrive(session, cast, "a1", patrol=patrol, minutes=7, at=(HERE[0] + 0.1, HERE[1]))
    assert reasons(session).count("leap") == 1


def test_looked_up_ahead_or_one_by_one_the_same_leaps_are_found(session, cast):
    far = (HERE[0] + 0.2, HERE[1])

    def leaps(*, ahead):
        patrol, _ = arrive(session, cast, None, minutes=5, where_words="门口")
        arrive(session, cast, None, minutes=8, at=far, patrol=patrol, where_words="远处")
        session.info.pop("places_by_walk", None)
        if ahead:
            places_ahead(session, {patrol.id})
        # It comes late: the place it is measured from is the one before it, not the latest kept.
        _, late = arrive(session, cast, None, minutes=6, patrol=patrol, where_words="门口")
        return [
            flag.reason
            for flag in session.exec(select(PresenceFlag).where(PresenceFlag.record_id == late.id))
        ]

    assert leaps(ahead=False) == leaps(ahead=True) == []


def test_of_many_walks_each_is_measured_from_its_own_last_place(session, cast):
    """Also one whose latest arrival has no place, and one that has arrived nowhere."""
    far = (HERE[0] + 0.2, HERE[1])
    first, _ = arrive(session, cast, None, minutes=5, where_words="门口")
    arrive(session, cast, None, minutes=8, at=far, patrol=first, where_words="远处")
    second, _ = arrive(session, cast, None, minutes=5, where_words="门口")
    arrive(session, cast, None, minutes=6, at=None, patrol=second, where_words="楼里")
    session.flush()
    nowhere = uuid4()
    places_ahead(session, {first.id, second.id, nowhere})
    ahead = session.info["places_ahead"]
    assert {walk: fix and fix.lat for walk, fix in ahead.items()} == {
        first.id: far[0],
        second.id: HERE[0],
        nowhere: None,
    }


def test_a_clock_that_was_off_is_flagged(session, cast):
    arrive(session, cast, righted_by=timedelta(minutes=-45))
    (flag,) = session.exec(select(PresenceFlag)).all()
    assert (flag.reason, flag.amount) == ("clock", 45)


def test_scanned_is_said_of_the_points_own_code_only(session, cast):
    _, scanned = arrive(session, cast, tag=tag_of("a2"))
    _, tapped = arrive(session, cast)
    assert (scanned.how, tapped.how) == ("qr", "tap")
    assert reasons(session) == []
    _, other = arrive(session, cast, tag=tag_of("a1"))
    assert other.how == "tap"
    assert reasons(session) == ["other_code"]


def test_a_code_the_phone_did_not_know_finds_its_point(session, cast):
    _, arrival = arrive(session, cast, None, tag=tag_of("a1"), where_words="点位码")
    assert (arrival.check_point_id, arrival.how) == (cast.check_points["a1"], "qr")


@pytest.mark.parametrize("tag", [tag_of("b1"), "ZZZZZZZZZZ", "not a tag"])
def test_a_code_of_another_grid_or_of_none_is_kept_in_words(session, cast, tag):
    _, arrival = arrive(session, cast, None, tag=tag, where_words="点位码")
    assert (arrival.check_point_id, arrival.where_words, arrival.how) == (None, "点位码", "tap")
    assert reasons(session) == ["other_code"]


def test_a_point_closed_meanwhile_is_arrived_at_all_the_same(session, cast):
    session.get(CheckPoint, cast.check_points["a1"]).ends_on = NOW.date() - timedelta(days=9)
    _, arrival = arrive(session, cast, "a1")
    assert arrival.check_point_id == cast.check_points["a1"]


def test_a_phone_hands_in_what_it_scanned_and_found(door, cast, session):
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    hazard = str(uuid4())
    body = {
        "patrol": start["id"],
        "check_point": cast.check_points["a1"],
        "tag": tag_of("a1"),
        "checklist": "residence",
        "faults": [{"item": "stairs_clear", "hazard": hazard}, {"item": "lights_work"}],
        "not_applicable": ["hydrant_complete"],
        "all_fine": False,
    }
    one = item(cast, "member_a", "patrol.arrive", body, version=3)
    assert [answer["status"] for answer in send(door("member_a"), start, one)] == ["created"] * 2
    row = session.exec(select(Arrival)).one()
    assert (row.how, row.checklist, row.all_fine) == ("qr", "residence", False)
    assert row.findings == {
        "faults": [
            {"item": "stairs_clear", "hazard": hazard},
            {"item": "lights_work", "hazard": None},
        ],
        "not_applicable": ["hydrant_complete"],
    }


def test_all_fine_and_a_fault_do_not_go_together(door, cast):
    body = {"patrol": str(uuid4()), "check_point": 1, "faults": [{"item": "x"}], "all_fine": True}
    (answer,) = send(door("member_a"), item(cast, "member_a", "patrol.arrive", body, version=3))
    assert (answer["status"], answer["fields"]) == ("rejected", {"item": "fine_with_faults"})


def test_who_supervises_sees_what_waits_and_looks_at_it_once(session, cast):
    arrive(session, cast, at=(HERE[0] + 0.01, HERE[1]))
    secretary = cast.actor("secretary")
    cards, count = open_flags(session, secretary, COMMUNITY)
    assert count == len(cards) == 1
    assert (cards[0].person_name, cards[0].reason, cards[0].grid) == ("姜龙", "far_from_point", A)
    flag = look_at(session, secretary, cards[0].id, "spoken", " 定位漂移 ", NOW)
    assert (flag.looked_by, flag.outcome, flag.note) == (secretary.person_id, "spoken", "定位漂移")
    assert open_flags(session, secretary, COMMUNITY) == ([], 0)
    with refused(r"presence\.looked_at"):
        look_at(session, secretary, flag.id, "fine", "", NOW)


@pytest.mark.parametrize("who", ["member_a", "head_a", "member_b", "department", "resident"])
def test_who_does_not_supervise_neither_sees_nor_looks(session, cast, who):
    arrive(session, cast, at=(HERE[0] + 0.01, HERE[1]))
    flag = session.exec(select(PresenceFlag)).one()
    with refused(r"access\.outside_grid"):
        open_flags(session, cast.actor(who), A)
    with refused(r"access\.outside_grid"):
        look_at(session, cast.actor(who), flag.id, "fine", "", NOW)


def test_the_neighbouring_secretary_sees_nothing_of_it(session, cast):
    arrive(session, cast, at=(HERE[0] + 0.01, HERE[1]))
    with refused(r"access\.outside_grid"):
        open_flags(session, cast.actor("other_secretary"), A)
    assert open_flags(session, cast.actor("secretary"), B) == ([], 0)


def test_nobody_looks_at_the_own_record(session, cast):
    secretary = cast.actor("secretary")
    arrive(session, cast, who="secretary", at=(HERE[0] + 0.01, HERE[1]))
    (card,), _ = open_flags(session, secretary, COMMUNITY)
    assert card.own
    with refused(r"presence\.own"):
        look_at(session, secretary, card.id, "fine", "", NOW)


def test_what_is_said_must_be_one_of_two_things(session, cast):
    arrive(session, cast, at=(HERE[0] + 0.01, HERE[1]))
    flag = session.exec(select(PresenceFlag)).one()
    with refused("invalid"):
        look_at(session, cast.actor("secretary"), flag.id, "punished", "", NOW)
    with refused(r"presence\.unknown"):
        look_at(session, cast.actor("secretary"), 10**6, "fine", "", NOW)
