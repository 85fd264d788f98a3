"""Which grid am I in: by words and by standing in it, without a trace of who asked."""

import base64
import hashlib
import re

import pytest

from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place
from firegrid_app.wayfinding import api
from firegrid_app.wayfinding.service import MOST, by_position, by_words
from tests.cast import COMMUNITY, SIDE, SOUTH, STREET, WEST, A, B, C
from tests.factories import NOW
from tests.residents.sending import refused

MIDDLE = SOUTH + SIDE / 2
EDGE = WEST + SIDE
METRE = 1 / 97_000
"""Degrees of longitude in a metre, here."""


@pytest.fixture(autouse=True)
def _patient():
    api.FINDS.forget()
    yield
    api.FINDS.forget()


def codes(found):
    return [one.code for one in found]


def test_words_of_a_grid_or_of_a_place_in_it_find_it(session, cast):
    assert codes(by_words(session, "小桥子 第1", NOW)) == [A]
    assert set(codes(by_words(session, "小桥子", NOW))) == {A, B, COMMUNITY}
    (found,) = by_words(session, "A记旅馆", NOW)
    assert (found.code, found.place) == (A, "A记旅馆")
    assert found.above == "南大街街道 · 小桥子社区"
    assert by_words(session, "没有这里", NOW) == ()


def test_streets_are_no_answer_and_signs_of_the_database_are_plain_words(session, cast):
    assert STREET not in codes(by_words(session, "南大街", NOW))
    assert by_words(session, "%%", NOW) == by_words(session, "__", NOW) == ()


@pytest.mark.parametrize("words", ["", " ", "小", "\t"])
def test_one_character_lists_nothing(session, cast, words):
    with refused(r"residents\.too_few_words"):
        by_words(session, words, NOW)


def test_no_more_are_shown_than_help(session, cast):
    for i in range(30):
        session.add(
            Place(code=f"X{i}", name=f"连锁店{i}", category="小商场", grid_id=cast.grids["a"])
        )
    session.flush()
    assert codes(by_words(session, "连锁", NOW)) == [A]
    assert len(by_words(session, "连锁", NOW)) <= MOST


@pytest.mark.parametrize(
    ("east", "expected"),
    [
        (EDGE - 90 * METRE, [A]),
        (EDGE - 8 * METRE, [A, B]),
        (EDGE + 8 * METRE, [B, A]),
        (EDGE + 90 * METRE, [B]),
        (WEST + 2.5 * SIDE, [C]),
    ],
)
def test_standing_in_it_and_near_an_edge_both(session, cast, east, expected):
    assert codes(by_position(session, MIDDLE, east, 8)) == expected


def test_an_unsure_position_offers_what_is_possible_and_never_a_street(session, cast):
    assert codes(by_position(session, MIDDLE, EDGE - 90 * METRE, 95)) == [A, B]
    assert by_position(session, MIDDLE + 1, EDGE, 50_000) == ()


def test_grids_that_have_ended_are_not_found(session, cast):
    with transaction() as deed:
        deed.get(Grid, cast.grids["a"]).valid_to = NOW.date().replace(year=2025)
    assert A not in codes(by_words(session, "小桥子", NOW))
    assert by_position(session, MIDDLE, WEST + SIDE / 2, 8) == ()


def test_the_page_finds_by_plain_forms(cast, client):
    page = client.get("/find?words=小桥子")
    assert f"/g/{A}/report" in page.text
    assert "no-store" in page.headers["cache-control"]
    here = {"lat": str(MIDDLE), "lon": str(WEST + SIDE / 2), "accuracy": "8"}
    found = client.post("/find", data=here)
    assert f"/g/{A}" in found.text
    assert f"/g/{B}" not in found.text
    assert str(MIDDLE) not in found.text
    assert client.get("/find?words=x").status_code == 422


@pytest.mark.parametrize("lat", ["", "north", "nan", "inf", "91", "-91", "1e999"])
def test_nonsense_for_a_position_is_told_in_words(cast, client, lat):
    answer = client.post("/find", data={"lat": lat, "lon": "105", "accuracy": "8"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_its_one_script_is_the_one_the_policy_names(cast, client):
    page = client.get("/find")
    (script,) = re.findall(r"<script>(.*?)</script>", page.text, flags=re.DOTALL)
    named = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{named}'" in page.headers["content-security-policy"]


def test_nobody_copies_the_register_by_asking(cast, client):
    for _ in range(60):
        client.get("/find?words=小桥子")
    assert client.get("/find?words=小桥子").status_code == 429
    assert client.get("/find").status_code == 200
