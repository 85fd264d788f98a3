"""The public page of a grid: what is posted, and nothing else about anyone."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import Person
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.texts import say
from tests.cast import COMMUNITY, COUNTY, STREET, A, B
from tests.factories import NOW, report, walk


def board(client, code=A, **params):
    return client.get(f"/g/{code}", params=params)


@pytest.fixture
def busy_day(cast):
    with transaction() as session:
        walk(session, cast.actor("member_a"), NOW - timedelta(hours=3), 125)
        report(session, cast.actor("member_a"))


def contact(session, name):
    return session.exec(select(PublicContact).where(PublicContact.display_name == name)).one()


def test_everybody_sees_who_is_posted_and_whom_to_call(client, cast):
    page = board(client)
    assert page.status_code == 200
    for words in (
        "小桥子社区第1网格",
        "南大街街道",
        "小桥子社区",
        "龚丽",
        "网格长",
        "姜龙",
        "接收网格员报告的隐患",
        'href="tel:119"',
        'href="tel:12345"',
        "<svg",
    ):
        assert words in page.text


def test_nothing_private_is_on_it(client, cast, busy_day):
    page = board(client).text
    for phone in cast.phones.values():
        assert phone not in page
    for private in (
        "02349800001",  # posted, but shown only on asking
        "13900000001",  # a shop owner's
        "13800000008",
        "罗强",
        "周敏",
        "石珍强",
        "A记旅馆",
        "小旅馆",
        "1栋1单元",
        "101",
        "独居",
        "elderly_alone",
        "飞线",
        "楼道堆满纸箱",
        "小桥子社区第2网格",
        "泸州街",
        "125",
        "duty",
        "永南街发",
    ):
        assert private not in page.replace("不飞线充电", "").replace(A, "")


def test_a_contact_out_of_time_or_without_a_basis_is_not_posted(client, cast):
    assert "前任员" not in board(client).text
    with transaction() as session:
        contact(session, "龚丽").basis = ""
        contact(session, "姜龙").starts_on = date(2027, 1, 1)
    page = board(client).text
    assert "龚丽" not in page
    assert "姜龙" not in page
    assert "还没有公示联系人" in page


def test_who_is_switched_off_is_off_the_board_at_once(client, cast):
    with transaction() as session:
        session.get_one(Person, cast.people["head_a"]).switched_off_at = NOW
    assert "龚丽" not in board(client).text


def test_a_name_is_shown_only_when_it_may_be(client, cast):
    with transaction() as session:
        contact(session, "龚丽").publish_name = False
    page = board(client).text
    assert "龚丽" not in page
    assert "网格长" in page
    assert "姓名未公布" in page


def test_the_line_to_call_is_the_nearest_one_above(client, cast):
    with transaction() as session:
        session.get_one(Grid, cast.grids["street"]).supervision_phone = "02349800110"
    assert 'href="tel:02349800110"' in board(client).text
    with transaction() as session:
        session.get_one(Grid, cast.grids["community"]).supervision_phone = "02349800112"
    page = board(client).text
    assert 'href="tel:02349800112"' in page
    assert 'href="tel:12345"' in page
    assert "02349800110" not in page


def test_a_community_has_a_board_too(client, cast):
    page = board(client, COMMUNITY)
    assert page.status_code == 200
    assert page.text.count('class="inside"') == 2
    assert "第1网格" not in page.text


@pytest.mark.parametrize("code", [COUNTY, STREET, "nowhere", "%3Cscript%3E", "9" * 400])
def test_no_board_is_a_page_that_says_so(client, cast, code):
    page = board(client, code)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "没有这个网格的公示页" in page.text
    assert "119" in page.text
    assert "<script>" not in page.text


def test_a_grid_that_is_no_more_has_no_board(client, cast):
    with transaction() as session:
        session.get_one(Grid, cast.grids["a"]).valid_to = date(2026, 10, 31)
    assert board(client).status_code == 404


def test_a_grid_without_an_outline_says_so(client, cast):
    with transaction() as session:
        session.get_one(Grid, cast.grids["a"]).outline = None
    page = board(client)
    assert page.status_code == 200
    assert "还没有边界图" in page.text


def test_it_needs_no_script_and_no_other_server(client, cast):
    page = board(client)
    assert "<script" not in page.text
    assert "http" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert len(page.content) < 60_000


def test_it_is_kept_for_five_minutes_and_asked_for_by_tag(client, cast):
    page = board(client)
    assert page.headers["cache-control"] == "public, max-age=300"
    assert {"Cookie", "Accept-Language"} <= set(page.headers["vary"].split(", "))
    tag = {"If-None-Match": page.headers["etag"]}
    again = client.get(f"/g/{A}", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    with transaction() as session:
        contact(session, "龚丽").ends_on = date(2026, 11, 1)
    assert client.get(f"/g/{A}", headers=tag).status_code == 200


def test_it_is_the_same_for_whoever_is_logged_in(client, door):
    assert board(client).content == board(door("secretary")).content


def test_search_engines_are_asked_to_stay_away(client, cast):
    page = board(client)
    assert "noindex" in page.headers["x-robots-tag"]
    assert '<meta name="robots" content="noindex' in page.text


def test_it_speaks_the_language_that_is_asked_for(client, cast):
    assert "Who serves here" in board(client, lang="en").text
    assert "Who serves here" in client.get(f"/g/{A}", headers={"Accept-Language": "en-GB"}).text
    assert "服务人员" in board(client, lang="de").text
    client.cookies.set("firegrid_language", "en")
    page = board(client)
    assert "Who serves here" in page.text
    assert f'href="/g/{A}?lang=zh_CN"' in page.text
    assert "服务人员" in board(client, lang="zh_CN").text


def test_pilot_data_is_called_so_while_there_is_any(client, cast):
    assert "演示数据" not in board(client).text
    with transaction() as session:
        session.get_one(Person, cast.people["member_b"]).pilot = True
    assert "演示数据" in board(client).text


@pytest.mark.parametrize("name", ["</h1><script>alert(1)</script>", '"><img src=x onerror=a()>'])
def test_a_hostile_name_stays_a_name(client, cast, name):
    with transaction() as session:
        for key in ("street", "community", "a"):
            session.get_one(Grid, cast.grids[key]).name = name
        contact(session, "龚丽").display_name = name
        contact(session, "姜龙").role = name[:30]
        session.get_one(Grid, cast.grids["a"]).supervision_phone = '"><script>x'
    page = board(client).text
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;" in page


def test_a_neighbours_board_tells_nothing_of_this_one(client, cast):
    page = board(client, B).text
    assert "龚丽" not in page
    assert "姜龙" not in page


def test_what_was_fixed_this_month_is_told_by_kind_alone(client, cast):
    assert "本月还没有整改完成的隐患" in board(client).text
    with transaction() as session:
        for days, status in ((1, "closed"), (2, "closed"), (40, "closed"), (1, "open")):
            hazard = report(session, cast.actor("member_a"))
            hazard.status = status
            hazard.closed_at = NOW - timedelta(days=days) if status == "closed" else None
            kind = say(f"hazards.category.{hazard.category}")
    page = board(client).text
    assert "本月整改完成 2 处隐患" in page
    assert f"{kind} × 2" in page
    assert "楼道堆满纸箱" not in page
    assert "本月整改完成 2 处隐患" in board(client, COMMUNITY).text
    assert "本月还没有整改完成的隐患" in board(client, B).text


def test_many_kinds_end_in_the_rest(client, cast):
    with transaction() as session:
        for category in (
            "route_blocked", "exit_locked", "fire_lane_blocked", "hydrant_blocked",
            "facility_broken", "extinguisher_missing", "emergency_light_fault", "fire_door_open",
            "window_obstacle",
        ):  # fmt: skip
            hazard = report(session, cast.actor("member_a"))
            hazard.category, hazard.status, hazard.closed_at = category, "closed", NOW
    assert "其他 × 2" in board(client).text


def test_the_page_stays_light(client, cast, busy_day):
    for language in ("zh_CN", "en", "ko"):
        page = client.get(f"/g/{COMMUNITY}", params={"lang": language})
        assert len(page.content) < 60_000
        again = client.get(
            f"/g/{COMMUNITY}",
            params={"lang": language},
            headers={"If-None-Match": page.headers["etag"]},
        )
        assert again.status_code == 304
