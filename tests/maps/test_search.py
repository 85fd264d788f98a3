"""Search on the map: the register first, a geocoder only when asked, and no answer is an answer."""

import json
import socket
import threading
import time
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from firegrid_app.database import transaction
from firegrid_app.grids.history import was_called
from firegrid_app.grids.tables import Grid
from firegrid_app.maps import api, geocoders
from firegrid_app.maps.rules.datum import Datum, from_wgs84
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.settings import settings
from firegrid_app.visits.tables import Household
from tests.cast import COMMUNITY, OTHER_COMMUNITY, SIDE, SOUTH, STREET, WEST, A, B, C

INSIDE_A = (WEST + SIDE / 2, SOUTH + SIDE / 2)


@pytest.fixture(autouse=True)
def _patient():
    api.ASKED.forget()
    yield
    api.ASKED.forget()


def search(client, words, grid=STREET, part="search"):
    return client.get(f"/api/map/{part}", params={"grid": grid, "words": words})


def found(answer):
    return [(spot["kind"], spot["name"], spot["code"]) for spot in answer.json()["spots"]]


def test_grids_premises_and_their_addresses_are_found(cast, door):
    with transaction() as session:
        session.get_one(Place, cast.places["a"]).address = "人民路88号"
    officer = door("officer")
    assert found(search(officer, "小桥子 第1")) == [("grid", "小桥子社区第1网格", A)]
    assert found(search(officer, A)) == [("grid", "小桥子社区第1网格", A)]
    (spot,) = search(officer, "人民路88").json()["spots"]
    assert (spot["kind"], spot["name"], spot["code"]) == ("place", "A记旅馆", A)
    assert (spot["grid"], spot["address"]) == ("小桥子社区第1网格", "人民路88号")
    assert (spot["lat"], spot["lon"]) == (
        pytest.approx(SOUTH + SIDE / 2),
        pytest.approx(INSIDE_A[0]),
    )
    # Words of the grid narrow what is in it; the whole name stands first.
    assert ("place", "A记旅馆", A) in found(search(officer, "第1网格 旅馆"))


def test_what_has_another_name_by_now_is_found_by_the_old_one(cast, door):
    with transaction() as session:
        for name, day in (("老桥头网格", date(2025, 3, 1)), ("桥头网格", date(2026, 3, 1))):
            was_called(session, name, day, grid_id=cast.grids["a"])
        was_called(session, "悦来客栈", date(2026, 3, 1), place_id=cast.places["a"])
        was_called(session, "旅馆街网格", date(2026, 3, 1), grid_id=cast.grids["b"])
    officer = door("officer")

    def said(words, who=officer, grid=STREET):
        spots = search(who, words, grid).json()["spots"]
        return [(spot["kind"], spot["name"], spot["formerly"]) for spot in spots]

    assert said("桥头") == [("grid", "小桥子社区第1网格", "桥头网格")]
    assert said("老桥头") == [("grid", "小桥子社区第1网格", "老桥头网格")]
    # Its grid narrows it as for a name of today; what is called so today comes first, and once.
    assert said("悦来 第1网格") == [("place", "A记旅馆", "悦来客栈")]
    assert ("place", "A记旅馆", "") in said("旅馆")
    assert len(said("旅馆")) == len({name for _, name, _ in said("旅馆")})
    assert said("悦来", door("member_b"), B) == []


def test_a_building_is_where_its_check_points_are(cast, door, session):
    with transaction() as writing:
        building = "青年路3栋"
        for room in ("101", "102"):
            writing.add(Household(grid_id=cast.grids["b"], building=building, room=room))
        for lat in (29.3505, 29.3507):
            point = CheckPoint(
                code=f"p{lat}", grid_id=cast.grids["b"], name=f"{building}楼梯间", kind="stairwell",
                building=building, lat=lat, lon=105.903,
            )  # fmt: skip
            writing.add(point)
    spots = search(door("officer"), "青年路").json()["spots"]
    assert [spot["kind"] for spot in spots] == ["building", "point", "point"]
    assert (spots[0]["code"], spots[0]["lat"]) == (B, pytest.approx(29.3506))


def test_nobody_finds_what_is_in_the_neighbours_grid(cast, door):
    assert search(door("member_b"), "旅馆", A).status_code == 403
    assert search(door("other_secretary"), "小桥子", COMMUNITY).status_code == 403
    assert found(search(door("other_secretary"), "小桥子 第1", OTHER_COMMUNITY)) == []
    assert found(search(door("secretary"), "泸州街", COMMUNITY)) == []
    assert search(door("officer"), "x", "nowhere").status_code == 404


def test_one_sign_lists_nothing_and_signs_of_the_database_are_plain(cast, door):
    officer = door("officer")
    for words in ("", "小", "%%", "__", "' or 1=1 --", "甲" * 60):
        assert found(search(officer, words)) == []
    assert search(officer, "甲" * 61).status_code == 422


def test_a_grid_that_has_ended_is_not_found(cast, door):
    with transaction() as session:
        grid = session.get_one(Grid, cast.grids["c"])
        grid.valid_to = grid.valid_from
    assert C not in [code for _, _, code in found(search(door("officer"), "泸州街"))]


class Service:
    """A geocoder of the test's own; `answer` is what it says, to whatever is asked."""

    def __init__(self):
        self.asked = []
        self.answer, self.status = {}, 200
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                service.asked.append(urlsplit(self.path))
                body = json.dumps(service.answer).encode()
                self.send_response(service.status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def params(self):
        return {name: values[0] for name, values in parse_qs(self.asked[-1].query).items()}


@pytest.fixture
def service(monkeypatch):
    made = Service()

    def set_to(kind):
        for name, value in {
            "GEOCODER": kind, "GEOCODER_KEY": "k", "GEOCODER_URL": made.url,
            "GEOCODER_REGION": "重庆市永川区",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"FIREGRID_{name}", value)
        settings.cache_clear()

    made.set_to = set_to
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.mark.parametrize("kind", ["amap", "baidu", "nominatim"])
def test_each_service_is_asked_in_its_way_and_answers_in_wgs84(cast, door, service, kind):
    service.set_to(kind)
    gcj, bd = from_wgs84(*INSIDE_A, Datum.GCJ02), from_wgs84(*INSIDE_A, Datum.BD09)
    service.answer = {
        "amap": {"status": "1", "geocodes": [
            {"formatted_address": "人民路88号", "location": f"{gcj[0]:.6f},{gcj[1]:.6f}"}]},
        "baidu": {"status": 0, "result": {
            "location": {"lng": bd[0], "lat": bd[1]}, "precise": 1, "level": "道路"}},
        "nominatim": [
            {"display_name": "人民路88号", "lat": f"{INSIDE_A[1]}", "lon": f"{INSIDE_A[0]}"}],
    }[kind]  # fmt: skip
    officer = door("officer")
    assert search(officer, "人民路88号").json() == {"spots": [], "may_ask": True, "asked": ""}
    assert service.asked == []
    answer = search(officer, "人民路88号", part="address").json()
    (spot,) = answer["spots"]
    assert (answer["asked"], spot["kind"], spot["code"]) == ("answered", "address", A)
    assert (spot["lon"], spot["lat"]) == pytest.approx(INSIDE_A, abs=2e-6)
    asked = service.params
    assert "人民路88号" in "".join(asked.values())
    assert "重庆市永川区" in "".join(asked.values())
    if kind != "nominatim":
        assert "k" in asked.values()


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ({"status": "1", "geocodes": []}, 200, "answered"),
        ({"status": "0", "infocode": "10003"}, 200, "failed"),
        ({"status": "1", "geocodes": [{"location": []}]}, 200, "failed"),
        ({"status": "1", "geocodes": [{"location": "x,y"}]}, 200, "failed"),
        ([], 200, "failed"),
        ({}, 503, "failed"),
        ({}, 403, "failed"),
    ],
)
def test_no_answer_is_a_normal_answer(cast, door, service, answer, status, said):
    service.set_to("amap")
    service.answer, service.status = answer, status
    seen = search(door("officer"), "人民路", part="address")
    assert (seen.status_code, seen.json()["spots"], seen.json()["asked"]) == (200, [], said)


def test_a_service_out_of_reach_is_said_to_have_failed(cast, door, service, monkeypatch):
    service.set_to("nominatim")
    monkeypatch.setenv("FIREGRID_GEOCODER_URL", "http://127.0.0.1:9")
    settings.cache_clear()
    assert search(door("officer"), "人民路", part="address").json()["asked"] == "failed"


@pytest.mark.parametrize("kind", ["nominatim", "amap", "baidu"])
def test_a_service_that_never_answers_is_waited_for_so_long_and_no_longer(
    cast, door, service, monkeypatch, kind
):
    assert geocoders.SECONDS <= 5
    monkeypatch.setattr(geocoders, "SECONDS", 0.3)
    service.set_to(kind)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("FIREGRID_GEOCODER_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        settings.cache_clear()
        began = time.monotonic()
        assert search(door("officer"), "人民路", part="address").json()["asked"] == "failed"
        assert time.monotonic() - began < 3
        # Asked once: each further time would be waited for as long.
        silent.settimeout(0.2)
        silent.accept()[0].close()
        with pytest.raises(TimeoutError):
            silent.accept()


def test_a_place_outside_says_no_grid_and_one_of_others_neither(cast, door, service):
    service.set_to("nominatim")
    service.answer = [
        {"display_name": "北京", "lat": "39.9", "lon": "116.4"},
        {"display_name": "泸州街", "lat": f"{INSIDE_A[1]}", "lon": f"{INSIDE_A[0] + 2 * SIDE}"},
    ]
    spots = search(door("secretary"), "某地", COMMUNITY, "address").json()["spots"]
    assert [(spot["name"], spot["code"]) for spot in spots] == [("北京", ""), ("泸州街", "")]


def test_numbers_of_people_are_sent_to_nobody_and_not_more_than_one_in_a_second(
    cast, door, service, clock
):
    service.set_to("nominatim")
    service.answer = []
    officer = door("officer")
    refused = search(officer, "张三 13812345678", part="address")
    assert (refused.status_code, refused.json()["code"]) == (422, "maps.personal_words")
    assert search(door("member_b"), "人民路", A, "address").status_code == 403
    assert service.asked == []
    assert search(officer, "人民路", part="address").status_code == 200
    assert search(officer, "人民路", part="address").status_code == 429
    clock.forward(seconds=2)
    assert search(officer, "人民路", part="address").status_code == 200


def test_without_a_setting_nobody_is_asked(cast, door, monkeypatch):
    assert search(door("officer"), "某地").json()["may_ask"] is False
    assert search(door("officer"), "某地", part="address").json()["code"] == "maps.no_geocoder"
    monkeypatch.setenv("FIREGRID_GEOCODER", "amap")
    settings.cache_clear()
    with pytest.raises(ValidationError, match="FIREGRID_GEOCODER_KEY"):
        settings()
    monkeypatch.setenv("FIREGRID_GEOCODER", "nominatim")
    monkeypatch.setenv("FIREGRID_GEOCODER_URL", "ftp://x")
    with pytest.raises(ValidationError, match="FIREGRID_GEOCODER_URL"):
        settings()
