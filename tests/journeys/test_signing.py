"""A resident signs on the phone, without a signal; a touch in passing is no signature."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from firegrid_app.campaigns.rules import Question
from tests.journeys.asked import begin_campaign
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_campaign import kept, open_door
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_sealed import ready

pytestmark = pytest.mark.browser
PLEDGE = Question(
    "pledge", "sign", {"zh_CN": "消防安全责任书"}, required=True, paper="本户承诺：\n楼道不堆物。"
)


def write(page: Page, *points: tuple[float, float]) -> None:
    box = page.locator("canvas.fg-pad").bounding_box()
    assert box is not None
    (x, y), *rest = points
    page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    page.mouse.down()
    for x, y in rest:
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y, steps=5)
    page.mouse.up()


def test_a_resident_signs_without_a_signal(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 150)
    campaign = begin_campaign(app, phone, "责任书行动", (PLEDGE,))
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    page.goto("/doors")
    expect(page.get_by_label("敲门行动")).to_have_value(str(campaign))
    context.set_offline(True)
    page.goto("/doors")
    open_door(page, 0)
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("楼道不堆物。")).to_be_visible()
    for choices in sheet.get_by_role("radiogroup").all():
        choices.get_by_role("radio").first.click()
    sheet.get_by_role("button", name="记下", exact=True).click()
    expect(sheet.get_by_text("还没答")).to_be_visible()

    sheet.get_by_role("button", name="请住户签名").click()
    done = sheet.get_by_role("button", name="签好了")
    write(page, (0.5, 0.5), (0.52, 0.5))
    expect(done).to_be_disabled()
    write(page, (0.1, 0.3), (0.5, 0.8), (0.9, 0.2))
    expect(done).to_be_enabled()
    sheet.get_by_role("button", name="重写").click()
    expect(done).to_be_disabled()
    write(page, (0.1, 0.3), (0.5, 0.8), (0.9, 0.2))
    done.click()
    expect(sheet.get_by_role("img", name="照片 1")).to_be_visible()
    sheet.get_by_role("button", name="记下", exact=True).click()
    kept(page, 0, "met")

    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)
    wait_until(page, "() => document.body.innerText.includes('记录都已送到服务器')", seconds=40)
    ((digest, width, height),) = app.rows(
        "select photo.kept_sha256, photo.width, photo.height from visit"
        " join photo on photo.record_id = visit.id where visit.campaign_id = :campaign",
        campaign=campaign,
    )
    assert (len(digest), width, height) == (64, 960, 480)
