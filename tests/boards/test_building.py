"""The public page of one building: who keeps it, what was put right there, and no door of it."""

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from sqlmodel import select

from firegrid_app.boards.houses import buildings_of
from firegrid_app.boards.rules import names_building
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.points.tables import CheckPoint
from firegrid_app.posting.deciding import set_houses
from firegrid_app.posting.editions import scanned
from firegrid_app.posting.papers import paper_of
from firegrid_app.posting.service import posting_view
from firegrid_app.refusals import Refused
from firegrid_app.routes import building as building_address
from firegrid_app.visits.tables import Household
from tests.cast import COMMUNITY, STREET, A, B
from tests.factories import NOW, report

TODAY = NOW.date()


def page(client, name="1栋", code=A, **params):
    return client.get(building_address(code, name), params=params)


def words(client):
    """The page without the numbers of contacts' rows: one may be 101 and say nothing of a door."""
    return re.sub(r"/call/\d+", "/call/", page(client).text)


@pytest.fixture
def keeper(cast):
    """罗强 keeps 1栋 and is posted with a number."""
    with transaction() as session:
        contact = PublicContact(
            grid_id=cast.grids["a"],
            person_id=cast.people["leader_a"],
            role="building_leader",
            display_name="罗强",
            work_phone="02349800003",
            publish_phone=True,
            basis="consent 2026-03-01",
            starts_on=date(2026, 3, 1),
            houses=[["1栋", ""]],
        )
        session.add(contact)
        session.flush()
        return contact.id


def closed(session, cast, **changes):
    hazard = report(session, cast.actor("member_a"), **changes)
    hazard.status, hazard.closed_at = "closed", NOW - timedelta(hours=1)


def test_it_names_the_keeper_first_then_who_serves_the_grid(client, cast, keeper):
    answer = page(client)
    assert answer.status_code == 200
    text = answer.text
    assert text.index("罗强") < text.index("龚丽") < text.index("姜龙")
    for words in ("1栋", "小桥子社区第1网格", "南大街街道", "楼栋长", 'href="tel:119"', "监督电话"):
        assert words in text
    assert f'href="/g/{A}/call/{keeper}"' in text
    assert "02349800003" not in text
    assert "<script" not in text
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert len(answer.content) < 60_000


def test_nothing_of_its_doors_is_on_it(client, cast, keeper):
    text = words(client).replace(A, "")
    for private in ("101", "302", "独居", "elderly", "6 户", "6户", "周敏", *cast.phones.values()):
        assert private not in text


def test_the_keeper_of_another_building_is_not_on_it(client, cast, keeper):
    with transaction() as session:
        session.add(Household(grid_id=cast.grids["a"], building="2栋", room="101"))
    other = page(client, "2栋").text
    assert "罗强" not in other
    assert "本楼还没有公示楼栋长" in other
    assert "龚丽" in other


def test_who_leaves_or_is_hidden_is_off_it_at_once(client, cast, keeper):
    assert "罗强" in page(client).text
    with transaction() as session:
        session.get_one(PublicContact, keeper).publish_name = False
    assert "罗强" not in page(client).text
    with transaction() as session:
        session.get_one(PublicContact, keeper).publish_name = True
    assert "罗强" in page(client).text
    with transaction() as session:
        session.get_one(PublicContact, keeper).ends_on = TODAY - timedelta(days=1)
    assert "罗强" not in page(client).text


@pytest.mark.parametrize(
    ("code", "name"),
    [(A, "99栋"), (A, "1"), (B, "1单元"), (A, "../1栋"), (A, "<script>"), (A, "楼" * 300)],
)
def test_an_unknown_building_is_an_honest_page(client, cast, code, name):
    answer = page(client, name, code)
    assert answer.status_code == 404
    assert "没有登记这栋楼" in answer.text
    assert "119" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("code", [STREET, "nowhere"])
def test_where_there_is_no_board_there_is_no_building(client, cast, code):
    answer = page(client, "1栋", code)
    assert answer.status_code == 404
    assert "没有这个网格的公示页" in answer.text


def test_what_was_put_right_is_told_of_this_building_alone(client, cast, keeper):
    assert "本楼本月还没有整改完成的隐患" in page(client).text
    with transaction() as session:
        closed(session, cast, where_words="1栋2单元3层")
        closed(session, cast, where_words="小桥子 1栋 楼顶", category="firewood_stack")
        closed(session, cast, where_words="1栋301", category="illegal_home_production")
        closed(session, cast, where_words="11栋1单元")
        closed(session, cast, where_words="2栋")
        report(session, cast.actor("member_a"), where_words="1栋1单元")
    text = words(client)
    assert "本楼本月整改完成 3 处隐患" in text
    assert "其他 × 1" in text  # of somebody's home: no kind
    assert "301" not in text


@pytest.mark.parametrize(
    ("where", "is_in"),
    [
        ("1栋2单元", True),
        ("锦绣苑1栋", True),
        ("11栋", False),
        ("A1栋", False),
        ("十1栋", False),
        ("21栋和1栋之间", True),
        ("1号楼", False),
        ("", False),
    ],
)
def test_words_of_a_place_name_this_building_and_no_other(where, is_in):
    assert names_building(where, "1栋") is is_in


def test_a_name_that_ends_in_a_number_ends_there():
    assert names_building("沿江路3号门口", "沿江路3")
    assert not names_building("沿江路31号", "沿江路3")


def test_buildings_come_as_people_count_them(cast):
    with transaction() as session:
        for name in ("10栋", "2栋", "A座"):
            session.add(Household(grid_id=cast.grids["a"], building=name, room="101"))
        session.add(Household(grid_id=cast.grids["a"], building="9栋", room="101", ended_at=NOW))
        session.add(
            CheckPoint(
                code="old",
                grid_id=cast.grids["a"],
                name="8栋楼顶",
                kind="roof",
                building="8栋",
                ends_on=TODAY - timedelta(days=1),
            )
        )
        session.flush()
        assert buildings_of(session, cast.grids["a"], TODAY) == ["1栋", "2栋", "10栋", "A座"]


def test_the_grids_page_leads_to_its_buildings(client, cast):
    text = client.get(f"/g/{A}", params={"lang": "en"}).text
    assert "Notices of buildings (1)" in text
    assert f'href="/g/{A}/b/{quote("1栋")}?lang=en"' in text
    assert "/b/" not in client.get(f"/g/{COMMUNITY}").text


def test_the_notice_on_the_door_leads_to_the_buildings_page(client, cast, keeper):
    with transaction() as session:
        card = paper_of(
            session,
            cast.actor("head_a"),
            "notice",
            A,
            subject="1栋",
            base="https://firegrid.example.cn",
            now=NOW,
        ).card
    assert card.address == f"https://firegrid.example.cn/g/{A}/b/{quote('1栋')}?e={card.tag}"
    assert [(one.name, one.keeps) for one in card.people] == [
        ("罗强", "1栋"),
        ("龚丽", ""),
        ("姜龙", ""),
    ]
    assert "与现在一致" in page(client, e=card.tag).text
    with transaction() as session:
        session.get_one(PublicContact, keeper).houses = []
    assert "后来有变动" in page(client, e=card.tag).text


def test_the_report_of_a_building_begins_with_its_name(client, cast):
    assert f'href="/g/{A}/report?where={quote("1栋")}"' in page(client).text
    form = client.get(f"/g/{A}/report", params={"where": '1栋"><script>'}).text
    assert 'value="1栋' in form
    assert "<script>" not in form


def test_it_speaks_three_languages(client, cast, keeper):
    assert "Who keeps this building" in page(client, lang="en").text
    assert "이 동의 책임자" in page(client, lang="ko").text


def test_a_hostile_name_stays_a_name(client, cast, keeper):
    with transaction() as session:
        session.get_one(PublicContact, keeper).display_name = "<img src=x onerror=a()>"
        session.get_one(Grid, cast.grids["a"]).name = "</h1><script>alert(1)</script>"
    text = page(client).text
    assert "<script" not in text
    assert "<img" not in text


def assign(cast, contact, *houses, who="secretary"):
    with transaction() as session:
        return set_houses(session, cast.actor(who), contact, houses, NOW).houses


def test_who_decides_says_which_building_or_unit_somebody_keeps(cast, keeper):
    with transaction() as session:
        session.add(Household(grid_id=cast.grids["a"], building="2栋", unit="3单元", room="101"))
        session.add(Household(grid_id=cast.grids["a"], building="2栋", unit="10单元", room="101"))
        houses = posting_view(session, cast.actor("secretary"), A, NOW).houses
    assert [one.name for one in houses] == [
        "1栋", "1栋 1单元", "2栋", "2栋 3单元", "2栋 10单元",
    ]  # fmt: skip
    assert assign(cast, keeper, "2栋") == [["2栋", ""]]
    several = assign(cast, keeper, houses[4].value, "1栋", houses[3].value)
    assert several == [["1栋", ""], ["2栋", "3单元"], ["2栋", "10单元"]]
    assert assign(cast, keeper) == []
    for nowhere in ("99栋", "1栋\t3单元", "\t3单元", ""):
        with pytest.raises(Refused, match=r"posting\.unknown_subject"):
            assign(cast, keeper, nowhere)
    with pytest.raises(Refused, match=r"posting\.unknown_contact"):
        assign(cast, 999, "1栋")


def keeps_too(cast, name, unit):
    with transaction() as session:
        contact = PublicContact(
            grid_id=cast.grids["a"],
            role="building_leader",
            display_name=name,
            basis="consent 2026-03-01",
            starts_on=date(2026, 3, 1),
            houses=[["1栋", unit]],
        )
        session.add(contact)


def test_keepers_of_units_follow_the_building_s_unit_by_unit(client, cast, keeper):
    keeps_too(cast, "冯十", "10单元")
    keeps_too(cast, "褚二", "2单元")
    text = page(client).text
    assert text.index("罗强") < text.index("褚二") < text.index("冯十") < text.index("龚丽")
    assert "1栋 2单元" in text
    with transaction() as session:
        sheet = paper_of(
            session, cast.actor("secretary"), "notice", A, subject="1栋", base="http://x", now=NOW
        )
    people = [(one.name, one.keeps) for one in sheet.card.people]
    assert people[:3] == [("罗强", "1栋"), ("褚二", "1栋 2单元"), ("冯十", "1栋 10单元")]


def test_who_keeps_two_buildings_stands_on_the_page_and_the_notice_of_both(client, cast, keeper):
    with transaction() as session:
        for name in ("2栋", "3栋"):
            session.add(Household(grid_id=cast.grids["a"], building=name, room="101"))
    assign(cast, keeper, "1栋", "2栋")
    for name in ("1栋", "2栋"):
        assert "罗强" in page(client, name).text
        with transaction() as session:
            by = cast.actor("secretary")
            card = paper_of(session, by, "notice", A, subject=name, base="http://x", now=NOW).card
        assert (card.people[0].name, card.people[0].keeps) == ("罗强", "1栋、2栋")
    assert "罗强" not in page(client, "3栋").text
    assert client.get(f"/g/{A}").text.count("罗强</strong>") == 1


def test_another_unit_makes_the_notice_of_the_building_old(cast, keeper):
    def verdict():
        with transaction() as session:
            return scanned(session, A, tag, NOW).verdict

    with transaction() as session:
        by = cast.actor("secretary")
        tag = paper_of(session, by, "notice", A, subject="1栋", base="http://x", now=NOW).card.tag
    assert verdict() == "current"
    assign(cast, keeper, "1栋\t1单元")
    assert verdict() == "old"


@pytest.mark.parametrize("who", ["head_a", "member_b", "other_secretary", "department"])
def test_nobody_else_does(cast, keeper, who):
    with pytest.raises(Refused, match=r"access\.outside_grid"):
        assign(cast, keeper, who=who)
    with transaction() as session:
        assert (
            session.exec(select(PublicContact.houses).where(PublicContact.id == keeper)).one()
        ) == [["1栋", ""]]
