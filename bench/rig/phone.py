"""Somebody's phone on our app: logged in, and if wanted as if the app had never been there."""

import io
from typing import Any
from urllib.request import Request, urlopen

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from bench.rig.browser import PHONE, wait_for_value
from bench.rig.firegrid import COOKIE, MEMBER, PASSWORD
from bench.rig.machine import CannotMeasure
from firegrid_app.texts import say as text

HAS_WORKER = "Boolean(navigator.serviceWorker?.controller)"

HAS_PACK = """(async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("packs").objectStore("packs").count();
  const count = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  db.close();
  return count > 0;
})()"""
_PHOTO_BYTES = """(async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("photos").objectStore("photos").getAll();
  const photos = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  db.close();
  return Math.max(...photos.map(({ blob }) => blob?.size ?? 0));
})"""
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


def member_page(browser: Browser, url: str) -> Page:
    """A member's phone that could be switched to flight mode now: logged in, pack and worker."""
    context = browser.new_context(**PHONE)
    context.set_default_timeout(60_000)
    page = log_in(context, url, MEMBER)
    wait_for_value(page, HAS_PACK)
    wait_for_value(page, HAS_WORKER)
    page.wait_for_load_state("networkidle")
    page.goto(f"{url}/")
    return page


def camera_photo() -> dict[str, Any]:
    """What a camera writes: 12 megapixels and some megabytes."""
    target = io.BytesIO()
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(target, "JPEG", quality=85)
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


def report_shout(page: Page, url: str, people: int = 7) -> None:
    """By the form, until it says that it is kept."""
    page.goto(f"{url}/shout")
    page.get_by_label(text("phone.reached_exactly")).fill(str(people))
    page.get_by_role("button", name=text("phone.save"), exact=True).click()
    page.get_by_text(text("phone.kept_shout")).wait_for()


def fill_hazard(page: Page, photo: dict[str, Any]) -> None:
    """The open hazard form, ready to be saved."""
    page.locator("input[type=file]").set_input_files(photo)
    page.locator(".fg-photo img").wait_for()
    page.locator(".fg-choice").first.click()
    page.locator(".fg-choices-3").first.wait_for()


def report_hazard(page: Page, url: str, photo: dict[str, Any]) -> None:
    """By the form, with a photo, until it says that it is kept."""
    page.goto(f"{url}/hazard")
    fill_hazard(page, photo)
    page.get_by_role("button", name=text("phone.save"), exact=True).click()
    page.get_by_text(text("phone.kept_hazard")).wait_for()


def photo_bytes(page: Page) -> int:
    """How many bytes the phone keeps of the largest photo that waits."""
    return int(page.evaluate(_PHOTO_BYTES + "()"))


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
