"""The phone against failing lines and servers: every record once, none lost, each visible."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.faults import STATUSES, Fault, FaultyLine, faulty_line
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, UNSENT

pytestmark = pytest.mark.browser

FAULTS = (
    *(Fault(kind) for kind in ("cut_before", "cut_after", "cut_body", "twice", "portal")),
    *(Fault("answer", status) for status in STATUSES),
    *(Fault("answer_after", status) for status in STATUSES),
)


@pytest.fixture
def line(app: RunningApp) -> Iterator[FaultyLine]:
    port = urlsplit(app.url).port
    assert port is not None
    with faulty_line(port) as running:
        yield running


def member_of(app: RunningApp, number: int) -> str:
    """A grid member no other journey uses."""
    return app.claim(app.members[number])


def log_a_shout(page: Page, people: int) -> None:
    page.goto("/shout")
    page.get_by_label("或填准确人数").fill(str(people))
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(lambda url: "/shout" not in url)


def send_now(page: Page) -> None:
    page.goto("/outbox")
    page.get_by_role("button", name="现在发送").click()


def shouts_of(app: RunningApp, phone: str) -> list[int]:
    rows = app.rows(
        "select shout.people_reached from shout join person on person.id = shout.person_id"
        " where person.phone = :phone order by shout.people_reached",
        phone=phone,
    )
    return [row[0] for row in rows]


def test_every_fault_ends_with_every_record_once(
    app: RunningApp, line: FaultyLine, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 40)
    page = open_phone(base_url=line.url).new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    for number, fault in enumerate(FAULTS, start=1):
        line.planned.append(fault)
        log_a_shout(page, number)
        send_now(page)
        wait_until(page, ALL_SENT, seconds=30)
    assert line.done == list(FAULTS), "every fault must have struck"
    assert shouts_of(app, phone) == list(range(1, len(FAULTS) + 1))


def test_a_fault_keeps_the_record_and_shows_it(
    app: RunningApp, line: FaultyLine, open_phone: Callable[..., BrowserContext]
) -> None:
    page = open_phone(base_url=line.url).new_page()
    log_in(page, member_of(app, 41), PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    line.planned.extend([Fault("answer_after", 500)] * 50)
    log_a_shout(page, 7)
    send_now(page)
    expect(page.get_by_text("1 条还没送到")).to_be_visible()
    assert page.evaluate(UNSENT) == 1
    line.planned.clear()
    page.get_by_role("button", name="现在发送").click()
    wait_until(page, ALL_SENT, seconds=30)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()


def test_a_refused_record_is_shown_with_its_reason_and_goes_once_the_reason_is_gone(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 42)
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")

    def another_script(route: Route) -> None:
        sent = route.request.post_data_json
        for item in sent["items"]:
            item["body"]["script"] = "gone"
        route.continue_(post_data=json.dumps(sent))

    page.context.route("**/api/sync", another_script)
    log_a_shout(page, 9)
    send_now(page)
    expect(page.get_by_text("没有这条喊话内容")).to_be_visible()
    expect(page.get_by_text("未接收")).to_be_visible()
    assert shouts_of(app, phone) == []
    page.context.unroute("**/api/sync")
    page.get_by_role("link", name=re.compile("没有这条喊话内容")).click()
    page.get_by_role("button", name="再发一次").click()
    wait_until(page, ALL_SENT)
    assert shouts_of(app, phone) == [9]


def test_another_person_on_the_phone_neither_sees_nor_sends_the_first_ones_records(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    first, second = member_of(app, 43), member_of(app, 44)
    context = open_phone()
    page = context.new_page()
    log_in(page, first, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    context.set_offline(True)
    log_a_shout(page, 3)
    context.clear_cookies()
    page.context.route("**/api/sync", lambda route: route.abort())
    context.set_offline(False)
    log_in(page, second, PASSWORD)
    page.context.unroute("**/api/sync")
    send_now(page)
    expect(page.get_by_text("今天还没有记录。")).to_be_visible()
    assert page.evaluate(UNSENT) == 0, "it lies sealed (test_sealed.py)"
    assert shouts_of(app, first) == shouts_of(app, second) == []
    log_in(page, first, PASSWORD)
    wait_until(page, ALL_SENT, seconds=30)
    assert shouts_of(app, first) == [3]
