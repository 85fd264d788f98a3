"""Boards: a grid's public page on a slow line and under load; papers for walls by the page."""

import gzip
import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pypdf
from playwright.sync_api import Browser

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.browser import PHONE, Wire, chromium, throttle, wait_for_value
from bench.rig.firegrid import COMMUNITY, GRID, OFFICER, PASSWORD, Home, fill, firegrid
from bench.rig.machine import SERVER_CORE, CannotMeasure, say
from bench.rig.plain import plain_pages
from bench.rig.shaped import LOOPBACK, SLOW_4G, Proxy, shaped

PAGE, PAPER = "boards", "papers"
SLOWER = 5
READERS = 8
PLAIN = "the same bytes from a plain file server"
PAGES = {"a grid": GRID, "a community": COMMUNITY}
PAPERS = {
    "grid board A3": f"/posting/board/{GRID}",
    "building notice A4": f"/posting/notice/{GRID}",
    "contact cards": f"/posting/cards/{GRID}",
    "wall pack": f"/posting/pack/{COMMUNITY}?languages=zh%2Ben",
}
_LARGEST = """new Promise(resolve => new PerformanceObserver(list => {
  const seen = list.getEntries();
  if (seen.length) resolve(seen[seen.length - 1].startTime);
}).observe({ type: "largest-contentful-paint", buffered: true }))"""


def measure(run: Run) -> None:
    """Weigh, open, hammer, print."""
    folder = run.room("boards")
    home = fill(Home(folder / "data"))
    plain = folder / "plain"
    plain.mkdir(exist_ok=True)
    with firegrid(home, core=SERVER_CORE) as server, plain_pages(plain, folder) as floor:
        for name, code in PAGES.items():
            body = _get(server.port, f"/g/{code}")
            (plain / f"{code}.html").write_bytes(body)
            run.report.figures += [
                Figure(PAGE, f"page of {name}", "kB", "less", [len(body) / 1000], {}, (Goal(60),)),
                Figure(
                    PAGE,
                    f"page of {name}, gzip",
                    "kB",
                    "less",
                    [len(gzip.compress(body, 6)) / 1000],
                ),
            ]
        _paint(run, server.port)
        ours, theirs = [], []
        for number in range(run.rounds):
            say(f"boards: round {number + 1}, {READERS} readers")
            ours.append(_rate(server.port, f"/g/{GRID}", run.seconds))
            theirs.append(_rate(floor.port, f"/{GRID}.html", run.seconds))
        run.report.figures.append(
            Figure(PAGE, "page of a grid, one core", "requests/s", "more", ours, {PLAIN: theirs})
        )
        _print(run, server.port)


def _paint(run: Run, port: int) -> None:
    with shaped(port) as wire, chromium() as browser:
        for name, code in PAGES.items():
            seen = [_visit(browser, wire, code) for _ in range(run.rounds)]
            run.report.figures += [
                Figure(
                    PAGE,
                    f"largest paint of the page of {name}, Slow 4G, CPU {SLOWER}×",
                    "ms",
                    "less",
                    [paint for paint, _ in seen],
                    {},
                    (Goal(2500),),
                ),
                Figure(
                    PAGE,
                    f"page of {name} with all it brings, on the wire",
                    "kB",
                    "less",
                    [size / 1000 for _, size in seen],
                    {},
                    (Goal(60),),
                ),
            ]


def _visit(browser: Browser, wire: Proxy, code: str) -> tuple[float, float]:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    counted = Wire()
    counted.listen(throttle(page, SLOWER))
    wire.network = SLOW_4G
    page.goto(f"{wire.url}/g/{code}", wait_until="load")
    paint = wait_for_value(page, _LARGEST)
    context.close()
    wire.network = LOOPBACK
    return float(paint), counted.total


def _rate(port: int, path: str, seconds: float) -> float:
    """Answers a second to so many readers, each on a line of its own."""
    end = time.perf_counter() + seconds

    def read(_: int) -> int:
        line, count = HTTPConnection("127.0.0.1", port, timeout=30), 0
        while time.perf_counter() < end:
            line.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = line.getresponse()
            answer.read()
            count += answer.status == 200
        line.close()
        return count

    with ThreadPoolExecutor(READERS) as pool:
        return sum(pool.map(read, range(READERS))) / seconds


def _print(run: Run, port: int) -> None:
    cookie = _log_in(port)
    for name, path in PAPERS.items():
        say(f"boards: {name}")
        rates, sizes, pages = [], [], 0
        for _ in range(run.rounds):
            count = 2 if run.quick else 5
            began = time.perf_counter()
            for _ in range(count):
                pdf = _get(port, path, Cookie=cookie)
            spent = time.perf_counter() - began
            pages = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
            rates.append(count * pages / spent)
            sizes.append(len(pdf) / 1000)
        run.report.figures += [
            Figure(PAPER, f"{name}, one after another", "pages/s", "more", rates),
            Figure(PAPER, f"{name}, {pages} page(s)", "kB", "less", sizes),
        ]
    run.report.checks.append(_both_languages(port, cookie))


def _both_languages(port: int, cookie: str) -> Check:
    pdf = _get(port, f"/posting/board/{GRID}?languages=zh%2Bko", Cookie=cookie)
    words = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    return Check(PAPER, "a board has its Chinese and its Korean inside", "격자장" in words)


def _log_in(port: int) -> str:
    """The Cookie header of the street's officer."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"phone": OFFICER, "password": PASSWORD})
    line.request("POST", "/api/session", body, {"Content-Type": "application/json"})
    answer = line.getresponse()
    answer.read()
    cookie = (answer.getheader("set-cookie") or "").split(";")[0]
    line.close()
    if not cookie:
        raise CannotMeasure(f"no log-in: {answer.status}")
    return cookie


def _get(port: int, path: str, **headers: str) -> bytes:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    body = answer.read()
    line.close()
    if answer.status != 200:
        raise CannotMeasure(f"{path}: {answer.status}")
    return body
