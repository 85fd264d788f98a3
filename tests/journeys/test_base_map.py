"""A provider's map below the grids, from a server of tiles of the test's own."""

import io
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from firegrid_app.settings import settings
from tests.cast import COMMUNITY, STREET, A
from tests.journeys.test_map_frame import ORIGIN, Desk, busy_day, desk, picture, shown

__all__ = ["busy_day", "desk"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

TILES = "https://tiles.example.cn"


@pytest.fixture
def provider(monkeypatch):
    """`provider(datum)` sets the base map; what its server was asked for comes back."""
    out = io.BytesIO()
    Image.new("RGB", (256, 256), "#cfe3ef").save(out, "PNG")
    asked = []

    def begin(officer: Desk, datum: str = "wgs84", *, fails: bool = False) -> list[str]:
        for name, value in {
            "BASE_MAP": "xyz",
            "BASE_MAP_URL": f"{TILES}/{{z}}/{{x}}/{{y}}.png",
            "BASE_MAP_DATUM": datum,
            "BASE_MAP_CREDIT": "某县自然资源局",
            "MAP_APPROVAL_NO": "某S(2026)1号",
        }.items():
            monkeypatch.setenv(f"FIREGRID_{name}", value)
        settings.cache_clear()

        def answer(route):
            asked.append(urlsplit(route.request.url).path)
            if fails:
                route.fulfill(status=503)
            else:
                route.fulfill(body=out.getvalue(), content_type="image/png")

        officer.page.route(f"{TILES}/**", answer)
        return asked

    return begin


def test_tiles_lie_below_the_grids_with_their_credit_and_can_be_put_away(desk, provider, busy_day):
    officer = desk("officer")
    asked = provider(officer)
    frame = officer.picture(STREET)
    expect(frame.locator(".map-credit")).to_have_text("某县自然资源局 · 审图号：某S(2026)1号")
    expect(frame.locator("img.leaflet-tile-loaded").first).to_be_attached()
    assert asked
    # Only of where the grids are: no tile of the whole world was asked for first.
    assert min(int(path.split("/")[1]) for path in asked) >= 10
    row = ".map-overlays label:has-text('底图') input"
    frame.uncheck(row)
    expect(frame.locator(".map-credit")).to_be_hidden()
    expect(frame.locator("img.leaflet-tile")).to_have_count(0)
    seen = len(asked)
    again = officer.picture(STREET)
    expect(again.locator(row)).not_to_be_checked()
    picture(again)
    assert len(asked) == seen
    assert officer.faults == []


def test_a_server_that_fails_leaves_the_grids_and_a_quiet_word(desk, provider, busy_day):
    officer = desk("officer")
    provider(officer, fails=True)
    frame = officer.picture(STREET)
    expect(frame.locator(".map-credit [role=status]")).to_have_text("底图暂时取不到。")
    expect(frame.locator(".grid-layer canvas")).to_be_visible()
    shown(frame, ".map-legend", "3 个小网格")
    assert officer.faults == []


def test_on_a_map_of_gcj_02_the_grids_are_shifted_and_still_found(desk, provider, busy_day):
    officer = desk("officer")
    plain = officer.picture(STREET)
    place = "() => fireGrid.worldOf(105.9272, 29.3561)"
    before = plain.evaluate(place)
    provider(officer, "gcj02")
    frame = officer.picture(STREET)
    after = frame.evaluate(place)
    degrees = 360 / 256
    # The golden values of D.2: Yongchuan lies 0.0034890 degrees further east there.
    assert (after[0] - before[0]) * degrees == pytest.approx(105.930689 - 105.9272, abs=1e-6)
    officer.fold_legend(frame)
    officer.page.mouse.click(150, 290)
    assert officer.picked() == [{"firegrid": "grid", "code": A}]
    assert officer.faults == []


def test_grids_drawn_on_a_shifted_map_are_kept_unshifted(desk, provider, busy_day):
    officer = desk("officer")
    provider(officer, "gcj02")
    officer.page.goto(f"{ORIGIN}/api/map/draw?grid={COMMUNITY}")
    officer.page.wait_for_selector("#draw-grid option", state="attached")
    kept = officer.client.get(f"/api/grids/{COMMUNITY}/neighbours").json()["grids"]
    sent = []
    officer.page.route(
        "**/api/grids/changes*",
        lambda route: (
            sent.append(route.request.post_data_json),
            route.fulfill(status=409, json={"message": "seen"}),
        ),
    )
    officer.page.click("#draw-check")
    expect(officer.page.locator("#draw-said")).to_have_text("seen")
    stored = {grid["code"]: grid["outline"]["coordinates"] for grid in kept}
    assert {
        code: outline["coordinates"] for code, outline in sent[0]["outlines"].items()
    } == {A: stored[A]}  # fmt: skip
    officer.page.click("[data-tool=outline]")
    for x, y in ((100, 100), (300, 100), (300, 300)):
        officer.page.mouse.click(x, y)
    officer.page.click("#draw-check")
    expect(officer.page.locator("#draw-said")).to_have_text("seen")
    lons = [lon for lon, _ in sent[-1]["outlines"][A]["coordinates"][0]]
    seen = officer.page.evaluate("() => L.Map && document.querySelector('.folium-map').id")
    left = officer.page.evaluate(f"() => window['{seen}'].containerPointToLatLng([100, 100]).lng")
    assert left - min(lons) == pytest.approx(0.0034, abs=3e-4)
    assert officer.faults == []
