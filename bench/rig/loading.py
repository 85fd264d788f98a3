"""Drives a load against a server, kills the server in the middle of it, and tells what was seen."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.figures import percentile
from bench.rig.machine import LOAD_CORE, ROOT, CannotMeasure
from bench.rig.processes import Server

Phones = list[tuple[str, str]]
"""Each phone's request: the text before and after the id of the record."""


@dataclass(frozen=True)
class Seen:
    """The load's side of the story."""

    per_second: float
    processor_ms: float
    """What the server's processes worked for one record; a database's own are not among them."""
    p50: float
    p99: float
    acknowledged: list[str]
    sent: set[str]


def drive(
    server: Server,
    phones: Phones,
    folder: Path,
    *,
    seconds: float,
    warm_up: float = 1.0,
    accepted: str = '"status":"created"',
) -> Seen:
    """Load for so long, then kill the server while the load is still on."""
    spec = folder / f"load-{server.port}.json"
    spec.write_text(
        json.dumps(
            {
                "port": server.port,
                "phones": phones,
                "seconds": seconds,
                "warm_up": warm_up,
                "accepted": accepted,
            }
        )
    )
    load = subprocess.Popen(
        [sys.executable, "-m", "bench.rig.load", str(spec)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, {LOAD_CORE}),
    )
    assert load.stdout is not None
    load.stdout.readline()
    before = server.processor_seconds()
    load.stdout.readline()
    worked = server.processor_seconds() - before
    server.kill()
    if load.wait(60):
        raise CannotMeasure("the load generator failed")
    seen = json.loads(spec.with_suffix(".seen.json").read_text())
    times = seen["times_ms"]
    if seen["refused"] or not times:
        raise CannotMeasure(f"{seen['refused']} records were refused: {seen['refusals']}")
    return Seen(
        per_second=len(times) / seen["seconds"],
        processor_ms=worked / len(times) * 1000,
        p50=percentile(times, 0.5),
        p99=percentile(times, 0.99),
        acknowledged=seen["acknowledged"],
        sent=set(seen["sent"]),
    )


@dataclass(frozen=True)
class Fate:
    """What became of the records of a load, by what stands in the database."""

    acknowledged: int
    lost: int
    double: int
    foreign: int
    """Rows nobody sent."""
    unanswered: int
    """There, though the answer never came: as good as if it had not."""


def fate_of(acknowledged: list[str], sent: set[str], rows: list[str]) -> Fate:
    """Compare the load's history with the rows; `rows` holds an id as often as it is there."""
    there = set(rows)
    known = set(acknowledged)
    return Fate(
        acknowledged=len(acknowledged),
        lost=len(known - there),
        double=len(rows) - len(there),
        foreign=len(there - sent),
        unanswered=len((there & sent) - known),
    )
