"""Printed codes: who may print them, and what one tells whoever scans it."""

from datetime import date

import pytest

from firegrid_app.database import transaction
from firegrid_app.points.tables import CheckPoint
from tests.cast import COMMUNITY, STREET, A, B, tag_of


def add(cast, count, grid="a", **more):
    with transaction() as session:
        session.add_all(
            CheckPoint(
                code=f"X{grid}{number}",
                grid_id=cast.grids[grid],
                name=f"2栋{number}层楼梯间",
                kind="stairwell",
                building="2栋",
                floor=number,
                **more,
            )
            for number in range(1, count + 1)
        )


def test_a_head_prints_the_codes_of_the_own_grid(door, cast):
    page = door("head_a").get(f"/points/{A}/print")
    assert page.status_code == 200
    assert page.text.count("<svg") == 2
    assert "1栋1单元" in page.text
    assert "A记旅馆" in page.text
    assert tag_of("a1") in page.text
    assert "3栋2单元" not in page.text
    assert page.headers["cache-control"] == "private, no-store"


def test_a_secretary_prints_the_community_a_grid_a_page(door, cast):
    page = door("secretary").get(f"/points/{COMMUNITY}/print").text
    assert page.count('<section class="grid">') == 2
    assert "1栋1单元" in page
    assert "3栋2单元" in page


def test_one_building_is_printed_alone_from_the_top_down(door, cast):
    add(cast, 3)
    page = door("head_a").get(f"/points/{A}/print", params={"building": "2栋"}).text
    assert page.count("<svg") == 3
    assert page.index("2栋3层") < page.index("2栋2层") < page.index("2栋1层")


def test_the_code_is_an_address_of_this_server(door, cast, monkeypatch):
    page = door("head_a").get(f"/points/{A}/print").text
    assert "http://testserver" in page


def test_a_closed_point_is_not_printed_and_none_is_said(door, cast):
    with transaction() as session:
        for key in ("a1", "a2"):
            session.get(CheckPoint, cast.check_points[key]).ends_on = date(2026, 11, 1)
    answer = door("head_a").get(f"/points/{A}/print")
    assert answer.status_code == 404
    assert "没有可打印的点位" in answer.text


@pytest.mark.parametrize(
    ("who", "grid", "status"),
    [
        ("member_a", A, 403),
        ("head_a", B, 403),
        ("other_secretary", A, 403),
        ("resident", A, 403),
        ("secretary", "nowhere", 404),
        ("officer", STREET, 200),
    ],
)
def test_printing_is_for_who_manages_the_grid(door, cast, who, grid, status):
    assert door(who).get(f"/points/{grid}/print").status_code == status


def test_who_is_not_logged_in_prints_nothing(client, cast):
    answer = client.get(f"/points/{A}/print")
    assert answer.status_code == 401
    assert "svg" not in answer.text


def test_too_many_for_one_sheet_is_said(door, cast, monkeypatch):
    monkeypatch.setattr("firegrid_app.points.sheets.MOST_PRINTED", 1)
    answer = door("head_a").get(f"/points/{A}/print")
    assert answer.status_code == 422
    assert "最多" in answer.text


def test_a_passer_by_learns_the_point_its_board_and_119_and_nobodys_name(client, cast):
    page = client.get(f"/p/{tag_of('a1')}")
    assert page.status_code == 200
    for words in ("1栋1单元", "小桥子社区第1网格", 'href="tel:119"', f'href="/g/{A}"'):
        assert words in page.text
    for private in ("龚丽", "姜龙", "石珍强", *cast.phones.values()):
        assert private not in page.text


def test_it_speaks_english_too(client, cast):
    page = client.get(f"/p/{tag_of('a1')}", headers={"accept-language": "en"}).text
    assert "Fire: 119" in page


def test_who_works_there_is_brought_to_the_patrol(door, cast):
    answer = door("member_a").get(f"/p/{tag_of('a1').lower()}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/patrol?at={tag_of('a1')}"
    stayed = door("member_a").get(f"/p/{tag_of('a1')}?notice=1", follow_redirects=False)
    assert stayed.status_code == 200


def test_the_neighbour_reads_the_notice_like_everybody(door, cast):
    assert door("member_b").get(f"/p/{tag_of('a1')}", follow_redirects=False).status_code == 200


def test_a_closed_point_says_so(client, cast):
    with transaction() as session:
        session.get(CheckPoint, cast.check_points["a1"]).ends_on = date(2026, 11, 1)
    assert "已经停用" in client.get(f"/p/{tag_of('a1')}").text


@pytest.mark.parametrize("tag", ["AAAAAAAAAA", "0000000000", "x", "%00", "A" * 500, "<svg>"])
def test_a_code_that_is_none_is_said_in_words(client, cast, tag):
    answer = client.get(f"/p/{tag}")
    assert answer.status_code == 404
    assert "没有这个点位码" in answer.text
