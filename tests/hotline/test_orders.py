"""Orders of the hotline: in by file and by key, once by number; answers out; nobody else's."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from firegrid_app.city.partners import let_in
from firegrid_app.database import transaction
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.hotline import api
from firegrid_app.hotline.tables import HotlineOrder
from firegrid_app.residents.moderating import take_on, turn_down
from firegrid_app.residents.tables import ResidentReport
from tests.cast import COMMUNITY, OTHER_COMMUNITY, OTHER_STREET, STREET, A, B, C
from tests.factories import NOW

HEAD = "工单编号,网格编码,类别,地址,内容,姓名,电话,办结期限"
ROW = f"GD001,{A},楼梯、通道被占用或堵住,3栋2单元,楼道堆满纸箱,周敏,13800000011,2026-11-30"


@pytest.fixture(autouse=True)
def _forget():
    api.ASKED.forget()
    yield
    api.ASKED.forget()


@pytest.fixture
def desk(door):
    return door("officer")


@pytest.fixture
def key(cast):
    with transaction() as session:
        return let_in(session, cast.actor("administrator"), "区12345平台", NOW)


@pytest.fixture
def line(cast, make_client, key):
    client = make_client(None)
    client.headers["Authorization"] = f"Bearer {key}"
    return client


def hand_in(client, *rows, grid=STREET, confirm=True, head=HEAD):
    return client.post(
        f"/api/import/orders?grid={grid}&confirm={str(confirm).lower()}",
        content="\n".join((head, *rows)).encode(),
    )


def order(**changes):
    return {
        "number": "GD001",
        "grid": A,
        "category": "route_blocked",
        "where": "3栋2单元",
        "words": "楼道堆满纸箱",
        "due_on": "2026-11-30",
    } | changes


def send(client, *orders):
    return client.post("/api/orders", json={"orders": list(orders)})


def kept(session):
    session.rollback()
    return session.exec(select(HotlineOrder).order_by(HotlineOrder.number)).all()


def report(session, number="GD001"):
    session.rollback()
    return session.exec(
        select(ResidentReport)
        .join(HotlineOrder, HotlineOrder.report_id == ResidentReport.id)
        .where(HotlineOrder.number == number)
    ).one()


def test_a_file_is_looked_at_first_written_once_and_told_what_it_is(desk, cast, session):
    looked = hand_in(desk, ROW, confirm=False).json()
    assert (looked["written"], looked["change_count"], looked["problem_count"]) == (False, 1, 0)
    assert kept(session) == []
    assert hand_in(desk, ROW).json()["written"] is True
    made = report(session)
    assert (made.grid_id, made.category, made.standing) == (
        cast.grids["a"], "route_blocked", "waiting",
    )  # fmt: skip
    assert made.words == "12345工单GD001，2026-11-30前答复。楼道堆满纸箱"
    assert (made.where_words, made.name, made.phone) == ("3栋2单元", "周敏", "13800000011")
    again = hand_in(desk, ROW).json()
    assert (again["same"], again["change_count"]) == (1, 0)
    assert len(kept(session)) == 1


def test_every_mistake_is_told_by_its_row_and_then_nothing_is_written(desk, session):
    hand_in(desk, ROW)
    answer = hand_in(
        desk,
        f"GD002,{A},没有这个类别,3栋,内容,,,",
        f"GD003,{STREET},,3栋,内容,,,",
        "GD004,500118003009,,3栋,内容,,,",
        f"GD005,{A},,,内容,,,",
        f"GD006,{A},,3栋,,,,",
        f"GD0061,{A},,3,内容,,,",
        f"GD007,{A},,3栋,内容,,123,",
        f"GD008,{A},,3栋,内容,,,2026年13月1日",
        f"GD009,{A},,3栋,内容,,,2031-01-01",
        f"GD009,{A},,3栋,另一件,,,",
        f"坏 号,{A},,3栋,内容,,,",
        ROW.replace("堆满", "清空"),
        f"GD010,{B},,4栋,好的一行,,,",
    ).json()
    assert answer["written"] is False
    rows = {problem["rows"] for problem in answer["problems"]}
    assert rows == {str(number) for number in range(2, 14)}
    (short,) = (one for one in answer["problems"] if one["rows"] == "7")
    assert "至少 2 个字" in str(short)
    (changed,) = (one for one in answer["problems"] if one["rows"] == "13")
    assert "这张工单以前收过，内容和这次不一样" in str(changed)
    assert [one.number for one in kept(session)] == ["GD001"]


@pytest.mark.parametrize(
    ("who", "grid", "status"),
    [
        ("secretary", COMMUNITY, 200),
        ("secretary", OTHER_COMMUNITY, 403),
        ("other_officer", STREET, 403),
        ("head_a", A, 403),
        ("member_b", A, 403),
    ],
)
def test_who_moderates_hands_in_and_gets_the_answers_nobody_else(door, who, grid, status):
    client = door(who)
    assert hand_in(client, ROW, grid=grid).status_code == status
    assert client.get(f"/orders/{grid}/answers.csv").status_code == status


def test_another_streets_order_is_a_mistake_of_its_row(door, session):
    answer = hand_in(door("other_officer"), ROW, grid=OTHER_STREET).json()
    assert answer["problem_count"] == 1
    assert kept(session) == []


def test_another_system_sends_each_order_once_and_one_bad_one_harms_no_other(line, session):
    answer = send(
        line,
        order(),
        order(number="GD002", grid=STREET),
        order(number="GD003", category="potholes"),
        order(number="GD004", grid=C),
    )
    assert answer.status_code == 200
    said = [(one["number"], one["status"], one["code"]) for one in answer.json()]
    assert said == [
        ("GD001", "created", ""),
        ("GD002", "refused", "hotline.no_grid"),
        ("GD003", "refused", "residents.no_category"),
        ("GD004", "created", ""),
    ]
    (again, other) = send(line, order(), order(number="GD004", grid=C, words="别的")).json()
    assert again["status"] == "already"
    assert (other["status"], other["code"]) == ("refused", "hotline.order_changed")
    assert [one.number for one in kept(session)] == ["GD001", "GD004"]


def test_by_file_and_by_key_it_is_the_same_order(desk, line, session):
    hand_in(desk, ROW.replace("周敏,13800000011", ","))
    assert send(line, order()).json()[0]["status"] == "already"
    assert len(kept(session)) == 1


def test_the_answer_follows_what_became_of_it_and_names_nobody(desk, line, cast, session):
    send(line, order(name="周敏", phone="13800000011"), order(number="GD002"))
    actor = cast.actor("secretary")
    first, second = report(session).id, report(session, "GD002").id
    with transaction() as writing:
        hazard = take_on(
            writing, actor, first, category="route_blocked", severity="general", grid_code=A,
            now=NOW,
        ).id  # fmt: skip
        turn_down(writing, actor, second, "not_fire", "这是占道经营", NOW)
    cards = {one["number"]: one for one in line.get("/api/orders").json()}
    assert cards["GD001"]["answer"] == "已受理，正在整改"
    assert cards["GD001"]["answered"] == ""
    assert cards["GD002"]["answer"] == "没有受理；这不属于消防安全隐患。；这是占道经营"
    with transaction() as writing:
        move(writing, cast.actor("member_a"), hazard, Step.CORRECTED, "纸箱已清走", NOW)
        move(writing, cast.actor("head_a"), hazard, Step.CLOSED, "看过", NOW)
    (card,) = (one for one in line.get("/api/orders").json() if one["number"] == "GD001")
    assert (card["stage"], card["words"]) == ("closed", "纸箱已清走")
    assert card["answered"] == NOW.isoformat()
    text = desk.get(f"/orders/{STREET}/answers.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][0] == "工单编号"
    assert {(row[0], row[2], row[6]) for row in rows[1:]} == {
        ("GD001", "2026-11-30", "已复查，销案了；纸箱已清走"),
        ("GD002", "2026-11-30", "没有受理；这不属于消防安全隐患。；这是占道经营"),
    }
    assert "周敏" not in text + line.get("/api/orders").text
    assert desk.get(f"/orders/{STREET}/answers.xlsx").content[:2] == b"PK"
    assert line.get("/api/orders", params={"since": "2027-01-01T00:00:00Z"}).json() == []


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer guessed"},
                                     {"Authorization": "Basic x"}])  # fmt: skip
def test_without_a_key_nothing_is_read(cast, make_client, headers, session):
    client = make_client(None)
    client.headers.update(headers)
    assert client.get("/api/orders").status_code == 403
    assert send(client, order()).json()["code"] == "city.no_key"
    assert kept(session) == []


WRONG = st.none() | st.integers() | st.text(max_size=50) | st.lists(st.integers(), max_size=2)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    changes=st.dictionaries(st.sampled_from([*order(), "name", "phone", "more"]), WRONG, max_size=3)
)
def test_nonsense_is_answered_never_broken(line, changes):
    api.ASKED.forget()
    answer = send(line, order(**changes))
    assert answer.status_code in (200, 422), answer.text
    assert answer.status_code == 200 or answer.json()["code"] == "hotline.malformed"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"orders": []}', b"\xff", b"9" * 600_000])
def test_what_is_no_list_of_orders_is_said(line, body):
    answer = line.post("/api/orders", content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "hotline.malformed")


def test_a_moment_that_is_none_is_said(line):
    assert line.get("/api/orders", params={"since": "yesterday"}).status_code == 422
