"""M4: from opening the capture form for the first time, on a slow network and a weak phone, to the
first tap it answers; and what the way there weighs."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig import bare_reflex
from bench.rig.bare_reflex import bare_reflex as serve_reflex
from bench.rig.browser import PHONE, Wire, chromium, tap_until_answered, throttle
from bench.rig.firegrid import MEMBER, Home, fill, firegrid
from bench.rig.machine import free_port, say
from bench.rig.phone import cookie_of, fetch, log_in_and_forget
from bench.rig.plain import PEERS, plain_pages
from bench.rig.shaped import LOOPBACK, SLOW_4G, Proxy, shaped

M4 = "M4"
SLOWER = 5
"""A phone of the cheapest kind, on a machine like this one (measured.md, section 2)."""
PLAIN, BARE, RADIX = "plain page, same data", "bare Reflex", "bare Reflex with Radix Themes"
CODE_BUDGET = 200_000
KB = 1000


@dataclass(frozen=True)
class Visit:
    """One first visit."""

    shown: float
    usable: float
    code: int
    total: int
    carried: int
    """Everything the network carried until then, workers and sockets included."""
    requests: int
    sockets: list[str]


@dataclass(frozen=True)
class Contender:
    """Where to go, what to tap, how to see that it was understood."""

    name: str
    proxy: Proxy
    path: str
    tap: str
    answer: str
    before: Callable[[BrowserContext, str], None] = lambda context, url: None


def measure(run: Run) -> None:
    """Everybody in turn, each on a browser that has never been there."""
    folder = run.room("first-visit")
    home = fill(Home(folder / "data"))
    plain = folder / "plain"
    plain.mkdir()
    (plain / "index.html").write_bytes((PEERS / "plain_form.html").read_bytes())
    (plain / "noise.bin").write_bytes(os.urandom(200_000))
    visits: dict[str, list[Visit]] = {}
    with (
        firegrid(home) as ours,
        plain_pages(plain, folder) as floor,
        shaped(ours.port) as our_wire,
        shaped(floor.port) as floor_wire,
        _reflex("light", folder) as bare_wire,
        _reflex("radix", folder) as radix_wire,
        chromium() as browser,
    ):
        _bring_pack(browser, ours.url, plain)
        _check_wire(run, floor_wire)
        contenders = (
            Contender(
                "FireGrid", our_wire, "/hazard", ".fg-choice", ".fg-choices-3", _forgotten_phone
            ),
            Contender(PLAIN, floor_wire, "/", "[role=radio]", "[aria-checked=true]"),
            Contender(BARE, bare_wire, "/", bare_reflex.TAP, bare_reflex.ANSWER),
            Contender(RADIX, radix_wire, "/", bare_reflex.TAP, bare_reflex.ANSWER),
        )
        for number in range(run.rounds):
            for one in contenders:
                say(f"first visit: round {number + 1}, {one.name}")
                visits.setdefault(one.name, []).append(_visit(browser, one))
        _check_sockets(run, visits[BARE], bare_wire)
    _figures(run, visits)


@contextmanager
def _reflex(kind: bare_reflex.Kind, folder: Path) -> Iterator[Proxy]:
    """A bare Reflex app behind a wire; its pages have the wire's address built in."""
    port = free_port()
    with (
        serve_reflex(kind, folder, seen_at=port) as server,
        shaped(server.port, port=port) as wire,
    ):
        yield wire


def _forgotten_phone(context: BrowserContext, url: str) -> None:
    log_in_and_forget(context, url, MEMBER)


def _bring_pack(browser: Browser, url: str, plain: Path) -> None:
    """The floor gets the very data our form waits for."""
    context = browser.new_context(**PHONE)
    log_in_and_forget(context, url, MEMBER)
    (plain / "pack.json").write_bytes(fetch(f"{url}/api/pack", cookie_of(context)))
    context.close()


def _visit(browser: Browser, one: Contender) -> Visit:
    context = browser.new_context(**PHONE)
    one.proxy.network = LOOPBACK
    one.before(context, one.proxy.url)
    one.proxy.hang_up()
    page = context.new_page()
    wire = Wire()
    wire.listen(throttle(page, SLOWER))
    one.proxy.network = SLOW_4G
    carried = one.proxy.down.carried
    seen = tap_until_answered(page, one.proxy.url + one.path, one.tap, one.answer)
    visit = Visit(
        shown=seen["shown"],
        usable=seen["usable"],
        code=wire.code,
        total=wire.total,
        carried=one.proxy.down.carried - carried,
        requests=len(wire.answers),
        sockets=wire.sockets,
    )
    context.close()
    one.proxy.network = LOOPBACK
    return visit


def _check_wire(run: Run, wire: Proxy) -> None:
    """Is the slow network as slow as it says?"""
    took = {}
    for name, network in (("loopback", LOOPBACK), ("slow", SLOW_4G)):
        wire.network = network
        for file in ("ping.txt", "noise.bin"):
            began = time.monotonic()
            fetch(f"{wire.url}/{file}")
            took[name, file] = time.monotonic() - began
    wire.network = LOOPBACK
    hello, bulk = took["slow", "ping.txt"], took["slow", "noise.bin"]
    unshaped = took["loopback", "noise.bin"]
    seen = f"a word {hello * 1000:.0f} ms, 200 kB {bulk:.2f} s; unshaped {unshaped:.2f} s"
    passed = 0.29 < hello < 0.6 and 1.2 < bulk < 2 and unshaped < 0.3
    run.report.checks.append(Check(M4, "the network is as slow as it says", passed, seen))


def _check_sockets(run: Run, visits: list[Visit], wire: Proxy) -> None:
    """Reflex's pages have a server's address built in: it must be the slow one."""
    sockets = {url for visit in visits for url in visit.sockets}
    through = bool(sockets) and all(f":{wire.port}/" in url for url in sockets)
    run.report.checks.append(
        Check(M4, "bare Reflex's socket went through the slow network", through)
    )


def _figures(run: Run, visits: dict[str, list[Visit]]) -> None:
    add = run.report.figures.append

    def split(value: Callable[[Visit], float]) -> tuple[list[float], dict[str, list[float]]]:
        values = {name: [value(one) for one in seen] for name, seen in visits.items()}
        return values.pop("FireGrid"), values

    where = "first visit, Slow 4G, CPU 5×"
    usable = split(lambda one: one.usable / 1000)
    add(Figure(M4, f"{where}: a tap is answered", "s", "less", *usable, (Goal(1.25, BARE),)))
    shown = split(lambda one: one.shown / 1000)
    add(Figure(M4, f"{where}: something to tap", "s", "less", *shown))
    code = split(lambda one: one.code / KB)
    add(Figure(M4, "JS + CSS until then, gzip", "kB", "less", *code, (Goal(CODE_BUDGET / KB),)))
    total = split(lambda one: one.total / KB)
    add(Figure(M4, "all the page fetched until then", "kB", "less", *total, (Goal(220),)))
    carried = split(lambda one: one.carried / KB)
    add(Figure(M4, "all the network carried until then", "kB", "less", *carried))
    add(Figure(M4, "requests until then", "", "less", *split(lambda one: one.requests)))
    heavy = max(one.code for one in visits[RADIX])
    run.report.checks.append(
        Check(
            M4,
            "the rig bites: Reflex with Radix Themes is over the budget",
            heavy > CODE_BUDGET,
            f"{heavy / KB:.0f} kB of {CODE_BUDGET / KB:.0f}",
        )
    )
    run.report.details[M4] = {name: [asdict(one) for one in seen] for name, seen in visits.items()}
