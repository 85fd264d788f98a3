"""A leaflet is held out at a door without a signal, picture and all, and counted in one tap."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlmodel import Session

from firegrid_app.campaigns.tables import Campaign
from firegrid_app.database import make_engine
from tests.journeys.asked import begin_campaign
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_campaign import kept, open_door
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_sealed import ready
from tests.photos.pictures import clean_jpeg

pytestmark = pytest.mark.browser
KEPT_BESIDE = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("packs").objectStore("packs").getAllKeys();
  const keys = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  db.close();
  return keys.some((key) => key[1] === "leaflet");
}"""


def write_leaflet(app: RunningApp, campaign: int, words: str) -> None:
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        session.get_one(Campaign, campaign).leaflet = words
        session.commit()
    engine.dispose()


def test_a_leaflet_is_held_out_without_a_signal_and_counted(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 305)
    campaign = begin_campaign(app, phone, "冬季宣传")
    write_leaflet(app, campaign, "三清三关，家家平安\n电动自行车不进楼")
    desk = open_phone()
    log_in(desk.new_page(), "10000000001", PASSWORD)
    address = f"{app.url}/api/campaigns/{campaign}/leaflet"
    headers = {"content-type": "image/jpeg", "origin": app.url}
    put = desk.request.put(address, data=clean_jpeg((600, 800)), headers=headers)
    assert put.ok, put.text()
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    wait_until(page, KEPT_BESIDE)
    page.goto("/doors")
    expect(page.get_by_label("敲门行动")).to_have_value(str(campaign))
    context.set_offline(True)
    page.goto("/doors")

    open_door(page, 0)
    show = page.get_by_role("button", name="给住户看宣传单")
    show.click()
    leaflet = page.get_by_role("dialog", name="宣传单")
    expect(leaflet.get_by_role("heading", name="三清三关，家家平安")).to_be_visible()
    expect(leaflet.get_by_text("电动自行车不进楼")).to_be_visible()
    picture = leaflet.get_by_role("img", name="宣传单图片")
    expect(picture).to_have_js_property("naturalWidth", 600)
    leaflet.get_by_role("button", name="发了一份").click()
    expect(leaflet).to_be_hidden()
    expect(show).to_contain_text("✓ 1")
    page.get_by_role("button", name="一切正常，记下").click()
    kept(page, 0, "met")

    # Read and given back: nothing is counted.
    open_door(page, 1)
    show.click()
    leaflet.get_by_role("button", name="回到问卷").click()
    page.get_by_role("button", name="一切正常，记下").click()
    kept(page, 1, "met")

    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)
    rows = app.rows(
        "select cast(answers as text) from visit where campaign_id = :campaign"
        " order by happened_at",
        campaign=campaign,
    )
    assert ['"leaflets": 1' in answers for (answers,) in rows] == [True, False]
