"""The phone's own map of its grid: drawn with the network off, true to the day pack."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser
NUMBER = 160
"""Of the pilot's members; nobody else's."""


def layer(page: Page, name: str) -> int:
    chip = page.get_by_role("button", name=name)
    expect(chip).to_be_visible()
    return int(chip.locator("strong").inner_text())


def test_a_member_sees_the_grid_with_the_network_off(app: RunningApp, open_phone) -> None:
    phone = member_of(app, NUMBER)
    ((code, name),) = app.rows(
        "select grid.code, grid.name from post join person on person.id = post.person_id"
        " join grid on grid.id = post.grid_id where person.phone = :phone",
        phone=phone,
    )
    places = app.rows(
        "select place.name, place.lat, place.lon from place join grid on grid.id = place.grid_id"
        " where grid.code = :code order by place.id",
        code=code,
    )
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    context.set_offline(True)
    page.goto("/")
    page.get_by_role("link", name="地图").click()
    picture = page.get_by_role("img", name="地图")
    expect(picture.locator("path.fg-gridmap-cell")).to_have_count(1)
    assert layer(page, "场所") == len(places)
    drawn = page.locator("g[data-spot^=places]")
    expect(drawn).to_have_count(sum(lat is not None for _, lat, _ in places))

    # Another layer put away, and back.
    chip = page.get_by_role("button", name="场所")
    chip.click()
    expect(drawn).to_have_count(0)
    chip.click()

    # Where one stands: in the middle of the first of the premises.
    _, lat, lon = next(one for one in places if one[1] is not None)
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": lat, "longitude": lon, "accuracy": 4})
    page.get_by_role("button", name="我在哪里").click()
    expect(page.get_by_text(f"您在{name} ·")).to_be_visible()
    expect(page.locator("g[data-mine]")).to_be_visible()
    first = page.locator("section li").first
    expect(first).to_contain_text("距您 0 米")

    # Chosen in the list, ringed on the map; nearer when asked.
    first.get_by_role("button").click()
    expect(page.locator(".fg-gridmap-chosen")).to_have_count(1)
    whole = picture.get_attribute("viewBox")
    page.get_by_role("button", name="放大").click()
    expect(picture).not_to_have_attribute("viewBox", whole or "")
    page.get_by_role("button", name="看全部").click()
    expect(picture).to_have_attribute("viewBox", whole or "")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults == []
