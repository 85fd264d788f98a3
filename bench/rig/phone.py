"""Somebody's phone on our app: logged in, and if wanted as if the app had never been there."""

from urllib.request import Request, urlopen

from playwright.sync_api import BrowserContext, Page

from bench.rig.browser import wait_for_value
from bench.rig.firegrid import COOKIE, PASSWORD
from bench.rig.machine import CannotMeasure

HAS_PACK = """(async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("packs").objectStore("packs").count();
  const count = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  db.close();
  return count > 0;
})()"""
_FORGET = """(async () => {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const all = db.transaction(["packs", "drafts"], "readwrite");
  all.objectStore("packs").clear();
  all.objectStore("drafts").clear();
  await new Promise((ok) => (all.oncomplete = ok));
  db.close();
})()"""


def log_in(context: BrowserContext, url: str, phone: str) -> Page:
    """Enter by the log-in page, as a person does; the page that was opened then."""
    page = context.new_page()
    page.goto(f"{url}/login")
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda there: "/login" not in there)
    return page


def log_in_and_forget(context: BrowserContext, url: str, phone: str) -> None:
    """Logged in and nothing else kept, no worker, file or pack: the next visit is the first."""
    page = log_in(context, url, phone)
    wait_for_value(page, HAS_PACK)
    page.wait_for_load_state("networkidle")
    page.evaluate(_FORGET)
    page.goto("about:blank")
    context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.close()


def cookie_of(context: BrowserContext) -> str:
    """The Cookie header of this phone."""
    for cookie in context.cookies():
        if cookie["name"] == COOKIE:
            return f"{COOKIE}={cookie['value']}"
    raise CannotMeasure("the phone got no log-in cookie")


def fetch(url: str, cookie: str = "") -> bytes:
    """One answer's body."""
    with urlopen(Request(url, headers={"Cookie": cookie}), timeout=60) as answer:
        body: bytes = answer.read()
    return body
