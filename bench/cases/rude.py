"""M12: the next honest answer after sixty hang-ups and sixty half bodies, while twenty crawl."""

import hashlib
import json
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.crowd import post
from bench.rig.firegrid import Home, fill, firegrid
from bench.rig.machine import SERVER_CORE, bare_environment, free_port, say
from bench.rig.members import Walker, hazard_with_photo, many_members, shout_of
from bench.rig.processes import served
from bench.rig.rudeness import Target, ask, rude_clients, seconds_until_idle, usual

M12 = "M12"
FLOOR, WEAK = "FastAPI + SQLModel", "one request at a time"
HANG_UPS, HALVES, CRAWLERS = 60, 60, 20
_UPLOAD = 60_000
"""Bytes: at 1 kB a second nobody is through before the honest one asks."""


def measure(run: Run) -> None:
    """Ours, the floor; and a server that reads one request after the other, which must be stuck."""
    folder = run.room("rude")
    waves = 1 if run.quick else 5
    after: dict[str, list[float]] = {}
    shares: dict[str, list[float]] = {}
    idle: dict[str, list[float]] = {}
    home = fill(Home(folder / "data"))
    walkers = many_members(home, CRAWLERS)
    for number in range(run.rounds):
        for opened in (_ours(home, walkers), _floor(folder)):
            with opened as target:
                say(f"rude clients: round {number + 1}, {target.name}")
                before, _ = usual(target)
                slowest, idled = _suffer(target, waves)
                after.setdefault(target.name, []).append(slowest)
                shares.setdefault(target.name, []).append(slowest / before)
                idle.setdefault(target.name, []).append(idled)
    add = run.report.figures.append
    rude = f"{HANG_UPS} hang-ups, {HALVES} half bodies, {CRAWLERS} at 1 kB/s"
    for what, unit, values, goals in (
        (f"next honest answer after {rude}", "ms", after, ()),
        ("the same beside the usual answer", "×", shares, (Goal(2),)),
        ("until no connection of theirs is held", "s", idle, (Goal(2),)),
    ):
        ours = values.pop("FireGrid")
        add(Figure(M12, what, unit, "less", ours, values, goals))
    _check_bites(run, folder)


def _suffer(target: Target, waves: int) -> tuple[float, float]:
    """The median next answer in ms, and the seconds until all rude connections are let go."""
    took = []
    with rude_clients(target.port) as rude:
        for upload in target.uploads:
            rude.crawl(upload)
        for _ in range(waves):
            for _ in range(HANG_UPS):
                rude.hang_up(target.honest())
            for _ in range(HALVES):
                rude.stop_half_way(target.honest())
            took.append(ask(target))
        rude.leave()
        idled = seconds_until_idle(target.port)
    return sorted(took)[len(took) // 2], idled


@contextmanager
def _ours(home: Home, walkers: list[Walker]) -> Iterator[Target]:
    def honest() -> bytes:
        return post("/api/sync", shout_of(walkers[0]), walkers[0].cookie).encode()

    with firegrid(home, core=SERVER_CORE) as server:
        uploads = []
        for walker in walkers:
            photo = str(uuid4())
            _announce(server.port, walker, photo)
            head = post(f"/api/photos/{photo}", "", walker.cookie).replace("POST", "PUT", 1)
            head = head.replace("Content-Length: 0", f"Content-Length: {_UPLOAD}")
            head = head.replace("application/json", "image/jpeg")
            uploads.append(head.encode() + secrets.token_bytes(_UPLOAD))
        yield Target("FireGrid", server.port, honest, uploads)


def _announce(port: int, walker: Walker, photo: str) -> None:
    digest = hashlib.sha256(photo.encode()).hexdigest()
    body = hazard_with_photo(walker, str(uuid4()), photo, digest)
    ask(Target("FireGrid", port, lambda: post("/api/sync", body, walker.cookie).encode(), []))


def _check_in(note: str = "") -> str:
    return json.dumps(
        {
            "record_id": str(uuid4()),
            "person_id": 1,
            "grid": "500118003001001",
            "check_point_id": 1,
            "captured_at": datetime.now(UTC).isoformat(),
            "lat": 29.35741,
            "lon": 105.91652,
            "note": note,
        }
    )


@contextmanager
def _floor(folder: Path) -> Iterator[Target]:
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws"]
    granian += ["--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]
    environment = bare_environment(BENCH_DATABASE_URL=f"sqlite:///{folder}/floor.db")
    command = [*granian, "bench.peers.fastapi_sqlmodel:app"]
    answers = ("/ping", b"pong")
    with served(command, port, environment, folder, core=SERVER_CORE, answers=answers):
        uploads = [post("/check-in", _check_in("x" * _UPLOAD), "").encode()] * CRAWLERS
        yield Target(FLOOR, port, lambda: post("/check-in", _check_in(), "").encode(), uploads)


def _check_bites(run: Run, folder: Path) -> None:
    """A server of Python's own that serves one after the other waits for the first crawler."""
    port = free_port()
    command = [sys.executable, "-m", "bench.peers.one_at_a_time", str(port)]
    with served(command, port, bare_environment(), folder, answers=("/", b"pong")):
        target = Target(WEAK, port, lambda: post("/", _check_in(), "").encode(), [])
        before, _ = usual(target, 10)
        with rude_clients(port) as rude:
            rude.crawl(post("/", "x" * 3000, "").encode())
            stuck = ask(target)
    run.report.checks.append(
        Check(
            M12,
            "the rig bites: a server that serves one at a time waits for who crawls",
            stuck > 2 * before and stuck > 1000,
            f"{stuck:,.0f} ms, usually {before:.1f}",
        )
    )
