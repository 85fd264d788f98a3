"""Grids drawn anew in a real browser: a cut by taps, a shared corner dragged; no built pages."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlmodel import select
from starlette.testclient import TestClient

from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid, PastOutline
from tests.cast import COMMUNITY, SIDE, SOUTH, WEST, A, B
from tests.journeys.conftest import PATIENCE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
ORIGIN = "http://firegrid.test"


def answer(client: TestClient, route: Route) -> None:
    """What the server of the test says."""
    asked = route.request
    address = urlsplit(asked.url)
    got = client.request(
        asked.method,
        f"{address.path}?{address.query}",
        content=asked.post_data_buffer or b"",
        headers={"content-type": "application/json"} if asked.post_data else {},
    )
    headers = dict(got.headers)
    headers.pop("content-encoding", None)
    headers.pop("content-length", None)
    route.fulfill(status=got.status_code, headers=headers, body=got.content)


@pytest.fixture
def drawing(chromium: Browser, door: Callable[[str], TestClient], cast) -> Iterator[Page]:
    """The officer's page for the grids of the community."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.set_default_timeout(20_000 * PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    client = door("officer")
    page.route("**/*", lambda route: answer(client, route))
    page.goto(f"{ORIGIN}/api/map/draw?grid={COMMUNITY}")
    expect(page.locator("#draw-work")).to_contain_text("6 户")
    yield page
    assert faults == []
    context.close()


def at(page: Page, lon: float, lat: float) -> tuple[float, float]:
    """Where a place is on the screen."""
    name = page.evaluate("document.querySelector('.folium-map').id")
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    point = page.evaluate(
        f"([lat, lon]) => {{ const at = {name}.latLngToContainerPoint([lat, lon]);"
        " return [at.x, at.y]; }",
        [lat, lon],
    )
    return box["x"] + point[0], box["y"] + point[1]


def tap(page: Page, lon: float, lat: float) -> None:
    page.mouse.click(*at(page, lon, lat))


def outlines() -> dict[str, object]:
    with transaction() as session:
        return dict(session.exec(select(Grid.code, Grid.outline).where(Grid.level == 3)).all())


def test_a_grid_is_cut_by_two_taps_checked_and_kept(drawing):
    page = drawing
    page.click("[data-tool=split]")
    middle = WEST + SIDE / 4
    tap(page, middle, SOUTH - SIDE / 12)
    tap(page, middle, SOUTH + SIDE + SIDE / 12)
    page.fill("#draw-new-name", "西片")
    page.click("#draw-check")
    expect(page.locator("#draw-said")).to_have_class("draw-bad")
    page.fill("#draw-new-code", "A9")
    page.check("#draw-buildings input")
    page.click("#draw-check")
    expect(page.locator("#draw-said")).to_contain_text("6 户")
    assert "A9" not in outlines()
    page.click("#draw-keep")
    expect(page.locator("#draw-changes")).to_contain_text(f"拆分 {A} A9")
    assert "A9" in outlines()


def test_a_corner_shared_with_the_neighbour_moves_in_both(drawing):
    page = drawing
    page.mouse.move(*at(page, WEST + SIDE, SOUTH + SIDE))
    page.mouse.down()
    page.mouse.move(*at(page, WEST + SIDE * 1.2, SOUTH + SIDE), steps=5)
    page.mouse.up()
    before = outlines()
    page.click("#draw-keep")
    expect(page.locator("#draw-said")).to_contain_text("2 个网格")
    after = outlines()
    assert {code for code in after if after[code] != before[code]} == {A, B}
    with transaction() as session:
        assert len(session.exec(select(PastOutline)).all()) == 2


def test_what_is_refused_stays_drawn_and_says_why(drawing):
    page = drawing
    page.click("[data-tool=outline]")
    for lon, lat in ((0.1, 0.1), (0.6, 0.1), (0.6, 0.7)):
        tap(page, WEST + SIDE * lon, SOUTH + SIDE * lat)
    page.click("#draw-keep")
    expect(page.locator("#draw-said")).to_contain_text("平方米没有网格管")
    expect(page.locator("#draw-said")).to_have_class("draw-bad")
    assert page.locator("path.leaflet-interactive").count() == 2
    with transaction() as session:
        assert session.exec(select(PastOutline)).all() == []


def test_on_a_phone_what_is_said_is_seen_where_the_button_was_pressed(drawing):
    page = drawing
    page.set_viewport_size({"width": 360, "height": 640})
    page.click("[data-tool=split]")
    page.click("#draw-check")
    expect(page.locator("#draw-said")).to_have_class("draw-bad")
    expect(page.locator("#draw-said")).to_be_in_viewport(ratio=1)
    expect(page.locator("#draw-check")).to_be_in_viewport(ratio=1)
