"""What a place's file says beside calls: the card it was given, its people's training, its gear."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.equipment import checking
from firegrid_app.equipment.tables import Equipment
from firegrid_app.hazards.tables import Hazard
from firegrid_app.places import filing
from firegrid_app.places.cards import PlaceAsk
from firegrid_app.places.listing import list_of
from firegrid_app.places.one import place_file
from firegrid_app.places.rules import needs_card
from firegrid_app.places.views import places_view
from firegrid_app.refusals import Refused
from firegrid_app.shouts.tables import Shout
from tests.cast import A
from tests.factories import NOW, item, shout_body

TODAY = date(2026, 11, 23)


def file_of(cast, who="head_a"):
    with transaction() as session:
        return place_file(session, cast.actor(who), cast.places["a"], NOW)


def counted(cast, which="no_card", who="head_a"):
    with transaction() as session:
        view = places_view(session, cast.actor(who), PlaceAsk(code=A, which=which), NOW)
        return next(one.count for one in view.tallies if one.which == which)


def hand_over(cast, day=TODAY, who="head_a", kind="card"):
    with transaction() as session:
        return filing.enter_paper(
            session, cast.actor(who), cast.places["a"], kind=kind, party="", signed_by="石珍强",
            signed_on=day, expires_on=None, abilities=[], note="两张", now=NOW,
        ).id  # fmt: skip


def test_a_card_given_on_a_round_is_in_the_ledger(cast, door):
    assert counted(cast) == 1
    assert file_of(cast).row.card_on == ""
    send_one(door, cast, shout_body(place=cast.places["a"], cards=2))
    with transaction() as session:
        assert session.exec(select(Shout.cards)).one() == 2
    row = file_of(cast).row
    assert (row.card_on, row.needs_card) == (TODAY.isoformat(), False)
    assert counted(cast) == 0


def test_leaflets_alone_are_no_card(cast, door):
    body = shout_body(place=cast.places["a"], leaflets=3)
    send_one(door, cast, body)
    assert counted(cast) == 1


def send_one(door, cast, body):
    made = item(cast, "member_a", "shout.log", body, version=3)
    answer = door("member_a").post("/api/sync", json={
        "sent_at": NOW.isoformat(), "app_version": "test", "items": [made]
    })  # fmt: skip
    assert answer.json()["results"][0]["status"] == "created"


def test_one_noted_in_the_file_counts_until_it_is_taken_out(cast):
    paper = hand_over(cast, TODAY - timedelta(days=3))
    assert file_of(cast).row.card_on == "2026-11-20"
    assert counted(cast) == 0
    with transaction() as session:
        filing.take_out_paper(session, cast.actor("head_a"), paper, NOW)
    assert file_of(cast).row.card_on == ""
    assert counted(cast) == 1


def test_the_latest_of_both_counts_and_after_a_year_another_is_due(cast, door):
    send_one(door, cast, shout_body(place=cast.places["a"], cards=1))
    hand_over(cast, TODAY - timedelta(days=200))
    assert file_of(cast).row.card_on == TODAY.isoformat()
    assert needs_card(None, TODAY)
    assert not needs_card(TODAY - timedelta(days=365), TODAY)
    assert needs_card(TODAY - timedelta(days=366), TODAY)


def test_the_list_to_keep_says_when(cast):
    hand_over(cast)
    with transaction() as session:
        _, headings, rows = list_of(session, cast.actor("head_a"), A, "zh_CN", NOW)
    assert headings[-1] == "联系卡发放日期"
    assert rows[0][-1] == TODAY.isoformat()


@pytest.mark.parametrize("who", ["member_a", "member_b", "other_secretary"])
def test_a_neighbour_notes_no_card(cast, who):
    with pytest.raises(Refused, match=r"access\.outside_grid"):
        hand_over(cast, who=who)


def test_training_of_its_people_is_a_paper_of_the_file(cast):
    hand_over(cast, kind="training")
    (line,) = file_of(cast).papers
    assert (line.kind, line.signed_on, line.note, line.standing) == (
        "training",
        TODAY.isoformat(),
        "两张",
        "good",
    )


@pytest.fixture
def piece(cast):
    with transaction() as session:
        row = Equipment(
            code="E1", kind="extinguisher", name="灭火器", grid_id=cast.grids["a"],
            place_id=cast.places["a"], where_words="门口", amount=4, keeper="石珍强",
            tested_on=date(2026, 1, 5), every_months=12, next_on=date(2027, 1, 5),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def test_its_equipment_stands_in_the_file_with_keeper_tests_and_fault(cast, piece):
    (line,) = file_of(cast).pieces
    assert (line.name, line.amount, line.where, line.keeper) == ("灭火器", 4, "门口", "石珍强")
    assert (line.tested_on, line.next_on, line.standing) == ("2026-01-05", "2027-01-05", "good")
    note(cast, piece, "压力不足", report_fault=False)
    (line,) = file_of(cast).pieces
    assert line.fault == "压力不足"
    with transaction() as session:
        session.get_one(Equipment, piece).ends_on = TODAY
    assert file_of(cast).pieces == ()


def note(cast, piece, words, who="head_a", **more):
    with transaction() as session:
        return checking.note_test(
            session, cast.actor(who), piece, tested_on=TODAY, fine=False, note=words, now=NOW,
            **more,
        )  # fmt: skip


def test_a_fault_found_at_a_test_is_a_hazard_of_the_place(cast, piece):
    note(cast, piece, "压力不足", report_fault=True)
    with transaction() as session:
        hazard = session.exec(select(Hazard)).one()
        assert (hazard.category, hazard.severity) == ("extinguisher_missing", "minor")
        assert (hazard.place_id, hazard.where_words) == (cast.places["a"], "门口")
        assert hazard.words == "灭火器：压力不足"
        assert hazard.person_id == cast.people["head_a"]
    assert len(file_of(cast).hazards) == 1


def test_one_reported_already_is_not_reported_twice(cast, piece):
    note(cast, piece, "压力不足")
    with transaction() as session:
        assert session.exec(select(Hazard)).all() == []


def test_a_fault_without_words_leaves_neither_test_nor_hazard(cast, piece):
    with pytest.raises(Refused, match=r"equipment\.say_fault"):
        note(cast, piece, " ", report_fault=True)
    with pytest.raises(Refused, match=r"access\.outside_grid"):
        note(cast, piece, "压力不足", who="member_b", report_fault=True)
    with transaction() as session:
        assert session.exec(select(Hazard)).all() == []
        assert session.get_one(Equipment, piece).tested_on == date(2026, 1, 5)
