"""M11: the map of 339, 5,000 and 100,000 grids: how soon it is there, how it follows a finger, what
it weighs."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Route

from bench.cases import Run
from bench.figures import Check, Figure, Goal, percentile
from bench.peers import folium_map
from bench.rig import made_up
from bench.rig.browser import PHONE, Wire, chromium, throttle, wait_for_value
from bench.rig.firegrid import COOKIE, OFFICER, STREET, Home, fill, firegrid, log_in_person
from bench.rig.machine import ROOT, say
from bench.rig.phone import fetch
from bench.rig.plain import PEERS, plain_pages

M11 = "M11"
SLOWER = 4
GRIDS = 339
SMOOTH = 34.0
"""Two frames of a 60 Hz screen in ms: 33.3, and what a clock of 0.1 ms makes of it."""
MANY = {5_000: 7.0, 100_000: 7.0}
"""Made-up grids, and within how many seconds they are to be shown: 100,000 are promised in 7."""
BUFFER, FOLIUM = "canvas buffer, same data", "Folium GeoJson, Leaflet alone"
_WATCH_PATHS = f"""(() => {{
  const look = () => {{
    if (document.querySelectorAll("path.leaflet-interactive").length < {GRIDS}) {{
      requestAnimationFrame(look);
      return;
    }}
    requestAnimationFrame(() => performance.mark("shown"));
  }};
  requestAnimationFrame(look);
}})()"""
_MARK = "performance.getEntriesByName('{}')[0]?.startTime"
_PAN = """(async ([moving, swipes, steps, step]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const middle = [innerWidth / 2, innerHeight / 2];
  const target = document.elementFromPoint(...middle);
  const say = (on, type, x, y) =>
    on.dispatchEvent(new MouseEvent(type, {
      bubbles: true, cancelable: true, view: window, button: 0, buttons: 1, clientX: x, clientY: y,
    }));
  const place = () => document.querySelector(moving).getBoundingClientRect().x;
  const frames = [];
  let last = await frame();
  let farthest = 0;
  for (let swipe = 0; swipe < swipes; swipe++) {
    const way = swipe % 2 ? -step : step;
    const start = place();
    let [x, y] = middle;
    say(target, "mousedown", x, y);
    for (let n = 0; n < steps + 20; n++) {
      if (n < steps) say(document, "mousemove", (x += way), (y += way / 2));
      if (n === steps) say(document, "mouseup", x, y);
      const now = await frame();
      frames.push(now - last);
      last = now;
      farthest = Math.max(farthest, Math.abs(place() - start));
    }
  }
  return { frames, farthest };
})"""
"""Swipes by the mouse events Leaflet and the floor listen to, one a frame; frames after letting go
count too, because then a map may draw anew."""
_SWIPES = (4, 50, 5)


@dataclass(frozen=True)
class Opened:
    """One opening of a map."""

    shown: float
    whole: float
    """With names and Leaflet, ready to be moved."""
    pan_p50: float
    pan_p95: float
    moved: float
    total: int
    data: int
    heap: float


@dataclass(frozen=True)
class Contender:
    """A map, how to see that it is there, and what moves under a finger."""

    name: str
    url: str
    shown: str
    whole: str
    moving: str
    cookie: str = ""
    watch: str = ""
    data: tuple[str, ...] = ()
    """What the addresses of the answers with the grids have in them."""
    fed: tuple[tuple[str, bytes], ...] = ()
    """Answers given to the page in the server's stead: the map of made-up grids."""


def measure(run: Run) -> None:
    """Everybody in turn, each in a fresh browser."""
    folder = run.room("maps")
    home = fill(Home(folder / "data"))
    cookie = f"{COOKIE}={log_in_person(home, OFFICER)}"
    pages = folder / "pages"
    pages.mkdir()
    opened: dict[str, list[Opened]] = {}
    with firegrid(home) as ours, plain_pages(pages, folder) as plain, chromium() as browser:
        _lay_out(pages, fetch(f"{ours.url}/api/map/grids?grid={STREET}", cookie))
        contenders = (
            Contender(
                "FireGrid",
                f"{ours.url}/api/map/frame?grid={STREET}",
                "firegrid:shown",
                "firegrid:finished",
                ".leaflet-map-pane",
                cookie,
                data=("/api/map/grids", "/api/map/today"),
            ),
            Contender(BUFFER, f"{plain.url}/buffer.html", "shown", "shown", "canvas",
                      data=("grids.json",)),
            Contender(FOLIUM, f"{plain.url}/folium.html", "shown", "shown", ".leaflet-map-pane",
                      watch=_WATCH_PATHS, data=("folium.html",)),
        )  # fmt: skip
        for number in range(run.rounds):
            for one in contenders:
                say(f"map: round {number + 1}, {one.name}")
                opened.setdefault(one.name, []).append(_open(browser, one))
        _figures(run, opened)
        for size in MANY:
            _many(run, browser, size, contenders[0], pages, plain.url)


def _many(run: Run, browser: Browser, size: int, ours: Contender, pages: Path, plain: str) -> None:
    """The same page and the bare buffer with so many made-up grids."""
    grids, today = made_up.answers(size)
    (pages / f"grids-{size}.json").write_bytes(grids)
    page = (
        (PEERS / "buffer_map.html").read_text("utf-8").replace("grids.json", f"grids-{size}.json")
    )
    (pages / f"buffer-{size}.html").write_text(page, encoding="utf-8")
    fed = (("**/api/map/grids?*", grids), ("**/api/map/today?*", today))
    buffer = Contender(BUFFER, f"{plain}/buffer-{size}.html", "shown", "shown", "canvas")
    opened: dict[str, list[Opened]] = {"FireGrid": [], BUFFER: []}
    for number in range(run.rounds):
        for one in (replace(ours, fed=fed), buffer):
            say(f"map: round {number + 1}, {size:,} grids, {one.name}")
            opened[one.name].append(_open(browser, one))
    us, floor = opened["FireGrid"], opened[BUFFER]
    where = f"map of {size:,} made-up grids, CPU 4×"

    def add(what: str, unit: str, value: Callable[[Opened], float], *goals: Goal) -> None:
        peers = {BUFFER: [value(one) for one in floor]}
        figure = Figure(M11, what, unit, "less", [value(one) for one in us], peers, goals)
        run.report.figures.append(figure)

    add(
        f"{where}: grids shown", "ms", lambda one: one.shown,
        Goal(1.5, BUFFER), Goal(1000 * MANY[size]),
    )  # fmt: skip
    add(f"{where}: pan frame p95", "ms", lambda one: one.pan_p95, Goal(SMOOTH))
    add(f"{where}: JavaScript heap", "MB", lambda one: one.heap, Goal(4, BUFFER))
    run.report.details[f"{M11} {size}"] = {
        name: [asdict(one) for one in seen] for name, seen in opened.items()
    }


def _lay_out(pages: Path, grids: bytes) -> None:
    (pages / "grids.json").write_bytes(grids)
    (pages / "buffer.html").write_bytes((PEERS / "buffer_map.html").read_bytes())
    pilot = folium_map.small_grids(ROOT / "firegrid_app" / "pilot" / "grids.geojson")
    if len(pilot["features"]) != GRIDS:
        raise ValueError(f"the pilot has {len(pilot['features'])} small grids")
    (pages / "folium.html").write_text(folium_map.page(pilot), encoding="utf-8")
    for name in ("leaflet.js", "leaflet.css"):
        source = ROOT / "assets" / "vendor" / "leaflet-1.9.4" / name
        (pages / name).write_bytes(source.read_bytes())


def _open(browser: Browser, one: Contender) -> Opened:
    context = browser.new_context(**PHONE)
    if one.cookie:
        name, value = one.cookie.split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": one.url}])
    page = context.new_page()
    if one.watch:
        page.add_init_script(one.watch)
    for address, body in one.fed:
        page.route(address, _answer_with(body))
    cdp = throttle(page, SLOWER)
    wire = Wire()
    wire.listen(cdp)
    page.goto(one.url, wait_until="commit")
    whole = wait_for_value(page, _MARK.format(one.whole), seconds=90)
    shown = page.evaluate(_MARK.format(one.shown))
    page.wait_for_timeout(1000)
    total, data = wire.total, wire.of(*one.data)
    cdp.send("HeapProfiler.collectGarbage")
    heap = _heap(cdp.send("Runtime.getHeapUsage"))
    panned = page.evaluate(f"{_PAN}({[one.moving, *_SWIPES]!r})")
    context.close()
    return Opened(
        shown=shown,
        whole=whole,
        pan_p50=percentile(panned["frames"], 0.5),
        pan_p95=percentile(panned["frames"], 0.95),
        moved=panned["farthest"],
        total=total,
        data=data,
        heap=heap,
    )


def _answer_with(body: bytes) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body, content_type="application/json")


def _heap(usage: dict[str, Any]) -> float:
    return float(usage["usedSize"]) / 1e6


def _figures(run: Run, opened: dict[str, list[Opened]]) -> None:
    def add(
        what: str, unit: str, value: Callable[[Opened], float], goals: tuple[Goal, ...] = ()
    ) -> None:
        values = {name: [value(one) for one in seen] for name, seen in opened.items()}
        us = values.pop("FireGrid")
        run.report.figures.append(Figure(M11, what, unit, "less", us, values, goals))

    where = f"map of {GRIDS} grids, CPU 4×"
    add(f"{where}: grids shown", "ms", lambda one: one.shown, (Goal(1.5, BUFFER),))
    add(f"{where}: names and controls too", "ms", lambda one: one.whole)
    add(f"{where}: pan frame p50", "ms", lambda one: one.pan_p50)
    add(f"{where}: pan frame p95", "ms", lambda one: one.pan_p95, (Goal(SMOOTH),))
    add("grids on the wire, gzip", "kB", lambda one: one.data / 1000, (Goal(0.25, FOLIUM),))
    add("whole map on the wire, gzip", "kB", lambda one: one.total / 1000)
    add("JavaScript heap of the map", "MB", lambda one: one.heap, (Goal(4, BUFFER),))
    still = [name for name, seen in opened.items() if min(one.moved for one in seen) < 100]
    check = run.report.checks.append
    check(Check(M11, "every map followed the finger", not still, ", ".join(still)))
    jerky = max(one.pan_p95 for one in opened[FOLIUM])
    check(
        Check(
            M11,
            "the rig bites: Folium's GeoJson is no smooth pan",
            jerky > SMOOTH,
            f"p95 {jerky:.0f} ms",
        )
    )
    run.report.details[M11] = {name: [asdict(one) for one in seen] for name, seen in opened.items()}
