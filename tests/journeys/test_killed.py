"""Browsers and servers killed with -9 at the worst moment: what was said to be kept is kept."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.journeys.conftest import FLAGS, PATIENCE, RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, UNSENT, camera_jpeg

pytestmark = pytest.mark.browser


def open_profile(
    chromium: Browser, app: RunningApp, profile: Path, url: str = ""
) -> BrowserContext:
    """A phone whose storage outlives its browser; on the app, or on a line before it."""
    context = chromium.browser_type.launch_persistent_context(
        profile,
        executable_path=os.environ.get("FIREGRID_TEST_CHROMIUM") or "/usr/bin/chromium",
        headless=True,
        args=[*FLAGS],
        base_url=url or app.url,
        viewport={"width": 360, "height": 800},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(20_000 * PATIENCE)
    return context


def kill_browser(profile: Path) -> None:
    """What Android does to a browser it wants the memory of: no word, no time."""
    subprocess.run(["pkill", "-9", "-f", str(profile)], check=False)


def close_dead(context: BrowserContext) -> None:
    try:
        context.close()
    except Error:
        return


def report_with_photo(page: Page, where: str) -> None:
    page.goto("/hazard")
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": camera_jpeg()}
    )
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    page.get_by_role("radio", name="飞线充电").click()
    page.get_by_label("位置").fill(where)


def test_a_browser_killed_when_it_says_kept_has_kept_and_one_killed_before_has_the_draft(
    app: RunningApp, chromium: Browser, tmp_path: Path
) -> None:
    phone, profile = member_of(app, 50), tmp_path / "profile"
    context = open_profile(chromium, app, profile)
    page = context.pages[0]
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    context.set_offline(True)
    report_with_photo(page, "2栋1单元3楼")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已存在手机上")).to_be_visible()
    kill_browser(profile)
    close_dead(context)

    context = open_profile(chromium, app, profile)
    context.set_offline(True)
    page = context.pages[0]
    page.goto("/outbox")
    expect(page.get_by_text("1 条还没送到")).to_be_visible()
    assert page.evaluate(UNSENT) == 2, "the record and its photo"
    report_with_photo(page, "3栋半张表")
    time.sleep(1)  # a pause in typing, after which the draft is saved
    kill_browser(profile)
    close_dead(context)

    context = open_profile(chromium, app, profile)
    page = context.pages[0]
    page.goto("/hazard")
    expect(page.get_by_label("位置")).to_have_value("3栋半张表")
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    # Chromium writes cookies half a minute late: the log-in may have died with the browser, and the
    # server's 401 must have kept everything.
    log_in(page, phone, PASSWORD)
    wait_until(page, ALL_SENT, seconds=40)
    context.close()
    found = app.rows(
        "select hazard.where_words, photo.stored_at from hazard"
        " join photo on photo.record_id = hazard.id"
        " join person on person.id = hazard.person_id where person.phone = :phone",
        phone=phone,
    )
    assert [row[0] for row in found] == ["2栋1单元3楼"]
    assert found[0][1] is not None


def test_a_server_killed_again_and_again_has_every_record_once(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 51)
    page = open_phone().new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    for number in range(1, 7):
        if number % 2:
            # Two deaths within 5.5 s are a crash loop to the supervisor, and it gives up.
            time.sleep(6)
            for worker in app.workers():
                os.kill(worker, signal.SIGKILL)
        log_a_shout(page, number)
    page.goto("/outbox")
    deadline = time.monotonic() + 60 * PATIENCE
    while page.evaluate(UNSENT) and time.monotonic() < deadline:
        button = page.get_by_role("button", name="现在发送")
        if button.is_enabled():
            button.click()
        time.sleep(1)
    wait_until(page, ALL_SENT)
    assert shouts_of(app, phone) == [1, 2, 3, 4, 5, 6]
