"""M2: the line is a black hole, open and dead; every write button in turn, and what it says."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig import bare_reflex
from bench.rig.bare_reflex import bare_reflex as serve_reflex
from bench.rig.browser import PHONE, chromium, wait_for_value
from bench.rig.databases import looking
from bench.rig.firegrid import Home, fill, firegrid
from bench.rig.machine import free_port, say
from bench.rig.phone import member_page
from bench.rig.shaped import Proxy, shaped
from firegrid_app.texts import catalogue
from firegrid_app.texts import say as text

M2 = "M2"
BARE = "bare Reflex"
CLICKS = 5
_SAID_WITHIN = 100.0
_TIMED = """async ([selector, says]) => {
  const toast = () => document.querySelector(".fg-toast")?.textContent ?? "";
  const before = toast();
  const begun = performance.now();
  document.querySelector(selector).click();
  await new Promise((ok) => {
    const isSaid = () => toast() !== before && toast().includes(says);
    const see = () => (isSaid() ? ok() : requestAnimationFrame(see));
    see();
  });
  return performance.now() - begun;
}"""


@dataclass(frozen=True)
class Button:
    """A button that writes: on which page, what comes before, what is tapped, what it says."""

    name: str
    page: str
    tap: str
    says: str
    before: Callable[[Page], None] = lambda page: None
    records: int = 1


def _choose_category(page: Page) -> None:
    page.locator(".fg-choice").first.click()
    page.locator(".fg-choices-3").first.wait_for()


def _choose_fixed(page: Page) -> None:
    _choose_category(page)
    page.get_by_role("radio", name=text("phone.fixed"), exact=True).click()


def _open_door(page: Page) -> None:
    page.locator(".fg-door:not([data-outcome])").or_(
        page.locator('.fg-door[data-outcome=""]')
    ).first.click()
    page.locator("dialog .fg-choice").first.wait_for()


def _ask_to_end(page: Page) -> None:
    page.get_by_role("button", name=text("phone.end_patrol")).click()


def _kept(key: str) -> str:
    """The longest piece of the sentence that has no gap in it."""
    return max(re.split(r"\{\w+\}", catalogue("zh_CN")[f"phone.{key}"]), key=len)


SAVE = "form .fg-button-primary"
BUTTONS = (
    Button("start a patrol", "/patrol", ".fg-button-primary", _kept("kept_start")),
    Button("arrive", "/patrol", ".fg-point-fine", _kept("kept_arrival")),
    Button("report a hazard", "/hazard", SAVE, _kept("kept_hazard"), _choose_category),
    Button("put right on the spot", "/hazard", SAVE, _kept("kept_fixed"), _choose_fixed),
    Button("shout", "/shout", SAVE, _kept("kept_shout")),
    Button("knock", "/doors", "dialog .fg-choice", _kept("kept_knocks"), _open_door),
    Button(
        "end the patrol", "/patrol", "[role=alertdialog] .fg-button-primary", _kept("kept_end"),
        _ask_to_end,
    ),
)  # fmt: skip


def measure(run: Run) -> None:
    """Ours, each button; then a bare Reflex page clicked as often."""
    folder = run.room("hole")
    lost: dict[str, list[float]] = {"FireGrid": [], BARE: []}
    slowest = []
    said: dict[str, float] = {}
    for number in range(run.rounds):
        room = run.room(f"hole/{number}")
        home = fill(Home(room / "data"))
        with firegrid(home) as server, shaped(server.port) as wire, chromium() as browser:
            say(f"black hole: round {number + 1}, FireGrid")
            said = _press_all(browser, wire)
            records = sum(button.records for button in BUTTONS)
            lost["FireGrid"].append(float(records - _received(home)))
            slowest.append(max(said.values()))
        port = free_port()
        with (
            serve_reflex("light", folder, seen_at=port) as server,
            shaped(server.port, port=port) as wire,
            chromium() as browser,
        ):
            say(f"black hole: round {number + 1}, {BARE}")
            lost[BARE].append(float(_click_bare(browser, wire)))
    ours = lost.pop("FireGrid")
    add = run.report.figures.append
    what = f"writes lost in a black hole ({len(BUTTONS)} buttons; {BARE} {CLICKS} clicks)"
    add(Figure(M2, what, "", "less", ours, lost, (Goal(0),)))
    what = "tap to kept in a black hole, slowest button"
    add(Figure(M2, what, "ms", "less", slowest, {}, (Goal(_SAID_WITHIN),)))
    run.report.checks.append(
        Check(
            M2,
            f"the rig bites: {BARE} loses every click in a black hole",
            all(clicks == CLICKS for clicks in lost[BARE]),
            f"{lost[BARE][0]:.0f} of {CLICKS}",
        )
    )
    run.report.details[M2] = said


def _press_all(browser: Browser, wire: Proxy) -> dict[str, float]:
    page = member_page(browser, wire.url)
    said = {}
    for button in BUTTONS:
        page.goto(f"{wire.url}{button.page}")
        page.wait_for_load_state("networkidle")
        button.before(page)
        page.locator(button.tap).first.wait_for()
        page.wait_for_timeout(500)
        wire.is_hole = True
        said[button.name] = float(page.evaluate(_TIMED, [button.tap, button.says]))
        # Long enough for the phone to have tried; the page must not be left before it is kept.
        page.wait_for_timeout(1000)
        _heal(wire)
    page.goto(f"{wire.url}/outbox")
    page.get_by_role("button", name=text("phone.send_now")).click()
    page.get_by_text(text("phone.all_sent")).wait_for()
    page.context.close()
    return said


def _heal(wire: Proxy) -> None:
    wire.hang_up()
    wire.is_hole = False


def _received(home: Home) -> int:
    with looking(home.database) as connection:
        return int(connection.execute(sa.text("select count(*) from received_item")).scalar_one())


def _click_bare(browser: Browser, wire: Proxy) -> int:
    """Clicks in the hole, then one more behind it: how many did not count."""
    page = browser.new_context(**PHONE).new_page()
    page.goto(wire.url)
    page.wait_for_load_state("networkidle")
    wait_for_value(page, f"document.querySelector('{bare_reflex.TAP}') !== null")
    page.wait_for_timeout(1000)
    wire.is_hole = True
    for _ in range(CLICKS):
        page.locator(bare_reflex.TAP).click()
        page.wait_for_timeout(200)
    page.wait_for_timeout(1000)
    _heal(wire)
    # It comes back by itself; what it kept it would send now.
    page.wait_for_timeout(5000)
    page.locator(bare_reflex.TAP).click()
    page.locator(bare_reflex.ANSWER).wait_for()
    page.wait_for_timeout(1000)
    counted = int(page.locator(bare_reflex.ANSWER).inner_text())
    page.context.close()
    return CLICKS + 1 - counted
