"""Memory of the idle server, and with twenty browsers on it, beside a bare Reflex app."""

import subprocess
import sys
import time
from collections.abc import Callable

from playwright.sync_api import Browser

from bench.cases import Run
from bench.figures import Check, Figure
from bench.rig import bare_reflex
from bench.rig.bare_reflex import bare_reflex as serve_reflex
from bench.rig.browser import DESK, PHONE, chromium
from bench.rig.firegrid import MEMBER, SECRETARY, Home, fill, firegrid
from bench.rig.machine import say
from bench.rig.phone import log_in
from bench.rig.processes import Memory, Server, weigh

CLIENTS = 20
BARE = "bare Reflex"
BALLAST = 64
_SETTLE = 3.0
_HOLD = f"held = b'x' * ({BALLAST} << 20); print('holding', flush=True); input()"


def measure(run: Run) -> None:
    """Each server by itself: fresh, then with everybody on it."""
    folder = run.room("memory")
    home = fill(Home(folder / "data"))
    idle: dict[str, list[Memory]] = {}
    busy: dict[str, list[Memory]] = {}

    def weigh_both(name: str, server: Server, clients: Callable[[Browser, str], None]) -> None:
        time.sleep(_SETTLE)
        idle.setdefault(name, []).append(server.memory())
        with chromium() as browser:
            clients(browser, server.url)
            busy.setdefault(name, []).append(server.memory())

    for number in range(run.rounds):
        say(f"memory: round {number + 1}, FireGrid")
        with firegrid(home) as server:
            weigh_both("FireGrid", server, _our_clients)
        say(f"memory: round {number + 1}, {BARE}")
        with serve_reflex("light", folder) as server:
            weigh_both(BARE, server, _bare_clients)
    for when, seen in (("idle", idle), (f"with {CLIENTS} browsers", busy)):
        for what, value in (("RSS of all processes", _resident), ("PSS", _own)):
            values = {name: list(map(value, many)) for name, many in seen.items()}
            us = values.pop("FireGrid")
            run.report.figures.append(
                Figure("mem", f"server {when}, {what}", "MB", "less", us, values)
            )
    run.report.details["memory processes"] = {n: m[0].processes for n, m in idle.items()}
    _check_scales(run)


def _resident(memory: Memory) -> float:
    return memory.resident


def _own(memory: Memory) -> float:
    return memory.own


def _our_clients(browser: Browser, url: str) -> None:
    """Half of them members on their phones, half secretaries at desks with the map open."""
    for number in range(CLIENTS):
        at_desk = number % 2 == 1
        context = browser.new_context(**(DESK if at_desk else PHONE))
        page = log_in(context, url, SECRETARY if at_desk else MEMBER)
        if at_desk:
            page.goto(f"{url}/desk")
            page.frame_locator("iframe").locator("canvas").first.wait_for()
        page.wait_for_load_state("networkidle")


def _bare_clients(browser: Browser, url: str) -> None:
    for _ in range(CLIENTS):
        page = browser.new_context(**PHONE).new_page()
        page.goto(url)
        page.wait_for_load_state("networkidle")
        page.locator(bare_reflex.TAP).click()
        page.locator(bare_reflex.ANSWER).wait_for()


def _check_scales(run: Run) -> None:
    """A process that holds a known amount has to be found that heavy."""
    command = [sys.executable, "-c", _HOLD]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, start_new_session=True, **pipes) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        seen = weigh(holder.pid).resident
        holder.communicate(b"\n")
    fits = BALLAST <= seen <= BALLAST + 40
    run.report.checks.append(
        Check("mem", f"a process that holds {BALLAST} MB weighs so much", fits, f"{seen:.0f} MB")
    )
