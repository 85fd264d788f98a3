"""M11: the map of 339, 5,000 and 100,000 grids: how soon it is there, how it follows a finger, what
it weighs."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from bench.cases import Run
from bench.figures import Check, Figure, Goal, percentile
from bench.peers import folium_map
from bench.rig.browser import PHONE, Wire, chromium, throttle, wait_for_value
from bench.rig.firegrid import COOKIE, OFFICER, STREET, Home, fill, firegrid, log_in_person
from bench.rig.machine import ROOT, say
from bench.rig.phone import fetch
from bench.rig.plain import PEERS, plain_pages
from bench.rig.street import CODE, make_street

M11 = "M11"
SLOWER = 4
GRIDS = 339
"""Small grids of the pilot street."""
FEW = 5_000
SIZES = (GRIDS, FEW, 100_000)
PILOT = ROOT / "firegrid_app" / "pilot" / "grids.geojson"
SOONEST = {GRIDS: 600.0, 100_000: 7_000.0}
"""Milliseconds in which the grids are to be shown."""
SMOOTH = 34.0
"""Two frames of a 60 Hz screen in ms: 33.3, and what a clock of 0.1 ms makes of it."""
BUFFER = "canvas buffer, same data"
FOLIUM, CANVAS = "Folium GeoJson, Leaflet alone", "the same on Leaflet's canvas"
PEERS_OF_LEAFLET = ((FOLIUM, False), (CANVAS, True))
"""Their names, and whether they draw on a canvas. They are shown no more than `FEW`: of 100,000 the
canvas takes seconds a frame, and a pan of it minutes."""
_WATCH = """(() => {
  const look = () => {
    if (!(THERE)) {
      requestAnimationFrame(look);
      return;
    }
    requestAnimationFrame(() => performance.mark("shown"));
  };
  requestAnimationFrame(look);
})()"""
_WATCH_PATHS = _WATCH.replace(
    "THERE", 'document.querySelectorAll("path.leaflet-interactive").length >= COUNT'
)
# Leaflet fills the canvas in the frame after the one that made it.
_WATCH_CANVAS = _WATCH.replace("THERE", 'document.querySelector(".leaflet-overlay-pane canvas")')
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
"""So many, steps of each and pixels a step."""
_LIGHT = 4.0
"""The heap beside the bare buffer's."""


@dataclass(frozen=True)
class Opened:
    """One opening of a map."""

    shown: float
    whole: float
    """With names and Leaflet, ready to be moved."""
    pan_p50: float
    pan_p95: float
    pan_longest: float
    """The one frame in which a map draws itself anew, if it does, is not in the 95 %."""
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


def measure(run: Run) -> None:
    """The pilot street, and made-up ones as large as a district and as a province."""
    for size in SIZES[: 2 if run.quick else 3]:
        _measure(run, size)


def _measure(run: Run, size: int) -> None:
    """Everybody in turn, each in a fresh browser."""
    folder = run.room(f"maps-{size}")
    home = fill(Home(folder / "data"))
    if size == GRIDS:
        street, small = STREET, folium_map.small_grids(PILOT)
    else:
        street, small = CODE, make_street(home, size, OFFICER)
    if len(small["features"]) != size:
        raise ValueError(f"the street has {len(small['features'])} small grids")
    cookie = f"{COOKIE}={log_in_person(home, OFFICER)}"
    pages = folder / "pages"
    pages.mkdir()
    opened: dict[str, list[Opened]] = {}
    with firegrid(home) as ours, plain_pages(pages, folder) as plain, chromium() as browser:
        contenders = [
            Contender(
                "FireGrid",
                f"{ours.url}/api/map/frame?grid={street}",
                "firegrid:shown",
                "firegrid:finished",
                ".leaflet-map-pane",
                cookie,
                data=("/api/map/grids", "/api/map/today"),
            ),
            Contender(
                BUFFER, f"{plain.url}/buffer.html", "shown", "shown", "canvas", data=("grids.json",)
            ),
        ]
        if size <= FEW:
            for name, is_canvas in PEERS_OF_LEAFLET:
                contenders.append(_leaflet(name, pages, plain.url, small, is_canvas=is_canvas))
        _lay_out(pages, fetch(f"{ours.url}/api/map/grids?grid={street}", cookie))
        for number in range(run.rounds):
            for one in contenders:
                say(f"map: {size:,} grids, round {number + 1}, {one.name}")
                opened.setdefault(one.name, []).append(_open(browser, one))
    _figures(run, size, opened)


def _leaflet(
    name: str, pages: Path, url: str, small: dict[str, Any], *, is_canvas: bool
) -> Contender:
    file = "canvas.html" if is_canvas else "folium.html"
    (pages / file).write_text(folium_map.page(small, canvas=is_canvas), encoding="utf-8")
    watch = (
        _WATCH_CANVAS if is_canvas else _WATCH_PATHS.replace("COUNT", str(len(small["features"])))
    )
    return Contender(
        name, f"{url}/{file}", "shown", "shown", ".leaflet-map-pane", watch=watch, data=(file,)
    )


def _lay_out(pages: Path, grids: bytes) -> None:
    (pages / "grids.json").write_bytes(grids)
    (pages / "buffer.html").write_bytes((PEERS / "buffer_map.html").read_bytes())
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
    cdp = throttle(page, SLOWER)
    wire = Wire()
    wire.listen(cdp)
    page.goto(one.url, wait_until="commit")
    whole = wait_for_value(page, _MARK.format(one.whole), seconds=120)
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
        pan_longest=max(panned["frames"]),
        moved=panned["farthest"],
        total=total,
        data=data,
        heap=heap,
    )


def _heap(usage: dict[str, Any]) -> float:
    return float(usage["usedSize"]) / 1e6


def _figures(run: Run, size: int, opened: dict[str, list[Opened]]) -> None:
    def add(
        what: str, unit: str, value: Callable[[Opened], float], goals: tuple[Goal, ...] = ()
    ) -> None:
        values = {name: [value(one) for one in seen] for name, seen in opened.items()}
        us = values.pop("FireGrid")
        what = f"{size:,} grids, CPU 4×: {what}"
        run.report.figures.append(Figure(M11, what, unit, "less", us, values, goals))

    soon = (Goal(SOONEST[size]),) if size in SOONEST else ()
    small = (Goal(0.25, FOLIUM),) if FOLIUM in opened else ()
    add("shown", "ms", lambda one: one.shown, (Goal(1.5, BUFFER), *soon))
    add("names and controls too", "ms", lambda one: one.whole)
    add("pan frame p50", "ms", lambda one: one.pan_p50)
    add("pan frame p95", "ms", lambda one: one.pan_p95, (Goal(SMOOTH),))
    add("longest frame of panning", "ms", lambda one: one.pan_longest)
    add("grids on the wire, gzip", "kB", lambda one: one.data / 1000, small)
    add("whole map on the wire, gzip", "kB", lambda one: one.total / 1000)
    add("JavaScript heap", "MB", lambda one: one.heap, (Goal(_LIGHT, BUFFER),))
    still = [name for name, seen in opened.items() if min(one.moved for one in seen) < 100]
    check = run.report.checks.append
    check(Check(M11, f"{size:,} grids: every map followed the finger", not still, ", ".join(still)))
    if FOLIUM in opened and size > GRIDS:
        # An object a grid: what a quick machine pans smoothly still fills a weak phone.
        heavy = min(one.heap for one in opened[FOLIUM])
        floor = max(one.heap for one in opened[BUFFER])
        said = f"the rig bites: {size:,} grids as Folium draws them miss the goal for the heap"
        check(Check(M11, said, heavy > _LIGHT * floor, f"{heavy:.0f} MB, {heavy / floor:.0f}×"))
    run.report.details[f"{M11} {size}"] = {
        name: [asdict(one) for one in seen] for name, seen in opened.items()
    }
