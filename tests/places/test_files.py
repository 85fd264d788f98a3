"""The file of a place: who may keep it, what is refused, what it shows from the records."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.places import filing
from firegrid_app.places.one import place_file
from firegrid_app.places.tables import PlacePaper
from firegrid_app.refusals import Refused
from tests.cast import A
from tests.factories import NOW, item, report, send, statuses

TODAY = date(2026, 11, 23)
WORDS = {
    "responsible_person": " 石珍强 ",
    "phone": "13900000001",
    "manager": "李工",
    "manager_phone": "023-49800001",
    "address": "南大街 12 号",
    "area_m2": "86",
    "capacity": "20",
    "facilities": "灭火器 4 具，独立感烟报警器",
}


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def describe(session, cast, who="head_a", place="a", **changes):
    words = WORDS | {key: changes.pop(key) for key in list(changes) if key in WORDS}
    given = {"standing": "", "standing_reason": ""} | changes
    return filing.describe_place(
        session, cast.actor(who), cast.places[place], words=words, now=NOW, **given
    )


def paper(session, cast, who="head_a", **changes):
    given = {
        "kind": "letter",
        "party": "operator",
        "signed_by": "石珍强",
        "signed_on": TODAY,
        "expires_on": None,
        "abilities": [],
        "note": "",
    }
    return filing.enter_paper(
        session, cast.actor(who), cast.places["a"], now=NOW, **given | changes
    )


def propose(session, cast, who="secretary", **changes):
    given = {"reason": "两次复查都没改", "ends_on": TODAY + timedelta(days=90)}
    return filing.propose_focus(
        session, cast.actor(who), cast.places["a"], now=NOW, **given | changes
    )


def test_who_keeps_the_file_puts_right_what_the_register_says(session, cast):
    place = describe(session, cast, standing="key_unit", standing_reason="住宿 30 张床以上")
    assert (place.responsible_person, place.area_m2, place.capacity) == ("石珍强", 86, 20)
    found = place_file(session, cast.actor("head_a"), cast.places["a"], NOW)
    assert (found.row.standing, found.manager_phone, found.may_keep) == (
        "key_unit",
        "023-49800001",
        True,
    )
    last = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.action, "石珍强" in str(last)) == ("describe_place", False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"phone": "12345678901234"}, "places.bad_phone"),
        ({"area_m2": "很大"}, "places.bad_number"),
        ({"area_m2": "-3"}, "places.bad_number"),
        ({"capacity": "1000001"}, "places.bad_number"),
        ({"standing": "key_unit"}, "places.bad_standing"),
        ({"standing": "best", "standing_reason": "为什么"}, "places.bad_standing"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(session, cast, changes, code):
    with refused(code):
        describe(session, cast, responsible_person="别人", **changes)
    place, _ = filing.own_place(session, cast.actor("head_a"), cast.places["a"])
    assert place.responsible_person == "石珍强"


@pytest.mark.parametrize("who", ["member_a", "member_b", "other_secretary", "department"])
def test_others_cannot_keep_it(session, cast, who):
    for act in (describe, paper, propose):
        with refused("access.outside_grid"):
            act(session, cast, who)


def test_a_neighbour_does_not_even_see_it(session, cast):
    with refused("access.outside_grid"):
        place_file(session, cast.actor("member_b"), cast.places["a"], NOW)
    with refused("places.unknown"):
        place_file(session, cast.actor("head_a"), 999_999, NOW)


def test_a_member_sees_the_file_with_masked_numbers_and_no_watch_list(session, cast):
    propose(session, cast)
    found = place_file(session, cast.actor("member_a"), cast.places["a"], NOW)
    assert (found.phone, found.focus, found.may_keep) == ("139****0001", (), False)


def test_a_letter_is_good_for_a_year_then_soon_then_expired(session, cast):
    paper(session, cast)

    def standing(days):
        now = NOW + timedelta(days=days)
        (line,) = place_file(session, cast.actor("head_a"), cast.places["a"], now).papers
        return line.standing

    assert [standing(days) for days in (0, 334, 335, 365, 366)] == [
        "good",
        "good",
        "soon",
        "soon",
        "expired",
    ]


def test_a_self_assessment_says_all_four_abilities(session, cast):
    paper(session, cast, kind="abilities", party="", abilities=["y", "p", "n", "y"])
    (line,) = place_file(session, cast.actor("head_a"), cast.places["a"], NOW).papers
    assert line.abilities == ("y", "p", "n", "y")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "poem"}, "places.bad_paper"),
        ({"party": ""}, "places.bad_paper"),
        ({"kind": "persons"}, "places.bad_paper"),
        ({"kind": "abilities", "party": ""}, "places.bad_paper"),
        ({"kind": "abilities", "party": "", "abilities": ["y", "y"]}, "places.bad_paper"),
        ({"kind": "abilities", "party": "", "abilities": ["y", "y", "y", "x"]}, "places.bad_paper"),
        ({"abilities": ["y", "y", "y", "y"]}, "places.bad_paper"),
        ({"signed_on": TODAY + timedelta(days=1)}, "places.bad_dates"),
        ({"expires_on": TODAY}, "places.bad_dates"),
        ({"expires_on": date(2099, 1, 1)}, "places.bad_dates"),
        ({"signed_on": date(1999, 1, 1)}, "places.bad_dates"),
    ],
)
def test_papers_that_cannot_be(session, cast, changes, code):
    with refused(code):
        paper(session, cast, **changes)
    assert session.exec(select(PlacePaper)).all() == []


def test_a_paper_entered_wrongly_is_taken_out_once(session, cast):
    one = paper(session, cast)
    with refused("access.outside_grid"):
        filing.take_out_paper(session, cast.actor("member_b"), one.id, NOW)
    filing.take_out_paper(session, cast.actor("secretary"), one.id, NOW)
    assert place_file(session, cast.actor("head_a"), cast.places["a"], NOW).papers == ()
    with refused("places.unknown_paper"):
        filing.take_out_paper(session, cast.actor("secretary"), one.id, NOW)


def test_a_place_is_watched_once_another_office_agreed_and_only_until_its_day(session, cast):
    def watched(days=0):
        now = NOW + timedelta(days=days)
        return place_file(session, cast.actor("secretary"), cast.places["a"], now).row.watched

    entry = propose(session, cast)
    assert not watched()
    with refused("places.focus_stands"):
        propose(session, cast)
    filing.decide_focus(session, cast.actor("officer"), entry.id, True, NOW)
    assert watched()
    assert watched(90)
    assert not watched(91)
    with refused("places.decided_already"):
        filing.decide_focus(session, cast.actor("administrator"), entry.id, False, NOW)
    filing.lift_focus(session, cast.actor("officer"), entry.id, NOW)
    assert not watched()
    with refused("places.nothing_to_lift"):
        filing.lift_focus(session, cast.actor("officer"), entry.id, NOW)


def test_nobody_decides_what_they_proposed_and_a_community_decides_nothing(session, cast):
    entry = propose(session, cast, "officer")
    with refused("places.own_proposal"):
        filing.decide_focus(session, cast.actor("officer"), entry.id, True, NOW)
    for who in ("secretary", "other_officer"):
        with refused("access.outside_grid"):
            filing.decide_focus(session, cast.actor(who), entry.id, True, NOW)
    with refused("places.unknown_focus"):
        filing.decide_focus(session, cast.actor("officer"), 999_999, True, NOW)
    filing.decide_focus(session, cast.actor("administrator"), entry.id, False, NOW)
    (line,) = place_file(session, cast.actor("head_a"), cast.places["a"], NOW).focus
    assert (line.standing, line.decided_by) == ("turned_down", "文静")
    propose(session, cast)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "坏"}, "places.no_reason"),
        ({"ends_on": TODAY}, "places.bad_dates"),
        ({"ends_on": date(2030, 1, 1)}, "places.bad_dates"),
    ],
)
def test_the_watch_list_wants_a_reason_and_an_end(session, cast, changes, code):
    with refused(code):
        propose(session, cast, **changes)


def test_calls_and_hazards_come_from_the_records(door, cast, session):
    client = door("member_a")
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    body = {"patrol": start["id"], "check_point": cast.check_points["a2"], "call": "locked"}
    elsewhere = {"patrol": start["id"], "check_point": cast.check_points["a1"]}
    one = item(cast, "member_a", "patrol.arrive", body, version=4)
    assert statuses(client, start, one) == ["created", "created"]
    send(client, item(cast, "member_a", "patrol.arrive", elsewhere, version=4))
    session.rollback()
    hazard = report(session, cast.actor("member_a"), place_id=cast.places["a"])
    report(session, cast.actor("member_a"))
    found = place_file(session, cast.actor("head_a"), cast.places["a"], NOW)
    assert [(call.at, call.outcome, call.person_name) for call in found.calls] == [
        ("2026-11-23 10:00", "locked", "姜龙")
    ]
    assert [one.id for one in found.hazards] == [str(hazard.id)]
    assert (found.row.hazards, found.row.colour) == (1, "yellow")
