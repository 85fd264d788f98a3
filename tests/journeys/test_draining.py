"""A week's work waits on a slow phone: it goes, each once, and the page stays alive meanwhile."""

import os
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of, shouts_of
from tests.journeys.test_one_day import PASSWORD
from tests.journeys.test_random_faults import everything_is_there_once
from tests.journeys.waiting import fill

pytestmark = pytest.mark.browser

# A thousand records with 200 photos: 800 and 200. Every day, a third of that will do.
SHOUTS = int(os.environ.get("FIREGRID_TEST_DRAIN_RECORDS", "260"))
HAZARDS = int(os.environ.get("FIREGRID_TEST_DRAIN_PHOTOS", "40"))
SLOWER = 4
LONGEST_BLOCK = 500
"""Milliseconds a page may not answer, at a fourth of this processor's speed."""

WAITING = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const transaction = db.transaction(["outbox", "photos"]);
  const count = (name) => new Promise((ok) => {
    const store = transaction.objectStore(name);
    const asked = store.index("owner_state").openKeyCursor();
    let found = 0;
    asked.onsuccess = () => {
      const cursor = asked.result;
      if (!cursor) return ok(found);
      found += cursor.key[1] !== "sent";
      cursor.continue();
    };
  });
  const waiting = (await count("outbox")) + (await count("photos"));
  db.close();
  return waiting;
}"""

WATCH = """() => {
  window.blocks = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.blocks.push(Math.round(one.duration));
  }).observe({ type: "longtask" });
}"""


def me_of(app: RunningApp, phone: str) -> tuple[int, str]:
    rows = app.rows(
        "select person.id, grid.code from person join post on post.person_id = person.id"
        " join grid on grid.id = post.grid_id where person.phone = :phone",
        phone=phone,
    )
    return rows[0][0], rows[0][1]


def test_what_waits_goes_without_freezing_the_page(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 46)
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    context.set_offline(True)
    page.goto("/outbox")
    fill(page, *me_of(app, phone), shouts=SHOUTS, hazards=HAZARDS)
    page.reload()
    expect(page.get_by_text(f"{SHOUTS + HAZARDS} 条").first).to_be_visible()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(WATCH)
    began = time.monotonic()
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    watcher = context.new_page()
    watcher.goto("/offline.html")
    deadline = time.monotonic() + 300
    while watcher.evaluate(WAITING) and time.monotonic() < deadline:
        time.sleep(2)
    blocks = sorted(page.evaluate("blocks"), reverse=True)
    seconds = round(time.monotonic() - began)
    print(f"{seconds} s; blocks of {blocks[:5]} ms, {sum(blocks)} ms together")
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    assert shouts_of(app, phone) == list(range(1, SHOUTS + 1))
    everything_is_there_once(app, phone, [str(number) for number in range(1, HAZARDS + 1)])
    assert max(blocks, default=0) <= LONGEST_BLOCK
