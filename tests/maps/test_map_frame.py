"""The frame's page: built by Folium, whole without any other server, and deaf to hostile names."""

import base64
import hashlib
import re

import pytest

from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.maps.code import FILES, bundle
from tests.cast import COMMUNITY, STREET, A
from tests.maps.reading import names_of

FRAME = "/api/map/frame"
HOSTILE = ("</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}${1}")


def frame(client, grid=STREET, **params):
    return client.get(FRAME, params={"grid": grid} | params)


@pytest.mark.parametrize("who", ["other_secretary", "member_b", "leader_a", "resident"])
def test_the_neighbour_gets_words_and_no_map(door, who):
    answer = frame(door(who), A)
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    assert "这不在您的网格范围内" in answer.text
    assert "leaflet" not in answer.text.lower()
    assert "小桥子" not in answer.text


def test_who_is_not_logged_in_is_shown_the_way(client, cast):
    answer = frame(client)
    assert answer.status_code == 401
    assert 'href="/login" target="_top"' in answer.text


def test_refusals_speak_the_language_of_the_reader(client, cast):
    client.cookies.set("firegrid_language", "en")
    answer = frame(client)
    assert "Please log in" in answer.text
    assert '<html lang="en"' in answer.text


@pytest.mark.parametrize("params", [{}, {"grid": "nowhere"}, {"grid": "9" * 40}])
def test_no_such_grid_is_a_page_too(door, params):
    answer = door("officer").get(FRAME, params=params)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_a_hostile_code_in_the_address_is_only_words(door):
    answer = frame(door("officer"), HOSTILE[0][:30])
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_the_page_needs_no_other_server(door):
    page = frame(door("officer")).text
    assert re.findall(r"https?://[^\s\"']+", page) == []
    assert "jquery" not in page.lower()
    assert "bootstrap" not in page.lower()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert all(address.startswith("/api/map/code/") for address in addresses)


def test_every_file_it_names_is_there_and_may_be_kept_for_ever(door, make_client):
    page = frame(door("officer")).text
    named = {*re.findall(r'"(/api/map/code/[^"]+)"', page)}
    assert named == {bundle(name).address for name in FILES if name != "draw.js"}
    for address in named:
        answer = make_client(None).get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
    assert "L.map" not in bundle("first.js").body.decode()
    assert (
        make_client(None).get("/api/map/code/rest.js?v=old").headers["cache-control"] == "no-cache"
    )
    assert make_client(None).get("/api/map/code/..%2f..%2fsettings.py").status_code == 404


def test_only_its_own_scripts_run(door):
    answer = frame(door("officer"))
    policy = answer.headers["content-security-policy"]
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name(door, cast, name):
    with transaction() as session:
        for key in ("street", "community", "a"):
            session.get_one(Grid, cast.grids[key]).name = name
    for grid in (STREET, COMMUNITY, A):
        page = frame(door("officer"), grid).text
        assert len(re.findall(r"<script[ >]", page)) == 3
        assert "<img" not in page
        assert "49" not in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
    data = door("officer").get("/api/map/grids", params={"grid": STREET})
    assert data.headers["content-type"] == "application/json"
    assert data.headers["x-content-type-options"] == "nosniff"
    assert name in names_of(data.json())


def test_it_speaks_the_language_of_the_page(door):
    officer = door("officer")
    assert "<title>南大街街道网格图</title>" in frame(officer).text
    officer.cookies.set("firegrid_language", "en")
    page = frame(officer).text
    assert '<html lang="en"' in page
    assert "Not walked today" in page


@pytest.mark.parametrize(("asked", "given"), [("dark", "dark"), ("light", "light"), ("<b>", "")])
def test_light_and_dark_can_be_asked_for(door, asked, given):
    assert f'class="{given}"' in frame(door("officer"), theme=asked).text


def test_the_map_takes_no_tiles_and_shows_no_attribution(door):
    page = frame(door("officer")).text
    assert "tileLayer" not in page
    assert '"attributionControl": false' in page


@pytest.mark.parametrize("name", HOSTILE)
def test_the_page_to_draw_on_needs_no_other_server_and_hears_no_names(
    door, make_client, cast, name
):
    with transaction() as session:
        for key in ("community", "a"):
            session.get_one(Grid, cast.grids[key]).name = name
    answer = door("officer").get("/api/map/draw", params={"grid": COMMUNITY})
    page = answer.text
    assert re.findall(r"https?://[^\s\"']+", page) == []
    assert "<img" not in page
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}'" in answer.headers["content-security-policy"]
    assert bundle("draw.js").address in page
    assert make_client(None).get(bundle("draw.js").address).status_code == 200
