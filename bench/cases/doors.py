"""Doors: what a door and a shout cost their member, drawing a tower, and a campaign at many knocks.

Script-driven, the middle of five, at a CPU four times slower, without network.
"""

from statistics import median
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page
from sqlmodel import Session, insert, select

from bench.cases import Run, campaign
from bench.cases.campaign import begin, door_row
from bench.figures import Check, Figure, Goal
from bench.rig.browser import chromium, throttle, wait_for_value
from bench.rig.firegrid import GRID, Home, fill, firegrid
from bench.rig.machine import say
from bench.rig.phone import member_page
from bench.rig.tapping import tap
from firegrid_app.access.tables import Person
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid
from firegrid_app.texts import say as text
from firegrid_app.visits.tables import Household

DOORS = "doors"
SLOWER = 4
FLOORS, A_FLOOR, TOWER = 33, 8, "塔楼"
TIMES = 5
TAPS = {
    "met, all fine": 3,
    "no answer": 2,
    "a floor of no answers": 1,
    "a shout the phone plays": 3,
    "a shout by voice": 1,
}
"""Of a shout from its page on; how long the phone plays is the member's."""
SECONDS = 1.0
"""Of waiting for the phone, all taps of a step together."""
DRAWN = 1.0

_DRAW = """(async ([words, doors]) => {
  const until = (look) => new Promise((ok) => {
    const see = () => (look() ? ok() : requestAnimationFrame(see));
    see();
  });
  const place = () => [...document.querySelectorAll(".fg-choice")].find(
    (one) => one.textContent.includes(words));
  await until(place);
  await new Promise((ok) => setTimeout(ok, 500));
  const begun = performance.now();
  place().click();
  await until(() => document.querySelectorAll(".fg-door").length === doors);
  await new Promise((ok) => requestAnimationFrame(() => setTimeout(ok)));
  return performance.now() - begun;
})"""


def measure(run: Run) -> None:
    """The phone, then both databases."""
    _phone(run)
    campaign.measure(run)


def _phone(run: Run) -> None:
    home = fill(Home(run.room("doors-phone") / "data"))
    _build_tower(home)
    times = 2 if run.quick else TIMES
    with firegrid(home) as server, chromium() as browser:
        page = member_page(browser, server.url)
        throttle(page, SLOWER)
        page.context.set_offline(True)
        drawn = []
        for _ in range(times):
            page.goto(f"{server.url}/doors")
            drawn.append(page.evaluate(f"{_DRAW}({[TOWER, FLOORS * A_FLOOR]!r})") / 1000)
        steps = {
            "met, all fine": [_met(page, 30, place) for place in range(1, times + 1)],
            "no answer": [_no_answer(page, 20, place) for place in range(1, times + 1)],
            "a floor of no answers": [_floor(page, floor) for floor in range(10, 10 + times)],
            "a shout the phone plays": [_played(page, server.url) for _ in range(times)],
            "a shout by voice": [_called(page, server.url) for _ in range(times)],
        }
        page.context.set_offline(False)
        expected = 2 * times + A_FLOOR * times
        wait_for_value(
            page, "fetch('/api/ping').then((answer) => answer.ok).catch(() => false)", 60
        )
        page.goto(f"{server.url}/")
        wait_for_value(page, f"document.body.textContent.includes({text('phone.all_sent')!r})", 90)
    _told(run, drawn, steps)
    arrived, shouts = _arrived(home), _shouts(home)
    run.report.checks.append(
        Check(DOORS, "every shout came to the server", shouts == 2 * times, f"{shouts}/{2 * times}")
    )
    run.report.checks.append(
        Check(DOORS, "every knock came to the server", arrived == expected, f"{arrived}/{expected}")
    )


def _square(floor: int, place: int, outcome: str = "") -> str:
    told = f'[data-outcome="{outcome}"]' if outcome else ""
    return f'.fg-door[aria-label^="{TOWER} {floor}{place:02d}"]{told}'


def _met(page: Page, floor: int, place: int) -> list[dict[str, Any]]:
    return [
        tap(page, _square(floor, place), "", "!dialog .fg-choice"),
        tap(page, "dialog .fg-choice", text("visits.outcome.met"), "!.fg-questions"),
        tap(
            page,
            ".fg-questions .fg-button-primary",
            text("campaigns.all_fine"),
            f"!{_square(floor, place, 'met')}",
        ),
    ]


def _no_answer(page: Page, floor: int, place: int) -> list[dict[str, Any]]:
    return [
        tap(page, _square(floor, place), "", "!dialog .fg-choice"),
        tap(
            page,
            "dialog .fg-choice",
            text("visits.outcome.no_answer"),
            f"!{_square(floor, place, 'no_answer')}",
        ),
    ]


def _floor(page: Page, floor: int) -> list[dict[str, Any]]:
    words = text("phone.floor", floor=floor)
    done = f"!{_square(floor, A_FLOOR, 'no_answer')}"
    return [tap(page, f'.fg-floor-press[aria-label^="{words}"]', "", done)]


def _to_shout(page: Page, url: str) -> None:
    """Once the last one's form is put away: left sooner, it comes back as the same record."""
    page.wait_for_timeout(1500)
    page.goto(f"{url}/shout")


def _played(page: Page, url: str) -> list[dict[str, Any]]:
    _to_shout(page, url)
    return [
        tap(page, "form .fg-button-wide", "▶", "!dialog.fg-loud .fg-button-primary"),
        tap(page, ".fg-loud .fg-button-primary", "", "!.fg-loud .fg-choices-3"),
        tap(page, ".fg-loud .fg-choice", "50", text("phone.kept_shout")),
    ]


def _called(page: Page, url: str) -> list[dict[str, Any]]:
    _to_shout(page, url)
    return [tap(page, "form .fg-button-primary", text("phone.save"), text("phone.kept_shout"))]


def _told(run: Run, drawn: list[float], steps: dict[str, list[list[dict[str, Any]]]]) -> None:
    tower = f"{FLOORS} floors x {A_FLOOR} doors"
    figures = [Figure(DOORS, f"{tower}, to drawn", "s", "less", drawn, goals=(Goal(DRAWN),))]
    for step, most in TAPS.items():
        waited = [sum(one["ms"] for one in some) / 1000 for some in steps[step]]
        taps = [len(some) for some in steps[step]]
        figures += [
            Figure(DOORS, f"{step}: taps", "", "less", taps, goals=(Goal(most),)),
            Figure(DOORS, f"{step}: waiting", "s", "less", waited, goals=(Goal(SECONDS),)),
        ]
    run.report.figures += figures
    taps_in_all = [one for some in steps.values() for taps in some for one in taps]
    covered = sum(one["covered"] for one in taps_in_all)
    run.report.checks.append(Check(DOORS, "every tap could be tapped", covered == 0, f"{covered}"))
    run.report.details[DOORS] = steps
    say(f"  a tower {median(drawn):.2f} s")


def _build_tower(home: Home) -> None:
    """A tower in the member's grid, and a campaign there."""
    engine = make_engine(home.database)
    with Session(engine) as session:
        grid = session.exec(select(Grid).where(Grid.code == GRID)).one()
        person = session.exec(select(Person)).first()
        session.execute(
            insert(Household),
            [
                door_row(grid.id or 0, TOWER, floor, f"{floor}{place:02d}")
                for floor in range(1, FLOORS + 1)
                for place in range(1, A_FLOOR + 1)
            ],
        )
        begin(session, grid.id or 0, person.id if person else 0)
        session.commit()
    engine.dispose()


def _arrived(home: Home) -> int:
    return _count(home, "select count(*) from visit where campaign_id is not null")


def _shouts(home: Home) -> int:
    """Made in this run: what the pilot street had before lies on its own days."""
    query = "select count(*) from received_item where kind = 'shout.log'"
    return _count(home, query)


def _count(home: Home, query: str) -> int:
    engine = make_engine(home.database)
    with engine.connect() as connection:
        found: int = connection.execute(sa.text(query)).scalar_one()
    engine.dispose()
    return found
