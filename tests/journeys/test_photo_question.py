"""A door where a campaign asks for a photo, and its smoke alarm: both without a signal."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from firegrid_app.campaigns.rules import Question
from tests.journeys.asked import begin_campaign
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_campaign import kept, open_door
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_random_faults import SMALL_JPEG
from tests.journeys.test_sealed import ready

pytestmark = pytest.mark.browser
HELD_UP = """() => {
  const { subtle } = crypto;
  const digest = subtle.digest.bind(subtle);
  const held = new Promise((go) => (window.letGo = go));
  subtle.digest = async (...given) => {
    await held;
    return digest(...given);
  };
}"""
"""A phone so weak that a photo takes until `letGo()`."""


def test_a_photo_answers_and_an_alarm_is_noted_without_a_signal(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 261)
    question = Question("photo1", "photo", {"zh_CN": "拍一张楼道"}, required=True)
    campaign = begin_campaign(app, phone, "拍照行动", (question,))
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    page.goto("/doors")
    expect(page.get_by_label("敲门行动")).to_have_value(str(campaign))
    context.set_offline(True)
    page.goto("/doors")
    open_door(page, 0)
    expect(page.get_by_role("button", name="一切正常，记下")).to_have_count(0)
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("radiogroup").first).to_be_visible()
    for choices in sheet.get_by_role("radiogroup").all():
        choices.get_by_role("radio").first.click()
    sheet.get_by_role("button", name="记下", exact=True).click()
    expect(sheet.get_by_text("还没答")).to_be_visible()
    picture = bytes(page.evaluate(SMALL_JPEG, "楼道"))
    page.evaluate(HELD_UP)
    sheet.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    # Nothing can be kept without it while it is made.
    expect(sheet.locator("button", has_text="正在处理…")).to_be_disabled()
    page.evaluate("letGo()")
    expect(sheet.get_by_role("img", name="照片 1")).to_be_visible()
    expect(sheet.get_by_role("button", name="记下", exact=True)).to_be_enabled()
    # Killed before it is kept: what was taken is there again.
    page.wait_for_timeout(700)
    page.reload()
    open_door(page, 0)
    expect(sheet.get_by_role("img", name="照片 1")).to_be_visible()
    sheet.get_by_role("button", name="记下", exact=True).click()
    kept(page, 0, "met")

    page.locator(".fg-door").nth(0).click()
    sheet.get_by_text("报警器").first.click()
    sheet.get_by_role("button", name="装好了").first.click()
    sheet.get_by_role("radio", name="库存发放").click()
    expect(sheet.get_by_text("烟感 正常")).to_be_visible()
    sheet.get_by_role("button", name="试过，正常").first.click()
    expect(sheet.get_by_text("已存在手机上：烟感 试过，正常")).to_be_visible()
    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)
    wait_until(page, "() => document.body.innerText.includes('记录都已送到服务器')", seconds=40)

    rows = app.rows(
        "select photo.kept_sha256, photo.record_kind from visit"
        " join photo on photo.record_id = visit.id where visit.campaign_id = :campaign",
        campaign=campaign,
    )
    ((digest, kind),) = rows
    assert (len(digest), kind) == (64, "visit")
    notes = app.rows(
        "select step, maker from alarm_note join person on person.id = alarm_note.person_id"
        " where person.phone = :phone order by happened_at",
        phone=phone,
    )
    assert [tuple(note) for note in notes] == [("installed", "issued"), ("tested", "")]
