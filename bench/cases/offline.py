"""M3, M5 and M2: what a tap costs where there is no network, and what becomes of it."""

from typing import Any

from playwright.sync_api import Page

from bench.cases import Run, black_hole
from bench.figures import Figure, Goal, percentile
from bench.rig.browser import PHONE, chromium, tap_until_answered, throttle, wait_for_value
from bench.rig.firegrid import MEMBER, STREET, Home, fill, firegrid, give_post
from bench.rig.machine import say
from bench.rig.mortal import mortal_phone
from bench.rig.phone import (
    HAS_PACK,
    HAS_WORKER,
    camera_photo,
    cookie_of,
    fetch,
    fill_hazard,
    log_in,
    member_page,
    photo_bytes,
)
from bench.rig.plain import PEERS, plain_pages
from firegrid_app.texts import say as text

M3, M5 = "M3", "M5"
SLOWER = 5
"""A phone of the cheapest kind, on a machine like this one."""
BARE_PUT, PLAIN = "bare strict put of as many bytes", "plain page, second visit, online"
RECORD_BYTES = 700
"""What a hazard of ours weighs in JSON."""
_TAP = """(async ([way, says]) => {
  const until = (look) => new Promise((ok) => {
    const see = () => {
      const found = look();
      if (found) ok(found);
      else requestAnimationFrame(see);
    };
    see();
  });
  if (way) (await until(() => document.querySelector(`a[href="${way}"]`))).click();
  const button = await until(() => document.querySelector("form .fg-button-primary:enabled"));
  // Nobody taps before the form has come to rest.
  await new Promise((ok) => setTimeout(ok, 400));
  await new Promise((ok) => requestIdleCallback(ok, { timeout: 5000 }));
  // What the tap before said stays for a moment.
  const last = document.querySelector(".fg-toast");
  const begun = performance.now();
  button.click();
  await until(() => {
    const toast = document.querySelector(".fg-toast");
    return toast !== last && toast?.textContent.includes(says);
  });
  return performance.now() - begun;
})"""
"""From the tap to the frame in which the page says that it is kept."""
_PUTS = """(async ([times, words, bytes]) => {
  const open = indexedDB.open("bare-puts", 1);
  open.onupgradeneeded = () => open.result.createObjectStore("kept", { keyPath: "id" });
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const seen = [];
  for (let n = 0; n < times; n++) {
    const photo = bytes && new Uint8Array(bytes).map((_, place) => (place * 31 + n) % 251);
    const one = { id: Math.random(), words: "x".repeat(words), photo: photo && new Blob([photo]) };
    await new Promise((ok) => setTimeout(ok, 50));
    const begun = performance.now();
    const kept = db.transaction("kept", "readwrite", { durability: "strict" });
    kept.objectStore("kept").put(one);
    await new Promise((ok, no) => Object.assign(kept, { oncomplete: ok, onabort: no }));
    seen.push(performance.now() - begun);
  }
  db.close();
  return seen;
})"""


def measure(run: Run) -> None:
    """Taps, cold openings, the black hole."""
    _taps(run)
    _cold_openings(run)
    black_hole.measure(run)


def _taps(run: Run) -> None:
    folder = run.room("taps")
    taps, photos = (5, 2) if run.quick else (100, 25)
    plain: dict[str, list[float]] = {"ours": [], "bare": []}
    pictured: dict[str, list[float]] = {"ours": [], "bare": []}
    photo = camera_photo()
    home = fill(Home(folder / "data"))
    pages = folder / "plain"
    pages.mkdir()
    seen: dict[str, list[tuple[float, float]]] = {}
    with firegrid(home) as ours, plain_pages(pages, folder) as floor, chromium() as browser:
        for number in range(run.rounds):
            say(f"offline: round {number + 1}, {taps} taps, {photos} with a photo")
            page = member_page(browser, ours.url)
            page.context.set_offline(True)
            throttle(page, SLOWER)
            plain["ours"] = [_shout(page) for _ in range(taps)]
            pictured["ours"] = [_report(page, photo) for _ in range(photos)]
            weight = photo_bytes(page)
            page.context.close()
            bare = browser.new_context(**PHONE).new_page()
            bare.goto(f"{floor.url}/ping.txt")
            throttle(bare, SLOWER)
            plain["bare"] = bare.evaluate(_PUTS, [taps, RECORD_BYTES, 0])
            pictured["bare"] = bare.evaluate(_PUTS, [photos, RECORD_BYTES, weight])
            bare.context.close()
            for kind, values in (("no photo", plain), ("a photo", pictured)):
                for share in (0.5, 0.95):
                    key = f"tap to kept, offline, CPU {SLOWER}×, {kind}, p{share * 100:.0f}"
                    seen.setdefault(key, []).append(
                        (percentile(values["ours"], share), percentile(values["bare"], share))
                    )
    limits = {"no photo, p95": 100.0, "a photo, p95": 600.0}
    for what, rounds in seen.items():
        limit = next((value for end, value in limits.items() if what.endswith(end)), None)
        goals = () if limit is None else (Goal(limit), Goal(3, BARE_PUT))
        ours_seen, bare_seen = [one for one, _ in rounds], [one for _, one in rounds]
        run.report.figures.append(
            Figure(M3, what, "ms", "less", ours_seen, {BARE_PUT: bare_seen}, goals)
        )
    run.report.details[M3] = {"last round, no photo": plain, "last round, a photo": pictured}


def _shout(page: Page) -> float:
    return float(page.evaluate(_TAP, ["/shout", text("phone.kept_shout")]))


def _report(page: Page, photo: dict[str, Any]) -> float:
    page.locator('a[href="/hazard"]').first.click()
    fill_hazard(page, photo)
    return float(page.evaluate(_TAP, ["", text("phone.kept_hazard")]))


def _cold_openings(run: Run) -> None:
    """The browser is dead; then, without network, from opening the form to an answered tap."""
    folder = run.room("cold")
    home = fill(Home(folder / "data"))
    # Works in the whole street: all its grids come in one pack, with their outlines.
    give_post(home, MEMBER, STREET, "grid_member")
    plain = folder / "plain"
    plain.mkdir()
    (plain / "index.html").write_bytes((PEERS / "plain_form.html").read_bytes())
    ours_seen, plain_seen = [], []
    with firegrid(home) as ours, plain_pages(plain, folder) as floor:
        grids = 0
        for number in range(run.rounds):
            say(f"offline: round {number + 1}, opened cold")
            with mortal_phone(folder / f"phone-{number}") as phone:
                page = log_in(phone.context, ours.url, MEMBER)
                wait_for_value(page, HAS_PACK)
                wait_for_value(page, HAS_WORKER)
                page.wait_for_load_state("networkidle")
                pack = fetch(f"{ours.url}/api/pack", cookie_of(phone.context))
                (plain / "pack.json").write_bytes(pack)
                grids = pack.count(b'"outline":')
                phone.die_and_return()
                phone.context.set_offline(True)
                ours_seen.append(
                    _opened(phone.page, f"{ours.url}/hazard", ".fg-choice", ".fg-choices-3")
                )
            with mortal_phone(folder / f"plain-{number}") as phone:
                phone.page.goto(floor.url, wait_until="networkidle")
                phone.die_and_return()
                plain_seen.append(
                    _opened(phone.page, floor.url, "[role=radio]", "[aria-checked=true]")
                )
    run.report.figures.append(
        Figure(
            M5,
            f"opened cold, no network, {grids} grids kept, CPU {SLOWER}×",
            "s",
            "less",
            ours_seen,
            {PLAIN: plain_seen},
            (Goal(1.5), Goal(2, PLAIN)),
        )
    )


def _opened(page: Page, url: str, tap: str, answer: str) -> float:
    throttle(page, SLOWER)
    return tap_until_answered(page, url, tap, answer)["usable"] / 1000
