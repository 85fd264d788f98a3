"""A post keeps several buildings: ticked at the desk, kept as ticked, and on each one's board."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import RunningApp, log_in
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser

OFFICER = "10000000001"
NUMBER = 143
"""Of the pilot's members; nobody else's."""
ALL_OF_IT = "都不勾：负责整个网格。"


def open_ticks(page: Page, name: str) -> None:
    """The form of who keeps what, of this person."""
    contact(page, name).get_by_role("button", name="负责楼栋或单元").click()
    expect(page.get_by_text(ALL_OF_IT)).to_be_visible()


def contact(page: Page, name: str):
    people = page.locator("section", has=page.get_by_role("heading", name="公示人员"))
    return people.locator("li.fg-item", has_text=name)


def ticked(page: Page) -> list[str]:
    """The buildings ticked in the form that is open."""
    found: list[str] = page.evaluate(
        "Array.from(document.querySelectorAll('.fg-ticks label'))"
        ".filter((one) => one.querySelector('input').checked).map((one) => one.innerText.trim())"
    )
    return found


def test_buildings_are_ticked_and_stand_on_their_boards(app: RunningApp, open_desk) -> None:
    ((code, name, contact_id),) = app.rows(
        "select grid.code, person.name, public_contact.id from public_contact"
        " join person on person.id = public_contact.person_id"
        " join grid on grid.id = public_contact.grid_id where person.phone = :phone",
        phone=member_of(app, NUMBER),
    )

    def kept() -> object:
        ((houses,),) = app.rows("select houses from public_contact where id = :id", id=contact_id)
        return houses

    page = open_desk().new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    log_in(page, OFFICER, PASSWORD)
    page.goto("/desk/boards")
    page.get_by_label("街道、社区（村）").select_option(code)
    open_ticks(page, name)
    assert ticked(page) == []
    for house in ("1栋", "2栋 1单元"):
        page.get_by_label(house, exact=True).check()
    page.get_by_role("button", name="保存").click()
    expect(contact(page, name).get_by_text("1栋、2栋 1单元", exact=True)).to_be_visible()

    # Opened again it is ticked as it was kept; one is taken back, another added.
    page.reload()
    page.get_by_label("街道、社区（村）").select_option(code)
    open_ticks(page, name)
    assert ticked(page) == ["1栋", "2栋 1单元"]
    page.get_by_label("1栋", exact=True).uncheck()
    page.get_by_label("3栋", exact=True).check()
    page.get_by_role("button", name="保存").click()
    expect(contact(page, name).get_by_text("2栋 1单元、3栋", exact=True)).to_be_visible()

    # Who keeps a building stands on its own board, and not on another's.
    boards = {one: page.request.get(f"/g/{code}/b/{one}").text() for one in ("1栋", "2栋", "3栋")}
    assert [one for one, text in boards.items() if name in text] == ["2栋", "3栋"]

    # None ticked: the whole grid again.
    open_ticks(page, name)
    for house in ticked(page):
        page.get_by_label(house, exact=True).uncheck()
    page.get_by_role("button", name="保存").click()
    expect(contact(page, name).get_by_text("2栋 1单元、3栋", exact=True)).to_have_count(0)
    assert kept() in ("[]", [], None)
    assert name in page.request.get(f"/g/{code}/b/1栋").text()
    assert faults == []
