"""What comes of a call at premises: folded into the file, back in the list when it failed."""

from datetime import timedelta

import pytest

from firegrid_app.clock import local_day
from firegrid_app.patrols.reached import spots_reached
from firegrid_app.places.calls import stands_of
from firegrid_app.places.tables import Place
from firegrid_app.settings import settings
from tests.cast import A
from tests.factories import NOW, item, report, send, statuses

TODAY = NOW.date()


@pytest.fixture
def call(door, cast):
    """Member a stands before the premises of grid a: `call("locked")`; gives the status."""
    client = door("member_a")
    start = item(cast, "member_a", "patrol.start", {"grid": A})
    assert statuses(client, start) == ["created"]

    def made(outcome, point="a2", at=NOW, **changes):
        body = {"patrol": start["id"], "check_point": cast.check_points[point], "call": outcome}
        one = item(cast, "member_a", "patrol.arrive", body | changes, version=4)
        (answer,) = send(client, one | {"captured_at": at.isoformat()})
        return answer.get("code") or answer["status"]

    return made


def file_of(session, cast, key="a"):
    session.rollback()
    return session.get(Place, cast.places[key])


def test_a_call_goes_into_the_file_of_the_place(call, cast, session):
    assert call("locked") == "created"
    place = file_of(session, cast)
    assert (place.outcome, place.called_at, place.checked_at) == ("locked", NOW, None)
    assert call("checked", at=NOW + timedelta(minutes=5)) == "created"
    place = file_of(session, cast)
    assert (place.outcome, place.checked_at) == ("checked", NOW + timedelta(minutes=5))


def test_an_older_app_that_says_nothing_was_there(call, cast, session):
    assert call("") == "created"
    assert file_of(session, cast).outcome == "checked"


def test_a_call_that_comes_late_does_not_undo_a_later_one(call, cast, session):
    call("moved")
    assert call("checked", at=NOW - timedelta(hours=3)) == "created"
    place = file_of(session, cast)
    assert (place.outcome, place.called_at) == ("moved", NOW)
    assert place.checked_at == NOW - timedelta(hours=3)


@pytest.mark.parametrize(("outcome", "point"), [("burnt", "a2"), ("locked", "a1")])
def test_what_cannot_come_of_it_is_refused(call, outcome, point):
    assert call(outcome, point) == "places.unknown_outcome"


def test_a_stairwell_keeps_no_outcome(call, cast, session):
    assert call("", "a1") == "created"
    assert file_of(session, cast).outcome == ""


def test_a_locked_door_is_no_place_swept(call, cast, session):
    span = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    call("locked")
    assert spots_reached(session, [cast.grids["a"]], *span, premises=True) == {
        cast.grids["a"]: (0, 1)
    }
    call("vacant", at=NOW + timedelta(minutes=1))
    session.rollback()
    assert spots_reached(session, [cast.grids["a"]], *span, premises=True) == {
        cast.grids["a"]: (1, 1)
    }


def test_the_phones_list_says_what_is_due_and_why(call, cast, door, clock):
    def listed():
        (place,) = door("member_a").get("/api/pack").json()["places"]
        return place["colour"], place["due"], place["outcome"]

    assert listed() == ("grey", True, "")
    call("locked")
    assert listed() == ("grey", False, "locked")
    clock.forward(days=1)
    assert listed() == ("grey", True, "locked")


def test_hazards_of_the_place_colour_it_and_those_of_others_do_not(cast, session):
    def shade():
        day = local_day(NOW, settings().zone)
        return stands_of(session, [cast.grids["a"]], day)[cast.places["a"]].colour

    member = cast.actor("member_a")
    report(session, member)
    assert shade() == "grey"
    report(session, member, place_id=cast.places["a"])
    assert shade() == "yellow"
    report(session, member, place_id=cast.places["a"], severity="suspected_major")
    assert shade() == "red"
