"""The phone as a loudspeaker, without network: what it says, and the record one tap keeps."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_sealed import ready

pytestmark = pytest.mark.browser

# A phone with a voice of its own: a hundred milliseconds a piece.
WITH_A_VOICE = """
window.heard = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "zh-CN", localService: true, name: "own" }],
  addEventListener: () => {},
  cancel: () => {},
  speak: (words) => {
    if (words.text) window.heard.push(words.text);
    setTimeout(() => { words.onstart?.(); setTimeout(() => words.onend?.(), 100); }, 0);
  },
} });
"""
WITHOUT_ONE = 'Object.defineProperty(window, "speechSynthesis", { value: undefined });'


def shouts_of(app: RunningApp, phone: str) -> list[tuple[str, int, int]]:
    """Means, people, seconds."""
    rows = app.rows(
        "select means, people_reached, seconds from shout"
        " join person on person.id = shout.person_id where person.phone = :phone",
        phone=phone,
    )
    return [tuple(row) for row in rows]


def play(page: Page) -> None:
    page.goto("/shout")
    page.get_by_role("button", name=re.compile("用手机循环播放")).click()


def test_it_plays_in_a_loop_and_one_tap_keeps_the_record(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context, phone = open_phone(), member_of(app, 215)
    context.add_init_script(WITH_A_VOICE)
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    context.set_offline(True)
    play(page)
    expect(page.get_by_text("正在播放，第 2 遍")).to_be_visible()
    words = page.locator(".fg-loud-words").inner_text()
    assert page.evaluate("() => window.heard.join('')").startswith(words)
    page.get_by_role("button", name="停止").click()
    page.get_by_role("button", name="50", exact=True).click()
    page.wait_for_url(lambda url: "/shout" not in url)
    context.set_offline(False)
    wait_until(page, ALL_SENT, 40)
    ((means, people, seconds),) = shouts_of(app, phone)
    assert (means, people) == ("phone_speaker", 50)
    assert 2 <= seconds <= 60


def test_a_phone_without_a_voice_shows_the_words_and_a_killed_page_keeps_the_time(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context, phone = open_phone(), member_of(app, 216)
    context.add_init_script(WITHOUT_ONE)
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    play(page)
    expect(page.get_by_text("这部手机读不出来，请照着念")).to_be_visible()
    page.wait_for_timeout(6500)
    page.close()
    page = context.new_page()
    page.goto("/shout")
    expect(page.get_by_role("button", name=re.compile("接着播放"))).to_be_visible()
    page.get_by_role("button", name="保存").click()
    wait_until(page, ALL_SENT, 40)
    ((means, people, seconds),) = shouts_of(app, phone)
    assert (means, people) == ("own_voice", 10)
    assert seconds >= 5
