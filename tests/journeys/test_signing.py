"""A resident at the door, an owner at the premises: signed on the phone, without a signal."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from firegrid_app.campaigns.rules import Question
from tests.journeys.asked import begin_campaign
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.on_the_list import head_phone
from tests.journeys.premises import put_premises, the_streets_own_letter, write
from tests.journeys.test_campaign import kept, open_door
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_random_faults import SMALL_JPEG
from tests.journeys.test_sealed import ready

pytestmark = pytest.mark.browser
PLEDGE = Question(
    "pledge", "sign", {"zh_CN": "消防安全责任书"}, required=True, paper="本户承诺：\n楼道不堆物。"
)


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


def test_an_owner_signs_the_letter_at_the_premises_without_a_signal(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 308)
    place = put_premises(app, phone, "老四川饭馆")
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    context.set_offline(True)
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查", exact=True).click()
    page.get_by_role("button", name="对照清单查：老四川饭馆").click()
    expect(page.get_by_text("还没签消防安全责任书")).to_be_visible()
    page.get_by_role("button", name="签责任书").click()
    sheet = page.get_by_role("dialog", name="消防安全责任书")
    expect(sheet.get_by_text("疏散通道、安全出口、消防车通道保持畅通")).to_be_visible()
    keep = sheet.get_by_role("button", name="记下", exact=True)
    keep.click()
    expect(sheet.get_by_text("请先签名")).to_be_visible()
    expect(sheet.get_by_text("请写签字人姓名")).to_be_visible()
    sheet.get_by_role("button", name="请负责人签名").click()
    write(page, (0.1, 0.3), (0.5, 0.8), (0.9, 0.2))
    sheet.get_by_role("button", name="签好了").click()
    expect(sheet.get_by_role("img", name="照片 1")).to_be_visible()
    page.wait_for_timeout(600)

    # The browser is killed before it is kept: what was signed is still there.
    page.close()
    page = context.new_page()
    page.goto("/patrol")
    page.get_by_role("button", name="对照清单查：老四川饭馆").click()
    page.get_by_role("button", name="签责任书").click()
    sheet = page.get_by_role("dialog", name="消防安全责任书")
    expect(sheet.get_by_role("img", name="照片 1")).to_be_visible()
    sheet.get_by_label("签订方").select_option(label="产权单位")
    sheet.get_by_label("签字人姓名").fill("石珍强")
    sheet.get_by_role("button", name="记下", exact=True).click()
    expect(sheet).to_be_hidden()
    expect(page.get_by_text("责任书有效")).to_be_visible()
    expect(page.get_by_role("button", name="签责任书")).to_have_count(0)
    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)
    wait_until(page, "() => document.body.innerText.includes('记录都已送到服务器')", seconds=40)

    desk = open_phone(viewport={"width": 1280, "height": 800}).new_page()
    log_in(desk, head_phone(app, phone), PASSWORD)
    desk.goto(f"/desk/places?place={place}")
    paper = desk.get_by_role("listitem").filter(has_text="消防安全责任书 · 产权单位")
    expect(paper).to_contain_text("石珍强")
    picture = paper.get_by_role("img", name="签名图片")
    expect(picture).to_be_visible()
    wait_until(desk, "() => document.querySelector(\"img[src*='/of/letter/']\").naturalWidth > 0")
    paper.get_by_text("手机上显示的内容").click()
    expect(paper.get_by_text("发生火灾立即拨打119")).to_be_visible()


def test_the_streets_own_words_are_signed_from_the_list_with_a_stamped_page(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 314)
    place = put_premises(app, phone, "江边茶馆")
    context = open_phone()
    page = context.new_page()
    with the_streets_own_letter(app, phone, ["消防安全告知书", "一、茶炉离人即熄。"]):
        log_in(page, phone, PASSWORD)
        ready(page)
    context.set_offline(True)
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查", exact=True).click()
    expect(page.get_by_role("button", name="签责任书")).to_have_count(0)
    page.get_by_role("button", name="到达江边茶馆，一切正常").click()
    page.get_by_role("button", name="签责任书").click()
    sheet = page.get_by_role("dialog", name="消防安全告知书")
    expect(sheet.get_by_text("茶炉离人即熄")).to_be_visible()
    sheet.get_by_role("button", name="请负责人签名").click()
    write(page, (0.1, 0.3), (0.5, 0.8), (0.9, 0.2))
    sheet.get_by_role("button", name="签好了").click()
    expect(sheet.get_by_role("img", name="照片 1")).to_be_visible()
    stamped = bytes(page.evaluate(SMALL_JPEG, "盖章页"))
    sheet.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": stamped}
    )
    expect(sheet.get_by_role("img", name="照片 2")).to_be_visible()
    sheet.get_by_label("签字人姓名").fill("石珍强")
    sheet.get_by_role("button", name="记下", exact=True).click()
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("button", name="签责任书")).to_have_count(0)
    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)
    wait_until(page, "() => document.body.innerText.includes('记录都已送到服务器')", seconds=40)

    desk = open_phone(viewport={"width": 1280, "height": 800}).new_page()
    log_in(desk, head_phone(app, phone), PASSWORD)
    desk.goto(f"/desk/places?place={place}")
    paper = desk.get_by_role("listitem").filter(has_text="石珍强")
    expect(paper.get_by_role("img", name="签名图片")).to_have_count(2)
    paper.get_by_text("手机上显示的内容").click()
    expect(paper.get_by_text("茶炉离人即熄")).to_be_visible()
