"""Exceptions by a tap, the sheet for the wall, and what a board shows."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import Person
from firegrid_app.boards.service import board
from firegrid_app.boards.tables import PublicContact
from firegrid_app.rota.changing import drop_shift, give_shift, show_on_boards
from firegrid_app.rota.month import rota_view, sheet
from firegrid_app.rota.service import on_duty
from firegrid_app.rota.tables import ShiftChange
from tests.cast import COMMUNITY, PHONE_NUMBER, STREET, A, B
from tests.factories import NOW
from tests.rota.lists import DECEMBER, add, draw, listed, refused
from tests.rota.test_away import away


def test_one_more_one_less_and_another_person(session, cast):
    shift = add(session, cast)
    give_shift(session, cast.actor("head_a"), shift.id, cast.people["leader_a"], NOW)
    assert listed(session, cast) == [("11-24", "leader_a")]
    view = rota_view(session, cast.actor("secretary"), A, "2026-11", NOW)
    (line,) = view.days[23].shifts
    assert (line.name, line.changed, line.changed_by) == ("罗强", "given", "龚丽 11-23 10:00")
    drop_shift(session, cast.actor("secretary"), shift.id, NOW)
    assert listed(session, cast) == []
    trail = session.exec(select(ShiftChange).order_by(ShiftChange.id)).all()
    assert [(one.what, one.by_id) for one in trail] == [
        ("given", cast.people["head_a"]), ("dropped", cast.people["secretary"]),
    ]  # fmt: skip
    with refused("rota.unknown"):
        drop_shift(session, cast.actor("head_a"), shift.id, NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"starts": "25:00"}, "rota.bad_hours"),
        ({"ends": ""}, "rota.bad_hours"),
        ({"day": date(2026, 11, 20)}, "rota.over"),
        ({"day": date(2028, 1, 1)}, "rota.bad_month"),
        ({"grid_code": "nowhere"}, "grids.unknown"),
        ({"grid_code": B}, "access.outside_grid"),
        ({"who": "member_b"}, "rota.not_here"),
        ({"who": "switched_off"}, "rota.not_here"),
        ({"person_id": 2**31 - 1}, "rota.not_here"),
        ({"by": "member_a"}, "access.outside_grid"),
        ({"by": "other_officer"}, "access.outside_grid"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_added(session, cast, changes, code):
    with refused(code):
        add(session, cast, **changes)
    assert listed(session, cast) == []


@pytest.mark.parametrize(
    ("starts", "ends", "day", "fits"),
    [
        ("17:30", "20:00", 24, True),
        ("07:00", "08:30", 24, True),
        ("17:00", "18:00", 24, False),
        ("20:00", "08:31", 23, False),
        ("20:00", "08:30", 23, True),
        ("00:00", "00:00", 24, False),
        ("09:00", "10:00", 24, False),
    ],
)
def test_nobody_is_on_duty_twice_at_once(session, cast, starts, ends, day, fits):
    add(session, cast)
    more = {"starts": starts, "ends": ends, "day": date(2026, 11, day)}
    if fits:
        add(session, cast, **more)
    else:
        with refused("rota.overlap"):
            add(session, cast, **more)
        with refused("rota.overlap"):
            add(session, cast, by="secretary", grid_code=COMMUNITY, **more)
    # Somebody else may be on at the same time.
    add(session, cast, "leader_a", **more)


def test_a_running_shift_can_be_given_to_another_but_not_one_that_is_over(session, cast):
    shift = add(session, cast, day=date(2026, 11, 23))
    give_shift(session, cast.actor("head_a"), shift.id, cast.people["head_a"], NOW)
    later = NOW + timedelta(hours=8)
    with refused("rota.over"):
        give_shift(session, cast.actor("head_a"), shift.id, cast.people["member_a"], later)
    with refused("rota.over"):
        drop_shift(session, cast.actor("head_a"), shift.id, later)


def test_a_neighbour_changes_nothing(session, cast):
    shift = add(session, cast)
    for who in ("member_a", "member_b", "other_secretary", "leader_a"):
        with refused("access.outside_grid"):
            give_shift(session, cast.actor(who), shift.id, cast.people["leader_a"], NOW)
        with refused("access.outside_grid"):
            drop_shift(session, cast.actor(who), shift.id, NOW)
    assert listed(session, cast) == [("11-24", "member_a")]


def test_a_name_is_told_only_of_who_is_known_there(session, cast):
    """Nobody learns names by trying numbers."""
    with refused("rota.not_here") as no:
        add(session, cast, "administrator")
    assert no.value.details["name"] == "?"
    with refused("rota.not_here") as no:
        add(session, cast, "switched_off")
    assert no.value.details["name"] == "吴刚"


def test_who_is_on_duty_at_a_moment(session, cast):
    add(session, cast, day=date(2026, 11, 23))
    ids = {cast.grids["a"], cast.grids["b"]}
    (found,) = on_duty(session, ids, NOW)
    assert (found.name, found.phone) == ("姜龙", "13800000008")
    assert on_duty(session, ids, NOW + timedelta(hours=7, minutes=30)) == []
    assert on_duty(session, {cast.grids["b"]}, NOW) == []


def test_the_sheet_has_every_day_with_names_and_numbers(session, cast):
    draw(session, cast)
    card = sheet(session, cast.actor("head_a"), A, DECEMBER, NOW)
    assert (card.name, card.year, card.month, len(card.days)) == (
        "小桥子社区第1网格", 2026, 12, 31,
    )  # fmt: skip
    (shift,) = card.days[0].shifts
    assert (shift.hours, shift.name, shift.phone) == ("08:30–17:30", "龚丽", "13800000007")
    assert card.days[4].shifts == ()
    session.get(Person, cast.people["head_a"]).switched_off_at = NOW
    session.flush()
    (shift,) = sheet(session, cast.actor("secretary"), A, DECEMBER, NOW).days[0].shifts
    assert (shift.name, shift.phone) == ("龚丽", "")
    with refused("access.outside_grid"):
        sheet(session, cast.actor("member_a"), A, DECEMBER, NOW)
    with refused("rota.nothing_to_print"):
        sheet(session, cast.actor("secretary"), A, "2027-05", NOW)
    with refused("rota.bad_month"):
        sheet(session, cast.actor("secretary"), A, "<b>", NOW)


def test_the_sheet_is_a_page_that_escapes_names(session, cast, door):
    session.get(Person, cast.people["member_a"]).name = "<script>1</script>"
    draw(session, cast)
    session.commit()
    page = door("head_a").get(f"/rota/{A}/print?month={DECEMBER}")
    assert page.status_code == 200
    assert "小桥子社区第1网格 2026年12月值班表" in page.text
    assert "&lt;script&gt;" in page.text
    assert "<script" not in page.text
    english = door("head_a").get(f"/rota/{A}/print?month={DECEMBER}&lang=en").text
    assert "duty list 2026-12" in english


def test_a_board_shows_who_is_on_duty_only_if_the_street_wants(session, cast):
    add(session, cast, day=date(2026, 11, 23))
    add(session, cast, "leader_a", day=date(2026, 11, 23))
    assert board(session, A, NOW).on_duty == ()
    show_on_boards(session, cast.actor("officer"), STREET, True, NOW)
    session.add(
        PublicContact(
            grid_id=cast.grids["a"],
            person_id=cast.people["member_a"],
            role="grid_member",
            display_name="姜龙",
            work_phone="13800000008",
            publish_phone=True,
            basis="duty",
            starts_on=date(2026, 1, 1),
        )
    )
    session.flush()
    shown = board(session, A, NOW).on_duty
    assert [(one.hours, one.name) for one in shown] == [
        ("08:30–17:30", "姜龙"), ("08:30–17:30", ""),
    ]  # fmt: skip
    assert not PHONE_NUMBER.search(repr(shown))
    show_on_boards(session, cast.actor("officer"), STREET, False, NOW)
    assert board(session, A, NOW).on_duty == ()


def test_a_board_names_nobody_who_is_away(session, cast):
    for who in ("member_a", "head_a"):
        add(session, cast, who, day=date(2026, 11, 23))
    show_on_boards(session, cast.actor("officer"), STREET, True, NOW)
    assert len(board(session, A, NOW).on_duty) == 2
    away(session, cast, "member_a")
    assert len(board(session, A, NOW).on_duty) == 1


def test_only_a_street_lets_boards_show_it(session, cast):
    with refused("rota.street_only"):
        show_on_boards(session, cast.actor("officer"), COMMUNITY, True, NOW)
    for who in ("secretary", "other_officer", "head_a"):
        with refused("access.outside_grid"):
            show_on_boards(session, cast.actor(who), STREET, True, NOW)
