"""Search on the desk's map by keyboard and by touch."""

import pytest
from playwright.sync_api import expect

from firegrid_app.settings import settings
from tests.cast import STREET, A
from tests.journeys.test_map_frame import busy_day, desk, shown

__all__ = ["busy_day", "desk"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


def test_a_place_is_found_by_keyboard_marked_and_its_grid_opened(desk, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    field = frame.get_by_role("combobox")
    field.fill("记旅馆")
    options = frame.get_by_role("option")
    expect(options.filter(has_text="场所")).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    field.press("Enter")
    expect(frame.locator(".map-found")).to_be_hidden()
    expect(frame.locator("path.map-pin")).to_have_count(1)
    shown(frame, ".leaflet-tooltip", "A记旅馆")
    shown(frame, ".map-readout", "小桥子社区第1网格")
    assert officer.picked() == [{"firegrid": "grid", "code": A}]
    field.press("Escape")
    assert officer.faults == []


def test_a_grid_is_found_by_touch_and_nothing_is_said_in_words(desk, cast, busy_day, monkeypatch):
    monkeypatch.setenv("FIREGRID_GEOCODER", "nominatim")
    monkeypatch.setenv("FIREGRID_GEOCODER_URL", "http://127.0.0.1:9")
    settings.cache_clear()
    officer = desk("officer")
    frame = officer.picture(STREET)
    field = frame.get_by_role("combobox")
    field.fill("小桥子 第2")
    frame.get_by_role("option").first.click()
    shown(frame, ".map-readout", "小桥子社区第2网格")
    assert len(officer.picked()) == 1
    field.fill("<img src=x onerror=alert(1)>")
    expect(frame.locator(".map-search-words")).to_have_text("名册里没有找到。")
    frame.get_by_role("button", name="到地图服务上查这个地址").click()
    expect(frame.locator(".map-search-words")).to_have_text("地图服务没有回应，请稍后再试。")
    officer.is_cut_off = True
    field.fill("小桥子")
    shown(frame, ".map-search-words", "连不上服务器")
    assert officer.faults == []
