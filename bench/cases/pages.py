"""M6: Lighthouse and axe-core on the main pages, beside bare Reflex and a page full of faults."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.bare_reflex import bare_reflex
from bench.rig.browser import DESK, PHONE, chromium, chromium_profile
from bench.rig.firegrid import GRID, MEMBER, SECRETARY, Home, fill, firegrid
from bench.rig.lighthouse import Scores, Violation, axe, lighthouse
from bench.rig.machine import free_port, say
from bench.rig.node import tools
from bench.rig.phone import log_in
from bench.rig.plain import PEERS, plain_pages

M6 = "M6"
BARE, FAULTY = "bare Reflex", "page full of faults"
NOBODY = ""
PAGES: dict[str, tuple[str, ...]] = {
    NOBODY: ("/login", f"/g/{GRID}"),
    MEMBER: ("/", "/hazard", "/doors", "/outbox"),
    SECRETARY: ("/desk", "/people"),
}
"""Who opens which."""
LANGUAGE = {"name": "firegrid_language", "value": "zh_CN"}
_SETTLE = 1500


def measure_axe(run: Run) -> None:
    """axe-core on every page, light and dark."""
    with _servers(run.room("axe")) as (_, url, peers):
        _axe(run, url, peers)


def measure_lighthouse(run: Run) -> None:
    """Lighthouse on every page."""
    with _servers(run.room("lighthouse")) as (folder, url, peers):
        _lighthouse(run, folder, url, peers)


@contextmanager
def _servers(folder: Path) -> Iterator[tuple[Path, str, dict[str, str]]]:
    tools()  # npm out of reach: said before anything is started
    home = fill(Home(folder / "data"))
    with firegrid(home) as ours, bare_reflex("light", folder) as bare, _faulty(folder) as faulty:
        yield folder, ours.url, {BARE: f"{bare.url}/", FAULTY: f"{faulty}/"}


@contextmanager
def _faulty(folder: Path) -> Iterator[str]:
    pages = folder / "faulty"
    pages.mkdir()
    (pages / "index.html").write_bytes((PEERS / "faulty_page.html").read_bytes())
    with plain_pages(pages, folder) as server:
        yield server.url


def _axe(run: Run, url: str, peers: dict[str, str]) -> None:
    found: dict[str, list[Violation]] = {}
    with chromium() as browser:
        for person, paths in PAGES.items():
            for look in _looks(person):
                say(f"axe: {', '.join(paths)} ({look['color_scheme']})")
                found |= _look_at(browser, url, person, paths, look)
        theirs: dict[str, list[Violation]] = {}
        for name, address in peers.items():
            seen = _look_at(browser, address.rstrip("/"), NOBODY, ("/",), PHONE)
            theirs[name] = [one for many in seen.values() for one in many]
    broken = {place: rules for place, rules in found.items() if rules}
    run.report.figures.append(
        Figure(
            M6,
            f"axe: rules broken on {sum(map(len, PAGES.values()))} pages, light and dark",
            "",
            "less",
            [sum(map(len, broken.values()))],
            {name: [len(rules)] for name, rules in theirs.items()},
            (Goal(0),),
        )
    )
    run.report.checks.append(
        Check(
            M6,
            "the rig bites: axe finds the planted faults",
            len(theirs[FAULTY]) >= 4,
            ", ".join(one.rule for one in theirs[FAULTY]),
        )
    )
    run.report.details["M6 axe"] = {
        place: [asdict(one) for one in rules] for place, rules in broken.items()
    }
    for place, rules in broken.items():
        say(f"axe: {place}: {', '.join(f'{one.rule} {one.places[0]}' for one in rules)}")


def _looks(person: str) -> Iterator[dict[str, Any]]:
    for scheme in ("light", "dark"):
        yield {**PHONE, "color_scheme": scheme}
        if person == SECRETARY:
            yield {**DESK, "color_scheme": scheme}


def _look_at(
    browser: Browser, url: str, person: str, paths: tuple[str, ...], look: dict[str, Any]
) -> dict[str, list[Violation]]:
    context = browser.new_context(**look)
    _enter(context, url, person)
    page = context.new_page()
    width = look["viewport"]["width"]
    found = {}
    for path in paths:
        page.goto(url + path)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(_SETTLE)
        found[f"{path} {width} px {look.get('color_scheme', 'light')}"] = axe(page)
    context.close()
    return found


def _enter(context: BrowserContext, url: str, person: str) -> None:
    context.add_cookies([{**LANGUAGE, "url": url}])  # type: ignore[list-item]
    if person:
        page = log_in(context, url, person)
        page.wait_for_load_state("networkidle")
        page.close()


def _lighthouse(run: Run, folder: Path, url: str, peers: dict[str, str]) -> None:
    scores: dict[str, list[Scores]] = {}
    visits = {path: url + path for paths in PAGES.values() for path in paths} | peers
    for person, paths in (*PAGES.items(), (NOBODY, tuple(peers))):
        port = free_port()
        with chromium_profile(folder / f"profile-{port}", port) as context:
            _enter(context, url, person)
            for number in range(run.rounds):
                for name in paths:
                    say(f"Lighthouse: round {number + 1}, {name}")
                    seen = lighthouse(visits[name], port, folder)
                    scores.setdefault(name, []).append(seen)
    ours = {name: seen for name, seen in scores.items() if name not in peers}
    for what in ("performance", "accessibility"):
        _figures(run, what, scores, ours)
    low = [seen.accessibility for seen in scores[FAULTY]]
    slow = [seen.performance for seen in scores[FAULTY]]
    run.report.checks.append(
        Check(
            M6,
            "the rig bites: Lighthouse marks the faulty page down",
            max(low) < 90 and max(slow) < 90,
            f"performance {max(slow):.0f}, accessibility {max(low):.0f}",
        )
    )
    run.report.details["M6 Lighthouse"] = {
        name: [asdict(one) for one in seen] for name, seen in scores.items()
    }


def _figures(
    run: Run, what: str, scores: dict[str, list[Scores]], ours: dict[str, list[Scores]]
) -> None:
    goal = Goal(95 if what == "performance" else 100)
    values = {name: [getattr(one, what) for one in seen] for name, seen in scores.items()}
    for name in ours:
        beside = {BARE: values[BARE]} if name == "/login" else {}
        run.report.figures.append(
            Figure(M6, f"Lighthouse {what}, {name}", "", "more", values[name], beside, (goal,))
        )
