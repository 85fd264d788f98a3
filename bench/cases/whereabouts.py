"""M15: which grid a place is in, among 339, 5,000 and 100,000 grids of sixteen corners."""

import os
import random
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import shapely

from bench.cases import Run
from bench.figures import Figure, Goal, percentile
from bench.rig.machine import say
from firegrid_app import database
from firegrid_app.database import engine, reading, transaction
from firegrid_app.grids.finding import grids_at, index
from firegrid_app.grids.tables import Grid
from firegrid_app.settings import settings
from firegrid_app.tables import metadata

M15 = "M15"
SIZES = (339, 5_000, 100_000)
PLACES = 400
WEST, SOUTH, SIDE = 105.0, 29.0, 0.002
TREE = "a bare STRtree, the cell alone"
Look = Callable[[float, float], object]
_SQUARE = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))


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
        side = _side(size) * SIDE * 0.95
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


def _side(size: int) -> int:
    return int(size**0.5) + 1


def _fill(size: int) -> None:
    across = _side(size)
    with transaction() as session:
        for start in range(0, size, 5_000):
            rows = [_row(number, across) for number in range(start, min(size, start + 5_000))]
            session.connection().execute(Grid.__table__.insert(), rows)  # type: ignore[attr-defined]


def _row(number: int, across: int) -> dict[str, object]:
    x, y = WEST + SIDE * (number % across), SOUTH + SIDE * (number // across)
    ring = []
    for (ax, ay), (bx, by) in pairwise(_SQUARE):
        for step in (0, 0.25, 0.5, 0.75):
            ring.append([x + SIDE * (ax + (bx - ax) * step), y + SIDE * (ay + (by - ay) * step)])
    code = f"5{number:08d}"
    return {
        "code": code,
        "name": f"第{number}网格",
        "level": 3,
        "path": f"{code}/",
        "outline": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        "label_lat": y + SIDE / 2,
        "label_lon": x + SIDE / 2,
        "valid_from": date(2026, 1, 1),
        "kind": "",
        "supervision_phone": "",
    }
