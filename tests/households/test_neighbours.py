"""Neighbours who look after somebody (YB-70): paired, parted, forgotten, printed for who may."""

import io
from datetime import timedelta

import pypdf
import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.households import care, neighbours, one_door
from firegrid_app.households.state import HouseholdsState
from firegrid_app.households.tables import NeighbourPair
from firegrid_app.refusals import Refused
from firegrid_app.visits.tables import Household
from tests.cast import COMMUNITY, A
from tests.factories import NOW
from tests.tabs import click, tab

TODAY = NOW.date()


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def name_of(session, cast, door):
    row = session.get(Household, cast.doors[door])
    return " ".join(filter(None, (row.building, row.unit, row.room)))


def pair(session, cast, of="a2", who="secretary", **changes):
    values = {
        "door": name_of(session, cast, "a1"), "name": "张三", "phone": "13912345678",
        "note": "走东侧楼梯", "agreed_on": TODAY, "now": NOW,
    }  # fmt: skip
    return neighbours.pair(session, cast.actor(who), cast.doors[of], **values | changes)


def seen(session, cast, door="a2", who="secretary"):
    return neighbours.door_with_neighbours(session, cast.actor(who), cast.doors[door], NOW)


def listed(session, cast, code=A, who="secretary", why="3 栋疏散预案"):
    return neighbours.evacuation_list(session, cast.actor(who), code, why, NOW)


def test_a_pair_stands_on_the_doors_card_and_on_the_list(session, cast):
    made = pair(session, cast)
    (line,) = seen(session, cast).neighbours
    assert (line.id, line.door) == (made.id, name_of(session, cast, "a1"))
    assert (line.name, line.phone, line.note) == ("张三", "13912345678", "走东侧楼梯")
    of_a = listed(session, cast)
    assert {row.door: len(row.neighbours) for row in of_a.rows} == {
        name_of(session, cast, "a2"): 1,
        name_of(session, cast, "a5"): 0,
    }
    assert (of_a.alone, of_a.until) == (1, (TODAY + timedelta(days=30)).isoformat())
    everybody = listed(session, cast, COMMUNITY)
    assert (len(everybody.rows), everybody.alone) == (3, 2)
    actions = session.exec(select(AuditEntry.action, AuditEntry.subject)).all()
    assert ("pair_neighbours", f"grid:{A} door:{cast.doors['a2']}") in actions
    assert ("print_evacuation", f"grid:{A} 3 栋疏散预案") in actions


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"door": "a2"}, "households.same_door"),
        ({"door": "nowhere"}, "visits.unknown_door"),
        ({"door": "", "name": " "}, "households.no_neighbour"),
        ({"agreed_on": None}, "households.no_consent_day"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "households.no_consent_day"),
        ({"phone": "12"}, "places.bad_phone"),
        ({"name": "长" * 21}, "places.too_long"),
        ({"note": "长" * 81}, "places.too_long"),
    ],
)
def test_a_pair_that_cannot_be_is_refused_and_nothing_is_written(session, cast, changes, code):
    door = changes.get("door")
    if door in cast.doors:
        changes = changes | {"door": name_of(session, cast, door)}
    with refused(code):
        pair(session, cast, **changes)
    assert session.exec(select(NeighbourPair)).all() == []


def test_twice_the_same_too_many_and_a_door_without_a_mark_are_refused(session, cast):
    pair(session, cast)
    with refused("households.paired_already"):
        pair(session, cast, note="另一句")
    for name in ("李四", "王五"):
        pair(session, cast, door="", name=name, phone="")
    with refused("households.too_many_neighbours"):
        pair(session, cast, door="", name="赵六")
    with refused("households.not_in_care"):
        pair(session, cast, "a3")


@pytest.mark.parametrize(
    "who", ["member_a", "member_b", "leader_a", "officer", "department", "other_secretary"]
)
def test_who_may_not_pairs_parts_and_prints_nothing(session, cast, who):
    made = pair(session, cast)
    session.commit()
    with pytest.raises(Refused, match=r"^access\."):
        pair(session, cast, who=who, name="别人")
    with pytest.raises(Refused, match=r"^access\."):
        neighbours.part(session, cast.actor(who), made.id, NOW)
    with pytest.raises(Refused, match=r"^access\."):
        listed(session, cast, who=who)
    assert made.ended_at is None


def test_an_officer_who_opens_the_door_sees_no_neighbour(session, cast):
    pair(session, cast)
    card = seen(session, cast, who="officer")
    assert (card.neighbours, card.doors, card.care_mark) == ([], [], "")


def test_parted_nothing_is_kept_of_who_it_was(session, cast):
    made = pair(session, cast)
    neighbours.part(session, cast.actor("head_a"), made.id, NOW)
    assert (made.name, made.phone, made.note, made.ended_at) == ("", "", "", NOW)
    assert seen(session, cast).neighbours == []
    with refused("households.unknown_pair"):
        neighbours.part(session, cast.actor("head_a"), made.id, NOW)
    with refused("households.unknown_pair"):
        neighbours.part(session, cast.actor("head_a"), 999, NOW)


@pytest.mark.parametrize("what", ["erased", "helper erased", "helper off", "unmarked"])
def test_who_leaves_takes_the_pair_along(session, cast, what):
    made = pair(session, cast)
    actor, a1, a2 = cast.actor("secretary"), cast.doors["a1"], cast.doors["a2"]
    if what == "unmarked":
        care.mark_care(
            session, actor, a2, mark="", basis="", agreed_on=None, days=30, now=NOW
        )  # fmt: skip
    else:
        door = a2 if what == "erased" else a1
        one_door.erase(session, actor, door, NOW, off=what == "helper off")
    session.refresh(made)
    assert (made.name, made.phone, made.note, made.ended_at) == ("", "", "", NOW)


def test_the_list_is_a_paper_marked_with_who_printed_it_and_why(cast, session, door):
    pair(session, cast)
    session.commit()
    client = door("secretary")
    answer = client.get(f"/households/{A}/evacuation?why=演练&lang=zh_CN")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "private, no-store"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    told = "".join("".join(page.extract_text() for page in pages).split())
    for words in ("演练", "石珍", "张三", "139", "2026-12-23", "走东侧楼梯"):
        assert words in told
    without = client.get(f"/households/{A}/evacuation?lang=en")
    assert without.status_code == 422
    assert "Write what" in without.text


def test_hundreds_of_long_names_stay_on_the_sheet(cast, session, door):
    for number in range(150):
        session.add(
            Household(
                grid_id=cast.grids["a"], building="楼" * 30, unit="单" * 30, room=f"{number}房",
                floor=1, care_mark="elderly_alone", care_basis="duty",
            )
        )  # fmt: skip
    pair(session, cast, name="名" * 20, note="注" * 80)
    session.commit()
    answer = door("head_a").get(f"/households/{A}/evacuation?why={'长' * 40}")
    assert answer.status_code == 200
    assert 4 <= len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) <= 16


def test_by_the_handlers_of_the_page(cast, session):
    page = tab(HouseholdsState, cast.tokens["secretary"])
    click(page.load())
    assert page.view.sees_care
    click(page.open("1栋"))
    click(page.open_door(cast.doors["a2"]))
    form = {"door": page.door.doors[0], "name": "", "phone": "", "note": "", "agreed_on": ""}
    click(page.pair(form))
    assert (page.pair_said.code, page.door.neighbours) == ("households.no_consent_day", [])
    click(page.pair(form | {"agreed_on": TODAY.isoformat()}))
    assert page.pair_said.code == ""
    (line,) = page.door.neighbours
    click(page.part(line.id))
    assert page.door.neighbours == []
    for nonsense in (None, "x", -1, {}, 10**12):
        click(page.part(nonsense))
        click(page.pair(nonsense))
        assert page.pair_said.code


@pytest.mark.parametrize("who", ["member_a", "head_a"])
def test_on_the_phone_they_stand_on_the_days_list_of_who_may_see_care(cast, session, door, who):
    pair(session, cast)
    session.commit()
    doors = {one["id"]: one for one in door(who).get("/api/pack").json()["doors"]}
    (line,) = doors[cast.doors["a2"]]["neighbours"]
    assert line == {
        "door": name_of(session, cast, "a1"),
        "name": "张三",
        "phone": "13912345678",
        "note": "走东侧楼梯",
    }
    assert "neighbours" not in doors[cast.doors["a1"]]


@pytest.mark.parametrize(
    "who", ["member_b", "leader_a", "officer", "other_secretary", "department"]
)
def test_to_nobody_else_s_phone_goes_a_neighbour(cast, session, door, who):
    pair(session, cast)
    session.commit()
    said = door(who).get("/api/pack").text
    assert "13912345678" not in said
    assert "neighbours" not in said


def test_a_parted_neighbour_leaves_the_phone_with_the_next_pack(cast, session, door):
    made = pair(session, cast)
    neighbours.part(session, cast.actor("secretary"), made.id, NOW)
    session.commit()
    assert "13912345678" not in door("member_a").get("/api/pack").text
