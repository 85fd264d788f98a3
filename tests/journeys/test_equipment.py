"""Fire equipment noted on the phone without a signal: at its check point, from the map, a fault."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.kit import put_equipment
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_random_faults import SMALL_JPEG
from tests.journeys.test_sealed import ready

pytestmark = pytest.mark.browser


def open_on_the_map(page: Page, name: str) -> None:
    """By its line in the list under the map."""
    page.goto("/map")
    page.get_by_role("button", name=name).click()
    page.get_by_role("link", name="登记检查").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_looked_at_tested_faulty_and_gone_without_a_signal(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 262)
    point = put_equipment(app, phone, "一号灭火器", "二号灭火器", "三号灭火器")
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    page.goto("/map")
    expect(page.get_by_role("button", name="一号灭火器")).to_be_visible()
    context.set_offline(True)

    # On a walk, at its check point: all of it in one tap.
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查", exact=True).click()
    page.get_by_role("button", name=f"对照清单查：{point}").click()
    page.get_by_role("button", name="这里的 3 件都看过，正常").click()
    expect(page.get_by_role("button", name=re.compile("都看过"))).to_have_count(0)

    # A fault there: said with a tap, its hazard comes filled, and back to the check point.
    page.get_by_role("link", name="登记检查：一号灭火器").click()
    page.get_by_role("button", name="有故障").click()
    page.get_by_role("button", name="记下，接着报隐患").click()
    expect(page.get_by_text("请写明是什么问题")).to_be_visible()
    page.get_by_role("button", name="压力不足").click()
    picture = bytes(page.evaluate(SMALL_JPEG, "压力表"))
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    page.get_by_role("button", name="记下，接着报隐患").click()
    expect(page.get_by_label("位置")).to_have_value(point)
    expect(page.get_by_label("说明（可不填）")).to_have_value("一号灭火器：压力不足")
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()

    # Killed here: the piece says that its hazard was only begun.
    open_on_the_map(page, "一号灭火器")
    expect(page.locator(".fg-tag-danger")).to_contain_text("有故障")
    page.get_by_role("button", name="接着报隐患").first.click()
    expect(page.get_by_label("说明（可不填）")).to_have_value("一号灭火器：压力不足")
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(f"{app.url}/map")
    open_on_the_map(page, "一号灭火器")
    expect(page.get_by_text("还没报成隐患")).to_have_count(0)

    # From the map: one tested, one not there.
    open_on_the_map(page, "二号灭火器")
    expect(page.get_by_text("该检测了")).to_be_visible()
    page.get_by_role("button", name="检测过，正常").click()
    expect(page).to_have_url(f"{app.url}/map")
    open_on_the_map(page, "二号灭火器")
    expect(page.get_by_text("该检测了")).to_have_count(0)
    open_on_the_map(page, "三号灭火器")
    page.locator("input[type=file]").set_input_files(
        {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    page.get_by_role("button", name="不在原处").click()
    page.get_by_role("button", name="记下，隐患已经报过").click()
    expect(page).to_have_url(f"{app.url}/map")

    page.goto("/outbox")
    expect(page.get_by_text("器材检查").first).to_be_visible()
    context.set_offline(False)
    wait_until(page, ALL_SENT, seconds=40)

    rows = app.rows(
        "select equipment.name, found, tested, note from equipment_check"
        " join equipment on equipment.id = equipment_check.equipment_id"
        " join person on person.id = equipment_check.person_id"
        " where person.phone = :phone order by happened_at",
        phone=phone,
    )
    assert sorted((name, found, bool(tested), note) for name, found, tested, note in rows) == [
        ("一号灭火器", "faulty", False, "压力不足"),
        ("一号灭火器", "fine", False, ""),
        ("三号灭火器", "fine", False, ""),
        ("三号灭火器", "gone", False, "不在原处"),
        ("二号灭火器", "fine", False, ""),
        ("二号灭火器", "fine", True, ""),
    ]
    due = app.rows(
        "select name from equipment where code like :code and next_on < '2026-06-01'",
        code=f"H.{phone}.%",
    )
    assert {name for (name,) in due} == {"一号灭火器", "三号灭火器"}
    ((category, words, photos),) = app.rows(
        "select hazard.category, hazard.words,"
        " (select count(*) from photo where photo.record_id = hazard.id and stored_at is not null)"
        " from hazard join equipment_check on equipment_check.hazard_id = hazard.id"
        " join person on person.id = hazard.person_id where person.phone = :phone",
        phone=phone,
    )
    assert (category, words, photos) == ("extinguisher_missing", "一号灭火器：压力不足", 1)
    ((kind,),) = app.rows(
        "select photo.record_kind from photo"
        " join equipment_check on equipment_check.id = photo.record_id"
        " join person on person.id = photo.person_id"
        " where person.phone = :phone and stored_at is not null",
        phone=phone,
    )
    assert kind == "equipment"
