"""Warnings of other systems: by token, once by their name, corrected, lifted; nobody else's."""

from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.passwords import hash_token
from firegrid_app.access.systems import MOST
from firegrid_app.alerts import api
from firegrid_app.alerts.senders import let_in, senders_of, shut_out
from firegrid_app.alerts.tables import Alert, AlertEvent, AlertMessage, AlertSender, AlertTarget
from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, STREET, A, C
from tests.factories import NOW

HOURS = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _forget():
    api.ASKED.forget()
    yield
    api.ASKED.forget()


@pytest.fixture
def token(cast):
    with transaction() as session:
        return let_in(session, cast.actor("officer"), STREET, "区气象台", NOW)


def info(**changes):
    return {
        "event": "暴雨",
        "severity": "Orange",
        "headline": "永川区气象台发布暴雨橙色预警",
        "description": "预计未来六小时雨量达五十毫米。",
        "instruction": "低洼处和地下室先断电，电动车停止充电。",
        "senderName": "永川区气象台",
        "onset": NOW.isoformat(),
        "expires": (NOW + 12 * HOURS).isoformat(),
        "web": "http://example.test/passed-over",
    } | changes


def message(identifier="M1", **changes):
    said = {"identifier": identifier, "msgType": "Alert", "info": [info()]}
    return said | changes


def area(*codes):
    return [{"areaDesc": "x", "geocode": [{"valueName": "FireGrid", "value": c} for c in codes]}]


def post(client, token, body):
    return client.post("/api/alerts", json=body, headers={"Authorization": f"Bearer {token}"})


def alerts(session):
    session.rollback()
    return session.exec(select(Alert).order_by(Alert.id)).all()


def test_it_is_issued_once_and_the_same_again_is_nothing_new(client, token, session):
    answer = post(client, token, message())
    assert answer.status_code == 201
    assert answer.json() | {"id": 0} == {"id": 0, "status": "created", "edition": 1}
    again = post(client, token, message())
    assert (again.status_code, again.json()["status"]) == (200, "already")
    assert again.json()["id"] == answer.json()["id"]
    (alert,) = alerts(session)
    assert (alert.kind, alert.weather, alert.colour) == ("weather", "rainstorm", "orange")
    assert alert.title == "永川区气象台发布暴雨橙色预警"
    assert alert.words == "低洼处和地下室先断电，电动车停止充电。"
    assert (alert.issuer, alert.issued_by_id) == ("永川区气象台", None)
    assert alert.deadline_at == NOW + 2 * HOURS
    assert alert.ends_at == NOW + 12 * HOURS
    target = session.exec(select(AlertTarget.grid_id)).one()
    assert session.get(Grid, target).code == STREET


def test_it_stands_on_phones_with_the_system_in_its_trail(client, token, door, cast):
    post(client, token, message(info=[info(area=area(COMMUNITY))]))
    (found,) = door("member_a").get("/api/pack").json()["alerts"]
    assert found["grids"] == [A]
    assert door("other_secretary").get("/api/pack").json()["alerts"] == []


def test_the_same_name_for_other_content_is_refused(client, token, session):
    post(client, token, message())
    answer = post(client, token, message(info=[info(severity="Red")]))
    assert (answer.status_code, answer.json()["code"]) == (409, "alerts.other_content")
    assert [alert.colour for alert in alerts(session)] == ["orange"]


def test_another_systems_name_is_its_own(client, cast, token, session):
    with transaction() as writing:
        other = let_in(writing, cast.actor("administrator"), COUNTY, "应急平台", NOW)
    assert post(client, token, message()).status_code == 201
    assert post(client, other, message()).status_code == 201
    stop = {"identifier": "X", "msgType": "Cancel", "references": "M2"}
    post(client, token, message("M2"))
    assert post(client, other, stop).json()["code"] == "alerts.unknown_reference"


def test_an_update_corrects_and_is_passed_on_anew(client, token, session):
    first = post(client, token, message()).json()["id"]
    changed = message(
        "M2",
        msgType="Update",
        references="weather.example,M1,2026-11-23T10:00:00+08:00",
        info=[info(instruction="雨更大了，地下室的人马上上来。")],
    )
    answer = post(client, token, changed).json()
    assert answer == {"id": first, "status": "corrected", "edition": 2}
    assert post(client, token, changed).json()["status"] == "already"
    (alert,) = alerts(session)
    assert alert.words == "雨更大了，地下室的人马上上来。"
    event = session.exec(select(AlertEvent).where(AlertEvent.what == "corrected")).one()
    assert event.before == {"words": "低洼处和地下室先断电，电动车停止充电。"}


def test_another_colour_is_another_warning_and_lifts_the_one_before(client, token, session):
    first = post(client, token, message()).json()["id"]
    worse = message("M2", msgType="Update", references="M1", info=[info(severity="Extreme")])
    answer = post(client, token, worse).json()
    assert (answer["status"], answer["id"] != first) == ("created", True)
    before, after = alerts(session)
    assert (before.lifted_at, before.colour) == (NOW, "orange")
    assert (after.lifted_at, after.colour) == (None, "red")


def test_a_cancellation_lifts_it_and_once_more_is_nothing(client, token, session):
    post(client, token, message())
    stop = {"identifier": "M2", "msgType": "Cancel", "references": "M1"}
    assert post(client, token, stop).json()["status"] == "lifted"
    assert post(client, token, stop).json()["status"] == "already"
    assert alerts(session)[0].lifted_at == NOW
    late = {"identifier": "M3", "msgType": "Cancel", "references": "M1"}
    assert post(client, token, late).json()["status"] == "lifted"
    session.rollback()
    assert len(session.exec(select(AlertMessage)).all()) == 3


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ([], 422, "alerts.malformed"),
        ({}, 422, "alerts.malformed"),
        ({"identifier": ""}, 422, "alerts.malformed"),
        (message("M\x00"), 422, "alerts.malformed"),
        (message(msgType="Shout"), 422, "alerts.malformed"),
        (message(status="Exercise"), 422, "alerts.not_actual"),
        (message(info=[]), 422, "alerts.no_info"),
        (message(info=[info(expires="soon")]), 422, "alerts.malformed"),
        (message(info=[info(expires="2026-11-24T10:00:00")]), 422, "alerts.malformed"),
        (message(info=[info(expires=NOW.isoformat())]), 422, "alerts.ends_before"),
        (message(info=[info(severity="Unknown", headline="暴雨")]), 422, "alerts.no_colour"),
        (message(info=[info(area=area(OTHER_STREET))]), 403, "alerts.other_street"),
        (message(info=[info(area=area(A, "nowhere"))]), 403, "alerts.other_street"),
        (message(msgType="Update", references="M0"), 404, "alerts.unknown_reference"),
        (message(msgType="Cancel"), 404, "alerts.unknown_reference"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, token, session, body, status, code):
    answer = post(client, token, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert alerts(session) == []
    assert session.exec(select(AlertMessage)).all() == []


def test_no_json_at_all_and_too_much_of_it(client, token):
    headers = {"Authorization": f"Bearer {token}"}
    for content in (b"", b"{", b"\xff", b"x" * (api.MOST_BYTES + 1)):
        answer = client.post("/api/alerts", content=content, headers=headers)
        assert answer.json()["code"] == "alerts.malformed"


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer "}, {"Authorization": "Basic x"},
                                    {"Authorization": "Bearer guessed"}])  # fmt: skip
def test_without_a_token_in_force_nothing_goes(client, token, header):
    answer = client.post("/api/alerts", json=message(), headers=header)
    assert (answer.status_code, answer.json()["code"]) == (401, "alerts.no_token")


def test_a_person_logged_in_is_no_system(door, cast, token):
    assert door("officer").post("/api/alerts", json=message()).status_code == 401


def test_who_guesses_is_slowed_down(client, token):
    codes = {post(client, "guessed", message()).status_code for _ in range(70)}
    assert codes == {401, 429}


def test_of_a_long_text_what_can_be_called_out_is_taken(client, token, session):
    long = info(instruction="很长。" * 200, description="短的说明文字。")
    post(client, token, message(info=[long]))
    assert alerts(session)[0].words == "短的说明文字。"


@pytest.mark.parametrize(
    ("event", "kind", "weather"),
    [
        ("暴雨红色预警", "weather", "rainstorm"),
        ("lightning", "weather", "lightning"),
        ("Gale", "weather", "gale"),
        ("森林火险", "fire_danger", ""),
        ("停水通知", "notice", ""),
    ],
)
def test_events_are_known_by_their_names(client, token, session, event, kind, weather):
    said = info(event=event, severity="", headline="发布红色预警")
    assert post(client, token, message(info=[said])).status_code == 201
    (alert,) = alerts(session)
    assert (alert.kind, alert.weather) == (kind, weather)
    assert alert.colour == ("" if kind == "notice" else "red")


def test_a_token_is_kept_as_a_hash_and_taken_back(client, cast, token, session):
    row = session.exec(select(AlertSender)).one()
    sender = row.id
    assert row.token_hash == hash_token(token)
    session.rollback()
    assert post(client, token, message()).status_code == 201
    (line,) = senders_of(session, cast.actor("officer"), STREET)
    assert (line.name, line.maker, line.used) == ("区气象台", "曹英", "2026-11-23 10:00")
    session.rollback()
    with transaction() as writing:
        shut_out(writing, cast.actor("officer"), sender, NOW)
    assert post(client, token, message("M2")).status_code == 401
    session.rollback()
    assert senders_of(session, cast.actor("officer"), STREET) == []
    session.rollback()
    with (
        pytest.raises(Refused, match=r"^access\.unknown_system$"),
        transaction() as writing,
    ):
        shut_out(writing, cast.actor("officer"), sender, NOW)


@pytest.mark.parametrize(
    ("who", "code", "refusal"),
    [
        ("secretary", COMMUNITY, "access.outside_grid"),
        ("other_officer", STREET, "access.outside_grid"),
        ("member_a", A, "access.outside_grid"),
        ("officer", COMMUNITY, "grids.wrong_level"),
        ("officer", C, "grids.wrong_level"),
    ],
)
def test_only_who_manages_the_street_lets_systems_in(cast, session, who, code, refusal):
    with pytest.raises(Refused, match=f"^{refusal}$"):
        let_in(session, cast.actor(who), code, "区气象台", NOW)
    assert session.exec(select(AlertSender)).all() == []


def test_a_neighbour_takes_no_token_back_and_sees_none(cast, token, session):
    row = session.exec(select(AlertSender)).one()
    with pytest.raises(Refused, match=r"^access\.outside_grid$"):
        shut_out(session, cast.actor("other_officer"), row.id, NOW)
    assert senders_of(session, cast.actor("secretary"), COMMUNITY) == []


def test_a_system_has_a_name_and_there_are_not_too_many(cast, session):
    officer = cast.actor("officer")
    with pytest.raises(Refused, match=r"^access\.system_unnamed$"):
        let_in(session, officer, STREET, " x ", NOW)
    for number in range(MOST):
        let_in(session, officer, STREET, f"系统{number}", NOW)
    with pytest.raises(Refused, match=r"^access\.too_many_systems$"):
        let_in(session, officer, STREET, "再一个", NOW)
