"""Base maps by setting: whose, by which datum, asked by exactly their hosts, and credited."""

import io
import re

import pytest
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from pydantic import ValidationError

from firegrid_app.map_settings import MapSettings
from firegrid_app.maps.base import base_map
from firegrid_app.settings import Settings, settings
from tests.cast import COMMUNITY, STREET

KEY = "0123456789abcdef"
URL = "https://tiles.example.cn/{z}/{x}/{y}.png"


@pytest.fixture
def given(monkeypatch):
    def give(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"FIREGRID_{name.upper()}", str(value))
        settings.cache_clear()

    return give


def frame(client, path="frame"):
    return client.get(f"/api/map/{path}", params={"grid": COMMUNITY})


def pictures_of(answer):
    (found,) = re.findall(r"img-src ([^;]+);", answer.headers["content-security-policy"])
    return found.split()


def told(answer):
    """The page with its JSON's signs as they are read."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), answer.text)


def picture(colour):
    out = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(out, "PNG")
    return out.getvalue()


def test_without_a_setting_there_is_none_and_no_other_host_may_be_asked(door):
    answer = frame(door("officer"))
    assert base_map() is None
    assert pictures_of(answer) == ["'self'", "data:"]
    assert "L.tileLayer(" not in answer.text


@pytest.mark.parametrize("path", ["frame", "draw"])
def test_tianditu_is_two_layers_of_its_own_eight_hosts(door, given, path):
    given(base_map="tianditu", base_map_key=KEY, map_approval_no="GS(2024)0650号")
    answer = frame(door("officer"), path)
    hosts = [f"https://t{server}.tianditu.gov.cn" for server in range(8)]
    assert pictures_of(answer) == ["'self'", "data:", *hosts]
    assert answer.text.count("L.tileLayer(") == 2
    assert answer.text.count(f"tk={KEY}") == 2
    assert "审图号：GS(2024)0650号" in told(answer)
    assert "天地图" in told(answer)


def test_maps_shifted_by_gcj_02_say_so_to_the_page(door, given):
    given(base_map="amap")
    page = frame(door("officer")).text
    assert 'window.fireGrid = {datum: "gcj02"' in page
    given(base_map="xyz", base_map_url=URL, base_map_datum="wgs84", base_map_credit="县<局>")
    answer = frame(door("officer"))
    assert 'window.fireGrid = {datum: "wgs84"' in answer.text
    assert pictures_of(answer) == ["'self'", "data:", "https://tiles.example.cn"]
    assert "县<局>" not in answer.text
    assert "县<局>" in told(answer)


def test_public_pages_may_ask_no_host_of_tiles(door, client, given):
    given(base_map="osm")
    for path in (f"/g/{COMMUNITY}", "/api/map/code/rest.js"):
        policy = client.get(path).headers.get("content-security-policy", "")
        assert "openstreetmap" not in policy


@pytest.mark.parametrize(
    "values",
    [
        {"base_map": "google"},
        {"base_map": "tianditu"},
        {"base_map": "tianditu", "base_map_key": "a b;c"},
        {"base_map": "xyz"},
        {"base_map": "xyz", "base_map_url": "https://tiles.example.cn/{z}/{x}.png"},
        {"base_map": "xyz", "base_map_url": "https://*.example.cn/{z}/{x}/{y}.png"},
        {"base_map": "xyz", "base_map_url": "https://a.cn;script-src/{z}/{x}/{y}"},
        {"base_map": "xyz", "base_map_url": "https://u:p@a.cn/{z}/{x}/{y}"},
        {"base_map": "xyz", "base_map_url": "javascript:alert(1)//{z}/{x}/{y}"},
        {"base_map": "local"},
        {"base_map": "local", "base_map_path": "/no/such/place"},
        {"base_map": "local", "base_map_path": __file__},
    ],
    ids=str,
)
def test_settings_that_cannot_work_are_refused_when_the_server_starts(given, values):
    given(**values)
    with pytest.raises(ValidationError):
        MapSettings(_env_prefix="FIREGRID_")
    with pytest.raises(ValidationError):
        settings()


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"base_map": "osm", "map_approval_no": "GS 1"}, "OpenStreetMap"),
        ({"base_map": "amap"}, "审图号"),
    ],
)
def test_production_wants_a_reviewed_map_and_its_number(given, values, word):
    given(mode="production", public_url="https://firegrid.example.cn", **values)
    with pytest.raises(ValidationError, match=word):
        Settings()


def test_a_folder_of_tiles_is_served_to_who_is_logged_in(door, client, given, tmp_path):
    folder = tmp_path / "tiles" / "12" / "3253"
    folder.mkdir(parents=True)
    (folder / "1699.png").write_bytes(picture("red"))
    given(base_map="local", base_map_path=tmp_path / "tiles")
    assert client.get("/api/map/tiles/12/3253/1699").status_code == 401
    officer = door("officer")
    answer = officer.get("/api/map/tiles/12/3253/1699")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.content == picture("red")
    # Where it ends there is nothing to see; no tile is not a failure.
    blank = officer.get("/api/map/tiles/12/3253/1700")
    assert Image.open(io.BytesIO(blank.content)).getpixel((0, 0))[3] == 0
    for path in ("12/5000/1", "23/1/1", "12/-1/1", "12/a/1"):
        assert officer.get(f"/api/map/tiles/{path}").status_code in (404, 422)
    page = frame(officer)
    assert pictures_of(page) == ["'self'", "data:"]


def test_a_pmtiles_file_is_read_on_the_server(door, given, tmp_path):
    file = tmp_path / "street.pmtiles"
    pack(file, {(12, 3253, y): picture((y - 1600, 0, 0)) for y in range(1690, 1710)})
    given(base_map="local", base_map_path=file)
    officer = door("officer")
    for y in (1690, 1699, 1709):
        answer = officer.get(f"/api/map/tiles/12/3253/{y}")
        assert answer.headers["content-type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).getpixel((9, 9)) == (y - 1600, 0, 0)
    assert Image.open(io.BytesIO(officer.get("/api/map/tiles/3/1/1").content)).size == (1, 1)


def test_vector_tiles_are_refused_in_words_when_the_server_starts(given, tmp_path):
    file = tmp_path / "vectors.pmtiles"
    pack(file, {(0, 0, 0): b"x"}, TileType.MVT)
    given(base_map="local", base_map_path=file)
    with pytest.raises(ValidationError, match="矢量"):
        settings()


def test_without_a_map_of_this_machine_there_are_no_tiles(door, given):
    assert door("officer").get("/api/map/tiles/1/0/0").status_code == 404
    given(base_map="amap")
    assert door("officer").get("/api/map/tiles/1/0/0").status_code == 404


def pack(file, tiles, tile_type=TileType.PNG):
    with file.open("wb") as opened:
        writer = Writer(opened)
        for (z, x, y), body in sorted(tiles.items(), key=lambda one: zxy_to_tileid(*one[0])):
            writer.write_tile(zxy_to_tileid(z, x, y), body)
        zooms = [z for z, _, _ in tiles]
        box = {"min_lon_e7": 0, "min_lat_e7": 0, "max_lon_e7": 1, "max_lat_e7": 1}
        writer.finalize(
            {
                "tile_type": tile_type,
                "tile_compression": Compression.NONE,
                "min_zoom": min(zooms),
                "max_zoom": max(zooms),
                "center_zoom": 0,
                "center_lon_e7": 0,
                "center_lat_e7": 0,
                **box,
            },
            {},
        )


def test_the_street_is_still_drawn_by_outlines_alone(door):
    assert door("officer").get("/api/map/grids", params={"grid": STREET}).status_code == 200


def test_phones_hear_of_it_in_their_pack_and_without_one_of_nothing(door, given):
    def pack(who):
        return door(who).get("/api/pack").json()

    assert "base_map" not in pack("member_a")
    given(base_map="amap")
    heard = pack("member_a")["base_map"]
    assert (heard["datum"], heard["may_be_kept"]) == ("gcj02", False)
    given(base_map="xyz", base_map_url=URL, base_map_credit="县局", map_approval_no="S 1")
    heard = pack("member_a")["base_map"]
    assert (heard["urls"], heard["may_be_kept"]) == ([URL], True)
    assert (heard["credit"], heard["approval"]) == ("县局", "S 1")
    given(base_map="tianditu", base_map_key=KEY)
    assert pack("member_a")["base_map"]["may_be_kept"] is False
