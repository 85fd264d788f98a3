"""Two tabs of one phone: each record goes once, and neither loses what the other one says."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_killed import report_with_photo
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_random_faults import everything_is_there_once

pytestmark = pytest.mark.browser

HAS_DRAFT = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("drafts").objectStore("drafts").getAll();
  await new Promise((ok) => (asked.onsuccess = ok));
  db.close();
  return asked.result.some((one) => one.value.where && one.value.photos.length > 0);
}"""


def test_two_tabs_send_each_record_once(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 52)
    context = open_phone()
    first = context.new_page()
    log_in(first, phone, PASSWORD)
    expect(first.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(first, "() => navigator.serviceWorker?.controller !== null")
    second = context.new_page()
    context.set_offline(True)
    for number in range(1, 5):
        log_a_shout(first if number % 2 else second, number)
    first.goto("/outbox")
    second.goto("/outbox")
    expect(second.get_by_text("4 条还没送到")).to_be_visible()
    context.set_offline(False)
    for page in (first, second):
        page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(first, ALL_SENT, seconds=40)
    expect(second.get_by_text("记录都已送到服务器")).to_be_visible()
    assert shouts_of(app, phone) == [1, 2, 3, 4]


def test_a_form_open_in_two_tabs_loses_neither_of_what_they_say(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 126)
    context = open_phone()
    first = context.new_page()
    log_in(first, phone, PASSWORD)
    expect(first.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(first, "() => navigator.serviceWorker?.controller !== null")
    report_with_photo(first, "2栋1单元3楼")
    wait_until(first, HAS_DRAFT)
    second, third = context.new_page(), context.new_page()
    for page in (second, third):
        page.goto("/hazard")
        expect(page.get_by_label("位置")).to_have_value("2栋1单元3楼")
        expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    second.get_by_label("位置").fill("5栋车棚")
    for page in (first, second, third):
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text("隐患已存在手机上")).to_be_visible()
    wait_until(first, ALL_SENT, 40)
    # The one that was changed is a record of its own; the one saved twice as it was is one.
    everything_is_there_once(app, phone, ["2栋1单元3楼", "5栋车棚"])
