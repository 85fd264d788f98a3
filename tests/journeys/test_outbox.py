"""The outbox as the person uses it: two versions, records mended, put aside and taken back."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PATIENCE, RunningApp, wait_until
from tests.journeys.test_draining import me_of
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of, send_now, shouts_of
from tests.journeys.test_one_day import ALL_SENT
from tests.journeys.test_random_faults import report_hazard
from tests.journeys.test_shipped import enter, record_one_of_each
from tests.journeys.waiting import fill

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("outbox").objectStore("outbox").getAll();
  await new Promise((ok) => (asked.onsuccess = ok));
  db.close();
  return asked.result;
}"""
NOTHING_OPEN = (
    f"async () => (await ({KEPT})()).every((one) => ['sent', 'aside'].includes(one.state))"
)


def on_the_way(page: Page, change: Callable[[dict[str, Any]], None]) -> None:
    """Change each record between the phone and the server: the server refuses for real."""

    def spoil(route: Any) -> None:
        request = route.request.post_data_json
        for item in request["items"]:
            change(item)
        route.continue_(post_data=json.dumps(request))

    page.context.route("**/api/sync", spoil)


def write(app: RunningApp, statement: str, **values: object) -> None:
    """Change the register past the app."""
    engine = sa.create_engine(app.database_url)
    with engine.begin() as connection:
        connection.execute(sa.text(statement), values)
    engine.dispose()


def from_another_device(page: Page, kind: str, **different: object) -> None:
    """The same record, with other content, reaches the server first."""
    (mine,) = [one for one in page.evaluate(KEPT) if one["kind"] == kind]
    names = ("id", "kind", "version", "captured_at", "position", "body")
    item = {name: mine[name] for name in names} | {"made_by": mine["owner"]}
    item["body"] = item["body"] | different
    answer = page.context.request.post(
        "/api/sync", data={"sent_at": mine["captured_at"], "app_version": "x", "items": [item]}
    )
    assert answer.json()["results"][0]["status"] == "created", answer.text()


def open_entry(page: Page, words: str) -> None:
    page.goto("/outbox")
    page.get_by_role("link", name=re.compile(words)).first.click()
    expect(page.get_by_role("heading", name="记录内容")).to_be_visible()


def made(app: RunningApp, phone: str, table: str, columns: str) -> list[Any]:
    return app.rows(
        f"select {columns} from {table} one join person on person.id = one.person_id"
        " where person.phone = :phone order by one.id",
        phone=phone,
    )


def test_a_conflict_is_seen_side_by_side_and_the_servers_version_can_be_kept(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    page = enter(app, open_phone(), 72)
    page.context.route("**/api/sync", lambda route: route.abort())
    log_a_shout(page, 12)
    from_another_device(page, "shout.log", people_reached=99)
    page.context.unroute("**/api/sync")
    send_now(page)
    expect(page.get_by_text("同一编号已有另一份内容，请打开核对。")).to_be_visible()
    open_entry(page, "同一编号")
    table = page.locator("table.fg-both")
    expect(table.locator("tbody[data-differs=true]")).to_have_count(1)
    expect(table.locator("tbody[data-differs=true] td")).to_have_text(["99", "12"])
    expect(table.get_by_text("≠")).to_be_visible()
    page.get_by_role("button", name="服务器上的对").click()
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    assert shouts_of(app, member_of(app, 72)) == [99]
    # Put aside, not gone: it can be read and taken back.
    page.get_by_text("已搁置").first.click()
    page.get_by_role("link", name=re.compile("已搁置")).click()
    expect(page.get_by_text("您认定服务器上的那份是对的")).to_be_visible()
    page.get_by_role("button", name="找回").click()
    expect(table).to_be_visible()


def test_mine_goes_as_a_new_record_with_its_photo(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 73)
    page = enter(app, open_phone(), 73)
    page.context.route("**/api/sync", lambda route: route.abort())
    report_hazard(page, "我的版本")
    from_another_device(page, "hazard.report", where="另一台的版本", photos=[])
    page.context.unroute("**/api/sync")
    send_now(page)
    expect(page.get_by_text("同一编号已有另一份内容，请打开核对。")).to_be_visible()
    open_entry(page, "同一编号")
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    page.get_by_role("button", name="作为新记录发送").click()
    page.get_by_role("dialog").get_by_role("button", name="作为新记录发送").click()
    wait_until(page, NOTHING_OPEN, seconds=30)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible(timeout=30_000 * PATIENCE)
    wheres = {row[0] for row in made(app, phone, "hazard", "where_words")}
    assert wheres == {"我的版本", "另一台的版本"}
    ((where, stored),) = app.rows(
        "select hazard.where_words, photo.stored_at from photo"
        " join hazard on hazard.id = photo.record_id"
        " join person on person.id = hazard.person_id where person.phone = :phone",
        phone=phone,
    )
    assert where == "我的版本"
    assert stored is not None


def test_every_kind_is_refused_mended_and_arrives_once(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 74)
    context = open_phone()
    page = enter(app, context, 74)
    context.set_offline(True)
    record_one_of_each(page)
    before = {one["kind"]: one for one in page.evaluate(KEPT)}
    assert len(before) == 7

    def spoil(item: dict[str, Any]) -> None:
        wrong = {
            "patrol.start": {"grid": "nowhere"},
            "hazard.report": {"category": "other"},
            "shout.log": {"script": "gone"},
        }
        item["body"] |= wrong.get(item["kind"], {})

    on_the_way(page, spoil)
    # Meanwhile the register changed: the door is gone, the check point is another grid's.
    door, point = (
        before["visit.log"]["body"]["door"],
        before["patrol.arrive"]["body"]["check_point"],
    )
    write(app, "delete from household where id = :id", id=door)
    write(
        app,
        "update check_point set grid_id = (select min(id) from grid where id != check_point.grid_id"
        " and level = 3) where id = :id",
        id=point,
    )
    context.set_offline(False)
    send_now(page)
    expect(page.get_by_text("没有编码为“nowhere”的网格")).to_be_visible()
    for why in ("请写一句说明", "没有这条喊话内容", "这户已不在名册里"):
        expect(page.get_by_text(why)).to_be_visible()
    # What hangs on the start stands under it, not by itself.
    expect(page.get_by_text("另有 2 条等着它")).to_be_visible()
    page.context.unroute("**/api/sync")

    open_entry(page, "开始巡查")
    expect(page.get_by_text("这次巡查的 2 条记录等着它")).to_be_visible()
    page.get_by_role("button", name="打开修改").click()
    page.get_by_role("button", name="保存并再发").click()
    expect(page.get_by_text("属于另一个网格")).to_be_visible()  # freed, and refused by itself

    open_entry(page, "到达点位")
    page.get_by_role("button", name="打开修改").click()
    page.get_by_label("点位").select_option(label="不在清单里的地方")
    page.get_by_role("button", name="保存并再发").click()
    expect(page.get_by_text("请写清楚在哪里。")).to_be_visible()
    page.get_by_label("位置").fill("河边新搭的棚")
    page.get_by_role("button", name="保存并再发").click()
    expect(page).to_have_url(re.compile(r"/outbox$"))

    open_entry(page, "喊话")
    page.get_by_role("button", name="打开修改").click()
    page.get_by_label("喊什么").select_option(label="九小场所")
    page.get_by_role("button", name="保存并再发").click()
    expect(page).to_have_url(re.compile(r"/outbox$"))

    open_entry(page, "敲门 · .*已不在清单里")  # by the name it had
    page.get_by_role("button", name="打开修改").click()
    page.get_by_label("哪一户").select_option(index=2)
    page.get_by_role("button", name="保存并再发").click()
    expect(page).to_have_url(re.compile(r"/outbox$"))

    open_entry(page, "隐患 · ")
    page.get_by_role("button", name="打开修改").click()
    expect(page.get_by_label("位置")).to_have_value("2栋1单元3楼")
    page.get_by_role("button", name="保存", exact=True).click()

    wait_until(page, ALL_SENT, seconds=40)
    page.goto("/outbox")
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    received = made(app, phone, "received_item", "one.id, one.kind, one.body")
    assert sorted(row[1] for row in received) == sorted(before)
    assert {str(row[0]).replace("-", "") for row in received} == {
        one["id"].replace("-", "") for one in before.values()
    }, "the same ids"
    assert made(app, phone, "arrival", "check_point_id, where_words") == [(None, "河边新搭的棚")]
    assert made(app, phone, "shout", "script") == [("nine_small",)]
    assert [row[0] for row in made(app, phone, "visit", "household_id")] != [door]
    assert len(made(app, phone, "hazard", "one.id")) == 1
    ((ended,),) = made(app, phone, "patrol", "ended_at")
    assert ended is not None
    after = {one["kind"]: one for one in page.evaluate(KEPT)}
    for kind, one in before.items():
        assert after[kind]["captured_at"] == one["captured_at"], f"{kind}: the moment is kept"
        assert after[kind]["position"] == one["position"], f"{kind}: the place is kept"


def test_a_record_given_up_stays_with_its_reason_and_can_be_taken_back(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    page = enter(app, open_phone(), 75)
    on_the_way(page, lambda item: item["body"].update(script="gone"))
    log_a_shout(page, 5)
    send_now(page)
    open_entry(page, "没有这条喊话内容")
    page.get_by_role("button", name="不发了").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="搁置", exact=True).click()
    expect(sheet.get_by_text("请写一句原因")).to_be_visible()
    sheet.get_by_role("radio", name="记错了").click()
    sheet.get_by_role("button", name="搁置", exact=True).click()
    expect(page.get_by_text("原因：记错了")).to_be_visible()
    expect(page.get_by_text("一直存在手机上")).to_be_visible()
    send_now(page)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    assert shouts_of(app, member_of(app, 75)) == []
    page.context.unroute("**/api/sync")
    page.get_by_text("已搁置").first.click()
    page.get_by_role("link", name=re.compile("喊话")).click()
    page.get_by_role("button", name="找回").click()
    page.get_by_role("button", name="再发一次").click()
    wait_until(page, ALL_SENT, seconds=20)
    assert shouts_of(app, member_of(app, 75)) == [5]


def test_a_server_that_is_too_old_gets_the_record_once_it_is_new(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    page = enter(app, open_phone(), 76)
    on_the_way(page, lambda item: item.update(version=99))
    log_a_shout(page, 6)
    send_now(page)
    expect(page.get_by_text("服务器现在还收不下")).to_be_visible()
    (kept,) = page.evaluate(KEPT)
    assert (kept["state"], kept["code"]) == ("waiting", "sync.unknown_version")

    def unheard_of(route: Any) -> None:
        answer = route.fetch()
        told = answer.json()
        for one in told["results"]:
            one["status"] = "deferred"
        route.fulfill(response=answer, json=told)

    # The later of two routes is taken: between them is no moment in which a round gets through.
    page.context.route("**/api/sync", unheard_of)
    page.get_by_role("button", name="现在发送").click()
    wait_until(page, f"async () => (await ({KEPT})())[0].code === ''")  # the word alone
    assert page.evaluate(KEPT)[0]["state"] == "waiting", "an unknown word is no yes"
    page.context.unroute("**/api/sync")
    page.get_by_role("button", name="现在发送").click()
    wait_until(page, ALL_SENT, seconds=20)
    assert shouts_of(app, member_of(app, 76)) == [6]


def test_a_refused_photo_can_be_taken_out_and_its_record_stands(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 78)
    page = enter(app, open_phone(), 78)
    refusal = {"code": "photos.not_a_photo", "message": "这不是能打开的照片。"}
    page.context.route("**/api/photos/**", lambda route: route.fulfill(status=422, json=refusal))
    report_hazard(page, "照片坏了")
    page.goto("/outbox")
    expect(page.get_by_text("照片：这不是能打开的照片。")).to_be_visible()
    open_entry(page, "照片坏了")
    expect(page.get_by_text("这张照片坏了。可以从记录中去掉")).to_be_visible()
    page.get_by_role("button", name="从记录中去掉").click()
    expect(page.get_by_text("已去掉，仍存在手机上")).to_be_visible()
    page.goto("/outbox")
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    assert made(app, phone, "hazard", "where_words") == [("照片坏了",)]
    assert made(app, phone, "photo", "stored_at") == [(None,)]


def test_a_thousand_that_wait_are_listed_page_by_page(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page = enter(app, context, 79)
    context.set_offline(True)
    page.goto("/outbox")
    fill(page, *me_of(app, member_of(app, 79)), shouts=1000, hazards=0)
    page.reload()
    expect(page.get_by_text("1000 条还没送到")).to_be_visible()
    entries = page.locator(".fg-entry")
    expect(entries).to_have_count(50)
    page.get_by_role("button", name="再看 100 条（还有 950 条没列出）").click()
    expect(entries).to_have_count(150)
    expect(page.get_by_role("button", name="还有 850 条")).to_be_visible()
