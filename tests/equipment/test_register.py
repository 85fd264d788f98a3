"""The register of fire equipment: added, tested, taken away, from a file, on the phone."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.equipment import checking, keeping
from firegrid_app.equipment.cards import EquipmentAsk
from firegrid_app.equipment.service import WHICH, due_tests, equipment_view
from firegrid_app.equipment.state import EquipmentState
from firegrid_app.equipment.tables import Equipment
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, STREET, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW
from tests.importing.test_rota_file import hand_in, reasons
from tests.tabs import click, sent, tab

TODAY = date(2026, 11, 23)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def add(session, cast, who="head_a", **changes):
    given = {
        "grid_code": A,
        "kind": "extinguisher",
        "name": "大堂灭火器",
        "spot": f"place:{cast.places['a']}",
        "where": "",
        "amount": "",
        "keeper": "石珍强",
        "keeper_phone": "13900000001",
        "tested_on": TODAY,
        "months": "",
    }
    return keeping.add_equipment(session, cast.actor(who), now=NOW, **given | changes)


def view(session, cast, who="head_a", days=0, **ask):
    now = NOW + timedelta(days=days)
    return equipment_view(session, cast.actor(who), EquipmentAsk(**ask), now)


def test_a_piece_stands_at_its_place_and_is_due_in_a_year(session, cast):
    add(session, cast)
    (row,) = view(session, cast, which="good").rows
    assert (row.where, row.amount, row.next_on) == ("A记旅馆", 1, "2027-11-23")
    assert view(session, cast, which="soon", days=340).matches == 1
    assert view(session, cast, which="overdue", days=366).matches == 1


def test_a_tally_is_what_its_list_shows(session, cast):
    add(session, cast)
    add(session, cast, name="没检测过的", tested_on=None)
    add(session, cast, name="过期的", tested_on=date(2025, 1, 1))
    gone = add(session, cast, name="撤走的")
    keeping.take_away(session, cast.actor("head_a"), gone.id, NOW)
    for which in WHICH:
        found = view(session, cast, which=which)
        tallies = {one.which: one.count for one in found.tallies}
        assert tallies[which] == found.matches == len(found.rows)
    assert tallies == {
        "overdue": 1,
        "soon": 0,
        "good": 1,
        "never": 1,
        "gone": 1,
        "wrong": 0,
        "all": 4,
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grid_code": STREET}, "access.outside_grid"),
        ({"grid_code": B}, "access.outside_grid"),
        ({"kind": "cannon"}, "equipment.bad_kind"),
        ({"name": " "}, "equipment.no_name"),
        ({"spot": "place:999999"}, "equipment.unknown_spot"),
        ({"spot": "door:1"}, "equipment.unknown_spot"),
        ({"spot": "place:-1"}, "equipment.unknown_spot"),
        ({"amount": "0"}, "equipment.bad_number"),
        ({"months": "121"}, "equipment.bad_number"),
        ({"months": "半年"}, "equipment.bad_number"),
        ({"tested_on": TODAY + timedelta(days=1)}, "equipment.bad_day"),
        ({"tested_on": date(1990, 1, 1)}, "equipment.bad_day"),
        ({"keeper_phone": "12"}, "places.bad_phone"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(session, cast, changes, code):
    with refused(code):
        add(session, cast, **changes)
    assert session.exec(select(Equipment)).all() == []


def test_equipment_stands_in_no_street_and_in_no_other_grid(session, cast):
    with refused("equipment.wrong_grid"):
        add(session, cast, "officer", grid_code=STREET, spot="")
    with refused("equipment.unknown_spot"):
        add(session, cast, spot=f"place:{cast.places['b']}")


@pytest.mark.parametrize("who", ["member_a", "member_b", "other_secretary", "department"])
def test_others_keep_no_register(session, cast, who):
    piece = add(session, cast)
    day = {"tested_on": TODAY, "fine": True, "note": "", "now": NOW}
    with refused("access.outside_grid"):
        add(session, cast, who)
    with refused("access.outside_grid"):
        checking.note_test(session, cast.actor(who), piece.id, **day)
    with refused("access.outside_grid"):
        keeping.take_away(session, cast.actor(who), piece.id, NOW)


def test_the_latest_test_counts_and_a_fault_says_why(session, cast):
    piece = add(session, cast, tested_on=date(2026, 1, 1))
    head = cast.actor("head_a")
    with refused("equipment.say_fault"):
        checking.note_test(session, head, piece.id, tested_on=TODAY, fine=False, note="", now=NOW)
    checking.note_test(
        session, head, piece.id, tested_on=TODAY, fine=False, note="压力不足", now=NOW
    )
    earlier = date(2026, 6, 1)
    checking.note_test(session, head, piece.id, tested_on=earlier, fine=True, note="", now=NOW)
    (row,) = view(session, cast, which="all").rows
    assert (row.tested_on, row.fault) == ("2026-11-23", "压力不足")
    keeping.take_away(session, head, piece.id, NOW)
    with refused("equipment.gone"):
        keeping.take_away(session, head, piece.id, NOW)
    with refused("equipment.unknown"):
        keeping.take_away(session, head, 999_999, NOW)


def test_who_keeps_it_at_hand_hears_what_is_due_and_a_street_does_not(session, cast):
    add(session, cast, tested_on=date(2025, 11, 30))
    add(session, cast, name="没检测过的", tested_on=None)
    add(session, cast, name="还早")
    counts = {
        who: due_tests(session, cast.actor(who), NOW)
        for who in ("head_a", "secretary", "other_secretary", "member_a", "officer")
    }
    assert counts == {
        "head_a": 2,
        "secretary": 2,
        "other_secretary": 0,
        "member_a": 0,
        "officer": 0,
    }


def test_the_phone_knows_what_stands_where_and_what_a_fault_of_it_is(session, cast, door):
    add(session, cast)
    point = cast.check_points["a1"]
    add(session, cast, name="楼道消火栓", kind="hydrant_box", spot=f"point:{point}", tested_on=None)
    gone = add(session, cast, name="撤走的")
    keeping.take_away(session, cast.actor("head_a"), gone.id, NOW)
    session.commit()
    found = {one["name"]: one for one in door("member_a").get("/api/pack").json()["equipment"]}
    assert set(found) == {"大堂灭火器", "楼道消火栓"}
    first, second = found["大堂灭火器"], found["楼道消火栓"]
    assert (first["place"], first["category"]) == (cast.places["a"], "extinguisher_missing")
    assert (second["point"], second["category"], second["due"]) == (point, "facility_broken", True)
    assert "13900000001" not in str(found)
    assert door("member_b").get("/api/pack").json()["equipment"] == []


def test_by_the_handlers_of_the_page(cast):
    page = tab(EquipmentState, cast.tokens["secretary"])
    click(page.load())
    click(page.pick(A))
    assert page.view.may_add
    page.ask_add()
    click(page.add({"kind": "hydrant", "name": ""}))
    assert (page.adding, page.form_said.code) == (True, "equipment.no_name")
    click(page.add({"kind": "hydrant", "name": "路口消火栓", "where": "南门"}))
    click(page.narrow("never"))
    (row,) = page.view.rows
    assert (page.adding, row.where, row.standing) == (False, "南门", "never")
    page.ask_test(row.id)
    click(page.note({"tested_on": "2026-11-23", "fine": "yes"}))
    click(page.narrow("good"))
    assert [one.next_on for one in page.view.rows] == ["2027-05-23"]
    click(page.take_away(row.id))
    click(page.narrow("gone"))
    assert [one.may_keep for one in page.view.rows] == [False]
    assert "server_error" not in sent(page)


def test_any_argument_is_answered(cast):
    page = tab(EquipmentState, cast.tokens["secretary"])
    click(page.load())
    for value in NONSENSE:
        for handler in (page.pick, page.narrow, page.search, page.turn, page.add, page.note):
            click(handler(value))
        page.ask_test(value)
        click(page.take_away(value))
    assert "server_error" not in (page.said.code, page.form_said.code)


FILE = "种类,网格编码,名称,场所编码,位置,数量,检测日期,检测周期\n"


def test_a_file_is_looked_at_first_then_written_and_twice_is_once(cast, door):
    text = FILE + f"灭火器,{A},大堂灭火器,{A}P01,一层,4,2026-03-01,\n取水口,{B},,,河边,,,6\n"
    client = door("secretary")
    seen = hand_in(client, text, COMMUNITY, kind="equipment").json()
    assert (seen["rows"], seen["change_count"], seen["written"]) == (2, 2, False)
    with reading() as session:
        assert session.exec(select(Equipment)).all() == []
    assert hand_in(client, text, COMMUNITY, confirm=True, kind="equipment").json()["written"]
    with reading() as session:
        rows = {one.name: one for one in session.exec(select(Equipment))}
        first, second = rows["大堂灭火器"], rows["河边"]
        assert (first.place_id, first.amount) == (cast.places["a"], 4)
        assert first.next_on == date(2027, 3, 1)
        assert (second.kind, second.every_months, second.next_on) == ("water_intake", 6, None)
    again = hand_in(client, text, COMMUNITY, confirm=True, kind="equipment").json()
    assert (again["change_count"], again["same"]) == (0, 2)


def test_all_mistakes_of_a_file_are_told_with_their_rows_and_nothing_is_written(cast, door):
    text = FILE + (
        f"大炮,{A},x,,,,,\n"
        f"灭火器,{cast.codes['c']},x,,,,,\n"
        f"灭火器,{A},x,NOPE,,,,\n"
        f"灭火器,{A},x,,,0,,\n"
        f"灭火器,{A},x,,,,2027-01-01,\n"
        f"灭火器,{A},y,,,,,\n"
        f"灭火器,{A},y,,,,,\n"
    )
    answer = hand_in(door("head_a"), text, A, confirm=True, kind="equipment")
    assert sorted({row for row, _, _ in reasons(answer)}) == ["2", "3", "4", "5", "6", "8"]
    assert not answer.json()["written"]
    with reading() as session:
        assert session.exec(select(Equipment)).all() == []


def test_a_code_of_somebody_elses_piece_is_taken(cast, door):
    with transaction() as session:
        add(session, cast, "secretary", grid_code=B, spot="").code = "Q1"
    text = f"种类,网格编码,编码\n灭火器,{A},Q1\n"
    answer = hand_in(door("head_a"), text, A, confirm=True, kind="equipment").json()
    assert (answer["written"], answer["problem_count"]) == (False, 1)
