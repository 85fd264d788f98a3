"""Random captures over a random line: at the end everything is there once, photos byte for byte."""

import hashlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PATIENCE, RunningApp, log_in, wait_until
from tests.journeys.faults import STATUSES, Fault, FaultyLine
from tests.journeys.test_killed import close_dead, kill_browser, open_profile
from tests.journeys.test_nothing_is_lost import line, log_a_shout, member_of, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, UNSENT

__all__ = ["line"]
pytestmark = pytest.mark.browser

ROUNDS = 9
KILLS = 2
"""Of the browser, with -9."""
SEEDS = {20261122: 60, 7: 61, 5150: 62}
"""Each a day of its own, of a member of its own: several short ones find more than a long one."""
KINDS = ("cut_before", "cut_after", "cut_body", "twice", "portal", "answer", "answer_after")

SMALL_JPEG = """async (text) => {
  const canvas = document.createElement("canvas");
  canvas.width = 320; canvas.height = 240;
  const brush = canvas.getContext("2d");
  brush.fillText(text, 20, 100);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return Array.from(bytes);
}"""


def report_hazard(page: Page, where: str, fill: Callable[[Page], None] = lambda page: None) -> None:
    page.goto("/hazard")
    picture = bytes(page.evaluate(SMALL_JPEG, where))
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    page.get_by_role("radio", name="飞线充电").click()
    page.get_by_label("位置").fill(where)
    fill(page)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已存在手机上")).to_be_visible()


def random_fault(chance: random.Random) -> Fault:
    return Fault(chance.choice(KINDS), chance.choice(STATUSES))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_captures_over_a_random_line_arrive_once(
    app: RunningApp, line: FaultyLine, chromium: Browser, tmp_path: Path, seed: int
) -> None:
    """Faults of the line, kills of the browser and of the server, whenever chance says so."""
    with seed_named(seed):
        one_day(app, line, chromium, tmp_path / "profile", seed)


@contextmanager
def seed_named(seed: int) -> Iterator[None]:
    """Whatever fails says by which seed it can be seen again."""
    try:
        yield
    except Exception as fault:
        fault.add_note(f"seed {seed}: pytest -m browser {Path(__file__).name} -k {seed}")
        raise


def one_day(app: RunningApp, line: FaultyLine, chromium: Browser, profile: Path, seed: int) -> None:
    """What one seed makes of a member's day."""
    chance = random.Random(seed)
    phone = member_of(app, SEEDS[seed])
    context = open_profile(chromium, app, profile, line.url)
    page = context.pages[0]
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    line.path = "/api/"
    shouted, reported = [], []
    killed = set(chance.sample(range(1, ROUNDS), KILLS))
    for number in range(ROUNDS):
        line.planned.extend(random_fault(chance) for _ in range(chance.randrange(4)))
        context.set_offline(chance.random() < 0.4)
        if number == ROUNDS // 2:
            for worker in app.workers():
                os.kill(worker, signal.SIGKILL)
        if chance.random() < 0.5:
            log_a_shout(page, number)
            shouted.append(number)
        else:
            report_hazard(page, f"第{number}处")
            reported.append(f"第{number}处")
        if number in killed:
            # It said "kept" a moment ago, and sends, or tries to.
            time.sleep(chance.random() / 2)
            kill_browser(profile)
            close_dead(context)
            context = open_profile(chromium, app, profile, line.url)
            page = context.pages[0]
    struck = len(line.done)
    line.planned.clear()
    context.set_offline(False)
    # The log-in's cookie may have died with the browser: records wait for their maker.
    log_in(page, phone, PASSWORD)
    drain(page)
    context.close()
    assert struck > ROUNDS // 4, "the line must have been bad"
    assert shouts_of(app, phone) == shouted
    everything_is_there_once(app, phone, reported)


def drain(page: Page) -> None:
    page.goto("/outbox")
    deadline = time.monotonic() + 90 * PATIENCE
    while page.evaluate(UNSENT) and time.monotonic() < deadline:
        button = page.get_by_role("button", name="现在发送")
        if button.is_enabled():
            button.click()
        time.sleep(0.5)
    wait_until(page, ALL_SENT)


def everything_is_there_once(app: RunningApp, phone: str, reported: list[str]) -> None:
    rows = app.rows(
        "select hazard.where_words, photo.sha256, photo.kept_sha256 from hazard"
        " join photo on photo.record_id = hazard.id"
        " join person on person.id = hazard.person_id where person.phone = :phone",
        phone=phone,
    )
    assert Counter(row[0] for row in rows) == Counter(reported)
    for _, announced, kept in rows:
        assert kept == announced, "kept byte for byte"
        original = app.log.parent / "photos" / kept[:2] / f"{kept}-original.jpg"
        assert hashlib.sha256(original.read_bytes()).hexdigest() == announced
