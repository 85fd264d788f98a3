"""What comes to the street from outside, and goes out: rewards, orders, systems, exposure."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import Session

from firegrid_app import clock, routes
from firegrid_app.access.rules import Actor, Held, Role
from firegrid_app.database import make_engine
from firegrid_app.hazards.major import list_it
from firegrid_app.hazards.service import report
from firegrid_app.records import Stamp
from tests.journeys.conftest import RunningApp, log_in
from tests.journeys.test_one_day import PASSWORD, SECRETARY

pytestmark = pytest.mark.browser

OFFICER, COUNTY = "10000000001", "10000001555"
GRID = "500118003001004"
WHERE = "11栋1单元7楼"
ROW = ".fg-desk-row"


def report_as_a_resident(page: Page) -> str:
    """Sent from the grid's form, told of the reward; the secret link comes back."""
    page.goto(f"/g/{GRID}/report")
    page.get_by_text("反映属实有奖励").click()
    expect(page.get_by_text("一般隐患：50–100 元")).to_be_visible()
    page.get_by_text("楼梯、通道被占用或堵住").click()
    page.get_by_label("在哪里？").fill(WHERE)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("收到了，谢谢您")).to_be_visible()
    return page.url.partition("?")[0]


def a_listed_one(app: RunningApp, where: str) -> str:
    """Of premises, major, listed two months ago for three weeks: no page makes time go by.

    The last premises there are: the first grid's day is told by another journey.
    """
    ((place, grid),) = app.rows(
        "select place.id, grid.code from place join grid on grid.id = place.grid_id"
        " where grid.code like '500118003%' order by place.id desc limit 1"
    )
    ((person, top),) = app.rows(
        "select post.person_id, post.grid_id from post join person on person.id = post.person_id"
        " where person.phone = :phone",
        phone=OFFICER,
    )
    then = clock.now() - timedelta(days=60)
    path = app.rows("select path from grid where id = :id", id=top)[0][0]
    actor = Actor(person, "", 0, (Held(Role.STREET_OFFICER, top, path, 1),))
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        hazard = report(
            session, actor, Stamp(id=uuid4(), happened_at=then), grid_code=grid, patrol_id=None,
            category="route_blocked", severity="major", words="", where_words=where,
            place_id=place, urgent=False, fixed_on_spot=False, now=then,
        )  # fmt: skip
        number = "永府督〔2026〕17号"
        list_it(
            session, actor, hazard.id, number=number, until=then.date() + timedelta(days=21),
            responsible="某某商场", decided_by="区政府", now=then,
        )  # fmt: skip
        session.commit()
    engine.dispose()
    return number


def test_a_report_is_rewarded_by_two_people_and_collected_with_its_code(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
) -> None:
    desk = open_desk().new_page()
    log_in(desk, OFFICER, PASSWORD)
    desk.goto(routes.REPORTS)
    desk.get_by_role("link", name="举报奖励").click()
    desk.get_by_text("奖励办法").click()
    desk.get_by_label("对属实的反映给予奖励").check()
    desk.get_by_role("button", name="保存办法").click()
    expect(desk.get_by_text("请至少填一个等级的金额")).to_be_visible()
    desk.get_by_label("一般 最低").fill("50")
    desk.get_by_label("一般 最高").fill("100")
    desk.get_by_label("在哪里领取").fill("街道办一楼窗口")
    desk.get_by_role("button", name="保存办法").click()
    expect(desk.get_by_text("奖励办法 · 对属实的反映给予奖励")).to_be_visible()

    resident = open_phone().new_page()
    link = report_as_a_resident(resident)
    desk.goto(routes.REPORTS)
    desk.locator(ROW, has_text=WHERE).click()
    desk.get_by_role("button", name="受理，转为隐患").click()
    expect(desk.get_by_text("已受理，转为隐患。")).to_be_visible()
    desk.goto(routes.REWARDS)
    number = link.split("/")[-2]
    mine = re.compile(f"{number[:4]} {number[4:]}")
    desk.locator(ROW, has_text=mine).click()
    desk.get_by_label("金额（50–100 元）").fill("80")
    desk.get_by_role("button", name="给予奖励").click()
    expect(desk.get_by_text("请先确认已到现场核实")).to_be_visible()
    desk.get_by_label("已到现场核实").check()
    desk.get_by_role("button", name="给予奖励").click()
    expect(desk.get_by_text("要由另一个人发放")).to_be_visible()
    resident.goto(link)
    expect(resident.get_by_text("奖励 80 元，请在")).to_be_visible()

    # Another person pays, on a phone: the page is no wider than it, in any language.
    narrow = open_phone()
    payer = narrow.new_page()
    log_in(payer, COUNTY, PASSWORD)
    for language, stage in (("en", "To collect"), ("ko", "수령대기"), ("zh_CN", "待领取")):
        narrow.add_cookies([{"name": "firegrid_language", "value": language, "url": app.url}])
        payer.goto(routes.REWARDS)
        payer.get_by_role("button", name=stage).click()
        payer.locator(ROW, has_text=mine).click()
        expect(payer.locator("#reward-code")).to_be_visible()
        assert payer.evaluate("document.documentElement.scrollWidth") <= 360, language
        if language != "zh_CN":
            payer.keyboard.press("Escape")
            expect(payer.locator("#reward-code")).to_have_count(0)
    payer.get_by_label("领奖人的查询码").fill("0000-0000-0000-0000")
    payer.get_by_label("已确认领奖人不是网格工作人员").check()
    payer.get_by_role("button", name="记为已发放").click()
    expect(payer.get_by_text("查询码不对")).to_be_visible()
    payer.get_by_label("领奖人的查询码").fill(link.rsplit("/", 1)[1])
    payer.get_by_role("button", name="记为已发放").click()
    expect(payer.get_by_text("已记为发放。")).to_be_visible()
    resident.reload()
    expect(resident.get_by_text("奖励 80 元，已在")).to_be_visible()
    ((stage, amount, how),) = app.rows(
        "select stage, amount, paid_how from reward join resident_report"
        " on resident_report.id = reward.report_id where resident_report.number = :number",
        number=number,
    )
    assert (stage, amount, how) == ("paid", 80, "code")


def test_orders_come_by_file_and_by_a_systems_key(
    app: RunningApp, open_desk: Callable[[], BrowserContext]
) -> None:
    desk = open_desk().new_page()
    log_in(desk, COUNTY, PASSWORD)
    desk.goto(routes.REPORTS)
    desk.get_by_text("12345工单：导入和答复").click()
    table = f"工单编号,网格编码,地址,内容\nGD-17,{GRID},12栋地下室,停满电动车\n"
    desk.locator("input[type=file]").set_input_files(
        {"name": "orders.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    desk.get_by_role("button", name="确认写入").click()
    expect(desk.get_by_text("已写入 1 处改动")).to_be_visible()
    expect(desk.locator(ROW, has_text="12栋地下室")).to_be_visible()

    desk.get_by_text("城市其他系统接入").click()
    desk.get_by_label("系统名称").fill("区城市运行中心")
    desk.get_by_role("button", name="生成密钥").click()
    shown = desk.locator("code", has_text="api_key=")
    expect(shown).to_be_visible()
    key = (shown.text_content() or "").removeprefix("api_key=")
    order = {"number": "GD-18", "grid": GRID, "where": "13栋楼顶", "words": "堆满杂物"}
    orders = app.url + "/api/orders"
    sent = httpx.post(orders, json={"orders": [order]}, headers={"Authorization": f"Bearer {key}"})
    assert [one["status"] for one in sent.json()] == ["created"]
    asked = httpx.post(
        app.url + "/api/open311/v2/requests.json",
        data={
            "api_key": key,
            "service_code": "route_blocked",
            "address_id": GRID,
            "attribute[WHERE]": "14栋楼梯口",
        },
    )
    assert asked.status_code == 201
    desk.get_by_role("button", name="刷新").click()
    for where in ("13栋楼顶", "14栋楼梯口"):
        expect(desk.locator(ROW, has_text=where)).to_be_visible()
    expect(desk.get_by_label("系统名称")).to_have_value("")
    desk.get_by_text("停用", exact=True).click()
    desk.get_by_role("button", name="确定停用").click()
    expect(desk.get_by_text("还没有接入的系统")).to_be_visible()
    gone = httpx.get(orders, headers={"Authorization": f"Bearer {key}"})
    assert gone.status_code == 403


def open_hazard(page: Page, where: str) -> None:
    page.goto(routes.DESK_HAZARDS)
    page.get_by_role("button", name="全部未销案").click()
    page.get_by_role("searchbox").fill(where)
    page.get_by_role("searchbox").press("Enter")
    page.locator(ROW, has_text=where).first.click()


def test_a_listed_hazard_long_overdue_is_proposed_and_needs_two_others(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
) -> None:
    where = "某某商场地下一层"
    listed = a_listed_one(app, where)
    desk = open_desk().new_page()
    log_in(desk, OFFICER, PASSWORD)
    open_hazard(desk, where)
    desk.get_by_label("曝光到哪天").fill((clock.now() + timedelta(days=30)).date().isoformat())
    desk.get_by_role("button", name="提请曝光").click()
    expect(desk.get_by_text("请确认它不是个人或住户")).to_be_visible()
    desk.get_by_label("我确认这是单位").check()
    desk.get_by_role("button", name="提请曝光").click()
    expect(desk.get_by_text("等两人同意后公开。")).to_be_visible()
    expect(desk.get_by_role("button", name="同意曝光")).to_have_count(0)

    other = open_phone().new_page()
    log_in(other, COUNTY, PASSWORD)
    open_hazard(other, where)
    other.get_by_role("button", name="同意曝光").click()
    expect(other.get_by_text("同意：")).to_be_visible()
    assert other.evaluate("document.documentElement.scrollWidth") <= 360
    page = open_phone().new_page()
    page.goto(routes.exposed("500118003"))
    expect(page.get_by_text(listed)).to_have_count(0)
    other.get_by_label("撤下的原因").fill("材料有误")
    other.get_by_role("button", name="撤下").click()
    expect(other.get_by_role("button", name="提请曝光")).to_be_visible()
    # The secretary grades no major hazards: nothing of the board is there.
    neighbour = open_desk().new_page()
    log_in(neighbour, SECRETARY, PASSWORD)
    neighbour.goto(routes.DESK_HAZARDS)
    expect(neighbour.get_by_role("searchbox")).to_be_visible()
    expect(neighbour.get_by_text("曝光台")).to_have_count(0)
