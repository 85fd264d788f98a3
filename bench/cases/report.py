"""What a hazard costs its finder: taps, swipes and seconds from the home screen to "kept".

Script-driven, the middle of five, with a photo of 12 megapixels at a CPU five times slower, with
and without network. A tap counts only where a finger would hit; what is out of view costs a swipe.
"""

import time
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Locator, Page

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig import tapping
from bench.rig.browser import chromium, throttle, wait_for_value
from bench.rig.firegrid import Home, fill, firegrid
from bench.rig.machine import say
from bench.rig.phone import camera_photo, member_page
from firegrid_app.database import make_engine
from firegrid_app.texts import say as text

REPORT = "report"
SLOWER = 5
TIMES = 5
A_HAND = 1.5
"""Seconds to see where to tap next, and to do it: the script waits as long before each tap."""
A_CAMERA = 4.0
"""Seconds in the phone's own camera, which no script opens: aim, shutter, "use it"."""
TAPS = {"report": 5, "put right on the spot": 6}
"""Tile, shutter, category, place, save; then also "put right", which opens the camera itself."""
SECONDS = {"report": 20.0, "put right on the spot": 30.0}
WAITING = 4.0
"""Seconds of waiting for the phone, all taps together; photos are shrunk while one goes on."""

Steps = list[dict[str, Any]]


def measure(run: Run) -> None:
    """So many reports of each kind on one phone, twice."""
    home = fill(Home(run.room("report") / "data"))
    times = 2 if run.quick else TIMES
    photo = camera_photo()
    with firegrid(home) as server, chromium() as browser:
        page = member_page(browser, server.url)
        throttle(page, SLOWER)
        seen: dict[str, dict[str, list[Steps]]] = {}
        for where, offline in (("no network", True), ("with network", False)):
            say(f"report: {where}")
            page.context.set_offline(offline)
            seen[where] = {
                kind: [_report(page, photo, fixed=kind != "report") for _ in range(times)]
                for kind in TAPS
            }
        _figures(run, seen)
        _check(run, page, home, seen)


def _report(page: Page, photo: dict[str, Any], *, fixed: bool) -> Steps:
    begun = time.perf_counter()

    def tap(css: str, words: str, says: str) -> dict[str, Any]:
        page.wait_for_timeout(1000 * A_HAND - 300)  # The rig rests as long once it has found it.
        return tapping.tap(page, css, words, says)

    steps = [tap('a.fg-tile[href="/hazard"]', "", "!.fg-shutter"), _shoot(page, photo)]
    steps += [
        tap(".fg-choices-pictured .fg-choice", "", "!.fg-choices-3"),
        tap("button.fg-choice[aria-pressed]", "", '!.fg-choice[aria-pressed="true"]'),
    ]
    if fixed:
        steps.append(_shoot(page, photo, page.get_by_role("radio", name=text("phone.fixed"))))
    kept = "phone.kept_fixed" if fixed else "phone.kept_hazard"
    steps.append(tap("button.fg-button-primary", text("phone.save"), text(kept)))
    steps[-1]["whole"] = time.perf_counter() - begun
    return steps


def _shoot(page: Page, photo: dict[str, Any], by: Locator | None = None) -> dict[str, Any]:
    """The shutter, or what opens it: only a real tap opens a chooser of files, which stands for
    the camera."""
    shutter = by or page.locator(".fg-shutter").last
    top = shutter.bounding_box()
    height = page.viewport_size["height"] if page.viewport_size else 0
    seen = bool(top) and top["y"] >= 0 and top["y"] + top["height"] <= height  # type: ignore[index]
    page.wait_for_timeout(1000 * A_HAND)
    with page.expect_file_chooser() as chooser:
        shutter.tap()
    chooser.value.set_files(photo)
    return {"swipes": int(not seen), "covered": False, "ms": 0, "camera": True}


def _figures(run: Run, seen: dict[str, dict[str, list[Steps]]]) -> None:
    for where, kinds in seen.items():
        for kind, reports in kinds.items():
            waited = [sum(one["ms"] for one in steps) / 1000 for steps in reports]
            swipes = [sum(one["swipes"] for one in steps) for steps in reports]
            taps = [len(steps) for steps in reports]
            cameras = [sum("camera" in one for one in steps) for steps in reports]
            whole = [
                steps[-1]["whole"] + A_HAND * swiped + A_CAMERA * shot
                for steps, swiped, shot in zip(reports, swipes, cameras, strict=True)
            ]
            for what, unit, ours, limit in (
                ("taps", "", taps, TAPS[kind]),
                ("swipes", "", swipes, 3),
                ("waiting", "s", waited, WAITING),
                ("a person's seconds", "s", whole, SECONDS[kind]),
            ):
                run.report.figures.append(
                    Figure(
                        REPORT, f"{kind}, {where}: {what}", unit, "less", ours, goals=(Goal(limit),)
                    )
                )
    run.report.details[REPORT] = seen


def _check(run: Run, page: Page, home: Home, seen: dict[str, dict[str, list[Steps]]]) -> None:
    """The rig stands on this: no tap hit something else, and every report came, photos and all."""
    every = [steps for kinds in seen.values() for reports in kinds.values() for steps in reports]
    covered = sum(one["covered"] for steps in every for one in steps)
    run.report.checks.append(Check(REPORT, "every tap could be tapped", covered == 0, f"{covered}"))
    wait_for_value(page, f"document.body.textContent.includes({text('phone.all_sent')!r})")
    engine = make_engine(home.database)
    with engine.connect() as connection:
        hazards = connection.execute(sa.text("select count(*) from hazard")).scalar_one()
        photos = connection.execute(
            sa.text("select count(*) from photo where stored_at is not null")
        ).scalar_one()
    engine.dispose()
    shot = sum("camera" in one for steps in every for one in steps)
    run.report.checks.append(
        Check(
            REPORT,
            "every report came to the server with its photos",
            (hazards, photos) == (len(every), shot),
            f"{hazards} of {len(every)}, {photos} of {shot} photos",
        )
    )
