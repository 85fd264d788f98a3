"""The first visit: the form waits for the day pack and for nothing before it."""

import pytest

from tests.journeys.conftest import log_in, wait_until
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser

FORGET_PACK = """(async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const all = db.transaction(["packs"], "readwrite");
  all.objectStore("packs").clear();
  await new Promise((ok) => (all.oncomplete = ok));
  db.close();
  return true;
})()"""


def test_the_pack_is_the_first_thing_asked_for(open_phone):
    page = open_phone(service_workers="block").new_page()
    log_in(page, "10000000004", PASSWORD)
    page.get_by_role("link", name="巡查").first.wait_for()
    page.goto("about:blank")
    page.goto("/login")
    wait_until(page, FORGET_PACK)
    page.goto("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("?")[0]))
    page.goto("/hazard")
    page.get_by_role("radio").first.wait_for()
    api = [url.rsplit("/api/", 1)[1] for url in asked if "/api/" in url]
    assert api[0] == "pack", api
