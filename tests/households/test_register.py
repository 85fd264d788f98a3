"""The register at the desk: drawn up, told where it differs, erased without losing a knock."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.grids.tables import Grid
from firegrid_app.households import care, one_door, service
from firegrid_app.households.rules import Plan
from firegrid_app.refusals import Refused
from firegrid_app.visits import service as visits
from firegrid_app.visits.tables import Household, Visit
from tests.cast import A
from tests.factories import NOW, item, statuses
from tests.visits.test_day_list import on_list
from tests.visits.test_visit import knock, refused

KEEPERS = ("secretary", "head_a", "officer", "administrator")


def draw(session, cast, who="secretary", building="2栋", out=(), agreed=False, grid=A, **changes):
    values = {"style": "digits", "units": 1, "first": 1, "last": 6, "per_floor": 2} | changes
    return service.draw_up(
        session, cast.actor(who), grid, building, Plan(**values), set(out), NOW, agreed=agreed
    )


def rooms(session, cast, building):
    rows = session.exec(
        select(Household.room).where(
            Household.grid_id == cast.grids["a"],
            Household.building == building,
            Household.ended_at.is_(None),
        )
    )
    return set(rows)


@pytest.mark.parametrize("who", KEEPERS)
def test_a_building_is_drawn_up_with_its_exceptions(session, cast, who):
    assert draw(session, cast, who, out=["1单元|1|101"]) == 11
    session.commit()
    assert "101" not in rooms(session, cast, "2栋")
    assert "602" in rooms(session, cast, "2栋")


@pytest.mark.parametrize("who", ["member_a", "member_b", "leader_a", "department", "resident"])
def test_who_does_not_keep_the_register_draws_nothing(session, cast, who):
    with pytest.raises(Refused, match=r"^access\."):
        draw(session, cast, who)
    with pytest.raises(Refused, match=r"^access\."):
        service.register_view(session, cast.actor(who), A)
    with refused(r"access\.outside_grid"):
        one_door.erase(session, cast.actor(who), cast.doors["a1"], NOW)
    assert rooms(session, cast, "2栋") == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last": 0}, "bad_floors"),
        ({"last": 400}, "bad_floors"),
        ({"per_floor": 61}, "bad_per_floor"),
        ({"units": 21}, "bad_units"),
        ({"units": 20, "last": 30}, "too_many_doors"),
        ({"style": "village", "per_floor": 801}, "bad_houses"),
        ({"style": "x"}, "bad_style"),
        ({"building": " "}, "bad_building"),
    ],
)
def test_a_building_that_cannot_be_is_refused_and_nothing_is_written(session, cast, changes, code):
    with refused(rf"households\.{code}"):
        draw(session, cast, **changes)
    assert rooms(session, cast, "2栋") == set()


def test_a_building_drawn_twice_with_other_floors_is_told_before_and_nothing_leaves(session, cast):
    draw(session, cast)
    with refused(r"households\.nothing_new"):
        draw(session, cast)
    with pytest.raises(Refused) as told:
        draw(session, cast, last=8)
    assert told.value.code == "households.other_floors"
    assert told.value.details == {"building": "2栋", "here": "1-6", "drawn": "1-8"}
    assert "801" not in rooms(session, cast, "2栋")
    assert draw(session, cast, last=8, agreed=True) == 4
    drawing = service.drawing_of(
        session, cast.actor("secretary"), A, "2栋", Plan("digits", 1, 1, 3, 2), set()
    )
    assert (drawing.doors, drawing.there, drawing.others) == (6, 6, 10)
    assert (drawing.register_floors, drawing.drawn_floors) == ("1-8", "1-3")


def test_the_open_building_stands_as_it_stands_and_care_is_seen_by_few(session, cast):
    secretary = service.look_inside(session, cast.actor("secretary"), A, "1栋", NOW)
    assert [storey.floor for storey in secretary.open.storeys] == [3, 2, 1]
    marks = [cell.care for storey in secretary.open.storeys for cell in storey.cells if cell.care]
    assert sorted(marks) == ["elderly_alone", "needs_evacuation_help"]
    officer = service.look_inside(session, cast.actor("officer"), A, "1栋", NOW)
    assert not [c for storey in officer.open.storeys for c in storey.cells if c.care]
    looks = session.exec(select(AuditEntry).where(AuditEntry.action == "see_care")).all()
    assert [(one.person_id, one.subject) for one in looks] == [
        (cast.people["secretary"], f"building:{A} 1栋")
    ]


def test_a_care_mark_needs_its_basis_and_the_secretary_sets_its_rhythm(session, cast):
    def mark(who="secretary", **changes):
        values = {
            "mark": "elderly_alone", "basis": "consent", "agreed_on": date(2026, 11, 20),
            "days": 7, "now": NOW,
        }  # fmt: skip
        return care.mark_care(session, cast.actor(who), cast.doors["a1"], **values | changes)

    for changes, code in (
        ({"mark": "rich"}, "unknown_care"),
        ({"basis": ""}, "no_basis"),
        ({"mark": "child_left_behind"}, "guardian_needed"),
        ({"agreed_on": None}, "no_consent_day"),
        ({"agreed_on": date(2026, 11, 24)}, "no_consent_day"),
        ({"days": 1}, "bad_rhythm"),
    ):
        with refused(rf"households\.{code}"):
            mark(**changes)
    with refused(r"access\.outside_grid"):
        mark("officer")
    door = mark()
    assert (door.care_mark, door.care_basis, door.care_days) == ("elderly_alone", "consent", 7)
    knock(session, cast, door="a1", outcome="met", at=NOW)
    assert on_list(session, cast, "a1", now=NOW + timedelta(days=6)) is None
    assert on_list(session, cast, "a1", now=NOW + timedelta(days=7)).due
    card = one_door.door_card(session, cast.actor("secretary"), cast.doors["a1"], NOW)
    assert (card.care_mark, card.care_days) == ("elderly_alone", 7)
    assert one_door.door_card(session, cast.actor("officer"), cast.doors["a1"], NOW).care_mark == ""
    mark(mark="")
    assert (door.care_mark, door.care_basis, door.care_agreed_on, door.care_days) == (
        "", "", None, None,
    )  # fmt: skip


def test_erasing_leaves_the_bare_figures(session, cast):
    knock(session, cast, door="a2", note="老人耳背")
    one_door.erase(session, cast.actor("secretary"), cast.doors["a2"], NOW)
    session.commit()
    door = session.get(Household, cast.doors["a2"])
    visit = session.exec(select(Visit)).one()
    assert (door.care_mark, door.ended_at, visit.note, visit.outcome) == ("", None, "", "met")


def test_a_knock_that_waited_on_a_phone_while_its_door_was_erased_is_kept_and_told(
    door, cast, session
):
    one_door.erase(session, cast.actor("secretary"), cast.doors["a2"], NOW, off=True)
    session.commit()
    waiting = item(cast, "member_a", "visit.log", {"door": cast.doors["a2"], "outcome": "met"})
    assert statuses(door("member_a"), waiting) == ["created"]
    session.rollback()
    (visit,) = session.exec(select(Visit)).all()
    assert visit.household_id == cast.doors["a2"]
    grid = session.get(Grid, cast.grids["a"])
    assert cast.doors["a2"] not in {one.id for one in visits.doors_of(session, [grid])}
    assert cast.doors["a2"] not in {
        one.id for one in visits.lists_of_day(session, cast.actor("member_a"), [grid], NOW)[A].doors
    }
    day = visits.knocks_of_day(session, cast.actor("secretary"), grid, NOW.date())
    assert [one.off_register for one in day] == [True]
    with refused(r"visits\.unknown_door"):
        one_door.door_card(session, cast.actor("secretary"), cast.doors["a2"], NOW)


def test_a_knock_received_after_erasing_is_counted_on_the_doors_card(session, cast):
    before = NOW - timedelta(minutes=1)
    one_door.erase(session, cast.actor("secretary"), cast.doors["a2"], before)
    knock(session, cast, door="a2", at=NOW - timedelta(hours=2))
    card = one_door.door_card(session, cast.actor("secretary"), cast.doors["a2"], NOW)
    assert (card.erased_on, card.came_after, card.knocks) == ("2026-11-23", 1, 1)


def test_a_door_off_the_register_comes_back_when_it_is_drawn_again(session, cast):
    draw(session, cast, last=1)
    (door,) = session.exec(
        select(Household).where(Household.building == "2栋", Household.room == "101")
    )
    one_door.erase(session, cast.actor("secretary"), door.id, NOW, off=True)
    assert rooms(session, cast, "2栋") == {"102"}
    assert draw(session, cast, last=1) == 1
    assert rooms(session, cast, "2栋") == {"101", "102"}
    session.refresh(door)
    assert door.ended_at is None
