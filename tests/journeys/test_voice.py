"""A member's own voice with a shout: recorded without a signal, sealed, heard at the desk."""

import hashlib
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from firegrid_app.shouts.sound import seconds_of
from tests.journeys.conftest import RunningApp, log_in, phone_of_its_own, wait_until
from tests.journeys.on_the_list import head_phone
from tests.journeys.test_nothing_is_lost import member_of, send_now
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_sealed import KEYS, PHOTO, PLAIN, SEALED, log_out, look, no_sync, ready
from tests.journeys.warned import warn_grid_of

pytestmark = pytest.mark.browser

HEARD = """
select photo.sha256, photo.kept_sha256, photo.bytes, shout.alert_id, grid.name, photo.id
from shout join photo on photo.record_id = shout.id join grid on grid.id = shout.grid_id
join person on person.id = shout.person_id
where person.phone = :phone and photo.kind = 'sound' and photo.stored_at is not null
"""
ALL_THERE = "() => document.body.innerText.includes('记录都已送到服务器')"


def record(part: Page | Locator, page: Page) -> None:
    """Begin to speak, and speak for a little more than a second."""
    part.get_by_role("button", name="加录音").click()
    expect(part.get_by_role("button", name="停止（1")).to_be_visible()
    page.wait_for_timeout(700)


def test_it_is_recorded_sealed_sent_and_heard_at_the_desk(
    app: RunningApp, phone: BrowserContext, open_desk: Callable[[], BrowserContext]
) -> None:
    member, other = member_of(app, 218), member_of(app, 219)
    page = phone.new_page()
    log_in(page, member, PASSWORD)
    ready(page)
    no_sync(page)
    page.goto("/shout")
    record(page, page)
    page.get_by_role("button", name=re.compile("停止")).click()
    expect(page.get_by_label(re.compile("听一下，[12] 秒"))).to_be_visible()
    expect(page.get_by_text("看得到本网格工作的人才能听")).to_be_visible()
    # Half filled it outlives the page.
    page.wait_for_timeout(600)
    page.reload()
    expect(page.get_by_label(re.compile("听一下"))).to_be_visible()
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(lambda url: "/shout" not in url)
    voice = bytes(look(page, PHOTO))
    assert seconds_of(voice) in (1, 2, 3)

    # Another person on this phone finds nothing of it.
    log_out(page)
    assert (look(page, SEALED), look(page, PLAIN), look(page, KEYS)) == (2, 0, [])
    log_in(page, other, PASSWORD)
    ready(page)
    log_out(page)
    page.context.unroute("**/api/sync")
    log_in(page, member, PASSWORD)
    send_now(page)
    wait_until(page, ALL_SENT, 40)
    wait_until(page, ALL_THERE, 40)
    ((announced, kept, size, alert, grid, sound),) = app.rows(HEARD, phone=member)
    assert announced == kept == hashlib.sha256(voice).hexdigest(), "byte for byte"
    assert (size, alert) == (len(voice), None)

    # On the phone its bytes have left; it is fetched again when wanted.
    page.get_by_role("link", name=re.compile("喊话")).first.click()
    page.get_by_role("button", name="▶ 听").click()
    expect(page.locator("audio")).to_be_visible()

    desk = open_desk().new_page()
    log_in(desk, head_phone(app, member), PASSWORD)
    desk.goto("/desk")
    desk.locator(".fg-rows button", has_text=grid).first.click()
    panel = desk.get_by_role("dialog")
    with desk.expect_response(re.compile(r"/api/photos/.*/sound")) as answer:
        panel.get_by_role("button", name="▶ 听").click()
    assert desk.request.get(answer.value.url).body() == voice
    assert str(sound).replace("-", "") in answer.value.url.replace("-", "")
    expect(panel.locator("audio")).to_be_visible()
    wait_until(desk, "() => document.querySelector('audio').duration > 1")


def test_who_passes_a_warning_on_while_recording_keeps_what_was_said(
    app: RunningApp, phone: BrowserContext
) -> None:
    member = member_of(app, 220)
    warn_grid_of(app, member, "大风橙色预警")
    page = phone.new_page()
    log_in(page, member, PASSWORD)
    ready(page)
    page.get_by_text("大风橙色预警").click()
    form = page.locator("form")
    record(form, page)
    form.get_by_role("button", name="已传达").click()
    expect(form).to_have_count(0)
    wait_until(page, ALL_SENT, 40)
    page.goto("/outbox")
    wait_until(page, ALL_THERE, 40)
    ((announced, kept, _, alert, *_),) = app.rows(HEARD, phone=member)
    assert announced == kept
    assert alert is not None


def test_a_phone_that_may_not_record_says_so_and_the_shout_is_kept(
    app: RunningApp, chromium: Browser
) -> None:
    member = member_of(app, 221)
    with phone_of_its_own(chromium, app, "--deny-permission-prompts") as context:
        page = context.new_page()
        log_in(page, member, PASSWORD)
        ready(page)
        page.goto("/shout")
        page.get_by_role("button", name="加录音").click()
        expect(page.get_by_role("alert")).to_contain_text("用不了话筒")
        page.get_by_role("button", name="不要了").click()
        expect(page.get_by_role("button", name="加录音")).to_be_visible()
        page.get_by_role("button", name="保存").click()
        page.wait_for_url(lambda url: "/shout" not in url)
        wait_until(page, ALL_SENT, 40)
    assert app.rows(HEARD, phone=member) == []
