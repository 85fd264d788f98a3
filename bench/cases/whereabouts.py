"""M15: which grid a place is in, among 339, 5,000 and 100,000 grids of sixteen corners."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import shapely

from bench.cases import Run
from bench.figures import Figure, Goal, percentile
from bench.rig.machine import say
from bench.rig.street import SIDE, SOUTH, WEST, across, row
from firegrid_app import database
from firegrid_app.database import engine, reading, transaction
from firegrid_app.grids.finding import grids_at, index
from firegrid_app.grids.tables import Grid
from firegrid_app.settings import settings
from firegrid_app.tables import metadata

M15 = "M15"
SIZES = (339, 5_000, 100_000)
PLACES = 400
TREE = "a bare STRtree, the cell alone"
Look = Callable[[float, float], object]


def measure(run: Run) -> None:
    """Each size in a database of its own; the first lookup makes the index and is told apart."""
    smallest: list[float] = []
    for size in SIZES[: 2 if run.quick else 3]:
        say(f"where: {size} grids")
        ours, alone, bare, first = _look_up(run.room(f"where-{size}"), size, run.rounds)
        smallest = smallest or ours
        beside = {f"the same among {SIZES[0]}": smallest}
        goals = (Goal(1.5, f"the same among {SIZES[0]}"),) if size > SIZES[0] else ()
        what = f"place to grid, near an edge both, names and all, among {size:,} grids: p50"
        run.report.figures += [
            Figure(M15, what, "µs", "less", ours, beside, goals),
            Figure(
                M15,
                f"the index alone, near an edge both, among {size:,} grids: p50",
                "µs",
                "less",
                alone,
                {TREE: bare},
                (Goal(2, TREE),),
            ),
            Figure(M15, f"the first lookup among {size:,} grids", "ms", "less", [first]),
        ]


def _look_up(
    folder: Path, size: int, rounds: int
) -> tuple[list[float], list[float], list[float], float]:
    before = os.environ.get("FIREGRID_DATA_DIR")
    os.environ["FIREGRID_DATA_DIR"] = str(folder)
    _forget()
    try:
        metadata.create_all(engine())
        _fill(size)
        chance = random.Random(15)
        side = across(size) * SIDE * 0.95
        places = [
            (SOUTH + side * chance.random(), WEST + side * chance.random()) for _ in range(PLACES)
        ]
        began = time.perf_counter()
        _ours(*places[0])
        first = (time.perf_counter() - began) * 1e3
        with reading() as session:
            made = index(session)
        looks: tuple[Look, ...] = (
            _ours,
            lambda lat, lon: made.near(lat, lon, 5),
            lambda lat, lon: made.tree.query(shapely.Point(lon, lat)),
        )
        spent = [[_median(look, places) for look in looks] for _ in range(rounds)]
        ours, alone, bare = (list(one) for one in zip(*spent, strict=True))
        return ours, alone, bare, first
    finally:
        engine().dispose()
        if before is None:
            del os.environ["FIREGRID_DATA_DIR"]
        else:
            os.environ["FIREGRID_DATA_DIR"] = before
        _forget()


def _forget() -> None:
    settings.cache_clear()
    database.engine.cache_clear()


def _ours(lat: float, lon: float) -> None:
    with reading() as session:
        grids_at(session, lat, lon, 5)


def _median(look: Look, places: list[tuple[float, float]]) -> float:
    spent = []
    for place in places:
        began = time.perf_counter()
        look(*place)
        spent.append((time.perf_counter() - began) * 1e6)
    return percentile(spent, 0.5)


def _fill(size: int) -> None:
    wide = across(size)
    with transaction() as session:
        for start in range(0, size, 5_000):
            rows = [row(number, wide) for number in range(start, min(size, start + 5_000))]
            session.connection().execute(Grid.__table__.insert(), rows)  # type: ignore[attr-defined]
