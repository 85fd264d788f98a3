"""A script spoken by a grid's head, played on its member's phone without network."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import PATIENCE, RunningApp, log_in, wait_until
from tests.journeys.test_loudspeaker import WITH_A_VOICE, shouts_of
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_sealed import ready
from tests.shouts.sounds import silence, spoken

pytestmark = pytest.mark.browser

HEAD_OF = """
select head.phone from post as theirs
join post as own on own.grid_id = theirs.grid_id
join person as head on head.id = theirs.person_id
join person as member on member.id = own.person_id
where member.phone = :phone and theirs.role = 'grid_head'
"""
PLAYED = """
window.plays = 0;
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { window.plays += 1; return play.call(this); };
"""


def file_of(data: bytes, name: str = "录音.wav") -> dict:
    return {"name": name, "mimeType": "audio/wav", "buffer": data}


def test_it_is_recorded_by_the_head_and_played_offline_by_the_member(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    member = member_of(app, 260)
    ((head,),) = app.rows(HEAD_OF, phone=member)
    page = open_phone().new_page()
    log_in(page, app.claim(head), PASSWORD)
    ready(page)
    page.goto("/shout")
    page.get_by_role("button", name="用我们的话录一段").click()
    sheet = page.get_by_role("dialog")
    sheet.locator("input[type=file]").set_input_files(file_of(silence()))
    expect(sheet.get_by_role("alert")).to_contain_text("没有录到声音")
    sheet.locator("input[type=file]").set_input_files(file_of(b"not a sound"))
    expect(sheet.get_by_role("alert")).to_contain_text("听不了")
    sheet.locator("input[type=file]").set_input_files(file_of(spoken(1.5)))
    sheet.get_by_label("叫什么（可不填）").fill("延边话")
    page.context.set_offline(True)
    sheet.get_by_role("button", name="发给网格员").click()
    expect(sheet.get_by_role("alert")).to_contain_text("录音还在这里")
    page.context.set_offline(False)
    sheet.get_by_role("button", name="发给网格员").click()
    expect(sheet.get_by_role("status")).to_contain_text("已发出")

    context = open_phone()
    context.add_init_script(WITH_A_VOICE + PLAYED)
    phone = context.new_page()
    log_in(phone, member, PASSWORD)
    ready(phone)
    phone.goto("/shout")
    expect(phone.get_by_role("radio", name=re.compile("延边话"))).to_be_visible()
    expect(phone.get_by_text("录音还没下到这台手机")).to_have_count(0)
    expect(phone.get_by_role("button", name="用我们的话录一段")).to_have_count(0)
    context.set_offline(True)
    phone.reload()
    phone.get_by_role("radio", name=re.compile("延边话")).wait_for()
    phone.wait_for_timeout(500)
    phone.get_by_role("button", name=re.compile("用手机循环播放")).click()
    expect(phone.get_by_text("正在播放，第 2 遍")).to_be_visible(timeout=15_000 * PATIENCE)
    assert phone.evaluate("() => window.heard") == [], "the recording speaks, not the phone"
    assert phone.evaluate("() => window.plays") >= 2
    phone.get_by_role("button", name="停止").click()
    phone.get_by_role("button", name="20", exact=True).click()
    phone.wait_for_url(lambda url: "/shout" not in url)
    context.set_offline(False)
    wait_until(phone, ALL_SENT, 40)
    ((means, people, seconds),) = shouts_of(app, member)
    assert (means, people) == ("phone_speaker", 20)
    assert seconds >= 2

    sheet.get_by_role("button", name="撤下").click()
    sheet.get_by_role("button", name="确定撤下").click()
    expect(sheet.get_by_role("status")).to_contain_text("已撤下")
