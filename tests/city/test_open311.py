"""Open311 GeoReport v2: its fields in both formats, what is public, what a key opens, nonsense."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from firegrid_app.access.passwords import hash_token
from firegrid_app.access.systems import MOST
from firegrid_app.city import api
from firegrid_app.city.partners import let_in, partners_of, shut_out
from firegrid_app.city.rules import SERVICES
from firegrid_app.city.tables import CityPartner, CityRequest
from firegrid_app.database import reading, transaction
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.refusals import Refused
from firegrid_app.residents.moderating import take_on, turn_down
from firegrid_app.residents.tables import ReportKey, ResidentReport
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, SIDE, SOUTH, STREET, WEST, A, C
from tests.factories import NOW

BASE = "/api/open311/v2"
REQUEST_FIELDS = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime",
    "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url",
}  # fmt: skip
IN_A = {"lat": str(SOUTH + SIDE / 2), "long": str(WEST + SIDE / 2)}


@pytest.fixture(autouse=True)
def _forget():
    for limiter in (api.ASKED, api.SENT):
        limiter.forget()
    yield
    for limiter in (api.ASKED, api.SENT):
        limiter.forget()


@pytest.fixture
def client(make_client, cast):
    return make_client(None)


@pytest.fixture
def key(cast):
    with transaction() as session:
        return let_in(session, cast.actor("administrator"), "区城市运行中心", NOW)


def send(client, key, form="json", **changes):
    fields = {
        "api_key": key,
        "service_code": "route_blocked",
        "description": "楼道堆满纸箱，走不过人",
        "attribute[WHERE]": "3栋2单元5楼",
        "last_name": "周",
        "first_name": "敏",
        "phone": "13800000011",
        **IN_A,
    } | changes
    return client.post(f"{BASE}/requests.{form}", data=fields)


def sent(client, key, **changes):
    answer = send(client, key, **changes)
    assert answer.status_code == 201, answer.text
    return answer.json()[0]["service_request_id"]


def decide(cast, number, *, down=False):
    with transaction() as session:
        report = session.exec(select(ResidentReport).where(ResidentReport.number == number)).one()
        actor = cast.actor("secretary")
        if down:
            turn_down(session, actor, report.id, "not_found", "", NOW)
            return None
        return take_on(
            session, actor, report.id, category=report.category, severity="general",
            grid_code=A, now=NOW,
        ).id  # fmt: skip


def asked(client, path, **params):
    answer = client.get(f"{BASE}/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_services_and_their_definition_have_the_fields_of_the_specification(client):
    found = asked(client, "services.json", lang="en", jurisdiction_id=COUNTY)
    assert [one["service_code"] for one in found] == list(SERVICES)
    assert {*found[0]} == {
        "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
    }  # fmt: skip
    assert (found[0]["type"], found[0]["metadata"]) == ("realtime", True)
    assert found[0]["group"] == "Fire safety"
    definition = asked(client, "services/route_blocked.json")
    assert definition["service_code"] == "route_blocked"
    (attribute,) = definition["attributes"]
    assert {*attribute} == {
        "variable", "code", "datatype", "required", "datatype_description", "order", "description",
    }  # fmt: skip
    root = ElementTree.fromstring(client.get(f"{BASE}/services.xml").content)
    assert (root.tag, {one.tag for one in root}) == ("services", {"service"})
    assert [one.findtext("service_code") for one in root] == list(SERVICES)
    assert root[0].findtext("metadata") == "true"
    root = ElementTree.fromstring(client.get(f"{BASE}/services/other.xml").content)
    assert root.tag == "service_definition"
    assert root.findtext("attributes/attribute/code") == "WHERE"


def test_discovery_names_the_endpoint_and_its_formats(client):
    found = asked(client, "discovery.json")
    (endpoint,) = found["endpoints"]
    assert endpoint["url"].endswith(BASE)
    assert endpoint["formats"] == ["text/xml", "application/json"]
    root = ElementTree.fromstring(client.get(f"{BASE}/discovery.xml").content)
    assert root.findtext("endpoints/endpoint/formats/format") == "text/xml"


@pytest.mark.parametrize(
    ("changes", "grid"),
    [
        ({}, "a"),
        ({"lat": "", "long": "", "address_id": C}, "c"),
        ({"lat": "", "long": "", "address_id": COMMUNITY}, "community"),
        ({"lat": "", "long": "", "address_string": "泸州街社区第1网格"}, "c"),
        ({"jurisdiction_id": STREET}, "a"),
    ],
)
def test_a_request_becomes_a_report_of_the_grid_it_is_in(client, cast, key, session, changes, grid):
    number = sent(client, key, **changes)
    (report,) = session.exec(select(ResidentReport)).all()
    assert (report.number, report.grid_id) == (number, cast.grids[grid])
    assert (report.standing, report.category) == ("waiting", "route_blocked")
    assert (report.name, report.phone) == ("周敏", "13800000011")
    assert report.where_words == "3栋2单元5楼"


def test_the_answer_holds_the_link_that_follows_it_and_twice_is_once(client, key, session):
    first = send(client, key).json()[0]
    assert {*first} == {"service_request_id", "service_notice", "account_id"}
    number = first["service_request_id"]
    link = first["service_notice"].split("：")[-1]
    assert f"/r/{number}/" in link
    assert client.get(link[link.index("/r/") :]).status_code == 200
    root = ElementTree.fromstring(send(client, key, "xml").content)
    assert root.tag == "service_requests"
    assert root.findtext("request/service_request_id") == number
    assert len(session.exec(select(ResidentReport)).all()) == 1
    assert len(session.exec(select(CityRequest)).all()) == 1
    codes = session.exec(select(ReportKey.secret_hash)).all()
    assert all(code not in root.findtext("request/service_notice") for code in codes)


def test_nothing_is_public_before_the_desk_decided_and_then_no_word_of_it(client, cast, key):
    number = sent(client, key)
    assert asked(client, "requests.json") == []
    assert client.get(f"{BASE}/requests/{number}.json").status_code == 404
    (own,) = asked(client, "requests.json", api_key=key)
    assert {*own} == REQUEST_FIELDS
    assert (own["description"], own["status"]) == ("楼道堆满纸箱，走不过人", "open")
    assert own["address"].endswith("3栋2单元5楼")
    assert own["lat"] == pytest.approx(float(IN_A["lat"]), abs=1e-5)
    hazard = decide(cast, number)
    (public,) = asked(client, f"requests/{number}.json")
    assert {*public} == REQUEST_FIELDS
    assert (public["description"], public["address"]) == ("", "小桥子社区第1网格")
    assert (public["status"], public["address_id"]) == ("open", A)
    assert public["expected_datetime"] > NOW.isoformat()
    everything = client.get(f"{BASE}/requests.xml").text
    for secret in ("纸箱", "周", "13800000011", "5楼", str(hazard)):
        assert secret not in everything
    with transaction() as session:
        move(session, cast.actor("member_a"), hazard, Step.CORRECTED, "", NOW)
        move(session, cast.actor("head_a"), hazard, Step.CLOSED, "", NOW)
    (public,) = asked(client, "requests.json", status="closed")
    assert (public["status"], public["expected_datetime"]) == ("closed", None)
    assert asked(client, "requests.json", status="open") == []


def test_another_systems_key_and_an_ended_one_open_nothing_of_it(client, cast, key, session):
    sent(client, key)
    with transaction() as writing:
        other = let_in(writing, cast.actor("administrator"), "另一个系统", NOW)
    assert asked(client, "requests.json", api_key=other) == []
    kept = session.exec(select(CityPartner).order_by(CityPartner.id)).all()
    assert [one.key_hash for one in kept] == [hash_token(key), hash_token(other)]
    with transaction() as writing:
        shut_out(writing, cast.actor("administrator"), kept[0].id, NOW)
    for answer in (
        client.get(f"{BASE}/requests.json", params={"api_key": key}),
        send(client, key),
        send(client, "guessed"),
        send(client, ""),
    ):
        assert answer.status_code == 403
        (error,) = answer.json()
        assert error["code"] == 403
        assert error["description"].startswith("city.no_key")
    assert len(session.exec(select(ResidentReport)).all()) == 1


def test_requests_are_narrowed_by_number_service_days_jurisdiction_and_page(client, cast, key):
    numbers = [
        sent(client, key, description=f"第{n}处", service_code=service)
        for n, service in enumerate(("route_blocked", "exit_locked", "other"))
    ]
    for number in numbers:
        decide(cast, number, down=number == numbers[2])

    def found(**params):
        return {one["service_request_id"] for one in asked(client, "requests.json", **params)}

    assert found() == set(numbers)
    assert found(service_request_id=f"{numbers[0]},{numbers[1]}") == set(numbers[:2])
    assert found(service_code="exit_locked,other") == set(numbers[1:])
    assert found(status="closed") == {numbers[2]}
    assert found(status="open,closed") == set(numbers)
    assert found(jurisdiction_id=STREET) == set(numbers)
    assert found(jurisdiction_id=OTHER_STREET) == set()
    now = NOW
    assert found(start_date=(now - timedelta(days=1)).isoformat()) == set(numbers)
    assert found(end_date=(now - timedelta(days=1)).isoformat()) == set()
    pages = [found(per_page=2, page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert set.union(*pages) == set(numbers)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("services.json?jurisdiction_id=1", 404),
        (f"services.json?jurisdiction_id={A}", 404),
        ("services/nonsense.json", 404),
        ("services.yaml", 404),
        ("requests/1.json", 404),
        ("requests/%00.json", 404),
        ("requests.json?status=lost", 400),
        ("requests.json?start_date=yesterday", 400),
        ("requests.json?start_date=2026-01-01T00:00:00", 400),
        ("requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-11-01T00:00:00Z", 400),
        ("requests.json?start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", 400),
        ("requests.json?page=0", 400),
        ("requests.json?per_page=1001", 400),
        ("requests.xml?api_key=guessed", 403),
    ],
)
def test_what_cannot_be_asked_is_said_in_the_shape_of_the_specification(client, cast, path, status):
    answer = client.get(f"{BASE}/{path}")
    assert answer.status_code == status
    if path.partition("?")[0].endswith(".json"):
        (error,) = answer.json()
        assert error["code"] == status
        assert error["description"]
    else:
        root = ElementTree.fromstring(answer.content)
        assert (root.tag, root.findtext("error/code")) == ("errors", str(status))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"service_code": ""}, 400),
        ({"service_code": "potholes"}, 404),
        ({"jurisdiction_id": "nowhere"}, 404),
        ({"lat": "", "long": ""}, 400),
        ({"lat": "0", "long": "0"}, 400),
        ({"lat": "nan", "long": "105.9"}, 400),
        ({"lat": "1e999", "long": "105.9"}, 400),
        ({"lat": "", "long": "", "address_id": STREET}, 400),
        ({"lat": "", "long": "", "address_string": "网格"}, 400),
        ({"service_code": "other", "description": " "}, 400),
        ({"description": "长" * 501}, 400),
        ({"phone": "电话"}, 400),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_nothing_kept(client, key, session, changes, status):
    answer = send(client, key, **changes)
    assert answer.status_code == status, answer.text
    assert answer.json()[0]["code"] == status
    assert session.exec(select(ResidentReport)).all() == []


def test_a_body_that_is_no_form_and_too_many_of_them_are_refused(client, key, monkeypatch):
    assert client.post(f"{BASE}/requests.json", json={"api_key": key}).status_code == 400
    huge = {"api_key": key, "description": "长" * 10_000}
    assert client.post(f"{BASE}/requests.json", data=huge).status_code == 400
    api.SENT.forget()
    monkeypatch.setattr(api.SENT, "_looks", 2)
    answers = [send(client, key, description=f"第{n}处") for n in range(3)]
    assert [one.status_code for one in answers] == [201, 201, 429]
    assert int(answers[2].headers["Retry-After"]) > 0


NONSENSE = st.text(max_size=40) | st.sampled_from(
    [
        "nan",
        "-1",
        "9" * 30,
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "%",
        "';--",
        "\x00",
    ]
)
ASKS = ("service_request_id", "service_code", "status", "start_date", "end_date", "page",
        "per_page", "jurisdiction_id", "api_key", "lang")  # fmt: skip


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    params=st.dictionaries(st.sampled_from(ASKS), NONSENSE, max_size=4),
    fields=st.dictionaries(
        st.sampled_from(("service_code", "lat", "long", "address_id", "address_string", "phone",
                         "description", "attribute[WHERE]", "last_name", "jurisdiction_id")),
        NONSENSE,
        max_size=5,
    ),
    form=st.sampled_from(("json", "xml")),
)  # fmt: skip
def test_nonsense_is_answered_never_broken(client, cast, key, params, fields, form):
    _forget_now()
    for answer in (
        client.get(f"{BASE}/requests.{form}", params=params),
        send(client, key, form, **fields),
    ):
        assert answer.status_code in (200, 201, 400, 403, 404, 429), answer.text
        if form == "xml":
            ElementTree.fromstring(answer.content)
        else:
            answer.json()


def _forget_now():
    for limiter in (api.ASKED, api.SENT):
        limiter.forget()


def test_words_that_no_xml_can_hold_are_left_out_of_it(client, key):
    number = sent(client, key, description="烟\x0b很<大>&\ufffe")
    root = ElementTree.fromstring(
        client.get(f"{BASE}/requests/{number}.xml", params={"api_key": key}).content
    )
    assert root.findtext("request/description") == "烟很<大>&"


@pytest.mark.parametrize("who", ["officer", "secretary", "member_a", "department"])
def test_only_who_administrates_the_whole_city_makes_and_ends_keys(cast, key, who):
    with reading() as session:
        assert partners_of(session, cast.actor(who)) is None
        with pytest.raises(Refused) as refused:
            let_in(session, cast.actor(who), "系统", NOW)
        assert refused.value.code == "access.not_allowed"
        kept = session.exec(select(CityPartner)).one()
        with pytest.raises(Refused) as refused:
            shut_out(session, cast.actor(who), kept.id, NOW)
        assert refused.value.code in ("access.outside_grid", "access.not_allowed")


def test_there_is_an_end_to_systems_and_each_has_a_name(cast, key):
    with transaction() as session:
        actor = cast.actor("administrator")
        with pytest.raises(Refused) as refused:
            let_in(session, actor, " x ", NOW)
        assert refused.value.code == "access.system_unnamed"
        for number in range(MOST - 1):
            let_in(session, actor, f"系统{number}", NOW)
        with pytest.raises(Refused) as refused:
            let_in(session, actor, "再一个", NOW)
        assert refused.value.code == "access.too_many_systems"
        with pytest.raises(Refused) as refused:
            shut_out(session, actor, 999, NOW)
        assert refused.value.code == "access.unknown_system"
