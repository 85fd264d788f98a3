"""The calendar feed: one's own duties behind a secret; guessed, revoked, too often."""

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from firegrid_app.access.tables import Person
from firegrid_app.database import transaction
from firegrid_app.duties import api, choosing
from firegrid_app.duties.ticking import tick_at_desk
from firegrid_app.meetings.planning import call_off
from firegrid_app.settings import settings
from tests.cast import COMMUNITY, COUNTY
from tests.factories import NOW
from tests.meetings.days import TODAY, held
from tests.meetings.days import planned as meeting
from tests.rota.lists import add
from tests.training.days import drill
from tests.training.days import planned as course


@pytest.fixture(autouse=True)
def _free():
    api.FETCHES.forget()
    yield
    api.FETCHES.forget()


@pytest.fixture
def county(cast):
    with transaction() as session:
        administrator = cast.actor("administrator")
        choosing.choose_preset(session, administrator, COUNTY, "chongqing_2021", NOW)
    return cast


def made(client):
    answer = client.post("/api/calendar")
    assert answer.status_code == 200
    return "/api/calendar/" + answer.json()["address"].rsplit("/", 1)[1]


def events(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_secretary_s_feed_has_what_is_due_and_needs_no_log_in(county, door, client):
    address = made(door("secretary"))
    found = events(client, address)
    summaries = {str(event["summary"]) for event in found}
    assert summaries == {"会议 · 小桥子社区", "场所排查 · 小桥子社区"}
    assert date(2026, 11, 30) in {event["dtstart"].dt for event in found}
    assert len({str(event["uid"]) for event in found}) == len(found)


def test_no_person_stands_in_it(county, door, client):
    text = client.get(made(door("head_a"))).text
    for name in ("龚丽", "姜龙", "石珍", "138000"):
        assert name not in text


def test_what_was_ticked_is_gone_from_it(county, door, client):
    address = made(door("secretary"))
    before = len(events(client, address))
    with transaction() as session:
        from firegrid_app.duties.lists import inbox

        secretary = county.actor("secretary")
        (card,) = [one for one in inbox(session, secretary, NOW) if one.kind == "meeting"]
        tick_at_desk(
            session,
            secretary,
            rule_id=card.rule,
            grid_code=COMMUNITY,
            first_on=date.fromisoformat(card.first),
            number=1,
            note="",
            now=NOW,
        )
    assert len(events(client, address)) == before - 1


def test_a_meeting_on_record_is_gone_from_it(county, door, client):
    address = made(door("secretary"))
    before = len(events(client, address))
    with transaction() as session:
        secretary = county.actor("secretary")
        came = [county.people["head_a"]]
        kind = {"grid_code": COMMUNITY, "kind": "grid_regular", "roles": ("grid_head",)}
        held(session, secretary, came, **kind)
    assert len(events(client, address)) == before - 1


def test_unchanged_it_costs_nothing(county, door, client):
    address = made(door("secretary"))
    tag = client.get(address).headers["etag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_new_address_ends_the_old_one_and_it_can_be_taken_back(county, door, client):
    mine = door("secretary")
    assert mine.get("/api/calendar").json() == {"on": False}
    old, new = made(mine), made(mine)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert mine.get("/api/calendar").json() == {"on": True}
    assert mine.delete("/api/calendar").status_code == 204
    assert client.get(new).json() == client.get("/api/calendar/guessed.ics").json()
    assert mine.delete("/api/calendar").status_code == 204


def test_one_switched_off_has_no_feed_any_more(county, door, client):
    address = made(door("secretary"))
    with transaction() as session:
        session.get(Person, county.people["secretary"]).switched_off_at = NOW
    assert client.get(address).status_code == 404


def test_someone_without_a_post_has_an_empty_one(county, door, client):
    assert events(client, made(door("resident"))) == []


def test_guessing_is_stopped(county, client):
    answers = [client.get(f"/api/calendar/guess{n}.ics").status_code for n in range(62)]
    assert set(answers[:60]) == {404}
    assert answers[60:] == [429, 429]


def test_it_says_it_in_the_language_of_whoever_made_it(county, door, client):
    mine = door("secretary")
    mine.cookies.set("firegrid_language", "en")
    summaries = {str(event["summary"]) for event in events(client, made(mine))}
    assert "Meeting · 小桥子社区" in summaries


def test_shifts_stand_in_it_for_whose_they_are_alone(cast, door, client):
    with transaction() as session:
        shift = add(session, cast, "member_a")
        begins, ends = shift.starts_at, shift.ends_at
    (event,) = events(client, made(door("member_a")))
    assert str(event["summary"]) == "值班 · 小桥子社区第1网格"
    assert (event["dtstart"].dt, event["dtend"].dt) == (begins, ends)
    assert events(client, made(door("head_a"))) == []
    assert events(client, made(door("member_b"))) == []


def test_what_comes_up_stands_in_it_until_it_is_called_off(cast, door, client):
    with transaction() as session:
        officer = cast.actor("officer")
        asked = meeting(session, officer, day=TODAY + timedelta(days=2)).id
        course(session, cast.actor("secretary"), day=TODAY + timedelta(days=1))
        drill(session, cast.actor("secretary"))
    address = made(door("secretary"))
    found = {str(event["uid"]).partition("-")[0]: event for event in events(client, address)}
    assert set(found) == {"meeting", "drill"}
    began = datetime(2026, 11, 25, 14, 30, tzinfo=settings().zone)
    assert found["meeting"]["dtstart"].dt == began
    assert str(found["meeting"]["location"]) == "街道三楼会议室"
    assert found["drill"]["dtstart"].dt == TODAY
    of_a_member = events(client, made(door("member_a")))
    assert {str(event["uid"]).partition("-")[0] for event in of_a_member} == {"course", "drill"}
    assert events(client, made(door("other_officer"))) == []
    with transaction() as session:
        call_off(session, cast.actor("officer"), asked, "改期", NOW)
    assert len(events(client, address)) == 1
