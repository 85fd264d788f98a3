"""M3, last part: a phone full of waiting records comes back into the network."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa
from playwright.sync_api import Page

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.browser import chromium, throttle, wait_for_value
from bench.rig.databases import looking
from bench.rig.firegrid import Home, fill, firegrid
from bench.rig.machine import say
from bench.rig.phone import camera_photo, member_page, report_hazard, report_shout
from firegrid_app.texts import say as text

DRAIN = "drain"
SLOWER = 4
BARE = "bare fetch, same bytes"
FREEZE = 200.0
"""Who taps while something blocks for longer feels it (INP's limit for good), in ms."""
_ROWS = """
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const read = (name) => new Promise((ok) => {
    const asked = db.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => ok(asked.result);
  });
  const renamed = (one, names) => {
    const { blob, ...rest } = one;
    let words = JSON.stringify(rest);
    for (const [was, is] of names) words = words.replaceAll(was, is);
    return { ...JSON.parse(words), ...(blob && { blob }) };
  };
"""
_FILL = f"""(async ([shouts, hazards]) => {{{_ROWS}
  const records = await read("outbox");
  const [photo] = await read("photos");
  const shout = records.find((one) => one.kind === "shout.log");
  const hazard = records.find((one) => one.kind === "hazard.report");
  const all = db.transaction(["outbox", "photos"], "readwrite");
  let seq = records.length;
  const clone = (one, names) => {{
    const id = crypto.randomUUID();
    const made = renamed(one, [[one.id, id], ...names]);
    all.objectStore("outbox").put({{ ...made, seq: ++seq }});
    return id;
  }};
  for (let n = 1; n < shouts; n++) clone(shout, []);
  for (let n = 1; n < hazards; n++) {{
    const id = crypto.randomUUID();
    const item = clone(hazard, [[photo.id, id]]);
    all.objectStore("photos").put({{ ...renamed(photo, [[photo.id, id]]), item }});
  }}
  await new Promise((ok, no) => Object.assign(all, {{ oncomplete: ok, onabort: no }}));
  db.close();
}})"""
"""A day of many: one shout and one hazard with its photo, made by the real forms, over and over."""
_WATCH = """
  const seen = (window.__seen = { longest: 0, tasks: 0, blocked: 0 });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      seen.tasks += 1;
      seen.blocked += duration;
      seen.longest = Math.max(seen.longest, duration);
    }
  }).observe({ type: "longtask" });
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    seen.longest = Math.max(seen.longest, now - last);
    last = now;
    setTimeout(tick, 0);
  };
  tick();
"""
"""The longest time in which nothing else ran: long tasks, and gaps between ticks of a timer."""
_FLOOR = f"""(async () => {{{_ROWS}
  const sends = async (method, path, body) => {{
    const answer = await fetch(path, {{ method, body }});
    if (!answer.ok) throw new Error(`${{path}}: ${{answer.status}}`);
    return answer.json();
  }};
  const photos = await read("photos");
  const names = photos.map(({{ id }}) => [id, crypto.randomUUID()]);
  const byItem = new Map(photos.map(({{ item }}, place) => [item, names[place]]));
  const items = (await read("outbox")).map((one) => {{
    const own = [[one.id, crypto.randomUUID()]];
    if (byItem.has(one.id)) own.push(byItem.get(one.id));
    const {{ id, kind, version, owner, captured_at, position, body }} = renamed(one, own);
    return {{ id, kind, version, made_by: owner, captured_at, position, body }};
  }});
  db.close();
  {_WATCH}
  const begun = performance.now();
  for (let n = 0; n < items.length; n += 50) {{
    const sent_at = new Date().toISOString();
    const some = items.slice(n, n + 50);
    const words = JSON.stringify({{ sent_at, app_version: "bench", items: some }});
    const {{ results }} = await sends("POST", "/api/sync", words);
    const bad = results.find(({{ status }}) => status !== "created");
    if (bad) throw new Error(JSON.stringify(bad));
  }}
  for (const [n, {{ blob }}] of photos.entries()) {{
    await sends("PUT", `/api/photos/${{names[n][1]}}`, blob);
  }}
  return {{ seconds: (performance.now() - begun) / 1000, ...seen }};
}})"""


@dataclass(frozen=True)
class Drained:
    """One drain: how long it took, the longest block of the main thread in ms, long tasks."""

    seconds: float
    longest: float
    tasks: int
    blocked: float


def measure(run: Run) -> None:
    """Ours on the outbox page, where people watch it; then what the requests alone take."""
    shouts, hazards = (40, 10) if run.quick else (800, 200)
    ours, bare = [], []
    kept = True
    for number in range(run.rounds):
        say(f"drain: round {number + 1}, {shouts + hazards} records, {hazards} photos")
        home = fill(Home(run.room(f"drain/{number}") / "data"))
        with firegrid(home) as server, chromium() as browser:
            page = member_page(browser, server.url)
            page.context.set_offline(True)
            report_shout(page, server.url)
            report_hazard(page, server.url, camera_photo())
            page.evaluate(_FILL, [shouts, hazards])
            page.goto("about:blank")
            page.context.set_offline(False)
            bare.append(_bare(page, server.url))
            ours.append(_ours(page, server.url))
        kept &= _rows(home) == (2 * shouts, 2 * hazards, 2 * hazards)
    add = run.report.figures.append
    what = f"{shouts + hazards} records, {hazards} photos sent, CPU {SLOWER}×"
    seconds = {BARE: [one.seconds for one in bare]}
    add(Figure(DRAIN, what, "s", "less", [one.seconds for one in ours], seconds))
    blocks = {BARE: [one.longest for one in bare]}
    what = "longest block of the page meanwhile"
    add(
        Figure(
            DRAIN, what, "ms", "less", [one.longest for one in ours], blocks, (Goal(FREEZE),)
        )
    )  # fmt: skip
    what = "every record and photo of both is on the server, once"
    run.report.checks.append(Check(DRAIN, what, kept))
    run.report.details[DRAIN] = {
        "FireGrid": [asdict(one) for one in ours],
        BARE: [asdict(one) for one in bare],
    }


def _bare(page: Page, url: str) -> Drained:
    # A page of ours on which no program runs.
    page.goto(f"{url}/offline.html")
    session = throttle(page, SLOWER)
    seen = page.evaluate(_FLOOR)
    session.detach()
    return Drained(**seen)


def _ours(page: Page, url: str) -> Drained:
    page.goto("about:blank")
    page.context.set_offline(True)
    page.goto(f"{url}/outbox")
    session = throttle(page, SLOWER)
    page.get_by_role("button", name=text("phone.send_now")).wait_for()
    # The first try in flight mode ends, and the list is drawn.
    page.wait_for_timeout(3000)
    page.evaluate(f"(() => {{{_WATCH}}})()")
    page.context.set_offline(False)
    # It goes by itself, so the button may already say "sending". Beside a second session Playwright
    # says nothing of the line (measured.md, 4).
    page.evaluate("window.__began = performance.now(); dispatchEvent(new Event('online'))")
    found = f"""document.body.textContent.includes({text("phone.all_sent")!r})
      && (performance.now() - window.__began) / 1000"""
    seconds = float(wait_for_value(page, found, 900))
    seen = page.evaluate("window.__seen")
    session.detach()
    return Drained(seconds=seconds, **seen)


def _rows(home: Home) -> tuple[int, int, int]:
    counts = []
    with looking(home.database) as connection:
        for what in ("shout", "hazard", "photo where stored_at is not null"):
            counts.append(connection.execute(sa.text(f"select count(*) from {what}")).scalar_one())
    return counts[0], counts[1], counts[2]
