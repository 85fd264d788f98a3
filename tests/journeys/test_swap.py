"""Two phones exchange a shift; another wish is turned down; nothing is asked without a signal."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in
from tests.journeys.on_the_list import head_phone, put_on_duty
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser


def at_shifts(page: Page, phone: str) -> None:
    log_in(page, phone, PASSWORD)
    page.goto("/shifts")
    expect(page.get_by_role("heading", name="我的班次")).to_be_visible()


def wish(page: Page, option: str) -> None:
    """Ask with the first thing of this kind that is offered."""
    page.get_by_role("button", name="换班", exact=True).first.click()
    choice = page.get_by_label("和谁换")
    choice.select_option(choice.locator("option", has_text=option).first.get_attribute("value"))
    page.get_by_label("说一句原因（可不填）").fill("孩子打疫苗")
    page.get_by_role("button", name="问一问").click()
    expect(page.get_by_role("button", name="撤回")).to_have_count(1)


def who_stands(app: RunningApp, *shifts: int) -> list[str]:
    """Phones of whose these shifts are."""
    rows = app.rows(
        "select shift.id, person.phone from shift join person on person.id = shift.person_id"
    )
    found = {row[0]: row[1] for row in rows}
    return [found[one] for one in shifts]


def test_a_shift_is_asked_for_and_exchanged(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    member = member_of(app, 130)
    head = app.claim(head_phone(app, member))
    shifts = put_on_duty(app, member, 2, 3)
    mine, theirs = shifts[member], shifts[head]
    phone = open_phone()
    page = phone.new_page()
    at_shifts(page, member)
    phone.set_offline(True)
    page.get_by_role("button", name="换班", exact=True).first.click()
    expect(page.get_by_text("换班要连上服务器。")).to_be_visible()
    phone.set_offline(False)
    wish(page, "和")

    other = open_phone().new_page()
    at_shifts(other, head)
    asked = other.locator("section", has=other.get_by_role("heading", name="想和您换班"))
    expect(asked.get_by_text("孩子打疫苗")).to_be_visible()
    asked.get_by_role("button", name="同意").click()
    expect(asked).to_be_hidden()
    assert who_stands(app, mine[0], theirs[0]) == [head, member]

    page.reload()
    expect(page.get_by_role("heading", name="我的班次")).to_be_visible()
    expect(page.get_by_role("button", name="撤回")).to_have_count(0)
    wish(page, "替班")
    other.reload()
    asked.get_by_role("button", name="不换").click()
    expect(asked).to_be_hidden()
    answers = app.rows(
        "select answer from shift_swap where shift_id in (:a, :b, :c, :d) order by id",
        **dict(zip("abcd", mine + theirs, strict=True)),
    )
    assert [row[0] for row in answers] == ["yes", "no"]
    assert who_stands(app, *mine, *theirs) == [head, member, member, head]
