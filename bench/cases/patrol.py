"""What a patrol costs its member: taps, swipes and seconds for start, an arrival all fine, end.

Script-driven, the middle of five, at a CPU five times slower, with and without network. A tap
counts only where a finger would hit: in view and not covered; what is out of view costs a swipe.
"""

from functools import partial
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig import tapping
from bench.rig.browser import chromium, throttle, wait_for_value
from bench.rig.firegrid import Home, fill, firegrid
from bench.rig.machine import say
from bench.rig.phone import member_page
from firegrid_app.database import make_engine
from firegrid_app.texts import say as text

PATROL = "patrol"
SLOWER = 5
WALKS = 5
TAPS = {"start": 2, "arrive, all fine": 1, "end": 2}
"""From the home screen; one more would be one too many."""
SECONDS = 1.0
"""Of waiting for the phone, all taps of a step together."""

Walk = dict[str, list[dict[str, Any]]]
"""The taps of each step."""


def measure(run: Run) -> None:
    """Five walks on one phone, twice."""
    home = fill(Home(run.room("patrol") / "data"))
    walks = 2 if run.quick else WALKS
    with firegrid(home) as server, chromium() as browser:
        page = member_page(browser, server.url)
        throttle(page, SLOWER)
        seen = {}
        for where, offline in (("no network", True), ("with network", False)):
            say(f"patrol: {where}")
            page.context.set_offline(offline)
            seen[where] = [_walk(page) for _ in range(walks)]
        _figures(run, seen)
        _check(run, page, home, seen)


def _walk(page: Page) -> Walk:
    tap = partial(tapping.tap, page)
    done = {
        "start": [
            tap('a.fg-tile[href="/patrol"]', "", "!main .fg-button-primary"),
            tap("button", text("phone.start_patrol"), text("phone.kept_start")),
        ],
        "arrive, all fine": [tap(".fg-point-fine", "", text("phone.kept_arrival", name=""))],
        "end": [
            tap("button", text("phone.end_patrol"), "![role=alertdialog]"),
            tap("button", text("phone.end_yes"), text("phone.kept_end")),
        ],
    }
    tap('a[href="/"]', "", '!a.fg-tile[href="/patrol"]')
    return done


def _figures(run: Run, seen: dict[str, list[Walk]]) -> None:
    for where, walks in seen.items():
        for step, most in TAPS.items():
            taps = [walk[step] for walk in walks]
            swipes = [sum(one["swipes"] for one in some) for some in taps]
            waited = [sum(one["ms"] for one in some) / 1000 for some in taps]
            for what, unit, ours, limit in (
                ("taps", "", [len(some) for some in taps], most),
                ("swipes", "", swipes, 1),
                ("waiting", "s", waited, SECONDS),
            ):
                told = f"{step}, {where}: {what}"
                run.report.figures.append(
                    Figure(PATROL, told, unit, "less", ours, goals=(Goal(limit),))
                )
    run.report.details[PATROL] = seen


def _check(run: Run, page: Page, home: Home, seen: dict[str, list[Walk]]) -> None:
    """The rig stands on this: no tap hit something else, and every walk came to the server."""
    walks = [walk for some in seen.values() for walk in some]
    covered = sum(one["covered"] for walk in walks for taps in walk.values() for one in taps)
    run.report.checks.append(Check(PATROL, "every tap could be tapped", covered == 0, f"{covered}"))
    wait_for_value(page, f"document.body.textContent.includes({text('phone.all_sent')!r})")
    engine = make_engine(home.database)
    with engine.connect() as connection:
        arrived = connection.execute(
            sa.text(
                "select count(*) from patrol where ended_at is not null"
                " and id in (select patrol_id from arrival)"
            )
        ).scalar_one()
    engine.dispose()
    run.report.checks.append(
        Check(
            PATROL,
            "every walk came to the server, started, arrived and ended",
            arrived == len(walks),
            f"{arrived} of {len(walks)}",
        )
    )
